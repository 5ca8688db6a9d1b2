// The life of a month from the command line: checks, issue, accept, dispute with an attachment, its steps, close.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { MonthChecks } from '#contract/checks.ts'
import type { DisputeShown } from '#contract/disputes.ts'
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
const MARCH = ['talo', '2026-03']
const tokenOf = async (organisation: string): Promise<string> => {
  const create = ['token', 'create', '--role', 'controller', '--organisation', organisation, '--name', organisation]
  return (JSON.parse((await samtila(data, [...create, '--json'])).stdout) as { token: string }).token
}

test('a month is checked, issued, disputed, settled, accepted and closed', async () => {
  const file = join(folder, 'bundle.json')
  writeFileSync(file, JSON.stringify(twoHouses))
  expect((await samtila(data, ['import', file])).code).toBe(0)
  const [kunta, virasto] = [await tokenOf('kunta'), await tokenOf('virasto')]
  const as = (token: string, ...args: string[]) => samtila(data, [...args, '--token', token])

  const checked = await as(kunta, 'checks', ...MARCH, '--json')
  expect(checked.code).toBe(0)
  expect((JSON.parse(checked.stdout) as MonthChecks).findings.map(({ code }) => code)).toContain('interpolated')
  expect((await as(kunta, 'checks', ...MARCH, '--language', 'sv')).stdout).toContain('jämnt fördelad')
  expect((await as(kunta, 'checks', 'talo', '2026-02')).code).toBe(2)

  expect((await as(kunta, 'issue', ...MARCH)).stdout).toContain('is issued')
  expect((await as(kunta, 'accept', ...MARCH, '--party', 'virasto')).code).toBe(1)
  expect((await as(kunta, 'accept', ...MARCH, '--party', 'kunta')).code).toBe(0)
  const note = join(folder, 'huomautus.txt')
  writeFileSync(note, 'viikko 12')
  const line = ['--party', 'virasto', '--item', 'invoice:siivous', '--reason', 'amount', '--text', 'Ei siivottu']
  const opened = await as(virasto, 'dispute', ...MARCH, ...line, '--file', note, '--json')
  const dispute = JSON.parse(opened.stdout) as DisputeShown
  expect(dispute).toMatchObject({ state: 'open', turn: 'kunta', entries: [{ files: [{ name: 'huomautus.txt' }] }] })
  expect((await samtila(data, ['close', ...MARCH, '--force', 'kiire'])).code).toBe(1)
  const answer = ['--step', 'answer', '--answer', 'reject', '--text', 'Kuittaus on']
  expect((await as(kunta, 'dispute', dispute.id, ...answer)).stdout).toContain('virasto has until')
  expect((await as(virasto, 'dispute', dispute.id, '--step', 'resolve', '--outcome', 'withdrawn')).code).toBe(0)
  expect((await as(virasto, 'accept', ...MARCH, '--party', 'virasto')).code).toBe(0)
  expect((await as(kunta, 'close', ...MARCH)).stdout).toContain('is closed: sha256:')

  const address = ['user', 'add', 'anna', '--name', 'Anna', '--organisation', 'virasto', '--email', 'anna@example.fi']
  expect((await samtila(data, address)).code).toBe(0)
  expect((await samtila(data, ['user', 'email', 'anna', '--email', 'ei osoite'])).code).toBe(1)
  expect((await samtila(data, ['user', 'email', 'anna'])).stdout).toContain('no reminders')
}, 120_000)
