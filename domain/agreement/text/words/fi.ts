// Words of the text that is approved, in Finnish: plain official language.

const days = (n: number): string => (n === 1 ? '1 päivä' : `${n} päivää`)

export const textWords = {
  title: (name: string, n: number) => `${name}, versio ${n}`,
  agreement: 'Kustannustenjakosopimus',
  parts: {
    parties: 'Osapuolet',
    premises: 'Toimitila',
    period: 'Voimassaolo',
    rules: 'Jakoperusteet',
    terms: 'Muut ehdot',
    responsibilities: 'Vastuunjakotaulukko',
    accounts: 'Tilit ja kustannuspaikat',
  },
  heads: {
    party: 'Osapuoli',
    id: 'Tunnus',
    businessId: 'Y-tunnus',
    category: 'Kustannuslaji',
    method: 'Jakoperuste',
    subject: 'Laite tai järjestelmä',
    account: 'Tili',
    costCentre: 'Kustannuspaikka',
  },
  tasks: {
    buy: 'Hankkii',
    insure: 'Vakuuttaa',
    maintain: 'Huoltaa',
    repair: 'Korjaa',
    renew: 'Uusii',
    pay: 'Maksaa käytön',
    patch: 'Päivittää ohjelmistot',
    data: 'Vastaa tiedoista',
    steer: 'Ohjaa',
  },
  name: (name: string) => `Sopimuksen nimi on ”${name}”.`,
  parties: (names: string) => `Osapuolet ovat tässä järjestyksessä: ${names}.`,
  order: 'Järjestys ratkaisee, kenelle jäljelle jäävä sentti kuuluu, kun osuudet ovat yhtä lähellä.',
  premises: (name: string, landlord: string) => `Sopimus koskee toimitilaa ${name}. Vuokranantaja on ${landlord}.`,
  address: (address: string) => `Osoite on ${address}.`,
  openPeriod: (from: string) => `Voimassa ${from} alkaen toistaiseksi.`,
  closedPeriod: (from: string, last: string) => `Voimassa ${from}–${last}.`,
  inForce: 'Versio tulee voimaan vasta, kun jokainen osapuoli on hyväksynyt sen omalla päätöksellään.',
  replaces: (agreement: string, from: string) => `Sopimus ”${agreement}” päättyy, ja tämä korvaa sen ${from} alkaen.`,
  rulesText:
    'Kustannus jaetaan sen kustannuslajin jakoperusteella. Kun lajilla ei ole omaa jakoperustetta, noudatetaan muiden kustannuslajien jakoperustetta.',
  commentDays: (n: number) =>
    `Huomautuksen voi tehdä ${n} päivän kuluessa siitä, kun kustannustenjako on lähetetty hyväksyttäväksi.`,
  reminderDays: (n: number) => `Vastaamatta olevia muistutetaan ${days(n)} ennen huomautusajan päättymistä.`,
  answerDays: (n: number) => `Riitautuksessa kummallakin puolella on vuorollaan ${days(n)} aikaa vastata.`,
  faultHours: (n: number) =>
    `Vikailmoitukseen vastataan ${n} työtunnin kuluessa siitä, kun se on osoitettu osapuolelle. Työtunteja ovat arkipäivien kello 8–16.`,
  unusualChange: (part: string, euros: string) =>
    `Ennen hyväksyttäväksi lähettämistä kerrotaan kustannus, joka on muuttunut yli ${part} ja vähintään ${euros} €.`,
  estimatesBlock: (most: string) =>
    `Mittarin kulutuksesta saa olla arvioitua enintään ${most}. Jos osuus on suurempi, kuukautta ei lähetetä hyväksyttäväksi.`,
  estimatesShow: (most: string) =>
    `Mittarin kulutuksesta saa olla arvioitua enintään ${most}. Jos osuus on suurempi, se näytetään laskelmassa.`,
  band: (least: string, most: string) => `Jäännösosuus saa olla ${least}–${most} päämittarin määrästä.`,
  unapproved: (meter: string) =>
    `Mittari ${meter} saa ratkaista hinnan, vaikka sillä ei ole mittauslaitelain mukaista hyväksyntää tai varmennusta.`,
  reason: (reason: string) => `Peruste: ${reason}.`,
  until: (last: string) => `Viimeinen päivä on ${last}.`,
  task: (task: string, organisation: string) => `${task}: ${organisation}.`,
  account: (account: string) => `Tili ${account}.`,
  costCentre: (costCentre: string) => `Kustannuspaikka ${costCentre}.`,
  deviceType: (type: string) => `kaikki laitteet: ${type}`,
  labels: {
    name: 'Nimi',
    parties: 'Osapuolet',
    premises: 'Toimitila',
    period: 'Voimassaolo',
    replaces: 'Päättyvä sopimus',
    commentDays: 'Huomautusaika',
    reminderDays: 'Muistutus',
    answerDays: 'Aika vastata riitautuksessa',
    faultHours: 'Aika vastata vikailmoitukseen',
    unusualChange: 'Poikkeava muutos',
    estimates: 'Arvioitu kulutus',
    remainderBand: (of: string) => `Jäännösosuus: ${of}`,
    unapprovedMeter: (meter: string) => `Mittari ilman hyväksyntää: ${meter}`,
    responsibility: (subject: string) => `Vastuut: ${subject}`,
    account: (party: string, category: string) => `Kirjanpito: ${party}, ${category}`,
  },
}
