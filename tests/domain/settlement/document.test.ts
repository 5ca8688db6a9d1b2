// docs/MONEY.md and the engine tell the same: codes, methods, components; and its JSON is what it says.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Bundle } from '#domain/registry/bundle.ts'
import { BLOCK_CODES } from '#domain/settlement/settlement.ts'
import { world } from './build.ts'

const text = readFileSync('docs/MONEY.md', 'utf8')
const section = (title: string): string => text.split(`\n## ${title}\n`)[1]!.split('\n## ')[0]!
const json = (title: string): unknown => JSON.parse(/```json\n([\s\S]*?)```/.exec(section(title))![1]!)

test('the table of codes has every code, in the order of the engine', () => {
  const told = [...section('Blocked items').matchAll(/^\| `([a-z-]+)`/gm)].map(([, code]) => code!)
  // Those of sub-meters stand in the middle once more.
  expect([...new Set(told)]).toEqual([...BLOCK_CODES])
})

test('every method and every component of the code is told, and no other', () => {
  const source = readFileSync('domain/registry/bundle.ts', 'utf8')
  const declared = (type: string, member: string): string[] => {
    const [declaration = ''] = new RegExp(`export type ${type} =[\\s\\S]*?\\n(?=export|\\/\\*\\*)`).exec(source) ?? []
    return [...declaration.matchAll(new RegExp(`\\| \\{[^|]*?\\b${member}: '([a-z]+)'`, 'g'))]
      .map(([, name]) => name!)
      .sort()
  }
  const methods = [...section('Split methods').matchAll(/^\| `\{"by":"([a-z]+)"/gm)].map(([, name]) => name!).sort()
  const components = [...section('Tariffs').matchAll(/^\| `([a-z]+)` \|/gm)].map(([, name]) => name!).sort()
  expect(methods.length).toBe(9)
  expect(methods).toEqual(declared('SplitMethod', 'by'))
  expect(components.length).toBe(5)
  expect(components).toEqual(declared('TariffComponent', 'kind'))
})

test('its bundle settles', () => {
  const bundle = json('In: the bundle') as Bundle
  const { settlement } = world(bundle).draft('virastotalo', '2026-03')
  expect(settlement.items.map(({ id, blocked }) => `${id} ${blocked}`)).toEqual([
    'depreciation:em-main no-rule',
    'invoice:inv-1 no-rule',
    // Its one reading is above what its meter change declares as the old meter's last.
    'metered:el-main counter-went-back',
    'recurring:guarding no-rule',
  ])
})

test('its settlement has the members of a settlement, in their order', () => {
  const shown = json('Out: the settlement') as Record<string, unknown[]>
  const { settlement } = world(json('In: the bundle') as Bundle).draft('virastotalo', '2026-03')
  expect(Object.keys(shown)).toEqual(Object.keys(settlement))
  expect(Object.keys(shown['items']![0]!)).toEqual(Object.keys(settlement.items[0]!))
})
