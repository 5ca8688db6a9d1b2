// Words of budgets, accruals and advances in files and documents, in Finnish.

export const year = {
  lines: {
    advance: (month: string) => `Ennakkomaksu, ${month}`,
    transfer: (month: string) => `Toteutunut osuus, ${month}`,
    paid: (number: string) => `Laskutettu ennakko, lasku ${number}`,
  },
  accrual: {
    title: 'Jaksotustosite',
    reversalTitle: 'Jaksotuksen purku',
    voucher: 'Tosite',
    date: 'Päiväys',
    entry: 'Laji',
    account: 'Tili',
    costCentre: 'Kustannuspaikka',
    counterparty: 'Vastapuoli',
    supplier: 'Toimittaja',
    month: 'Kuukausi',
    category: 'Kustannuslaji',
    ground: 'Peruste',
    debit: 'Debet',
    credit: 'Kredit',
    total: 'Yhteensä',
    entries: {
      cost: 'Kulu',
      recovered: 'Perittävä kulu (kulun vähennys)',
      'accrued-liability': 'Siirtovelka',
      'accrued-receivable': 'Siirtosaaminen',
    },
    draft: (month: string) => `Kuukausi ${month} on luonnos, eikä sitä ole suljettu. Luku on osuus luonnoksessa.`,
    issued: (month: string) => `Kuukausi ${month} on lähetetty osapuolille, mutta sitä ei ole suljettu.`,
    missing: (months: string) =>
      `Lasku tuli joka kuukausi, mutta ei tältä kuulta. Arvio on kuukausien ${months} keskiarvo.`,
  },
  budget: {
    category: 'Kustannuslaji',
    yearSum: 'Vuosi',
    closed: 'Suljettu',
    open: 'Lähetetty tai luonnos',
    soFar: 'Kuluva kuukausi tähän asti',
    lastYear: 'Viime vuosi',
    forecast: 'Ennuste',
    difference: 'Ennuste miinus talousarvio',
    total: 'Yhteensä',
    budget: 'Talousarvio',
    actual: 'Toteutunut',
  },
}
