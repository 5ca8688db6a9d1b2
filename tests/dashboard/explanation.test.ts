// Every share of every worked case, explained in three languages: the sentences end in the share that the settlement has.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Explanation } from '#contract/explanation.ts'
import { explainShare } from '#dashboard/components/explain/explain.ts'
import type { ExplainWords } from '#dashboard/components/explain/words.ts'
import { methodSentence } from '#dashboard/components/rule-sentence.ts'
import { bindFormat } from '#dashboard/format/bind-format.ts'
import { LANGUAGES, type Language } from '#domain/writing/language.ts'
import { unitSign } from '#domain/writing/number.ts'
import { addDays } from '#dashboard/format/zone.ts'
import type { Dictionary } from '#dashboard/text/dictionary.ts'
import { en } from '#dashboard/text/en.ts'
import { fi } from '#dashboard/text/fi.ts'
import { sv } from '#dashboard/text/sv.ts'
import type { Bundle, SplitMethod } from '#domain/registry/bundle.ts'
import { sha256, World } from '#tests/cases/world.ts'

const dictionaries: Record<Language, Dictionary> = { fi, sv, en }
const wordsIn = (language: Language): ExplainWords => {
  const format = bindFormat(language)
  return {
    text: dictionaries[language].explain,
    party: (id) => id.toUpperCase(),
    device: (id) => id,
    space: (id) => id,
    unit: unitSign,
    date: format.date,
    lastDay: (to) => format.date(addDays(to, -1)),
    month: format.month,
    instant: (instant) => format.instant(instant, 'Europe/Helsinki'),
    percent: (fraction) => format.percent(fraction),
    list: format.list,
    decimal: format.decimal,
    money: format.money,
  }
}
const folder = new URL('../cases/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
type Place = { premises: string; period: string }
type Step = { import?: Bundle; close?: Place; settle?: Place }

describe('explanations', () => {
  let shares = 0
  for (const file of files)
    test(file, () => {
      const { steps } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as { steps: Step[] }
      const world = new World()
      for (const step of steps) {
        if (step.import !== undefined) world.import(step.import)
        if (step.close !== undefined) world.close(step.close.premises, step.close.period)
        if (step.settle === undefined || world.frozen.some(({ period }) => period === step.settle?.period)) continue
        const { settlement, explanations } = world.draft(step.settle.premises, step.settle.period)
        const written = JSON.parse(JSON.stringify(explanations(sha256))) as Explanation[]
        for (const [i, item] of settlement.items.entries())
          for (const { party, net } of item.shares)
            for (const language of LANGUAGES) {
              shares += 1
              const format = bindFormat(language)
              const sections = explainShare(written[i]!, party, wordsIn(language))
              const sentences = sections.flatMap((section) => section.sentences.map(({ text }) => text))
              expect(sections.at(-1)?.key).toBe('share')
              expect(sentences.at(-1), `${item.id} ${party}`).toContain(format.money(net))
              // Nothing raw shows through: no fraction such as 7/3 (days and ownership shares are meant so), no missing value.
              for (const sentence of sentences) expect(sentence).not.toMatch(/undefined|NaN|null|\d{3,}\/\d{3,}/)
            }
      }
    })
  test('were read', () => expect(shares).toBeGreaterThan(150))
})

test('one whole explanation, word for word', () => {
  const world = new World()
  const { steps } = JSON.parse(readFileSync(new URL('01-equal-cents.json', folder), 'utf8')) as { steps: Step[] }
  for (const step of steps) if (step.import !== undefined) world.import(step.import)
  const place = steps.find((step) => step.settle !== undefined)!.settle!
  const { settlement, explanations } = world.draft(place.premises, place.period)
  const written = JSON.parse(JSON.stringify(explanations(sha256))) as Explanation[]
  const at = settlement.items.findIndex(({ net }) => net === '100.00')
  const party = settlement.items[at]!.shares[0]!.party
  const text = (language: Language) =>
    explainShare(written[at]!, party, wordsIn(language))
      .flatMap(({ sentences }) => sentences.map((sentence) => sentence.text))
      .join('\n')
      .replaceAll(/[\u00A0\u202F]/g, ' ')
  expect(text('fi')).toContain('Summa jaetaan tasan osapuolten kesken.')
  expect(text('fi')).toContain('Summasta 100,00 € tarkka osuus on ≈ 33,333333 €.')
  expect(text('fi')).toContain('Osuus pyöristetään alaspäin: 33,33 €.')
  expect(text('fi')).toContain('koska osuuden loppuosa oli 1. suurin. Osuus on 33,34 €.')
  expect(text('sv')).toContain('Andelen avrundas nedåt: 33,33 €.')
  expect(text('en')).toContain('The share is rounded down: €33.33.')
})

test('rules as sentences', () => {
  const mix: SplitMethod = {
    by: 'metered',
    meters: { kela: [{ device: 'em-kela', point: 'energy' }] },
    remainder: {
      by: 'mix',
      parts: [
        { weight: '60', method: { by: 'area' } },
        { weight: '40', method: { by: 'headcount' } },
      ],
    },
  }
  const sentence = (language: Language, method: SplitMethod) => {
    const { decimal, list } = bindFormat(language)
    const { rules, spaceTypes } = dictionaries[language]
    return methodSentence(method, { rules, spaceTypes, party: (id) => id, device: (id) => id, decimal, list })
  }
  expect(sentence('fi', mix)).toBe(
    'jaetaan alamittarien kulutuksen mukaan: kela: ”em-kela”. Jäännösosuus jaetaan osiin painojen mukaan. Paino 60: jaetaan tilojen pinta-alan ja hallinta-ajan mukaan. Paino 40: jaetaan henkilömäärän mukaan.',
  )
  expect(sentence('sv', { by: 'fixed', shares: { a: '60', b: '40.5' } })).toBe(
    'fördelas enligt fasta andelar: a 60 och b 40,5.',
  )
  expect(sentence('en', { by: 'area', useWeights: { storage: '0.5' } })).toBe(
    'is split by floor area and the days it was held. Weighting: storage 0.5.',
  )
})
