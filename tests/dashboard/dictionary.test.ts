// The three dictionaries: the same keys, no empty words, the glossary's words and none that it warns of.
import { describe, expect, test } from 'vitest'
import { en } from '#dashboard/text/en.ts'
import { fi } from '#dashboard/text/fi.ts'
import { sv } from '#dashboard/text/sv.ts'
import { SENTENCES } from '#domain/explain/words/sentences.ts'
import { FAILURE_CODES } from '#domain/failure.ts'
import { BLOCK_CODES } from '#domain/settlement/settlement.ts'
import { QUALITIES } from '#domain/ports/telemetry.ts'
import { DEVICE_ROLES } from '#domain/registry/bundle.ts'
import { problemKind, RequestError } from '#dashboard/client/problem.ts'

const SAMPLE = '§'
/** Every sentence of a dictionary by its path; those with parameters are given samples. */
const sentences = (value: unknown, path = ''): [string, string][] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const numbers = Array.from({ length: value.length }, () => 3)
    const texts = Array.from({ length: value.length }, () => SAMPLE)
    return [
      [
        path,
        String(Reflect.apply(value, undefined, path.includes('Count') || /needText/.test(path) ? numbers : texts)),
      ],
    ]
  }
  return Object.entries(value ?? {}).flatMap(([key, member]) => sentences(member, `${path}.${key}`))
}
/** With the sentences of explanations, which the API makes. */
const all = {
  fi: sentences({ ...fi, explain: SENTENCES.fi }),
  sv: sentences({ ...sv, explain: SENTENCES.sv }),
  en: sentences({ ...en, explain: SENTENCES.en }),
}
const words = (language: keyof typeof all): string => all[language].map(([, sentence]) => sentence).join('\n')

describe('dictionaries', () => {
  test('have the same keys, and every key has words', () => {
    expect(all.fi.length).toBeGreaterThan(450)
    const keys = (list: [string, string][]) => list.map(([path]) => path)
    expect(keys(all.sv)).toEqual(keys(all.fi))
    expect(keys(all.en)).toEqual(keys(all.fi))
    for (const [path, sentence] of [...all.fi, ...all.sv, ...all.en]) {
      expect(sentence.trim(), path).not.toBe('')
      expect(sentence, path).not.toMatch(/undefined|NaN|\[object/)
    }
  })

  test('give every parameter back in the sentence', () => {
    for (const [language, list] of Object.entries(all))
      for (const [path, sentence] of list.filter(
        ([path]) => !/vatCategories\.[ZEOA]|needText|Count|exactShare/.test(path),
      )) {
        const parameters = parametersOf(path)
        if (parameters > 0) expect(sentence, `${language}${path}`).toContain(SAMPLE)
      }
  })

  test('say what the program can answer: refusals, reasons, qualities, roles', () => {
    for (const code of BLOCK_CODES)
      for (const dictionary of [fi, sv, en]) expect(dictionary.costs.remedies[code]).toMatch(/\.$/)
    for (const quality of QUALITIES) expect(fi.states[quality]).not.toBe('')
    for (const role of DEVICE_ROLES) expect(sv.roles[role]).not.toBe('')
    for (const [code, { status }] of Object.entries(FAILURE_CODES)) {
      const kind = problemKind(new RequestError(status, code, '', ''))
      for (const dictionary of [fi, sv, en]) expect(dictionary.errors.kinds[kind]).toMatch(/\.$/)
    }
  })

  test('use the glossary’s words', () => {
    const wanted: [keyof typeof all, string[]][] = [
      [
        'fi',
        [
          'kustannuserittely',
          'jakoperuste',
          'kustannuslaji',
          'osapuoli',
          'vuokranantaja',
          'oikaisu',
          'jäännösosuus',
          'alamittari',
          'Y-tunnus',
          'hyvinvointialue',
          'pääkäyttäjä',
          'huomautus',
          'erimielisyys',
          'pörssihinta',
          'tehomaksu',
          'perusmaksu',
          'poisto',
          'jäännösarvo',
        ],
      ],
      [
        'sv',
        [
          'FO-nummer',
          'välfärdsområde',
          'ämbetsverk',
          'samkommun',
          'kostnadsfördelning',
          'kostnadsspecifikation',
          'fördelningsgrund',
          'kostnadsslag',
          'hyresvärd',
          'rättelse',
          'restpost',
          'undermätare',
          'huvudanvändare',
          'anmärkning',
          'meningsskiljaktighet',
          'börspris',
          'effektavgift',
          'grundavgift',
          'avskrivning',
          'restvärde',
          'kvart',
          'innehavare',
          'anknuten enhet',
          'nätsluss',
        ],
      ],
      [
        'en',
        [
          'business id',
          'wellbeing services county',
          'allocation key',
          'cost type',
          'statement',
          'party',
          'landlord',
          'adjustment',
          'remainder',
          'sub-meter',
          'dispute',
          'power fee',
          'basic fee',
          'depreciation',
          'joint municipal authority',
        ],
      ],
    ]
    for (const [language, glossary] of wanted)
      for (const word of glossary)
        expect(words(language).toLowerCase(), `${language}: ${word}`).toContain(word.toLowerCase())
  })

  test('use none of the words that the glossary warns of', () => {
    expect(words('sv')).not.toMatch(
      /e-faktura|organisationsnummer|\bregion|servicecenter|\bmyndighetsverk|\blandsting/i,
    )
    // "Veroton" means tax-exempt; a price without VAT is "ilman alv".
    expect(all.fi.filter(([, sentence]) => /veroton|verottomat/i.test(sentence)).map(([path]) => path)).toEqual([
      '.costs.vatCategories.E',
    ])
  })

  test('are three languages, not one copied', () => {
    const same = all.fi.filter(
      ([path, sentence], i) =>
        sentence === all.sv[i]?.[1] && /[a-zåäö]{4}/i.test(sentence) && !path.startsWith('.product'),
    )
    // Words that are the same in both: Signal(i) is not, Version/Versio is not; names and units are.
    expect(same.length).toBeLessThan(10)
    // No Finnish word slipped into a Swedish sentence.
    for (const [path, sentence] of all.sv)
      expect(sentence, path).not.toMatch(/\b(ei|ovat|kuukausi|osapuoli|laite|kustannus)\b/i)
  })
})

/** How many values a sentence takes, by its path in the Finnish dictionary. */
function parametersOf(path: string): number {
  let found: unknown = fi
  for (const key of path.slice(1).split('.'))
    found = typeof found === 'object' && found !== null ? Reflect.get(found, key) : undefined
  return typeof found === 'function' ? found.length : 0
}
