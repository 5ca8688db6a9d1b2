// Writes virastotalo.json, the demonstration's facts with relative dates, from the tables beside this file:
//   node devices-sim/demo/make-demo.ts
// demo-bundle.ts makes the bundle of a given day from it.
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Bundle } from '#domain/registry/bundle.ts'
import { AGREEMENT, METERED_COSTS, RECURRING_COSTS, TARIFFS } from './make-costs.ts'
import { makeDevices } from './make-devices.ts'
import { withFacts } from './make-meter-facts.ts'
import { ORGANISATIONS, PREMISES } from './make-spaces.ts'

/** The facts that need no clock; dates are relative (relative-dates.ts). */
export function makeDemo(): Bundle {
  const holders = new Map((PREMISES.tenancies ?? []).map((row) => [row.space, row.organisation]))
  return {
    organisations: ORGANISATIONS,
    premises: [PREMISES],
    devices: makeDevices(holders).map(withFacts),
    tariffs: TARIFFS,
    agreements: [AGREEMENT],
    meteredCosts: METERED_COSTS,
    recurringCosts: RECURRING_COSTS,
  }
}

/** One object a line: readable differences, small file. */
export function formatDemo(bundle: Bundle): string {
  const lists = Object.entries(bundle).map(([kind, list]) => {
    const rows = Array.isArray(list) ? list.map((each) => `    ${JSON.stringify(each)}`) : []
    return `  ${JSON.stringify(kind)}: [\n${rows.join(',\n')}\n  ]`
  })
  return `{\n${lists.join(',\n')}\n}\n`
}

if (import.meta.main)
  writeFileSync(fileURLToPath(new URL('./virastotalo.json', import.meta.url)), formatDemo(makeDemo()))
