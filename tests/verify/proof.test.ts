// A proof file is verified, then changed in one value at a time; the verifier names what was changed.
import { sign } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { digestOf, marksOf, verifyProof, type Proof } from '#verify/verify.mjs'
import { makeProof } from './make-proof.ts'

let whole: ReturnType<typeof makeProof>
beforeAll(() => {
  whole = makeProof()
})
const changed = (change: (proof: Proof) => void): Proof => {
  const proof = structuredClone(whole.proof)
  change(proof)
  return proof
}
const first = (proof: Proof, options = {}) =>
  verifyProof(proof, options).differences[0] ?? { kind: 'none', what: '', message: '' }
const withoutMarks = (proof: Proof) => delete proof.marks
const at = <T>(list: T[] | undefined, i: number): T => {
  const member = list?.at(i)
  if (member === undefined) throw new Error('the test looks for something that is not there')
  return member
}

describe('an untouched proof', () => {
  test('is OK, with its chain and its signatures', () => {
    const verdict = verifyProof(whole.proof)
    expect(verdict.differences).toEqual([])
    expect(verdict).toMatchObject({
      ok: true,
      period: '2026-03',
      chain: ['2026-01', '2026-02', '2026-03'],
      signedBy: ['kunta', 'poliisi', 'kela'],
      notSignedBy: [],
    })
    expect(at(whole.proof.settlements, 2).settlement.items.some(({ source }) => source === 'adjustment')).toBe(true)
  })
  test('is OK after a way through JSON, in any order of members and objects', () => {
    const turn = (value: unknown): unknown =>
      Array.isArray(value)
        ? value.map(turn)
        : value && typeof value === 'object'
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, inner]) => [key, turn(inner)]),
            )
          : value
    const proof = turn(JSON.parse(JSON.stringify(whole.proof))) as Proof
    proof.bundle.invoices?.reverse()
    proof.bundle.devices?.reverse()
    expect(verifyProof(proof).differences).toEqual([])
  })
})

describe('one changed value is named', () => {
  test('a reading', () => {
    const proof = changed(({ bundle }) => (at(at(bundle.readings, 0).values, 200)[1] = '5201'))
    expect(first(proof)).toMatchObject({ kind: 'reading', what: 'readings/paa/energy' })
    expect(first(proof).message).toContain(String(at(at(proof.bundle.readings, 0).values, 200)[0]))
    expect(verifyProof(proof).differences.some(({ kind }) => kind === 'item')).toBe(true)
    withoutMarks(proof)
    expect(first(proof).message).toContain('metered:sahko')
  })
  test('a reading that is taken out, one that is added', () => {
    expect(first(changed(({ bundle }) => at(bundle.readings, 1).values.splice(17, 1))).message).toContain(
      'readings/ala/energy: row 18',
    )
    expect(first(changed(({ bundle }) => at(bundle.readings, 1).values.pop())).message).toContain('taken out')
    expect(
      first(changed(({ bundle }) => at(bundle.readings, 1).values.push(['2027-01-01T00:00:00Z', '1']))).message,
    ).toContain('row 2281')
  })
  test('a price of a tariff', () => {
    const proof = changed(({ bundle }) =>
      Object.assign(at(at(at(bundle.tariffs, 0).versions, 0).components, 0), { price: '0.0746' }),
    )
    expect(first(proof)).toMatchObject({ kind: 'price', what: 'tariffs/sahko/versions/0/components/0/price' })
    withoutMarks(proof)
    expect(first(proof)).toMatchObject({ kind: 'item' })
  })
  test('a price of a series', () => {
    const proof = changed(({ bundle }) => (at(at(bundle.priceSeries, 0).values, 1500)[2] = '9999'))
    expect(first(proof)).toMatchObject({ kind: 'price', what: 'prices/spot' })
    expect(first(proof).message).toContain('9999')
  })
  test('a fact: an area, a tenancy, a rule, an invoice gone', () => {
    expect(first(changed(({ bundle }) => (at(at(bundle.premises, 0).spaces, 0).areaM2 = '120.6')))).toMatchObject({
      kind: 'fact',
      what: 'premises/talo/spaces/0/areaM2',
    })
    expect(first(changed(({ bundle }) => (at(at(bundle.premises, 0).tenancies, 1).from = '2026-02-12')))).toMatchObject(
      { what: 'premises/talo/tenancies/1/from' },
    )
    expect(first(changed(({ bundle }) => bundle.invoices?.splice(0, 1))).message).toBe(
      'invoices/siivous was taken out of the file',
    )
    expect(
      first(
        changed(({ bundle }) =>
          Object.assign(at(at(at(bundle.agreements, 0).versions, 0).rules, 0), { category: 'water' }),
        ),
      ),
    ).toMatchObject({
      what: 'agreements/sopimus/versions/0/rules/0/category',
    })
    expect(first(changed(({ bundle }) => Object.assign(at(bundle.usage, 1), { organisation: 'kunta' })))).toMatchObject(
      { kind: 'fact', what: 'usage' },
    )
  })
  test('a value and its mark: what follows from it', () => {
    const proof = changed((p) => {
      at(at(p.bundle.premises, 0).spaces, 0).areaM2 = '220.5'
      p.marks = marksOf(p.bundle)
    })
    expect(first(proof)).toMatchObject({ kind: 'share' })
    expect(first(proof).message).toContain('share of')
  })
  test('a share, a net, a statement, a transfer of the month', () => {
    const march = (proof: Proof) => at(proof.settlements, 2).settlement
    const share = changed((p) => (at(at(march(p).items, 0).shares, 0).net = '0.01'))
    expect(first(share)).toMatchObject({ kind: 'share' })
    expect(first(share).message).toContain(at(march(share).items, 0).id)
    expect(verifyProof(share).differences.some(({ kind }) => kind === 'digest')).toBe(true)
    expect(first(changed((p) => (at(march(p).items, 1).net = '1.00')))).toMatchObject({ kind: 'item' })
    expect(first(changed((p) => (at(march(p).statements, 1).vat = '1.00'))).message).toContain(
      'statement of poliisi: vat is 1.00 in the file',
    )
    expect(first(changed((p) => march(p).transfers.pop()))).toMatchObject({ kind: 'transfer' })
    expect(first(changed((p) => march(p).items.shift()))).toMatchObject({ kind: 'item' })
    expect(first(changed((p) => march(p).items.reverse())).message).toContain('order')
    expect(first(changed((p) => Object.assign(march(p), { note: 'x' })))).toMatchObject({ kind: 'structure' })
  })
  test('a share of an earlier month: its digest', () => {
    const proof = changed((p) => (at(at(at(p.settlements, 0).settlement.items, 0).shares, 0).net = '0.01'))
    expect(first(proof)).toMatchObject({ kind: 'digest', what: '2026-01' })
  })
  test('a digest', () => {
    for (const i of [0, 1, 2]) {
      const proof = changed((p) => (at(p.settlements, i).settlement.digest = `sha256:${'0'.repeat(64)}`))
      expect(first(proof)).toMatchObject({ kind: 'digest', what: at(proof.settlements, i).settlement.period })
    }
  })
  test('a whole month written anew with a right digest breaks the link after it', () => {
    const proof = changed((p) => {
      const january = at(p.settlements, 0).settlement
      at(at(january.items, 0).shares, 0).net = '0.01'
      january.digest = digestOf(january, '')
    })
    expect(first(proof)).toMatchObject({ kind: 'chain', what: '2026-02' })
  })
  test('a month dropped, two in another order', () => {
    expect(first(changed((p) => p.settlements.splice(1, 1))).message).toContain('2026-03 does not follow 2026-01')
    expect(first(changed((p) => p.settlements.shift())).message).toContain('2026-02 does not follow the beginning')
    expect(first(changed((p) => p.settlements.unshift(...p.settlements.splice(1, 1)))).message).toContain('reordered')
  })
  test('a signature, its key, its digest, its party', () => {
    const last = (p: Proof) => at(p.countersignatures, -1)
    const broken = changed((p) => (last(p).signature = at(p.countersignatures, 0).signature))
    expect(first(broken)).toMatchObject({ kind: 'signature', what: '2026-03 kela' })
    expect(first(changed((p) => (last(p).publicKey = at(p.countersignatures, 0).publicKey))).message).toContain(
      'does not hold',
    )
    expect(first(changed((p) => (last(p).digest = at(p.countersignatures, 0).digest))).message).toContain(
      'another digest',
    )
    expect(first(changed((p) => (last(p).party = 'naapuri'))).message).toContain('not a party')
    expect(first(changed((p) => (last(p).signature = 'abc'))).message).toContain('does not hold')
  })
})

describe('keys', () => {
  test('keys that one knows oneself: another key and a missing signature are named', () => {
    const known = Object.fromEntries(Object.entries(whole.keys).map(([party, { publicKey }]) => [party, publicKey]))
    expect(verifyProof(whole.proof, { keys: known }).ok).toBe(true)
    expect(first(whole.proof, { keys: { ...known, poliisi: known['kela'] } }).message).toContain(
      'the key is not the one you know',
    )
    const unsigned = changed(
      (p) => (p.countersignatures = (p.countersignatures ?? []).filter(({ party }) => party !== 'kela')),
    )
    expect(verifyProof(unsigned)).toMatchObject({ ok: true, notSignedBy: ['kela'] })
    expect(first(unsigned, { keys: known }).message).toContain('kela, whose key you know, has not countersigned')
  })
  test('keys that the file lists for its organisations', () => {
    const listed = Object.entries(whole.keys).map(([organisation, { publicKey }]) => ({ organisation, publicKey }))
    expect(verifyProof(changed((p) => (p.organisationKeys = listed))).ok).toBe(true)
    expect(first(changed((p) => (p.organisationKeys = listed.slice(1)))).message).toContain(
      'not one that the file lists',
    )
  })
  test('SPKI and PEM are the same key', () => {
    const proof = changed((p) => {
      const entry = at(p.countersignatures, 0)
      const spki = Buffer.concat([
        Buffer.from('302a300506032b6570032100', 'hex'),
        Buffer.from(entry.publicKey, 'base64'),
      ])
      entry.publicKey = `-----BEGIN PUBLIC KEY-----\n${spki.toString('base64')}\n-----END PUBLIC KEY-----\n`
    })
    expect(verifyProof(proof).ok).toBe(true)
  })
  test('a signature over anything but the 71 bytes of the digest does not hold', () => {
    const { privateKey } = whole.keys['kela'] ?? at([], 0)
    const entry = at(whole.proof.countersignatures, -1)
    const signed = (bytes: Buffer) =>
      changed((p) => (at(p.countersignatures, -1).signature = sign(null, bytes, privateKey).toString('base64')))
    expect(verifyProof(signed(Buffer.from(entry.digest))).ok).toBe(true)
    expect(verifyProof(signed(Buffer.from(`${entry.digest}\n`))).ok).toBe(false)
    expect(verifyProof(signed(Buffer.from(entry.digest.slice(7), 'hex'))).ok).toBe(false)
  })
})

describe('issued, then closed', () => {
  test('the figures are those of the last issue, whatever was frozen between it and the closing', () => {
    const { proof } = makeProof()
    const [january, february, march] = proof.settlements
    if (!january || !february || !march) throw new Error('three months')
    const issued = {
      status: 'issued' as const,
      settlement: { ...structuredClone(march.settlement), status: 'issued' as const, digest: null },
      issue: 1,
    }
    proof.settlements = [january, february, issued, march]
    expect(verifyProof(proof).differences).toEqual([])
    // Issued before February was closed, March would have had no adjustments of February.
    proof.settlements = [january, issued, february, march]
    expect(first(proof).message).toContain('adjustment:2026-02')
    at(issued.settlement.items, 0).net = '1.00'
    proof.settlements = [january, february, structuredClone(issued), march]
    at(at(proof.settlements, 2).settlement.items, 0).net = '1.00'
    expect(first(proof).message).toContain('other figures than it was issued with')
  })
  test('a month that is only issued is recomputed too, and says so', () => {
    const { proof } = makeProof()
    const last = at(proof.settlements, -1)
    last.status = 'issued'
    Object.assign(last.settlement, { status: 'issued', digest: null })
    proof.countersignatures = []
    expect(verifyProof(proof)).toMatchObject({ ok: true, status: 'issued', digest: null })
    expect(verifyProof(proof).notes.join()).toContain('issued, not closed')
  })
})

describe('simulated devices', () => {
  const simulate = (demonstration: boolean) =>
    makeProof((bundle) => {
      at(bundle.devices, 1).simulated = true
      at(bundle.premises, 0).demonstration = demonstration
    }).proof
  test('are said so of a demonstration', () => {
    const verdict = verifyProof(simulate(true))
    expect(verdict).toMatchObject({ ok: true, simulated: ['ala'], demonstration: true })
    expect(verdict.notes.join()).toContain('SIMULATED')
    expect(verdict.notes.join()).toContain('DEMONSTRATION')
  })
  test('make a closed settlement of other premises a difference', () => {
    expect(first(simulate(false)).message).toContain('rests on simulated devices (ala)')
  })
})
