// What happens when something is ended, in Finnish.
export const fi = {
  certificate: (device: string) =>
    `Laite ${device} ei pääse enää yhdistämään tällä varmenteella, ja sen yhteys katkeaa heti. Mitätöintiä ei voi perua.`,
  credentials: (device: string) =>
    `Laitteen ${device} yhteys katkeaa heti, ja se pääsee takaisin vasta uusilla tunnuksilla. Mitätöintiä ei voi perua.`,
  authority: 'Kaikki yhteydet, jotka on tehty tämän varmentajan varmenteilla, katkeavat heti.',
  labels: (n: number) => `${n === 1 ? 'Tarraa' : `${n} tarraa`} ei voi enää käyttää, vaikka tarra olisi jo tulostettu.`,
  token: (name: string) =>
    `Ohjelmat, jotka käyttävät tunnusta ${name}, saavat heti kieltävän vastauksen. Tunnusta ei saa takaisin.`,
  identityProvider: (name: string) =>
    `Kukaan ei pääse enää kirjautumaan palvelun ${name} kautta. Ne, joilla ei ole salasanaa, eivät pääse sisään.`,
  bridge: (name: string) =>
    `Siltaa ${name} pitkin ei tule enää lukemia. Jo tulleet lukemat säilyvät. Sillan asetukset ja salasana häviävät.`,
  listener: (name: string) => `Kuuntelija ${name} irtoaa heti, eikä sille enää kerrota mitään.`,
  webhook: (name: string) => `Palvelulle ${name} ei enää lähetetä mitään.`,
  calendar: 'Vuorot, poikkeukset ja portaat häviävät, eikä kukaan enää päivystä tämän kalenterin mukaan.',
  vulnerability: (code: string) => `Haavoittuvuus ${code} poistuu kaikilta laitteilta, joita se koskee.`,
  document: (title: string) => `Asiakirja ${title} ja sen aiemmat versiot eivät enää näy täällä.`,
  firmwareKey:
    'Tällä avaimella allekirjoitettuja ohjelmistoja ei enää hyväksytä, eikä niillä voi aloittaa päivityksiä.',
  accept: {
    title: (month: string) => `Hyväksy kustannustenjako, ${month}`,
    whole: 'Osuutenne yhteensä',
    exactly: (issue: number) =>
      `Hyväksyt juuri nämä luvut (lähetys ${issue}). Jos jako lähetetään uudelleen, hyväksyntä pyydetään uudelleen.`,
    pays: (other: string) => `Maksatte: ${other}`,
    receives: (other: string) => `Saatte: ${other}`,
    read: 'Katso rivit ja perusteet',
  },
}
