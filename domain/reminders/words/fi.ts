// Reminders in Finnish.
export const reminderWords = {
  subject: (count: number) =>
    count === 1 ? 'Samtila: yksi asia odottaa teitä' : `Samtila: ${count} asiaa odottaa teitä`,
  greeting: (name: string) => `Hei ${name}`,
  intro: (organisation: string) => `Nämä odottavat organisaatiotanne ${organisation}:`,
  kinds: {
    'month-to-issue': (month: string) => `Lähetä kuukausi ${month} osapuolille.`,
    'month-to-accept': (month: string) => `Hyväksy tai riitauta kuukausi ${month}.`,
    'month-to-close': (month: string) => `Sulje kuukausi ${month}.`,
    'dispute-to-answer': (month: string) => `Vastaa erimielisyyteen, ${month}.`,
    'dispute-to-settle': (month: string) => `Ota kantaa vastaukseen erimielisyydessä, ${month}.`,
    'proposal-to-approve': () => 'Hyväksy tai hylkää sopimusehdotus.',
    'transfer-to-answer': () => 'Hyväksy tai hylkää teille tarjottu laite.',
    'loan-to-return': () => 'Palauta lainassa oleva laite.',
    'meter-change-to-witness': () => 'Vahvista mittarinvaihto todistajana tai kieltäydy perustellen.',
    'data-request-to-answer': () => 'Vastaa laitteen tietoja koskevaan pyyntöön.',
    'fault-to-answer': () => 'Ota vika hoidettavaksi tai palauta se perustellen.',
    'service-task-due': () => 'Tee huoltotehtävä tai kerro, miksi se ei onnistunut.',
    'inspection-due': () => 'Teetä määräaikaistarkastus ja kirjaa se.',
  },
  equipment: {
    'support-ends': (date: string) => `Laiteohjelmiston tuki päättyy ${date}. Valmistelkaa uusiminen.`,
    'warranty-ends': (date: string) => `Takuu päättyy ${date}. Ilmoittakaa virheistä sitä ennen.`,
    'service-contract-ends': (date: string) => `Huoltosopimus päättyy ${date}. Uusikaa tai kilpailuttakaa se.`,
    'insurance-ends': (date: string) => `Vakuutus päättyy ${date}. Uusikaa se.`,
    'verification-due': (date: string) => `Mittarin varmennus on voimassa ${date} asti. Vaihtakaa mittari sitä ennen.`,
    'document-ends': (date: string) => `Asiakirjan voimassaolo päättyy ${date}. Hankkikaa uusi.`,
    'certificate-ends': (date: string) =>
      `Laitteen varmenne vanhenee ${date}. Antakaa laitteelle uusi, muuten sen yhteys katkeaa.`,
  },
  more: (count: number) => `ja ${count} muuta`,
  until: (date: string) => `Viimeistään ${date}.`,
  overdue: (date: string) => `Määräaika oli ${date}.`,
  silence: 'Ellette vastaa määräaikaan mennessä, kuukausi katsotaan hyväksytyksi.',
  footer: 'Tämän muistutuksen lähetti Samtila. Siihen ei voi vastata.',
}
