// Every share of every worked case, explained in three languages: the sentences end in the share that the settlement has.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { explainItem, type Section } from '#domain/explain/sentences.ts'
import { createWriter } from '#domain/explain/writer.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Causes } from '#domain/settlement/causes.ts'
import type { Explanation } from '#domain/settlement/explanation.ts'
import { LANGUAGES, type Language } from '#domain/writing/language.ts'
import { formatMoney } from '#domain/writing/number.ts'
import { sha256, World } from '#tests/cases/world.ts'

const folder = new URL('../../cases/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
type Place = { premises: string; period: string }
type Step = { import?: Bundle; close?: Place; settle?: Place }

const writerIn = (language: Language) => createWriter(language, 'Europe/Helsinki', () => undefined)
const textOf = (sections: readonly Section[]): string[] =>
  sections.flatMap(({ sentences }) => sentences.map(({ text }) => text.replaceAll(/[\u00A0\u202F]/g, ' ')))

/** The last settled month of a case: each item's explanation. */
const explain = (
  file: string,
  each: (explanations: Explanation[], settled: ReturnType<World['draft']>) => void,
): void => {
  const { steps } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { steps: Step[] }
  const world = new World()
  for (const step of steps) {
    if (step.import !== undefined) world.import(step.import)
    if (step.close !== undefined) world.close(step.close.premises, step.close.period)
    if (step.settle === undefined || world.frozen.some(({ period }) => period === step.settle?.period)) continue
    const settled = world.draft(step.settle.premises, step.settle.period)
    each(settled.explanations(sha256), settled)
  }
}

describe('explanations', () => {
  let shares = 0
  test.each(files)('%s', (file) => {
    explain(file, (explanations, { settlement }) => {
      for (const [i, item] of settlement.items.entries())
        for (const language of LANGUAGES) {
          const sections = explainItem(explanations[i]!, null, writerIn(language))
          for (const { party, net } of item.shares) {
            shares += 1
            const last = sections.findLast((section) => section.party === party)
            expect(last?.key).toBe('share')
            expect(last?.sentences.at(-1)?.text, `${item.id} ${party}`).toContain(formatMoney(language, net))
          }
          if (item.blocked !== null) expect(textOf(sections).length).toBeGreaterThan(0)
          // Nothing raw shows through: no fraction such as 7/3 (days and ownership shares are meant so), no missing value.
          for (const sentence of textOf(sections)) expect(sentence).not.toMatch(/undefined|NaN|null|\d{3,}\/\d{3,}/)
        }
    })
  })
  test('were read', () => expect(shares).toBeGreaterThan(150))

  test('the three languages say the same number of sentences at the same depth', () => {
    for (const file of files)
      explain(file, (explanations) => {
        for (const explanation of explanations) {
          const [fi, ...others] = LANGUAGES.map((language) =>
            explainItem(explanation, null, writerIn(language)).map(({ key, party, sentences }) => [
              key,
              party,
              sentences.map(({ depth }) => depth),
            ]),
          )
          for (const other of others) expect(other).toEqual(fi)
        }
      })
  })
})

describe('a whole explanation, word for word', () => {
  const sentencesOf = (file: string, item: string, party: string, language: Language): string[] => {
    let found: string[] = []
    explain(file, (explanations) => {
      const explanation = explanations.find((one) => one.item === item)
      if (explanation !== undefined)
        found = textOf(
          explainItem(explanation, null, writerIn(language)).filter(
            (section) => section.party === null || section.party === party,
          ),
        )
    })
    return found
  }
  test('metered, by sub-meter and then by area, in Finnish', () => {
    expect(sentencesOf('18-worked-example.json', 'metered:el-main', 'poliisi', 'fi')).toMatchInlineSnapshot(`
      [
        "Mittarin ”em-main” kulutus on 2 000 kWh.",
        "Laskennassa on 2 lukemaa: ensimmäinen 10 234,5 kWh (1.4.2026 klo 00.00) ja viimeinen 12 234,5 kWh (1.5.2026 klo 00.00).",
        "Koko kulutus on mitattu, mitään ei ole arvioitu.",
        "Lukemien tarkistussumma on sha256:f6da92eb695e3689db3d641a03162218710ac04f2a88e25da3d20c39c92c0a1c.",
        "Tariffi ”el-2026”, 1.1.2026 alkava versio, ajalla 1.4.2026–30.4.2026:",
        "Energiamaksu (energy): 2 000 kWh × 0,0745 €/kWh = 149 €.",
        "Energiamaksu (day, ma–pe, klo 07.00–22.00): 916,666666 kWh × 0,0312 €/kWh = 28,5999999792 €.",
        "Perusmaksu (base): 25 € kuukaudessa, päiviä 30/30, yhteensä 25 €.",
        "Tarkka summa on 202,5999999792 €. Sentteihin pyöristettynä se on 202,60 €.",
        "Jako perustuu sopimuksen ”virastotalo-2026” versioon 1 ja sen jakoperusteeseen kustannuslajille ”Sähkö”.",
        "Jaettavat päivät ovat 1.4.2026–30.4.2026.",
        "Summa jaetaan alamittarien kulutuksen mukaan, ja jäännösosuus jaetaan erikseen.",
        "Mittarin ”em-main” kulutus on 2 000 kWh.",
        "poliisi: alamittari ”em-poliisi”, 250 kWh.",
        "Laskennassa on 2 lukemaa: ensimmäinen 400 kWh (1.4.2026 klo 00.00) ja viimeinen 650 kWh (1.5.2026 klo 00.00).",
        "Koko kulutus on mitattu, mitään ei ole arvioitu.",
        "Lukemien tarkistussumma on sha256:c013bcb864ca37abf77aaa6f65a5d1347b030f81e933b0cbd8058f7aadf4a22c.",
        "Jäännösosuus on se osa päämittarin kulutuksesta, jota alamittarit eivät näytä.",
        "Painot: poliisi 250 ja jäännösosuus 1 750.",
        "Summasta 202,60 € tarkka osuus on 25,325 €.",
        "Osuus pyöristetään alaspäin: 25,32 €.",
        "Jäljelle jääneistä senteistä yksi kuuluu tälle osapuolelle, koska osuuden loppuosa oli 1. suurin. Osuus on 25,33 €.",
        "Jäännösosuus on 177,27 €.",
        "Osan tarkka summa on 177,275 €, alaspäin pyöristettynä 177,27 €.",
        "Summa jaetaan tilojen pinta-alan ja hallinta-ajan mukaan. Yhteisillä ja teknisillä tiloilla ei ole painoa.",
        "Tila k2-201: 100 m² ajalla 1.4.2026–30.4.2026 (30 päivää).",
        "Painot: kuusamo 9 000 ja poliisi 3 000.",
        "Summasta 177,27 € tarkka osuus on 44,3175 €.",
        "Osuus pyöristetään alaspäin: 44,31 €.",
        "Jäljelle jääneistä senteistä yksi kuuluu tälle osapuolelle, koska osuuden loppuosa oli 1. suurin. Osuus on 44,32 €.",
        "poliisi vastaa osuudesta 69,65 € (25,33 € + 44,32 €).",
      ]
    `)
  })
  test('the same in Swedish', () => {
    expect(sentencesOf('18-worked-example.json', 'metered:el-main', 'poliisi', 'sv')).toMatchInlineSnapshot(`
      [
        "Mätaren ”em-main” visar förbrukningen 2 000 kWh.",
        "I kalkylen ingår 2 avläsningar: den första 10 234,5 kWh (1.4.2026 kl. 00.00) och den sista 12 234,5 kWh (1.5.2026 kl. 00.00).",
        "Hela förbrukningen är uppmätt, inget är uppskattat.",
        "Avläsningarnas kontrollsumma är sha256:f6da92eb695e3689db3d641a03162218710ac04f2a88e25da3d20c39c92c0a1c.",
        "Tariffen ”el-2026”, versionen från 1.1.2026, för tiden 1.4.2026–30.4.2026:",
        "Energiavgift (energy): 2 000 kWh × 0,0745 €/kWh = 149 €.",
        "Energiavgift (day, mån–fre, kl. 07.00–22.00): 916,666666 kWh × 0,0312 €/kWh = 28,5999999792 €.",
        "Grundavgift (base): 25 € i månaden, dagar 30/30, sammanlagt 25 €.",
        "Den exakta summan är 202,5999999792 €. Avrundad till cent är den 202,60 €.",
        "Fördelningen bygger på version 1 av avtalet ”virastotalo-2026” och dess fördelningsgrund för kostnadsslaget ”El”.",
        "Dagarna som fördelas är 1.4.2026–30.4.2026.",
        "Summan fördelas efter undermätarnas förbrukning, och restposten fördelas för sig.",
        "Mätaren ”em-main” visar förbrukningen 2 000 kWh.",
        "poliisi: undermätaren ”em-poliisi”, 250 kWh.",
        "I kalkylen ingår 2 avläsningar: den första 400 kWh (1.4.2026 kl. 00.00) och den sista 650 kWh (1.5.2026 kl. 00.00).",
        "Hela förbrukningen är uppmätt, inget är uppskattat.",
        "Avläsningarnas kontrollsumma är sha256:c013bcb864ca37abf77aaa6f65a5d1347b030f81e933b0cbd8058f7aadf4a22c.",
        "Restposten är den del av huvudmätarens förbrukning som undermätarna inte visar.",
        "Vikter: poliisi 250 och restposten 1 750.",
        "Den exakta andelen av summan 202,60 € är 25,325 €.",
        "Andelen avrundas nedåt: 25,32 €.",
        "En av de cent som blev över hör till den här parten, eftersom resten av andelen var nummer 1 i storleksordning. Andelen är 25,33 €.",
        "Restposten är 177,27 €.",
        "Delens exakta summa är 177,275 €, avrundad nedåt 177,27 €.",
        "Summan fördelas efter utrymmenas yta och den tid de har innehafts. Gemensamma och tekniska utrymmen har ingen vikt.",
        "Utrymmet k2-201: 100 m² under tiden 1.4.2026–30.4.2026 (30 dagar).",
        "Vikter: kuusamo 9 000 och poliisi 3 000.",
        "Den exakta andelen av summan 177,27 € är 44,3175 €.",
        "Andelen avrundas nedåt: 44,31 €.",
        "En av de cent som blev över hör till den här parten, eftersom resten av andelen var nummer 1 i storleksordning. Andelen är 44,32 €.",
        "poliisi svarar för andelen 69,65 € (25,33 € + 44,32 €).",
      ]
    `)
  })
  test('the same in English', () => {
    expect(sentencesOf('18-worked-example.json', 'metered:el-main', 'poliisi', 'en')).toMatchInlineSnapshot(`
      [
        "The meter “em-main” shows a consumption of 2,000 kWh.",
        "It goes by 2 readings: the first 10,234.5 kWh (1 Apr 2026, 00:00) and the last 12,234.5 kWh (1 May 2026, 00:00).",
        "All of the consumption is measured, nothing is estimated.",
        "The digest of the readings is sha256:f6da92eb695e3689db3d641a03162218710ac04f2a88e25da3d20c39c92c0a1c.",
        "Tariff “el-2026”, the version from 1 Jan 2026, for 1 Apr 2026 – 30 Apr 2026:",
        "Energy fee (energy): 2,000 kWh × €0.0745/kWh = €149.",
        "Energy fee (day, Mon–Fri, 07:00–22:00): 916.666666 kWh × €0.0312/kWh = €28.5999999792.",
        "Basic fee (base): €25 a month, days 30/30, in all €25.",
        "The exact amount is €202.5999999792. Rounded to the cent it is €202.60.",
        "The split goes by version 1 of the agreement “virastotalo-2026” and its allocation key for the cost type “Electricity”.",
        "The days that are split are 1 Apr 2026 – 30 Apr 2026.",
        "The amount is split by the consumption of the sub-meters, and the remainder is split separately.",
        "The meter “em-main” shows a consumption of 2,000 kWh.",
        "poliisi: sub-meter “em-poliisi”, 250 kWh.",
        "It goes by 2 readings: the first 400 kWh (1 Apr 2026, 00:00) and the last 650 kWh (1 May 2026, 00:00).",
        "All of the consumption is measured, nothing is estimated.",
        "The digest of the readings is sha256:c013bcb864ca37abf77aaa6f65a5d1347b030f81e933b0cbd8058f7aadf4a22c.",
        "The remainder is the part of the main meter’s consumption that the sub-meters do not show.",
        "Weights: poliisi 250 and the remainder 1,750.",
        "The exact share of €202.60 is €25.325.",
        "The share is rounded down: €25.32.",
        "One of the cents left over goes to this party, because the rest of its share was number 1 in size. The share is €25.33.",
        "The remainder is €177.27.",
        "The part’s exact amount is €177.275, rounded down €177.27.",
        "The amount is split by floor area and the days it was held. Common and technical spaces carry no weight.",
        "Space k2-201: 100 m² for 1 Apr 2026 – 30 Apr 2026 (30 days).",
        "Weights: kuusamo 9,000 and poliisi 3,000.",
        "The exact share of €177.27 is €44.3175.",
        "The share is rounded down: €44.31.",
        "One of the cents left over goes to this party, because the rest of its share was number 1 in size. The share is €44.32.",
        "poliisi bears €69.65 (€25.33 + €44.32).",
      ]
    `)
  })
  test('a cent left over goes to the largest remainder', () => {
    const text = sentencesOf('01-equal-cents.json', 'invoice:siivous', 'koivuranta', 'fi')
    expect(text).toContain('Summa jaetaan tasan osapuolten kesken.')
    expect(text).toContain('Summasta 100,00 € tarkka osuus on ≈ 33,333333 €.')
    expect(text).toContain('Osuus pyöristetään alaspäin: 33,33 €.')
    expect(text.find((sentence) => sentence.includes('1. suurin'))).toMatch(/Osuus on 33,34 €\.$/)
  })
})

test('causes of an adjustment: what, where, before, after, when, by whom; the rest is counted', () => {
  const causes: Causes = {
    since: '2026-04-01T08:00:00.000Z',
    until: null,
    counts: { fact: 2, price: 0, usage: 1, reading: 20 },
    items: [
      {
        kind: 'fact',
        object: { kind: 'tariffs', id: 'el-2026' },
        pointer: '/versions/0/components/0/price',
        before: '0.10',
        after: '0.12',
        recordedAt: '2026-06-01T08:00:00.000Z',
        recordedBy: 'Maija',
      },
      {
        kind: 'reading',
        object: { kind: 'readings', id: 'em-main/energy' },
        pointer: '/2026-03-31T21:00:00.000Z',
        before: null,
        after: '2050',
        recordedAt: '2026-06-01T08:00:00.000Z',
        recordedBy: null,
      },
      {
        kind: 'usage',
        object: { kind: 'usage', id: 'auto' },
        pointer: '/2026-03-12T09:00:00Z',
        before: null,
        after: { organisation: 'kela', from: '2026-03-12T09:00:00Z', to: '2026-03-12T12:00:00Z' },
        recordedAt: null,
        recordedBy: null,
      },
    ],
  }
  const adjustment: Explanation = {
    item: 'adjustment:2026-03:metered:el-main',
    source: 'adjustment',
    month: '2026-03',
    of: 'metered:el-main',
    closed: [{ party: 'kela', cents: '1000' }],
    adjusted: [],
    recomputed: null,
    shares: [{ party: 'kela', cents: '-1000' }],
    blocked: null,
    detail: '',
  }
  const text = (language: Language): string[] => textOf(explainItem(adjustment, causes, writerIn(language)))
  expect(text('fi')).toMatchInlineSnapshot(`
    [
      "Kustannuserää ei enää ole.",
      "Kuukausi laskettiin viimeksi 1.4.2026 klo 11.00. Sen jälkeen on kirjattu 23 muutosta, joihin oikaisu perustuu.",
      "Tariffi ”el-2026”, kohta /versions/0/components/0/price: oli 0,1, nyt 0,12. Kirjattu 1.6.2026 klo 11.00, kirjaaja Maija.",
      "Mittarin ”em-main” lukema, 1.4.2026 klo 00.00: lisätty 2 050. Kirjattu 1.6.2026 klo 11.00.",
      "Laitteen ”auto” käyttö: lisätty kela, 12.3.2026 klo 11.00 – 12.3.2026 klo 14.00.",
      "Lisäksi 20 muutosta.",
      "Suljetun kuukauden (maaliskuu 2026) osuus oli 10,00 €.",
      "Oikaisu on niiden erotus: −10,00 €.",
    ]
  `)
  expect(text('sv')).toMatchInlineSnapshot(`
    [
      "Kostnadsposten finns inte längre.",
      "Månaden räknades senast 1.4.2026 kl. 11.00. Därefter har 23 ändringar registrerats som rättelsen bygger på.",
      "Tariffen ”el-2026”, stället /versions/0/components/0/price: var 0,1, nu 0,12. Registrerat 1.6.2026 kl. 11.00 av Maija.",
      "Mätaren ”em-main”, avläsningen 1.4.2026 kl. 00.00: tillagt 2 050. Registrerat 1.6.2026 kl. 11.00.",
      "Användning av enheten ”auto”: tillagt kela, 12.3.2026 kl. 11.00 – 12.3.2026 kl. 14.00.",
      "Dessutom 20 ändringar.",
      "Den stängda månadens (mars 2026) andel var 10,00 €.",
      "Rättelsen är skillnaden mellan dem: −10,00 €.",
    ]
  `)
  expect(text('en')).toMatchInlineSnapshot(`
    [
      "The cost item is there no more.",
      "The month was last computed 1 Apr 2026, 11:00. Since then 23 changes that the adjustment rests on were recorded.",
      "Tariff “el-2026”, at /versions/0/components/0/price: was 0.1, is now 0.12. Recorded 1 Jun 2026, 11:00 by Maija.",
      "Meter “em-main”, reading of 1 Apr 2026, 00:00: added 2,050. Recorded 1 Jun 2026, 11:00.",
      "Use of device “auto”: added kela, 12 Mar 2026, 11:00 – 12 Mar 2026, 14:00.",
      "And 20 changes more.",
      "The share of the closed month (March 2026) was €10.00.",
      "The adjustment is their difference: -€10.00.",
    ]
  `)
})
