// The commands of putting devices into use, on the real program: types, claims with their sheet, certificates, snippets.
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { X509Certificate, createPrivateKey } from 'node:crypto'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CertificateIssued, CertificatePage } from '#contract/certificates.ts'
import type { ClaimListed, ClaimsMade } from '#contract/claims.ts'
import type { DeviceTypeShown } from '#contract/device-types.ts'
import { makeFolder, removeFolder, samtila, startProgram, type Program } from './program.ts'

let folder = ''
let data = ''
let program: Program
beforeAll(async () => {
  folder = makeFolder()
  data = join(folder, 'data')
  program = await startProgram(data, { SAMTILA_DEMO: 'off' })
  const file = join(folder, 'bundle.json')
  writeFileSync(
    file,
    JSON.stringify({
      organisations: [{ id: 'kunta', name: { fi: 'Kunta' } }],
      premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }],
      devices: [
        { id: 'mittari', premises: 'talo', type: 'electricity-meter' },
        { id: 'anturi', premises: 'talo', type: 'room-sensor' },
      ],
    }),
  )
  const { code, stderr } = await samtila(data, ['import', file])
  if (code !== 0) throw new Error(stderr)
}, 60_000)
afterAll(async () => {
  await program.end('SIGTERM')
  removeFolder(folder)
})
const json = async <T>(args: string[]): Promise<T> => {
  const { stdout, stderr, code } = await samtila(data, [...args, '--json'])
  expect(code, stderr).toBe(0)
  return JSON.parse(stdout) as T
}

test('types: found by a word of any language, named in the one that is asked for', async () => {
  const found = await json<DeviceTypeShown[]>(['types', 'vattenmätare', '--language', 'sv'])
  expect(found.length).toBeGreaterThan(0)
  expect(found.every(({ name }) => /vatten/i.test(name.sv))).toBe(true)
  const { stdout } = await samtila(data, ['types', 'lift', '--language', 'fi'])
  expect(stdout).toMatch(/lift {2}Hissi {2}\(Elevator, PT\w+\)/)
  expect((await samtila(data, ['types', 'zzzz'])).stdout).toContain('No such device type')
})

test('claims: made with a sheet as PDF, listed without their codes, withdrawn', async () => {
  const pdf = join(folder, 'labels.pdf')
  const made = await json<ClaimsMade>(['claims', 'labels', 'mittari', 'anturi', '--sheet', 'a4-24', '--out', pdf])
  expect(made.items.map(({ device }) => device)).toEqual(['mittari', 'anturi'])
  expect(readFileSync(pdf).subarray(0, 5).toString('latin1')).toBe('%PDF-')
  const listed = await samtila(data, ['claims', 'list', '--json'])
  for (const { code } of made.items) expect(listed.stdout).not.toContain(code)
  expect((JSON.parse(listed.stdout) as ClaimListed[]).map(({ state }) => state)).toEqual(['open', 'open'])
  expect(await json<{ withdrawn: number }>(['claims', 'withdraw', made.batch])).toEqual({ withdrawn: 2 })
  const wrong = await samtila(data, ['claims', 'labels', 'ei-ole', '--out', join(folder, 'x.pdf')])
  expect([wrong.code, existsSync(join(folder, 'x.pdf'))]).toEqual([1, false])
  expect(wrong.stderr).toContain('/devices/0')
})

test('certificates: issued into files of which nobody else reads the key, listed, revoked', async () => {
  const out = join(folder, 'mittari')
  const made = await json<CertificateIssued>(['certificates', 'issue', 'mittari', '--out', out])
  const certificate = new X509Certificate(readFileSync(`${out}.certificate.pem`))
  expect(certificate.checkPrivateKey(createPrivateKey(readFileSync(`${out}.key.pem`)))).toBe(true)
  expect(statSync(`${out}.key.pem`).mode & 0o077).toBe(0)
  // What is there already is not written over.
  expect((await samtila(data, ['certificates', 'issue', 'mittari', '--out', out])).code).toBe(1)
  const states = async (): Promise<unknown> =>
    (await json<CertificatePage['items']>(['certificates', 'list', 'mittari'])).find(
      ({ serial }) => serial === made.serial,
    )?.state
  expect(await states()).toBe('valid')
  expect((await samtila(data, ['certificates', 'revoke', made.serial])).code).toBe(0)
  expect(await states()).toBe('revoked')
})

test('credentials: with the configuration of a program, rotated with overlap', async () => {
  const made = await samtila(data, ['credentials', 'create', 'anturi', '--snippet', 'mosquitto'])
  expect(made.code, made.stderr).toBe(0)
  expect(made.stdout).toMatch(/remote_username anturi/)
  const rotated = await samtila(data, ['credentials', 'rotate', 'anturi', '--json'])
  expect(rotated.code, rotated.stderr).toBe(0)
  expect(JSON.parse(rotated.stdout)).toMatchObject({ device: 'anturi', password: expect.stringMatching(/^\S{43}$/) })
})
