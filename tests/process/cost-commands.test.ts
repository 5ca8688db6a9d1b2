// Key figures, comparison, emission factors and the public page from the command line.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CostFigures, EmissionFactorShown } from '#contract/cost-figures.ts'
import { twoHouses } from '#tests/api/start-api.ts'
import { makeFolder, removeFolder, samtila, startProgram, type Program } from './program.ts'

let folder = ''
let data = ''
let program: Program
beforeAll(async () => {
  folder = makeFolder()
  data = join(folder, 'data')
  program = await startProgram(data)
})
afterAll(async () => {
  await program.end('SIGTERM')
  removeFolder(folder)
})

test('figures, a comparison, a factor and the switch of the public page', async () => {
  const file = join(folder, 'bundle.json')
  writeFileSync(file, JSON.stringify(twoHouses))
  expect((await samtila(data, ['import', file])).code).toBe(0)
  const create = ['token', 'create', '--role', 'manager', '--organisation', 'kunta', '--name', 'kunta', '--json']
  const { token } = JSON.parse((await samtila(data, create)).stdout) as { token: string }
  const as = (...args: string[]) => samtila(data, [...args, '--token', token])

  const wanted = ['--category', 'electricity', '--grams', '50', '--unit', 'kWh', '--from', '2026-01-01']
  const added = await as('factor', 'add', 'talo', ...wanted, '--source', 'Myyjän ilmoitus 2026', '--json')
  const { id } = JSON.parse(added.stdout) as EmissionFactorShown
  const { periods } = JSON.parse((await as('figures', 'talo', '2026-03', '--json')).stdout) as CostFigures
  expect(periods[0]).toMatchObject({ net: '200.00', emissions: { kg: '50.000' } })
  expect((await as('compare', 'talo', '2026-02', '2026-03')).stdout).toMatch(/all costs .*200\.00/)
  expect((await as('factor', 'withdraw', 'talo', id)).code).toBe(0)
  expect((await as('public-page', 'open', 'talo')).stdout).toContain('/p/talo')
  expect((await as('public-page', 'close', 'talo')).stdout).toContain('Not shown')
  expect((await as('public-page', 'burn', 'talo')).code).toBe(1)
}, 60_000)
