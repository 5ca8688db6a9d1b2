// Finnish accessibility statement (act 306/2019), privacy statement and feedback form.
export const fi = {
  accessibility: {
    title: 'Saavutettavuusseloste',
    lead: 'Tämä seloste koskee Samtila-palvelua. Digitaalisten palvelujen tarjoamisesta annettu laki (306/2019) edellyttää, että palvelu on saavutettava.',
    stateTitle: 'Miten saavutettava palvelu on',
    state: 'Tavoitteena on WCAG 2.2 -ohjeiden taso AA. Palvelu täyttää sen suurimmaksi osaksi.',
    testedTitle: 'Miten saavutettavuus on arvioitu',
    tested:
      'Jokainen sivu tarkistetaan automaattisesti vaaleana ja tummana aina, kun ohjelma muuttuu, ja keskeiset tehtävät tehdään myös pelkällä näppäimistöllä. Ulkopuolista arviointia ei ole vielä tehty.',
    missingTitle: 'Mikä ei ole vielä saavutettavaa',
    missing: [
      'Ruudunlukijoilla (NVDA, JAWS, VoiceOver) palvelua ei ole vielä kokeiltu järjestelmällisesti.',
      'Palvelimen antamat virheiden tarkennukset ovat osin vain englanniksi.',
      'Kaaviot ovat piirroksia. Samat luvut ovat aina vieressä taulukkona.',
    ],
    feedbackTitle: 'Kerro saavutettavuusongelmasta',
    feedback: 'Vastaamme 14 päivän kuluessa. Kirjautumista ei tarvita.',
    supervisionTitle: 'Valvonta',
    supervision:
      'Jos et ole tyytyväinen vastaukseen tai et saa vastausta kahden viikon aikana, voit tehdä ilmoituksen Liikenne- ja viestintävirasto Traficomiin. Traficom valvoo saavutettavuutta.',
    authority: 'Liikenne- ja viestintävirasto Traficom, digitaalisen esteettömyyden ja saavutettavuuden valvonta',
    datedTitle: 'Seloste on laadittu',
    dated: '22.11.2026',
  },
  form: {
    text: 'Mikä ei toiminut?',
    textHint: 'Kerro, mitä yritit tehdä ja mitä tapahtui.',
    contact: 'Sähköpostiosoite vastausta varten (vapaaehtoinen)',
    send: 'Lähetä palaute',
    short: 'Kirjoita muutamalla sanalla, mikä ei toiminut.',
    sent: (id: string) => `Kiitos. Palaute on vastaanotettu numerolla ${id}.`,
    website: 'Jätä tämä kenttä tyhjäksi',
  },
  privacy: {
    title: 'Tietosuojaseloste',
    lead: 'Mitä henkilötietoja palvelussa on, miksi ja kuinka kauan.',
    sections: [
      {
        title: 'Rekisterinpitäjä',
        text: 'Se organisaatio, jonka puolesta käytät palvelua. Palvelua ylläpitävä organisaatio käsittelee tietoja sen lukuun.',
      },
      {
        title: 'Mitä tietoja',
        text: 'Nimi, käyttäjätunnus, kieli, roolit organisaatioissa ja mahdollinen sähköpostiosoite. Tapahtumaloki kertoo, kuka on muuttanut tai hyväksynyt mitäkin ja kuka on katsonut arkaluonteisia tietoja: henkilöitä, lokia, lukkoja ja kameroita sekä niiden pohjakuvia, asiakirjoja ja ilmoittajan yhteystietoa. Varauksista säilytetään vain osapuoli ja aika, ei varaajaa. Vikailmoituksen voi tehdä nimettömänä; vapaaehtoinen yhteystieto näkyy vain vian korjaajalle ja poistetaan, kun vika on hoidettu.',
      },
      {
        title: 'Miksi',
        text: 'Oikeuksien hallintaan ja siihen, että kustannusten jaon hyväksynnät voidaan osoittaa myöhemmin. Peruste on lakisääteinen velvoite ja yleinen etu.',
      },
      {
        title: 'Kuinka kauan',
        text: 'Käyttäjätiedot niin kauan kuin henkilöllä on rooli. Kirjanpitoaineisto ja siihen kuuluvat hyväksynnät säilytetään kirjanpitolain ja organisaation tiedonohjauksen mukaan.',
      },
      {
        title: 'Evästeet',
        text: 'Palvelu käyttää vain kirjautumisen istuntoevästettä. Kieli ja ulkoasu muistetaan selaimessa. Seurantaa ei ole, eikä mitään ladata muilta palvelimilta.',
      },
      {
        title: 'Oikeutesi',
        text: 'Voit pyytää tietosi nähtäviksi, korjattaviksi tai poistettaviksi organisaatiosi tietosuojavastaavalta ja valittaa tietosuojavaltuutetulle.',
      },
    ],
  },
  inbox: {
    title: 'Saavutettavuuspalaute',
    none: 'Palautetta ei ole tullut.',
    due: 'Vastattava viimeistään',
    page: 'Sivu',
    contact: 'Yhteystieto',
    text: 'Palaute',
    state: 'Tila',
    open: 'avoin',
    answered: 'vastattu',
    answer: 'Merkitse vastatuksi',
    reopen: 'Avaa uudelleen',
    action: 'Toiminto',
    noContact: 'ei pyydä vastausta',
  },
}
