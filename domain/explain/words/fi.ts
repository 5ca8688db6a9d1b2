// Sentences of explanations in Finnish, as an authority writes them.

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

export const sentences = {
  amount: 'Mistä summa tulee',
  split: 'Miten summa jaetaan',
  share: (party: string) => `Osuus: ${party}`,
  invoiceWhole: (total: string) =>
    `Laskun summa on ${total} ilman arvonlisäveroa, ja se kuuluu kokonaan tälle kuukaudelle.`,
  invoicePart: (total: string, months: number) =>
    `Laskun summa on ${total} ilman arvonlisäveroa. Se jaetaan ${months} kuukaudelle palvelupäivien mukaan.`,
  invoiceMonth: (days: number, amount: string) =>
    `Tälle kuukaudelle kuuluu ${count(days, 'päivä', 'päivää')} eli ${amount}.`,
  recurring: (monthly: string, days: number, monthDays: number) =>
    days === monthDays
      ? `Toistuva kustannus on ${monthly} kuukaudessa, ja se koskee koko kuukautta.`
      : `Toistuva kustannus on ${monthly} kuukaudessa. Kuukauden ${monthDays} päivästä lasketaan ${days}.`,
  depreciation: (cost: string, residual: string, months: number, number: number) =>
    `Hankintameno on ${cost} ja jäännösarvo ${residual}. Erotus poistetaan tasan ${months} kuukaudessa, ja tämä on ${number}. kuukausi.`,
  meter: (device: string, quantity: string) => `Mittarin ”${device}” kulutus on ${quantity}.`,
  readings: (n: number, first: string, firstAt: string, last: string, lastAt: string) =>
    `Laskennassa on ${count(n, 'lukema', 'lukemaa')}: ensimmäinen ${first} (${firstAt}) ja viimeinen ${last} (${lastAt}).`,
  meterChanges: (n: number) => `Ajalle osuu ${count(n, 'mittarinvaihto', 'mittarinvaihtoa')}.`,
  multiplier: (factor: string) => `Kulutus on kerrottu mittarin kertoimella ${factor}.`,
  digest: (digest: string) => `Lukemien tarkistussumma on ${digest}.`,
  estimated: (share: string) => `Kulutuksesta ${share} on arvioitu, koska lukemia puuttuu.`,
  measured: 'Koko kulutus on mitattu, mitään ei ole arvioitu.',
  simulated: 'Lukemat ovat simuloituja.',
  piece: (tariff: string, version: string, span: string) =>
    `Tariffi ”${tariff}”, ${version} alkava versio, ajalla ${span}:`,
  span: (first: string, last: string) => (first === last ? first : `${first}–${last}`),
  clock: (from: string, to: string) => `klo ${from}–${to}`,
  energy: (id: string, when: string, quantity: string, price: string, amount: string) =>
    `Energiamaksu (${id}${when}): ${quantity} × ${price} = ${amount}.`,
  spot: (
    id: string,
    series: string,
    quantity: string,
    priced: string,
    factor: string,
    margin: string,
    amount: string,
  ) =>
    `Pörssihinta (${id}, hintasarja ”${series}”): ${quantity} kunkin vartin hinnalla on ${priced}. Se kerrotaan kertoimella ${factor}, ja siihen lisätään marginaali ${margin} koko määrältä, yhteensä ${amount}.`,
  stepped: (id: string, steps: string, amount: string) => `Portaittainen hinta (${id}): ${steps}. Yhteensä ${amount}.`,
  step: (quantity: string, price: string) => `${quantity} × ${price}`,
  peak: (
    id: string,
    highest: string,
    at: string,
    minimum: string,
    price: string,
    days: number,
    monthDays: number,
    amount: string,
  ) =>
    `Tehomaksu (${id}): suurin tuntiteho on ${highest} (${at}), laskutetaan vähintään ${minimum}. Hinta ${price}, päiviä ${days}/${monthDays}, yhteensä ${amount}.`,
  fixed: (id: string, monthly: string, days: number, monthDays: number, amount: string) =>
    `Perusmaksu (${id}): ${monthly} kuukaudessa, päiviä ${days}/${monthDays}, yhteensä ${amount}.`,
  rounded: (exact: string, rounded: string) => `Tarkka summa on ${exact}. Sentteihin pyöristettynä se on ${rounded}.`,
  segments: (n: number, span: string, amount: string) =>
    `Sopimus tai arvonlisäveron käsittely muuttuu kesken kuukauden, joten kustannuserässä on ${n} osaa. Ajalle ${span} kuuluu ${amount}.`,
  partOfMonth: (exact: string, down: string) => `Kuukauden tarkka osuus on ${exact}, alaspäin pyöristettynä ${down}.`,
  partOfSegment: (exact: string, down: string) => `Osan tarkka summa on ${exact}, alaspäin pyöristettynä ${down}.`,
  partCent: (rank: number, amount: string) =>
    `Jäljelle jääneistä senteistä yksi lisätään siihen, koska sen loppuosa oli ${rank}. suurin. Summa on ${amount}.`,
  oddCents: (months: number, amount: string) =>
    `Jäljelle jäävät sentit jaetaan ${months} ensimmäiselle kuukaudelle sentti kerrallaan. Tämän kuukauden poisto on ${amount}.`,
  rule: (category: string, agreement: string, version: number) =>
    `Jako perustuu sopimuksen ”${agreement}” versioon ${version} ja sen jakoperusteeseen kustannuslajille ”${category}”.`,
  ruleOfOthers: (agreement: string, version: number) =>
    `Jako perustuu sopimuksen ”${agreement}” versioon ${version} ja sen jakoperusteeseen kaikille muille kustannuslajeille.`,
  days: (span: string) => `Jaettavat päivät ovat ${span}.`,
  by: {
    fixed: 'Summa jaetaan kiinteinä osuuksina.',
    equal: 'Summa jaetaan tasan osapuolten kesken.',
    area: 'Summa jaetaan tilojen pinta-alan ja hallinta-ajan mukaan. Yhteisillä ja teknisillä tiloilla ei ole painoa.',
    headcount: 'Summa jaetaan henkilömäärän mukaan.',
    usage: 'Summa jaetaan laitteen käyttötuntien mukaan.',
    ownership: 'Summa jaetaan laitteen omistusosuuksien mukaan.',
    direct: 'Summa kuuluu kokonaan yhdelle osapuolelle.',
    metered: 'Summa jaetaan alamittarien kulutuksen mukaan, ja jäännösosuus jaetaan erikseen.',
    mix: 'Summa jaetaan ensin osiin painojen mukaan.',
  },
  mixPart: (n: number, weight: string, amount: string) => `Osa ${n}, paino ${weight}, ${amount}:`,
  remainderName: 'jäännösosuus',
  remainder: (amount: string) => `Jäännösosuus on ${amount}.`,
  remainderCase: {
    main: 'Jäännösosuus on se osa päämittarin kulutuksesta, jota alamittarit eivät näytä.',
    'sub-meters-are-the-whole': 'Alamittarit kattavat koko määrän, joten jäännösosuutta ei ole.',
    'sub-meters-reach-main': 'Alamittarit näyttävät vähintään saman kuin päämittari, joten jäännösosuutta ei ole.',
    'nothing-metered': 'Mittarit eivät näytä kulutusta, joten koko summa on jäännösosuutta.',
  },
  subMeter: (party: string, device: string, quantity: string) => `${party}: alamittari ”${device}”, ${quantity}.`,
  facts: {
    number: (number: string) => `Sovittu osuus on ${number}.`,
    party: 'Jokaisella osapuolella on sama paino.',
    space: (space: string, area: string, span: string, days: number, useWeight: string) =>
      `Tila ${space}: ${area} ajalla ${span} (${count(days, 'päivä', 'päivää')})${useWeight === '1' ? '' : `, painotus ${useWeight}`}.`,
    vacant: (space: string) => `Tilalla ${space} ei ole haltijaa, joten se lasketaan vuokranantajalle.`,
    headcount: (people: string, span: string, days: number) =>
      `Henkilöitä ${people} ajalla ${span} (${count(days, 'päivä', 'päivää')}).`,
    usage: (device: string, from: string, to: string, hours: string) =>
      `Laitteen ”${device}” käyttö ${from} – ${to}: ${hours} h.`,
    ownership: (number: string, sum: string, span: string, days: number) =>
      `Omistusosuus ${number}/${sum} ajalla ${span} (${count(days, 'päivä', 'päivää')}).`,
  },
  noFacts: 'Osapuolella ei ole tähän painoa.',
  factsMore: (n: number) => `Lisäksi ${count(n, 'tieto', 'tietoa')}.`,
  weights: (list: string) => `Painot: ${list}.`,
  weight: (party: string, weight: string) => `${party} ${weight}`,
  exactShare: (amount: string, exact: string) => `Summasta ${amount} tarkka osuus on ${exact}.`,
  even: (amount: string) => `Osuus on tasan ${amount}.`,
  roundedDown: (amount: string) => `Osuus pyöristetään alaspäin: ${amount}.`,
  gotCent: (rank: number, amount: string) =>
    `Jäljelle jääneistä senteistä yksi kuuluu tälle osapuolelle, koska osuuden loppuosa oli ${rank}. suurin. Osuus on ${amount}.`,
  closed: (month: string, amount: string) => `Suljetun kuukauden (${month}) osuus oli ${amount}.`,
  adjusted: (month: string, amount: string) => `Osuutta on oikaistu kuukaudella ${month}: ${amount}.`,
  recomputed: (amount: string) => `Uudelleen laskettuna osuus on ${amount}.`,
  gone: 'Kustannuserää ei enää ole.',
  difference: (amount: string) => `Oikaisu on niiden erotus: ${amount}.`,
  blocked: (reason: string) => `Kustannuserää ei voida jakaa. Syy: ${reason}.`,
  causes: {
    title: 'Miksi kuukautta oikaistaan',
    since: (at: string, n: number) =>
      `Kuukausi laskettiin viimeksi ${at}. Sen jälkeen on kirjattu ${count(n, 'muutos, johon', 'muutosta, joihin')} oikaisu perustuu.`,
    changed: (what: string, before: string, after: string) => `${what}: oli ${before}, nyt ${after}.`,
    added: (what: string, after: string) => `${what}: lisätty ${after}.`,
    removed: (what: string, before: string) => `${what}: poistettu ${before}.`,
    place: (object: string, pointer: string) => `${object}, kohta ${pointer}`,
    object: (kind: string, id: string) => `${kind} ”${id}”`,
    price: (series: string, at: string) => `Hintasarjan ”${series}” hinta, ${at}`,
    usage: (device: string) => `Laitteen ”${device}” käyttö`,
    used: (organisation: string, from: string, to: string) => `${organisation}, ${from} – ${to}`,
    reading: (device: string, at: string) => `Mittarin ”${device}” lukema, ${at}`,
    recorded: (at: string, by: string | null) => (by === null ? `Kirjattu ${at}.` : `Kirjattu ${at}, kirjaaja ${by}.`),
    more: (n: number) => `Lisäksi ${count(n, 'muutos', 'muutosta')}.`,
    kinds: {
      organisations: 'Organisaatio',
      premises: 'Toimitila',
      devices: 'Laite',
      priceSeries: 'Hintasarja',
      tariffs: 'Tariffi',
      agreements: 'Sopimus',
      meteredCosts: 'Mitattu kustannus',
      recurringCosts: 'Toistuva kustannus',
      invoices: 'Lasku',
    },
  },
  result: (party: string, amount: string) => `${party} vastaa osuudesta ${amount}.`,
  resultParts: (party: string, amount: string, parts: string) => `${party} vastaa osuudesta ${amount} (${parts}).`,
}
