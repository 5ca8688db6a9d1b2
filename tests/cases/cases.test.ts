// Every worked case, step by step through the engine, whole settlements compared; and every explanation replayed to the cent.
import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { replayExplanation } from '#domain/settlement/replay.ts'
import { parseCents } from '#domain/quantity/money.ts'
import { World, sha256 } from './world.ts'

type Place = { premises: string; period: string }
type Step = { import?: Bundle; close?: Place; settle?: Place; expect?: Omit<Settlement, 'digest'> }
type Case = { title: string; steps: Step[] }

const folder = new URL('.', import.meta.url)
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()

/** What a case compares: no digest, and a detail of any wording. */
function compared(settlement: Omit<Settlement, 'digest'>): unknown {
  const { digest: _, ...rest } = settlement as Settlement
  return { ...rest, blocked: rest.blocked.map(({ item, code }) => ({ item, code })) }
}

/** Each item's explanation, through JSON, gives its shares again and contradicts itself nowhere; a changed cent is noticed. */
function replayed(world: World, { premises, period }: Place): void {
  const { settlement, explanations } = world.draft(premises, period)
  const written = JSON.parse(JSON.stringify(explanations(sha256))) as ReturnType<typeof explanations>
  expect(written.map(({ item }) => item)).toEqual(settlement.items.map(({ id }) => id))
  for (const [i, explanation] of written.entries()) {
    const { shares, contradictions } = replayExplanation(explanation)
    expect(contradictions).toEqual([])
    expect(shares).toEqual(new Map(settlement.items[i]!.shares.map(({ party, net }) => [party, parseCents(net)!])))
  }
}

describe('cases', () => {
  test('there are at least 17', () => expect(files.length).toBeGreaterThanOrEqual(17))
  for (const file of files) {
    const { title, steps } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Case
    test(`${file}: ${title}`, () => {
      const world = new World()
      let settled = 0
      for (const step of steps) {
        if (step.import !== undefined) world.import(step.import)
        if (step.close !== undefined) world.close(step.close.premises, step.close.period)
        if (step.settle === undefined) continue
        settled += 1
        if (step.expect!.status === 'draft') replayed(world, step.settle)
        const shown = world.settle(step.settle.premises, step.settle.period)
        expect(compared(shown)).toEqual(compared(step.expect!))
        for (const { detail } of shown.blocked) expect(detail).not.toBe('')
      }
      expect(settled).toBeGreaterThan(0)
    })
  }
})
