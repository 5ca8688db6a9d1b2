// The request for data, in Finnish.
export const letterWords = {
  title: 'Datapyyntö',
  state: 'Asetus (EU) 2023/2854 (datasäädös)',
  to: 'Datan haltija',
  contact: 'Yhteystiedot',
  from: 'Käyttäjä, joka pyytää',
  date: 'Päivä',
  answerBy: 'Vastausta pyydetään viimeistään',
  device: 'Laite',
  maker: 'Valmistaja ja malli',
  serial: 'Sarjanumero',
  place: 'Sijainti',
  article4: (organisation: string) =>
    `${organisation} on tuotteen käyttäjä asetuksen (EU) 2023/2854 2 artiklan 12 kohdan mukaisesti ja pyytää asetuksen 4 artiklan 1 kohdan nojalla tuotteen helposti saatavilla olevan datan.`,
  article5: (organisation: string, third: string) =>
    `${organisation} on tuotteen käyttäjä asetuksen (EU) 2023/2854 2 artiklan 12 kohdan mukaisesti ja pyytää asetuksen 5 artiklan 1 kohdan nojalla, että tuotteen helposti saatavilla oleva data annetaan kolmannelle osapuolelle: ${third}.`,
  wanted: 'Pyydetty data',
  days: (from: string, to: string) => `Ajalta ${from}–${to}.`,
  allDays: 'Koko ajalta, jolta dataa on helposti saatavilla.',
  metadata: 'Pyydämme myös metadatan, jota datan tulkitseminen ja käyttäminen edellyttää.',
  form: 'Data pyydetään samanlaatuisena kuin se on datan haltijalla, ilman aiheetonta viivytystä, turvallisesti, jäsennellyssä, yleisesti käytetyssä ja koneellisesti luettavassa muodossa, ja tarvittaessa ja teknisesti mahdollisuuksien mukaan jatkuvasti ja reaaliaikaisesti.',
  free: 'Data annetaan käyttäjälle maksutta.',
  refusal: 'Jos pyyntöön ei suostuta, pyydämme perustelut kirjallisesti.',
  contents: 'Pyyntö',
}
