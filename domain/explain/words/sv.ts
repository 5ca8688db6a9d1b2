// Sentences of explanations in Finland-Swedish.
import type { Sentences } from './sentences.ts'

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`

export const sentences: Sentences = {
  amount: 'Varifrån summan kommer',
  split: 'Hur summan fördelas',
  share: (party) => `Andel: ${party}`,
  invoiceWhole: (total) =>
    `Fakturans summa är ${total} exklusive mervärdesskatt, och den hör i sin helhet till den här månaden.`,
  invoicePart: (total, months) =>
    `Fakturans summa är ${total} exklusive mervärdesskatt. Den fördelas på ${months} månader efter servicedagarna.`,
  invoiceMonth: (days, amount) => `På den här månaden faller ${count(days, 'dag', 'dagar')}, alltså ${amount}.`,
  recurring: (monthly, days, monthDays) =>
    days === monthDays
      ? `Den återkommande kostnaden är ${monthly} i månaden och gäller hela månaden.`
      : `Den återkommande kostnaden är ${monthly} i månaden. Av månadens ${monthDays} dagar räknas ${days}.`,
  depreciation: (cost, residual, months, number) =>
    `Anskaffningsutgiften är ${cost} och restvärdet ${residual}. Skillnaden avskrivs jämnt på ${months} månader, och det här är månad ${number}.`,
  meter: (device, quantity) => `Mätaren ”${device}” visar förbrukningen ${quantity}.`,
  readings: (n, first, firstAt, last, lastAt) =>
    `I kalkylen ingår ${count(n, 'avläsning', 'avläsningar')}: den första ${first} (${firstAt}) och den sista ${last} (${lastAt}).`,
  meterChanges: (n) => `Under tiden har ${count(n, 'mätarbyte', 'mätarbyten')} gjorts.`,
  multiplier: (factor) => `Förbrukningen har multiplicerats med mätarens faktor ${factor}.`,
  digest: (digest) => `Avläsningarnas kontrollsumma är ${digest}.`,
  estimated: (share) => `${share} av förbrukningen är uppskattad, eftersom avläsningar saknas.`,
  measured: 'Hela förbrukningen är uppmätt, inget är uppskattat.',
  simulated: 'Avläsningarna är simulerade.',
  piece: (tariff, version, span) => `Tariffen ”${tariff}”, versionen från ${version}, för tiden ${span}:`,
  span: (first, last) => (first === last ? first : `${first}–${last}`),
  clock: (from, to) => `kl. ${from}–${to}`,
  energy: (id, when, quantity, price, amount) => `Energiavgift (${id}${when}): ${quantity} × ${price} = ${amount}.`,
  spot: (id, series, quantity, priced, factor, margin, amount) =>
    `Börspris (${id}, prisserien ”${series}”): ${quantity} till priset för varje kvart är ${priced}. Det multipliceras med faktorn ${factor}, och därtill läggs marginalen ${margin} för hela mängden, sammanlagt ${amount}.`,
  stepped: (id, steps, amount) => `Trappstegspris (${id}): ${steps}. Sammanlagt ${amount}.`,
  step: (quantity, price) => `${quantity} × ${price}`,
  peak: (id, highest, at, minimum, price, days, monthDays, amount) =>
    `Effektavgift (${id}): den högsta timeffekten är ${highest} (${at}), minst ${minimum} faktureras. Pris ${price}, dagar ${days}/${monthDays}, sammanlagt ${amount}.`,
  fixed: (id, monthly, days, monthDays, amount) =>
    `Grundavgift (${id}): ${monthly} i månaden, dagar ${days}/${monthDays}, sammanlagt ${amount}.`,
  rounded: (exact, rounded) => `Den exakta summan är ${exact}. Avrundad till cent är den ${rounded}.`,
  segments: (n, span, amount) =>
    `Avtalet eller momsbehandlingen ändras mitt i månaden, och därför har kostnadsposten ${n} delar. På tiden ${span} faller ${amount}.`,
  partOfMonth: (exact, down) => `Månadens exakta andel är ${exact}, avrundad nedåt ${down}.`,
  partOfSegment: (exact, down) => `Delens exakta summa är ${exact}, avrundad nedåt ${down}.`,
  partCent: (rank, amount) =>
    `En av de cent som blev över läggs till, eftersom dess rest var nummer ${rank} i storleksordning. Summan är ${amount}.`,
  oddCents: (months, amount) =>
    `De cent som blir över fördelas på ${count(months, 'månad', 'månader')} från början. Den här månadens avskrivning är ${amount}.`,
  rule: (category, agreement, version) =>
    `Fördelningen bygger på version ${version} av avtalet ”${agreement}” och dess fördelningsgrund för kostnadsslaget ”${category}”.`,
  ruleOfOthers: (agreement, version) =>
    `Fördelningen bygger på version ${version} av avtalet ”${agreement}” och dess fördelningsgrund för alla övriga kostnadsslag.`,
  days: (span) => `Dagarna som fördelas är ${span}.`,
  by: {
    fixed: 'Summan fördelas enligt fasta andelar.',
    equal: 'Summan fördelas jämnt mellan parterna.',
    area: 'Summan fördelas efter utrymmenas yta och den tid de har innehafts. Gemensamma och tekniska utrymmen har ingen vikt.',
    headcount: 'Summan fördelas efter personantalet.',
    usage: 'Summan fördelas efter enhetens användningstimmar.',
    ownership: 'Summan fördelas efter ägarandelarna i enheten.',
    direct: 'Summan hör i sin helhet till en part.',
    metered: 'Summan fördelas efter undermätarnas förbrukning, och restposten fördelas för sig.',
    mix: 'Summan delas först i delar efter vikter.',
  },
  mixPart: (n, weight, amount) => `Del ${n}, vikt ${weight}, ${amount}:`,
  remainderName: 'restposten',
  remainder: (amount) => `Restposten är ${amount}.`,
  remainderCase: {
    main: 'Restposten är den del av huvudmätarens förbrukning som undermätarna inte visar.',
    'sub-meters-are-the-whole': 'Undermätarna täcker hela mängden, så det finns ingen restpost.',
    'sub-meters-reach-main': 'Undermätarna visar minst lika mycket som huvudmätaren, så det finns ingen restpost.',
    'nothing-metered': 'Mätarna visar ingen förbrukning, så hela summan är restpost.',
  },
  subMeter: (party, device, quantity) => `${party}: undermätaren ”${device}”, ${quantity}.`,
  facts: {
    number: (number) => `Den avtalade andelen är ${number}.`,
    party: 'Varje part har samma vikt.',
    space: (space, area, span, days, useWeight) =>
      `Utrymmet ${space}: ${area} under tiden ${span} (${count(days, 'dag', 'dagar')})${useWeight === '1' ? '' : `, viktning ${useWeight}`}.`,
    vacant: (space) => `Utrymmet ${space} har ingen innehavare och räknas därför till hyresvärden.`,
    headcount: (people, span, days) => `Personer ${people} under tiden ${span} (${count(days, 'dag', 'dagar')}).`,
    usage: (device, from, to, hours) => `Användning av enheten ”${device}” ${from} – ${to}: ${hours} h.`,
    ownership: (number, sum, span, days) =>
      `Ägarandel ${number}/${sum} under tiden ${span} (${count(days, 'dag', 'dagar')}).`,
  },
  noFacts: 'Parten har ingen vikt här.',
  factsMore: (n) => `Dessutom ${count(n, 'uppgift', 'uppgifter')}.`,
  weights: (list) => `Vikter: ${list}.`,
  weight: (party, weight) => `${party} ${weight}`,
  exactShare: (amount, exact) => `Den exakta andelen av summan ${amount} är ${exact}.`,
  even: (amount) => `Andelen är jämnt ${amount}.`,
  roundedDown: (amount) => `Andelen avrundas nedåt: ${amount}.`,
  gotCent: (rank, amount) =>
    `En av de cent som blev över hör till den här parten, eftersom resten av andelen var nummer ${rank} i storleksordning. Andelen är ${amount}.`,
  closed: (month, amount) => `Den stängda månadens (${month}) andel var ${amount}.`,
  adjusted: (month, amount) => `Andelen har rättats i ${month} med ${amount}.`,
  recomputed: (amount) => `Räknad på nytt är andelen ${amount}.`,
  gone: 'Kostnadsposten finns inte längre.',
  difference: (amount) => `Rättelsen är skillnaden mellan dem: ${amount}.`,
  blocked: (reason) => `Kostnadsposten kan inte fördelas. Orsak: ${reason}.`,
  causes: {
    title: 'Varför månaden rättas',
    since: (at, n) =>
      `Månaden räknades senast ${at}. Därefter har ${count(n, 'ändring', 'ändringar')} registrerats som rättelsen bygger på.`,
    changed: (what, before, after) => `${what}: var ${before}, nu ${after}.`,
    added: (what, after) => `${what}: tillagt ${after}.`,
    removed: (what, before) => `${what}: borttaget ${before}.`,
    place: (object, pointer) => `${object}, stället ${pointer}`,
    object: (kind, id) => `${kind} ”${id}”`,
    price: (series, at) => `Prisserien ”${series}”, priset ${at}`,
    usage: (device) => `Användning av enheten ”${device}”`,
    used: (organisation, from, to) => `${organisation}, ${from} – ${to}`,
    reading: (device, at) => `Mätaren ”${device}”, avläsningen ${at}`,
    recorded: (at, by) => (by === null ? `Registrerat ${at}.` : `Registrerat ${at} av ${by}.`),
    more: (n) => `Dessutom ${count(n, 'ändring', 'ändringar')}.`,
    kinds: {
      organisations: 'Organisationen',
      premises: 'Lokalen',
      devices: 'Enheten',
      priceSeries: 'Prisserien',
      tariffs: 'Tariffen',
      agreements: 'Avtalet',
      meteredCosts: 'Den uppmätta kostnaden',
      recurringCosts: 'Den återkommande kostnaden',
      invoices: 'Fakturan',
    },
  },
  result: (party, amount) => `${party} svarar för andelen ${amount}.`,
  resultParts: (party, amount, parts) => `${party} svarar för andelen ${amount} (${parts}).`,
}
