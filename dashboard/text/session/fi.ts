// Finnish words of signing in and of one's own account.
export const fi = {
  code: 'Kertakäyttökoodi',
  codeHint: 'Kuusi numeroa todentajasovelluksesta tai yksi palautuskoodeistasi.',
  codeNeeded: 'Salasana on oikein. Anna vielä kertakäyttökoodi.',
  codeWrong: 'Koodi on väärä tai se on jo käytetty. Odota seuraavaa koodia ja tarkista puhelimen kello.',
  or: 'Tai kirjaudu organisaatiosi tunnuksella',
  by: (name: string) => `Kirjaudu: ${name}`,
  refused: 'Kirjautuminen ei onnistunut. Aloita kirjautuminen uudelleen tässä selaimessa.',
  noRole:
    'Tunnistautuminen onnistui, mutta sinulla ei ole täällä oikeuksia. Pyydä niitä organisaatiosi pääkäyttäjältä.',
  endedElsewhere:
    'Istuntosi on päättynyt: se vanheni tai se päätettiin muualla. Kirjaudu uudelleen, niin jatkat siitä, mihin jäit. Kirjoittamasi on tallella.',
  inNewTab:
    'Kirjautuminen avautuu uuteen välilehteen. Palaa sen jälkeen tälle välilehdelle: kirjoittamasi on tallella.',
  join: 'Toisen organisaation tunnus',
  joinText:
    'Jos työskentelet kahdessa organisaatiossa, kirjaudu tässä myös toisen tunnuksella. Sen jälkeen vaihdat organisaatiota sivun yläreunassa kirjautumatta uudelleen.',
  joinRefused:
    'Tunnusta ei liitetty: sillä ei ole täällä oikeuksia, tai se kuuluu jo toiselle käyttäjälle. Kysy organisaatiosi pääkäyttäjältä.',
  joinFailed: 'Tunnusta ei liitetty. Yritä uudelleen tässä selaimessa.',
  secondFactor: 'Kaksivaiheinen kirjautuminen',
  isOn: 'Käytössä. Kirjautuessasi sinulta kysytään salasanan lisäksi kertakäyttökoodi.',
  isOff: 'Ei käytössä. Kertakäyttökoodi suojaa tilisi, vaikka salasanasi päätyisi vääriin käsiin.',
  turnOn: 'Ota käyttöön',
  turnOff: 'Poista käytöstä',
  yourPassword: 'Salasanasi',
  scan: 'Lue koodi todentajasovelluksella (esimerkiksi Microsoft Authenticator tai Google Authenticator).',
  orType: 'Jos et voi lukea kuvaa, kirjoita tämä avain sovellukseen:',
  qr: 'QR-koodi todentajasovellusta varten',
  confirm: 'Vahvista koodilla',
  confirmEffect: 'Muut istuntosi päättyvät.',
  cancel: 'Peruuta',
  recovery: 'Palautuskoodit',
  recoveryText:
    'Säilytä nämä turvallisessa paikassa. Jokaisella voi kirjautua kerran, jos puhelin ei ole käytettävissä. Koodeja ei näytetä uudelleen.',
  recoveryDone: 'Olen tallentanut koodit',
  sessions: 'Istunnot',
  sessionsText: 'Laitteet ja selaimet, joilla olet kirjautunut.',
  browser: 'Selain',
  since: 'Kirjautunut',
  until: 'Päättyy viimeistään',
  thisOne: 'tämä istunto',
  end: 'Päätä istunto',
  ended: 'Istunto on päätetty.',
  unknownBrowser: 'tuntematon selain',
  action: 'Toiminto',
}
