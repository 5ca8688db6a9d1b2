// verify.mjs as its users run it: a copy of the one file, alone in an empty folder, by plain Node.
import { spawnSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { houseBundle, makeProof } from './make-proof.ts'

const folder = mkdtempSync(join(tmpdir(), 'verify-'))
const file = (name: string) => join(folder, name)
const save = (name: string, content: unknown) =>
  writeFileSync(file(name), typeof content === 'string' ? content : JSON.stringify(content))
/** This Node, and the machine's own one where there is another: the program promises Node 20 and newer. */
const nodes = [process.execPath, ...['/usr/bin/node', '/usr/local/bin/node'].filter((path) => existsSync(path))]
const run = (
  args: string[],
  { node = process.execPath, env = {} }: { node?: string; env?: Record<string, string> } = {},
) => {
  const { status, stdout, stderr } = spawnSync(node, ['verify.mjs', ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: '', ...env },
  })
  expect(`${stdout}${stderr}`).not.toMatch(/\n\s+at .*:\d+/)
  return { status, stdout, stderr }
}

beforeAll(() => {
  copyFileSync(new URL('../../verify/verify.mjs', import.meta.url), file('verify.mjs'))
  const { proof, keys } = makeProof()
  save('proof.json', proof)
  writeFileSync(file('proof.json.gz'), gzipSync(JSON.stringify(proof)))
  save('keys.json', Object.fromEntries(Object.entries(keys).map(([party, { publicKey }]) => [party, publicKey])))
  save('other-keys.json', { kela: keys['kunta']?.publicKey })
  save('changed.json', JSON.stringify(proof).replace('"120.5"', '"120.6"'))
  const { format: _, bundle: __, marks: ___, ...chain } = proof
  save('chain-1.json', {
    ...chain,
    format: 'samtila-chain',
    settlements: proof.settlements.slice(0, 2),
    countersignatures: [],
  })
  save('chain-2.json', { ...chain, format: 'samtila-chain' })
  save(
    'spoof.json',
    JSON.stringify({ ...proof, marks: undefined }).replace('invoice:aula', 'x\\u001b[2K\\nOK: all is well'),
  )
  save('bundle.json', houseBundle())
  save('cut.json', JSON.stringify(proof).slice(0, 5000))
  save('wrong.json', { format: 'something-else' })
  save('list.json', [])
  save('newer.json', { ...proof, version: 2 })
  save('no-bundle.json', { ...proof, bundle: undefined })
  save('no-months.json', { ...proof, settlements: [] })
  save('huge.json', JSON.stringify(proof).replace('"120.5"', `"1${'0'.repeat(500)}"`))
  save('odd-date.json', JSON.stringify(proof).replace('"2026-02-11"', '"2026-02-30"'))
  save('no-device.json', JSON.stringify(proof).replace('"devices":', '"gadgets":'))
  save('deep.json', `${'['.repeat(200_000)}${']'.repeat(200_000)}`)
  const method = '{"by":"mix","parts":[{"weight":"1","method":'.repeat(20_000) + '{"by":"equal"}' + '}]}'.repeat(20_000)
  save('deep-rule.json', JSON.stringify(proof).replace('{"by":"ownership"}', method))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(nodes)('%s', (node) => {
  test('OK for a whole proof, plain and compressed, and the reason when it is not', () => {
    const whole = run(['proof.json'], { node })
    expect(whole).toMatchObject({ status: 0, stderr: '' })
    expect(whole.stdout).toMatch(/^OK: talo 2026-03: all \d+ items/)
    expect(whole.stdout).toContain('countersigned by: kunta, poliisi, kela; not by: nobody')
    expect(run(['proof.json.gz'], { node }).stdout).toBe(whole.stdout)
    const changed = run(['changed.json'], { node })
    expect(changed.status).toBe(1)
    expect(changed.stdout).toMatch(/^NOT OK: premises\/talo\/spaces\/0\/areaM2 is not what it was/)
  })
  test('the time zone and the language of the machine change nothing', () => {
    const outputs = ['UTC', 'America/St_Johns', 'Pacific/Kiritimati'].map(
      (TZ) =>
        run(['--settle', 'bundle.json', 'talo', '2026-03'], {
          node,
          env: { TZ, LANG: 'fi_FI.UTF-8', LC_ALL: 'ar_EG.UTF-8' },
        }).stdout,
    )
    expect(new Set(outputs).size).toBe(1)
    expect(JSON.parse(outputs[0] ?? '')).toMatchObject({
      premises: 'talo',
      period: '2026-03',
      status: 'draft',
      digest: null,
    })
  })
})

describe('options', () => {
  test('--json gives every difference, --quiet nothing but the exit code', () => {
    const { ok, period, differences } = JSON.parse(run(['changed.json', '--json']).stdout)
    expect({ ok, period }).toEqual({ ok: false, period: '2026-03' })
    expect(differences.length).toBeGreaterThan(1)
    expect(differences[0]).toMatchObject({ kind: 'fact', what: 'premises/talo/spaces/0/areaM2' })
    expect(run(['proof.json', '--quiet'])).toEqual({ status: 0, stdout: '', stderr: '' })
    expect(run(['changed.json', '--quiet'])).toEqual({ status: 1, stdout: '', stderr: '' })
  })
  test('--period recomputes another month, from the same facts', () => {
    const { status, stdout } = run(['proof.json', '--period', '2026-01'])
    expect(status).toBe(1) // what came to light after January was closed is in the facts
    expect(stdout).toContain('NOT OK: 2026-01: item invoice:myohassa follows from the facts and is missing in the file')
    expect(stdout).toContain('the facts in the file are those of when 2026-03 was settled')
    expect(run(['proof.json', '--period', '2025-01']).stderr).toBe(
      'NOT OK: /settlements: no settlement of 2025-01 is among them\n',
    )
  })
  test('--keys holds the signatures against keys that one knows', () => {
    expect(run(['proof.json', '--keys', 'keys.json']).status).toBe(0)
    expect(run(['proof.json', '--keys', 'other-keys.json']).stdout).toContain(
      'NOT OK: countersignature of kela on 2026-01: the key is not the one you know',
    )
    expect(run(['proof.json', '--keys', 'list.json']).status).toBe(0)
    expect(run(['proof.json', '--keys', 'bundle.json']).stderr).toContain('NOT OK: the keys:')
  })
  test('--chain', () => {
    expect(run(['--chain', 'chain-1.json', 'chain-2.json', 'proof.json']).stdout).toMatch(
      /^OK: 3 copies of the chain of talo agree/,
    )
    expect(run(['--chain', 'chain-2.json', 'chain-1.json'])).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('shortened: 2026-03'),
    })
  })
  test('--marks prints what a proof file carries', () => {
    const proof = JSON.parse(readFileSync(file('proof.json'), 'utf8'))
    save('facts.json', proof.bundle)
    expect(JSON.parse(run(['--marks', 'facts.json']).stdout)).toEqual(proof.marks)
  })
})

test('a name in a file cannot fake a line of the output', () => {
  const { status, stdout } = run(['spoof.json'])
  expect(status).toBe(1)
  expect(stdout).toMatch(/^NOT OK: /)
  expect(stdout).not.toContain('\u001b')
  expect(stdout).not.toMatch(/^OK/m)
})

describe('what cannot be worked with gives one sentence', () => {
  test.each([
    ['nowhere.json', 'nowhere.json: there is no such file'],
    ['.', 'the file cannot be read (EISDIR)'],
    ['cut.json', 'the file is not JSON, or it is cut short'],
    ['list.json', 'this is not a samtila-proof file'],
    ['wrong.json', 'this is not a samtila-proof file (its format is "something-else")'],
    ['chain-1.json', 'this is not a samtila-proof file (its format is "samtila-chain")'],
    ['newer.json', '/version: this program reads version 1, not 2'],
    ['no-bundle.json', '/bundle: an object is missing here'],
    ['no-months.json', '/settlements: no settlement of 2026-03 is among them'],
    ['huge.json', '/bundle/premises/0/spaces/0/areaM2: "1000'],
    ['odd-date.json', '/bundle/premises/0/tenancies/1/from: "2026-02-30" is not a date YYYY-MM-DD'],
    ['no-device.json', 'it names paa, which is not among the devices of the bundle'],
    ['deep.json', 'NOT OK:'],
    ['deep-rule.json', 'NOT OK:'],
  ])('%s', (name, sentence) => {
    const { status, stdout, stderr } = run([name])
    expect(status).toBe(1)
    expect(stdout).toBe('')
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stderr.length).toBeLessThan(300)
  })
  test('wrong usage is told from a difference by its exit code', () => {
    for (const args of [
      [],
      ['a', 'b'],
      ['--period'],
      ['proof.json', '--period', '2026-13'],
      ['proof.json', '--what'],
      ['--settle', 'bundle.json'],
      ['--settle', 'bundle.json', 'talo', 'x'],
      ['--chain'],
    ]) {
      expect(run(args)).toMatchObject({
        status: 2,
        stdout: '',
        stderr: expect.stringContaining('usage: node verify.mjs FILE'),
      })
    }
    expect(run(['--help'])).toMatchObject({ status: 0, stdout: expect.stringContaining('usage:') })
  })
})
