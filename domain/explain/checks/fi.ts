// Findings of the checks before issue in Finnish.
export const checkWords = {
  notOver: (ends: string) => `Kuukausi ei ole vielä päättynyt; se voidaan lähettää aikaisintaan ${ends}.`,
  blocked: (item: string, reason: string) =>
    `${item}: ${reason}. Kuukautta ei voi lähettää ennen kuin tämä on korjattu.`,
  estimated: (item: string, part: string) => `${item}: ${part} kulutuksesta on arvioitu.`,
  estimatedBeyond: (item: string, part: string, most: string) =>
    `${item}: ${part} kulutuksesta on arvioitu, sopimuksen mukaan enintään ${most} saa olla.`,
  estimatedBlocks: (item: string, part: string, most: string) =>
    `${item}: ${part} kulutuksesta on arvioitu. Sopimuksen mukaan kuukautta ei lähetetä, kun osuus on yli ${most}.`,
  changed: (what: string, now: string, expected: string, month: string, part: string) =>
    `${what}: ${now}. Verrattuna kuukauteen ${month} (${expected} samalla päivämäärällä) muutos on ${part}.`,
  changedFromNothing: (what: string, now: string, month: string) => `${what}: ${now}; kuukautena ${month} ei mitään.`,
  remainder: (meter: string, quantity: string, part: string, from: string, to: string) =>
    `${meter}: jäännös on ${quantity} eli ${part} päämittarin kulutuksesta; sovittu väli on ${from}–${to}.`,
  noReadingAtStart: (meter: string, nearest: string) =>
    `${meter}: kuukauden alun lähellä ei ole lukemaa, lähin on ${nearest}. Alkulukema on laskettu väliltä.`,
  noReadingAtEnd: (meter: string, nearest: string) =>
    `${meter}: kuukauden lopun lähellä ei ole lukemaa, lähin on ${nearest}. Loppulukema on laskettu tai arvioitu.`,
  interpolated: (meter: string, hours: string, from: string, to: string) =>
    `${meter}: lukemien välissä on jopa ${hours} tuntia (${from} – ${to}); kulutus on jaettu sille ajalle tasan.`,
  vacant: (space: string, days: string, landlord: string) =>
    `Tila ${space} on ollut tyhjillään ${days} päivää, eikä sen vuokranantaja ${landlord} ole sopimuksen osapuoli: muut maksavat sen osuuden.`,
  invoiceMissing: (category: string, supplier: string) =>
    `Lasku puuttuu: ${category}${supplier === '' ? '' : `, ${supplier}`}. Se on tullut kolmena edellisenä kuukautena.`,
  priceMissing: (series: string, days: string, first: string, last: string) =>
    `Hintasarjasta ${series} puuttuu hintoja ${days} päivältä (${first} – ${last}).`,
  damaged: (meter: string, from: string, to: string) =>
    `${meter}: tallennettuja lukemia on vaurioitunut ja siirretty sivuun ajalta ${from} – ${to}.`,
  meterUnknown: (meters: string) => `Laskutushyväksyntää ei ole kirjattu ${meters} mittarille.`,
  meterNotApproved: (meter: string) => `${meter}: mittaria ei ole hyväksytty laskutukseen.`,
  verificationOver: (meter: string, until: string) =>
    `${meter}: mittarin varmennuksen voimassaolo päättyy ${until} eikä kata koko kuukautta.`,
  meterNotListed: 'Sopimuksessa sitä ei ole luettelossa mittareista, jotka saavat silti ratkaista hinnan.',
  supplier: (number: string, difference: string, volume: string, price: string, timing: string, fixed: string) =>
    `Toimittajan lasku ${number} poikkeaa omasta mittauksesta ${difference}: määrä ${volume}, hinta ${price}, ajoitus ${timing}, kiinteä osa ${fixed}.`,
  noNumber: 'ilman numeroa',
}
