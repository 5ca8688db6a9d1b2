// Two programs written from the same rules by themselves, the engine and verify.mjs, must give the same settlement for any valid facts.
import { expect, test } from 'vitest'
import { draft } from '#verify/verify.mjs'
import type { FrozenEntry } from '#verify/verify.mjs'
import type { Bundle } from '#domain/registry/bundle.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { World } from '#tests/cases/world.ts'
import { randomWorld } from './random-bundle.ts'

const FIRST_SEED = Number(process.env['SAMTILA_TEST_SEED'] ?? 1)
const WORLDS = Number(process.env['SAMTILA_TEST_WORLDS'] ?? 150)

/** All but the wording of what is blocked. */
const compared = ({ digest: _, ...settlement }: Settlement): object => ({
  ...settlement,
  blocked: settlement.blocked.map(({ item, code }) => ({ item, code })),
})

/** The facts with their readings, as a file has them. */
function together(bundle: Bundle, later: Bundle): Bundle {
  const world = new World()
  world.import(bundle)
  world.import(later)
  return { ...world.bundle, readings: [...(bundle.readings ?? []), ...(later.readings ?? [])] }
}

test(
  `${WORLDS} random worlds settle to the same bytes in both programs, adjustments included`,
  { timeout: 600_000 },
  () => {
    const seen = { items: 0, blocked: new Map<string, number>(), adjustments: 0, closed: 0 }
    const count = (settlement: Settlement): void => {
      seen.items += settlement.items.length
      seen.adjustments += settlement.items.filter((item) => item.source === 'adjustment').length
      for (const { code } of settlement.blocked) seen.blocked.set(code, (seen.blocked.get(code) ?? 0) + 1)
    }
    for (let seed = FIRST_SEED; seed < FIRST_SEED + WORLDS; seed += 1) {
      const { bundle, later, premises, months } = randomWorld(seed)
      const world = new World()
      world.import(bundle)
      const first = world.draft(premises, months[0]).settlement
      expect({ seed, ...compared(first) }).toEqual({ seed, ...compared(draft(bundle, premises, months[0])) })
      count(first)
      const log: FrozenEntry[] = []
      if (first.blocked.length === 0) {
        world.close(premises, months[0])
        const settlement = world.frozen[0]
        if (settlement === undefined) throw new Error('close freezes')
        log.push({ status: 'closed', settlement, previousDigest: '' })
        seen.closed += 1
      }
      world.import(later)
      const second = world.draft(premises, months[1]).settlement
      expect({ seed, ...compared(second) }).toEqual({
        seed,
        ...compared(draft(together(bundle, later), premises, months[1], log)),
      })
      count(second)
    }
    console.log(
      `seeds ${FIRST_SEED}–${FIRST_SEED + WORLDS - 1}: ${seen.items} items, ${seen.adjustments} adjustments, ${seen.closed} closed months, blocked: ${JSON.stringify(Object.fromEntries(seen.blocked))}`,
    )
    expect(seen.items).toBeGreaterThan(WORLDS * 5)
    expect(seen.closed).toBeGreaterThan(WORLDS / 20)
    if (WORLDS >= 150)
      expect([...seen.blocked.keys()].toSorted()).toEqual([
        'counter-went-back',
        'no-agreement',
        'no-price',
        'no-readings',
        'no-rule',
        'no-weight',
        'submeters-exceed-main',
        'too-much-estimated',
      ])
  },
)
