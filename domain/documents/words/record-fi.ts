// Words of the public record, in Finnish.

export const record = {
  title: (premises: string, month: string) => `Julkinen asiakirja: ${premises}, ${month}`,
  intro:
    'Tässä tiedostossa on suljetun kuukauden kustannustenjako, sopimus, laskentatapa ja todisteet. Se avautuu selaimella ilman verkkoyhteyttä eikä sisällä ohjelmia, jotka käynnistyisivät.',
  redaction: 'Poistetut tiedot',
  nothingRedacted: 'Tiedoista ei ole poistettu mitään.',
  redacted: (spaces: number, devices: number, items: number) =>
    `Turvajärjestelyjen vuoksi (JulkL 24 § 1 mom. 7 kohta) on poistettu suojattujen tilojen (${spaces}) ja laitteiden (${devices}) nimet, sijainnit ja lukemat. Luvut on säilytetty. Eriä, joiden perustelut on siksi jätetty pois: ${items}.`,
  hiddenDevice: 'Suojattu laite',
  hiddenSpace: 'Suojattu tila',
  hiddenGrounds: 'Perustelut on jätetty pois, koska erä perustuu suojatun laitteen lukemiin.',
  agreement: 'Sopimus',
  approvals: 'Hyväksynnät',
  organisation: 'Osapuoli',
  decision: 'Päätös',
  method: 'Laskentatapa',
  methodText: 'Säännöt, joiden mukaan jokainen sentti on laskettu (englanniksi):',
  verify: 'Tarkistaminen',
  verifyText:
    'Todistetiedosto on tämän sivun lopussa. Tallenna alla oleva ohjelma nimellä verify.mjs ja aja: node verify.mjs (tämä tiedosto). Ohjelma laskee kuukauden uudelleen ilman palvelua.',
}
