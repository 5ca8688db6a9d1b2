// The words of each area (dashboard/text/<area>/): three languages with the same keys, none empty, none copied, none that the glossary warns of.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'

const folder = join(import.meta.dirname, '../../dashboard/text')
const areas = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

/** Every sentence by its path; those with parameters are given numbers, or texts where only those will do. */
const sentences = (value: unknown, path = ''): [string, string][] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function') {
    const told = (sample: unknown): string =>
      String(Reflect.apply(value, undefined, Array<unknown>(value.length).fill(sample)))
    try {
      return [[path, told(3)]]
    } catch {
      return [[path, told('§')]]
    }
  }
  return Object.entries(value ?? {}).flatMap(([key, member]) => sentences(member, `${path}.${key}`))
}
const load = async (area: string, language: 'fi' | 'sv' | 'en'): Promise<[string, string][]> => {
  // What the server says when it refuses is English already: its sentences are the keys of the other two.
  if (area === 'refusals' && language === 'en') return (await load(area, 'fi')).map(([path]) => [path, path.slice(1)])
  const module = (await import(pathToFileURL(join(folder, area, `${language}.ts`)).href)) as Record<string, unknown>
  return sentences(module[language])
}

describe.skipIf(areas.length === 0).each(areas)('words of %s', (area) => {
  test('stand in three languages', async () => {
    const [fi, sv, en] = await Promise.all([load(area, 'fi'), load(area, 'sv'), load(area, 'en')])
    const keys = (list: [string, string][]) => list.map(([path]) => path).toSorted()
    expect(fi.length).toBeGreaterThan(0)
    expect(keys(sv)).toEqual(keys(fi))
    expect(keys(en)).toEqual(keys(fi))
    for (const [path, sentence] of [...fi, ...sv, ...en]) {
      expect(sentence.trim(), path).not.toBe('')
      expect(sentence, path).not.toMatch(/undefined|NaN|\[object/)
    }
    const finnish = new Map(fi)
    const copied = sv.filter(([path, sentence]) => /[a-zåäö]{5}/i.test(sentence) && finnish.get(path) === sentence)
    expect(copied.length, `copied: ${copied.map(([path]) => path).join(', ')}`).toBeLessThan(
      Math.max(6, fi.length / 20),
    )
    // "Veroton" means tax-exempt; a price without VAT is "ilman alv".
    for (const [path, sentence] of fi) if (!path.endsWith('.E')) expect(sentence, path).not.toMatch(/veroton|verottom/i)
    for (const [path, sentence] of sv) {
      expect(sentence, path).not.toMatch(/e-faktura|organisationsnummer|\bregion\b|servicecenter|\blandsting/i)
      expect(sentence, path).not.toMatch(/\b(ei|ovat|kuukausi|osapuoli|laite|kustannus)\b/i)
    }
  })
})
