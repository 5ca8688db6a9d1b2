// The worked cases by the verifier's own arithmetic, whole settlements compared (without digest and detail).
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { settle, verifyProof, type FrozenEntry } from '#verify/verify.mjs'
import { closeMonth } from './make-proof.ts'

type Where = { premises: string; period: string }
type Step = { import?: Bundle; close?: Where; settle?: Where; expect?: Settlement }
type Case = { title: string; steps: Step[] }

const folder = new URL('../cases/', import.meta.url)
const files = readdirSync(folder).filter((file) => file.endsWith('.json'))

/** Later imports are appended: the verifier lets the object listed last stand, and adds up readings, prices and usage. */
function importInto(bundle: Bundle, more: Bundle): Bundle {
  const all = { ...bundle } as Record<string, unknown[]>
  for (const [kind, objects] of Object.entries(more)) all[kind] = [...(all[kind] ?? []), ...(objects as unknown[])]
  return all
}
const withoutFreeParts = (settlement: Settlement) => {
  const { digest: _, ...rest } = settlement
  return { ...rest, blocked: settlement.blocked.map(({ item, code }) => ({ item, code })) }
}

test('there are worked cases', () => {
  expect(files.length).toBeGreaterThanOrEqual(17)
})

describe.each(files)('%s', (file) => {
  const worked: Case = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
  test(worked.title, () => {
    let bundle: Bundle = {}
    const log: FrozenEntry[] = []
    const wanted: unknown[] = []
    const computed: unknown[] = []
    for (const step of worked.steps) {
      if (step.import) bundle = importInto(bundle, step.import)
      if (step.close) {
        const { premises, period } = step.close
        closeMonth(bundle, premises, period, log)
        const proof = { format: 'samtila-proof', version: 1, premises, period, bundle, settlements: log }
        wanted.push([])
        computed.push(verifyProof(proof).differences)
      }
      if (step.settle && step.expect) {
        wanted.push(withoutFreeParts(step.expect))
        computed.push(withoutFreeParts(settle(bundle, step.settle.premises, step.settle.period, log)))
      }
    }
    expect(wanted).not.toEqual([])
    expect(computed).toEqual(wanted)
  })
})
