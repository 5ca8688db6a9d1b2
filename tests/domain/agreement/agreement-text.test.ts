// The text that is approved: readable in three languages, one hash over all of it, the same for the same content, another for any change.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareContents } from '#domain/agreement/compare.ts'
import { contentOf, type AgreementContent } from '#domain/agreement/content.ts'
import { agreementDocument, agreementText, documentHash } from '#domain/agreement/text/agreement-text.ts'
import { adopted, nextNumber } from '#domain/agreement/proposal.ts'
import { templateDraft, TEMPLATES } from '#domain/agreement/templates/template-draft.ts'
import { checkBundle } from '#domain/registry/check-bundle.ts'
import { factsOf, lookIn, NO_FACTS } from '#domain/registry/facts.ts'
import type { AgreementTerms, SplitMethod } from '#domain/registry/bundle.ts'
import { exampleBundle } from '#tests/domain/registry/example-bundle.ts'

const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
const bundle = exampleBundle()
const look = lookIn(factsOf(bundle), NO_FACTS)
const TERMS: AgreementTerms = {
  reminderDays: 3,
  answerDays: 10,
  unusualChange: { part: '0.25', euros: '40' },
  estimates: { most: '0.125', beyond: 'show' },
  remainderBands: [{ of: { category: 'electricity' }, least: '0', most: '0.15' }],
  unapprovedMeters: [{ meter: { device: 'em-sub', point: 'energy' }, reason: 'Vaihdetaan', to: '2027-01-01' }],
  responsibilities: [
    { of: { device: 'em-main' }, tasks: { buy: 'town', patch: 'police' } },
    { of: { system: { fi: 'Kulunvalvonta', sv: 'Passerkontroll', en: 'Access control' } }, tasks: { pay: 'police' } },
  ],
  accounts: [{ party: 'police', category: '*', account: '4330', costCentre: '1001' }],
}
const standing = contentOf(bundle.agreements![0]!, 1)!
const content: AgreementContent = { ...standing, number: 2, version: { ...standing.version, terms: TERMS } }
const hash = (one: AgreementContent): string => documentHash(agreementDocument(one, look), sha256)

test('the same content has the same hash, whatever the order of members; golden', () => {
  expect(hash(content)).toBe(hash(JSON.parse(JSON.stringify(content)) as AgreementContent))
  const turned = { ...content, version: Object.fromEntries(Object.entries(content.version).toReversed()) }
  expect(hash(turned as AgreementContent)).toBe(hash(content))
  // Terms that are not agreed are no part of the text: one from before they existed keeps its hash.
  const { answerDays: _, unusualChange: _unusual, ...before } = TERMS
  expect(hash({ ...content, version: { ...content.version, terms: before } })).toBe(
    'sha256:77b64df9dd2aa4f45d6eeb9bc5b80ea26dbeed7e7ad93d0345fc0f6b2535f585',
  )
})

test('any change of what is agreed, or of a name in it, is another hash', () => {
  const changes: AgreementContent[] = [
    { ...content, number: 3 },
    { ...content, agreement: { ...content.agreement, commentDays: 15 } },
    { ...content, agreement: { ...content.agreement, parties: content.agreement.parties.toReversed() } },
    { ...content, version: { ...content.version, from: '2026-01-02' } },
    { ...content, version: { ...content.version, to: '2027-01-01' } },
    { ...content, version: { ...content.version, rules: content.version.rules.toReversed() } },
    ...(Object.keys(TERMS) as (keyof AgreementTerms)[]).map((left): AgreementContent => {
      const { [left]: _, ...terms } = TERMS
      return { ...content, version: { ...content.version, terms } }
    }),
  ]
  expect(new Set([content, ...changes].map(hash)).size).toBe(changes.length + 1)
  const renamed = lookIn(factsOf({ organisations: [{ id: 'town', name: { fi: 'Toinen' } }] }), factsOf(bundle))
  expect(documentHash(agreementDocument(content, renamed), sha256)).not.toBe(hash(content))
})

test.each(['fi', 'sv', 'en'] as const)('it reads as a whole in %s', (language) => {
  const text = agreementText(content, language, look)
  expect(
    [
      text.title,
      ...text.parts.flatMap((part) => [
        part.title,
        ...part.sentences,
        ...(part.table?.rows ?? []).map((row) => row.join(' | ')),
      ]),
    ].join('\n'),
  ).toMatchSnapshot()
  expect(JSON.stringify(text)).not.toMatch(/undefined|NaN|\[object/)
})

const method: fc.Arbitrary<SplitMethod> = fc.letrec<{ method: SplitMethod }>((tie) => ({
  method: fc.oneof(
    { maxDepth: 3 },
    fc.constant<SplitMethod>({ by: 'equal' }),
    fc.constant<SplitMethod>({ by: 'area' }),
    fc.constantFrom('town', 'police').map((party): SplitMethod => ({ by: 'direct', party })),
    fc.nat(99).map((share): SplitMethod => ({ by: 'fixed', shares: { town: String(share), police: '1' } })),
    tie('method').map((remainder): SplitMethod => ({
      by: 'metered',
      meters: { police: [{ device: 'em-sub', point: 'energy' }] },
      remainder,
    })),
    fc.array(tie('method'), { minLength: 1, maxLength: 3 }).map((methods): SplitMethod => ({
      by: 'mix',
      parts: methods.map((one, i) => ({ weight: String(i + 1), method: one })),
    })),
  ),
})).method
const anyContent: fc.Arbitrary<AgreementContent> = fc
  .record({
    number: fc.integer({ min: 1, max: 9 }),
    rules: fc.array(fc.record({ category: fc.constantFrom('electricity', 'heat', 'cars', '*'), method }), {
      maxLength: 6,
    }),
    terms: fc.constantFrom(undefined, TERMS, { reminderDays: 1 }),
    commentDays: fc.constantFrom(undefined, 7, 14),
  })
  .map(({ number, rules, terms, commentDays }) => ({
    agreement: { ...standing.agreement, ...(commentDays === undefined ? {} : { commentDays }) },
    number,
    version: { from: '2026-01-01', to: null, rules, ...(terms === undefined ? {} : { terms }) },
  }))

test('nothing differs from itself; what differs one way differs the other; equal comparisons mean equal texts but for the number', () => {
  fc.assert(
    fc.property(anyContent, anyContent, (a, b) => {
      expect(compareContents(a, JSON.parse(JSON.stringify(a)) as AgreementContent)).toEqual([])
      const [there, back] = [compareContents(a, b), compareContents(b, a)]
      expect(there.map(({ before, after }) => JSON.stringify([before, after])).toSorted()).toEqual(
        back.map(({ before, after }) => JSON.stringify([after, before])).toSorted(),
      )
      if (there.length === 0 && a.number === b.number)
        expect(new Set(a.version.rules.map((rule) => JSON.stringify(rule)))).toEqual(
          new Set(b.version.rules.map((rule) => JSON.stringify(rule))),
        )
    }),
    { numRuns: 200 },
  )
})

test('templates pass every check of an import and name what is there', () => {
  for (const template of TEMPLATES) {
    const draft = templateDraft(template, bundle, 'house', '2026-06-01')
    const stored = (bundle.agreements ?? []).find(({ id }) => id === draft.agreement.id) ?? null
    const replaced = (bundle.agreements ?? []).find(({ id }) => id === draft.replaces) ?? null
    const next = adopted({ ...draft, number: nextNumber(stored) }, stored, replaced).bundle
    expect(checkBundle(next, factsOf(bundle)), template).toEqual([])
    expect(draft.version.rules.at(-1)?.category).toBe('*')
    expect(draft.version.terms?.responsibilities?.length).toBeGreaterThan(0)
  }
})

test('a bundle without terms and without hashes of texts stays what it was', () => {
  expect(checkBundle(exampleBundle(), NO_FACTS)).toEqual([])
  const [agreement] = exampleBundle().agreements!
  agreement!.versions[0]!.approvals![0]!.text = `sha256:${'0'.repeat(64)}`
  const codes = (given: typeof agreement) =>
    checkBundle({ ...exampleBundle(), agreements: [given!] }, NO_FACTS).map(({ code }) => code)
  expect(codes(agreement)).toEqual([])
  agreement!.versions[0]!.approvals![0]!.text = 'sha256:zz'
  expect(codes(agreement)).toEqual(['invalid-text'])
})
