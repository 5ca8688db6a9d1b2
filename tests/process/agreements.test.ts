// `samtila agreement` on a running server: a file becomes a proposal, each party approves the text that it has read, and the agreement has its version.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { twoHouses } from '#tests/api/start-api.ts'
import { makeFolder, removeFolder, samtila, startProgram, type Program } from './program.ts'

let folder = ''
let data = ''
let program: Program
beforeAll(async () => {
  folder = makeFolder()
  data = join(folder, 'data')
  program = await startProgram(data)
  const file = join(folder, 'bundle.json')
  writeFileSync(file, JSON.stringify(twoHouses))
  const { code, stderr } = await samtila(data, ['import', file])
  if (code !== 0) throw new Error(stderr)
})
afterAll(async () => {
  await program.end('SIGTERM')
  removeFolder(folder)
})

const tokenOf = async (organisation: string): Promise<string[]> => {
  const roles = ['--role', 'controller', '--role', 'signatory']
  const { stdout } = await samtila(data, [
    'token',
    'create',
    '--organisation',
    organisation,
    ...roles,
    '--name',
    organisation,
    '--json',
  ])
  return ['--token', (JSON.parse(stdout) as { token: string }).token]
}

test('propose, read, approve, compare', async () => {
  const [kunta, virasto] = await Promise.all([tokenOf('kunta'), tokenOf('virasto')])
  const file = join(folder, 'draft.json')
  writeFileSync(
    file,
    JSON.stringify({
      agreement: { id: 'sopimus', premises: 'talo', parties: ['kunta', 'virasto'], commentDays: 14 },
      version: { from: '2027-01-01', to: null, rules: [{ category: '*', method: { by: 'equal' } }] },
    }),
  )
  const { stdout } = await samtila(data, ['agreement', 'propose', file, ...kunta, '--json'])
  const proposal = JSON.parse(stdout) as { id: string; text: string; state: string }
  expect(proposal).toMatchObject({ state: 'proposed', missing: ['kunta', 'virasto'] })
  const read = await samtila(data, ['agreement', 'text', proposal.id, '--language', 'en', ...virasto])
  expect(read.stdout).toContain('Is split equally between the parties.')
  expect(read.stdout).toContain(proposal.text)
  const approve = (as: string[], party: string, text: string) =>
    samtila(data, ['agreement', 'approve', proposal.id, '--party', party, '--decision', '§ 1', '--text', text, ...as])
  expect((await approve(virasto, 'virasto', `sha256:${'0'.repeat(64)}`)).code).toBe(1)
  expect((await approve(virasto, 'virasto', proposal.text)).code).toBe(0)
  const last = await approve(kunta, 'kunta', proposal.text)
  expect([last.code, last.stdout.includes('approved')]).toEqual([0, true])
  const versions = await samtila(data, ['agreement', 'compare', 'sopimus', '1', '2', ...kunta])
  expect(versions.stdout).toContain('Jaetaan tasan osapuolten kesken.')
})
