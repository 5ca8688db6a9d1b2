// The public record: one file that reads by itself, says nothing of what is protected, and still is checked by verify.mjs.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Bundle } from '#domain/registry/bundle.ts'
import { readJson, verifyProof, type Proof } from '#verify/verify.mjs'
import { closedHouse, house, MARCH, type Documents } from './world.ts'

let world: Documents
afterEach(() => world.close())

const guarded: Bundle = {
  ...house,
  premises: [
    {
      ...house.premises![0]!,
      spaces: [
        {
          id: 't-1',
          name: { fi: 'Holvihuone' },
          storey: 'K7',
          use: 'exclusive',
          type: 'office',
          areaM2: '60',
          protected: true,
        },
        { id: 't-2', name: { fi: 'Aula' }, use: 'common', areaM2: '10' },
      ],
    },
    house.premises![1]!,
  ],
  devices: [
    {
      ...house.devices![0]!,
      space: 't-1',
      name: { fi: 'Kulunvalvonnan mittari' },
      serial: 'SN-SALAINEN',
      manufacturer: 'Lukko Oy',
    },
    house.devices![1]!,
  ],
}
const record = async (language = 'fi'): Promise<string> => {
  const answer = await world.api.request(world.tokens['kunta']!, 'GET', `${MARCH}/public-record?language=${language}`)
  expect(answer.status).toBe(200)
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  return answer.text
}
const proofIn = (text: string): Proof => {
  const folder = mkdtempSync(join(tmpdir(), 'samtila-record-'))
  try {
    writeFileSync(join(folder, 'record.html'), text)
    return readJson(join(folder, 'record.html')) as Proof
  } finally {
    rmSync(folder, { recursive: true })
  }
}

describe('public record', () => {
  test('of a month without anything protected is whole, and verify.mjs recomputes all of it', async () => {
    world = await closedHouse()
    for (const language of ['fi', 'sv', 'en']) expect((await record(language)).match(/<h1>/g)).toHaveLength(1)
    const text = await record()
    expect(text).toContain('Tiedoista ei ole poistettu mitään.')
    expect(text).toContain('<h2>Sopimus')
    expect(text).toContain('# Money: the contract of every cent')
    expect(text).toContain('// verify.mjs: recomputes every cent')
    expect(text.replaceAll(/<script type="application\/json"[\s\S]*?<\/script>/g, '')).not.toMatch(
      /<script|<link|<img|src=/,
    )
    const verdict = verifyProof(proofIn(text))
    expect([verdict.differences, verdict.ok, verdict.redacted]).toEqual([[], true, 0])
  })

  test('what was protected only after the month was closed is hidden too', async () => {
    const [talo, other] = guarded.premises!
    const open = talo!.spaces!.map(({ protected: _hidden, ...space }) => space)
    world = await closedHouse({ ...guarded, premises: [{ ...talo!, spaces: open }, other!] })
    expect(await record()).toContain('Holvihuone')
    await world.api.fill({ premises: [talo!] })
    const text = await record()
    for (const secret of ['Holvihuone', 'K7', 'Kulunvalvonnan', 'SN-SALAINEN', 'Lukko Oy'])
      expect(text, secret).not.toContain(secret)
  })

  test('says nothing of protected spaces and devices; figures stay and what can be verified is', async () => {
    world = await closedHouse(guarded)
    const text = await record()
    for (const secret of [
      'Holvihuone',
      'K7',
      'Kulunvalvonnan',
      'SN-SALAINEN',
      'Lukko Oy',
      '1500.5',
      '1 500,5',
      '1\u00A0500,5',
    ])
      expect([secret, text.includes(secret)]).toEqual([secret, false])
    expect(text).toContain('Perustelut on jätetty pois')
    const proof = proofIn(text)
    expect(proof.redacted).toEqual({ spaces: 1, devices: 1, items: ['metered:sahko'] })
    const verdict = verifyProof(proof)
    expect([verdict.differences, verdict.ok, verdict.redacted]).toEqual([[], true, 1])
    expect(verdict.notes.join()).toContain('REDACTED: 1 of 8 items')
    const changed = structuredClone(proof)
    changed.settlements.at(-1)!.settlement.items.find(({ id }) => id === 'metered:sahko')!.shares[0]!.net = '61.00'
    expect(verifyProof(changed).ok).toBe(false)
    const forged = structuredClone(proof)
    forged.bundle.invoices![0]!.net = '101.00'
    expect(verifyProof(forged).ok).toBe(false)
  })

  test('only controllers and administrators make it, of a closed month whose costs are theirs', async () => {
    world = await closedHouse()
    const status = async (who: string, path: string): Promise<number> =>
      (await world.api.request(world.tokens[who]!, 'GET', path)).status
    expect(await status('viewer', `${MARCH}/public-record`)).toBe(403)
    expect(await status('muu', `${MARCH}/public-record`)).toBe(404)
    expect(await status('kunta', '/premises/talo/settlements/2026-04/public-record')).toBe(409)
    const { items } = await world.api.records.audit({ organisation: null }, { limit: 50 })
    expect(items.some(({ action }) => action === 'export.public-record')).toBe(false)
    await record()
    const after = await world.api.records.audit({ organisation: null }, { limit: 1 })
    expect(after.items[0]).toMatchObject({ action: 'export.public-record', id: 'talo-2026-03' })
  })
})
