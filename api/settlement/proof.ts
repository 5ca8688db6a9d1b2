// The proof file of a closed month and the chain file of a premises, as docs/PROOF.md has them.
import { canonicalJson } from '#domain/settlement/canonical-json.ts'
import { Failure } from '#domain/failure.ts'
import { provable } from '#domain/lifecycle/classification.ts'
import { formatDecimal } from '#domain/quantity/decimal.ts'
import { formatInstant } from '#domain/quantity/instant.ts'
import { OBJECT_KINDS, type Bundle, type Device, type Id, type ReadingRows } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { LedgerEntry } from '#domain/ports/records.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import type { Chain } from '#contract/settlements.ts'
import type { RouteParts } from '#api/parts.ts'
import { fingerprintOf } from './fingerprint.ts'
import { gather } from './gather.ts'
import type { GatheredReadings } from './settle-job.ts'
import { before, frozenFiguresOf } from './ledger-rows.ts'
import { sha256 } from './sha256.ts'
import { digestOf } from '#domain/settlement/digest.ts'

const MICRO_PLACES = 6

/** @throws Failure 'settlement-state' when the month is not closed. */
export async function proofOf(premises: Id, period: string, { records, telemetry }: RouteParts): Promise<object> {
  const ledger = await records.ledger(premises)
  const closed = ledger.findLast((entry) => entry.period === period)
  const figures = frozenFiguresOf(ledger, period)
  if (closed?.status !== 'closed' || figures === null)
    throw new Failure('settlement-state', 'Only a closed month has a proof.')
  const { facts, readings } = await gather(
    { records, telemetry },
    premises,
    period,
    before(ledger, figures),
    figures.at,
  )
  // What is classified today is left out of what was known then too.
  const today = new Map<Id, Device>()
  for await (const device of listAll(records, 'devices', { premises })) today.set(device.id, device)
  const bundle: Bundle = {
    ...facts,
    ...(facts.devices === undefined
      ? {}
      : { devices: facts.devices.map((device) => provable(device, today.get(device.id) ?? device)) }),
    readings: rowsOf(readings),
  }
  return {
    format: 'samtila-proof',
    version: 1,
    premises,
    period,
    bundle,
    marks: marksOf(bundle),
    ...(await chainParts(premises, ledger, { records })),
  }
}

/** The chain without facts. */
export async function chainFileOf(premises: Id, { records }: Pick<RouteParts, 'records'>): Promise<object> {
  const ledger = await records.ledger(premises)
  return { format: 'samtila-chain', version: 1, premises, ...(await chainParts(premises, ledger, { records })) }
}

async function chainParts(
  premises: Id,
  ledger: readonly LedgerEntry[],
  { records }: Pick<RouteParts, 'records'>,
): Promise<object> {
  const signatures = await records.countersignatures(premises)
  return {
    settlements: ledger.map((entry) => ({
      status: entry.status,
      issue: entry.issue,
      settlement: JSON.parse(entry.body) as Settlement,
      ...(entry.status === 'closed' ? { previousDigest: entry.previousDigest ?? '' } : {}),
    })),
    countersignatures: signatures.map(({ period, digest, party, publicKey, signature }) => ({
      period,
      digest,
      party,
      publicKey,
      signature,
    })),
  }
}

/** The chain as the dashboard shows it, each link held against what is stored. */
export async function chainOf(premises: Id, { records }: Pick<RouteParts, 'records'>): Promise<Chain> {
  const closed = (await records.ledger(premises)).filter(({ status }) => status === 'closed')
  const signatures = await records.countersignatures(premises)
  let previous: string | null = null
  const links = closed.map((entry) => {
    const settlement = JSON.parse(entry.body) as Settlement
    const holds =
      entry.previousDigest === previous &&
      entry.digest === settlement.digest &&
      entry.digest === digestOf(previous, settlement, sha256)
    previous = entry.digest
    return {
      period: entry.period,
      digest: entry.digest ?? '',
      previousDigest: entry.previousDigest,
      closedAt: formatInstant(entry.at),
      closedBy: entry.by,
      force: entry.force,
      holds,
      countersignatures: signatures
        .filter(({ period, digest }) => period === entry.period && digest === entry.digest)
        .map(({ party, publicKey, signature, at, by }) => ({
          party,
          publicKey,
          fingerprint: fingerprintOf(publicKey),
          signature,
          at: formatInstant(at),
          by,
        })),
    }
  })
  return { premises, holds: links.every(({ holds }) => holds), links }
}

/** Meter readings as rows of a bundle: the exact values that the engine went by. */
function rowsOf(readings: GatheredReadings): ReadingRows[] {
  return readings.flatMap(({ device, point, readings: known }) =>
    known === null
      ? []
      : [
          {
            device,
            point,
            values: Array.from(known.at, (at, i): ReadingRows['values'][number] => [
              formatInstant(at),
              formatDecimal({ digits: known.micro[i] ?? 0n, scale: MICRO_PLACES }),
            ]),
          },
        ],
  )
}

type Leaf = [pointer: string, value: unknown]

/** Marks of every fact and row, so that a changed one is named (docs/PROOF.md "The proof file"). */
export function marksOf(bundle: Bundle): {
  facts: Record<string, Record<string, string>>
  rows: Record<string, string>
} {
  const facts: Record<string, Record<string, string>> = {}
  for (const kind of OBJECT_KINDS) {
    for (const object of bundle[kind] ?? []) {
      const plain = kind === 'priceSeries' ? { ...object, values: undefined } : object
      facts[`${kind}/${object.id}`] = Object.fromEntries(
        leavesOf(plain, '').map(([pointer, value]) => [pointer, mark([kind, object.id, pointer, value])]),
      )
    }
  }
  const rows: Record<string, string> = {}
  const addRows = (name: string, list: readonly unknown[]): void =>
    void (rows[name] = (rows[name] ?? '') + list.map((row) => mark([name, row])).join(''))
  for (const { device, point, values } of bundle.readings ?? []) addRows(`readings/${device}/${point}`, values)
  for (const { id, values } of bundle.priceSeries ?? []) if (values !== undefined) addRows(`prices/${id}`, values)
  if (bundle.usage !== undefined && bundle.usage.length > 0) addRows('usage', bundle.usage)
  return { facts, rows }
}
const mark = (value: unknown): string => sha256(canonicalJson(value)).slice(0, 8)

function leavesOf(value: unknown, pointer: string): Leaf[] {
  if (value === undefined) return []
  if (value === null || typeof value !== 'object') return [[pointer, value]]
  const members = Object.entries(value)
  if (members.length === 0) return [[pointer, value]]
  return members.flatMap(([key, member]) =>
    leavesOf(member, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  )
}
