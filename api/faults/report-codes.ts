// Codes of the public page: made in bulk for devices and spaces, found by what somebody scanned or typed, printed again, withdrawn.
import { randomInt } from 'node:crypto'
import { REPORT_CODE, type ReportCode } from '#domain/faults/fault.ts'
import { Failure } from '#domain/failure.ts'
import { notPublic } from '#domain/lifecycle/classification.ts'
import { protectedIn } from '#domain/documents/redact.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Device, Id, Names, Premises, Space } from '#domain/registry/bundle.ts'
import { CLAIM_ALPHABET, CLAIM_RANDOM_CHARACTERS, claimCodeOf, readClaimCode } from '#domain/writing/claim-code.ts'
import { createGuessThrottle } from '#api/access/guess-throttle.ts'
import type { RouteParts } from '#api/parts.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'

const ALL = { organisation: null }
const PAGE = 1_000
/** Codes of one premises that are looked through. */
const MAX_PAGES = 100

export type StoredCode = StoredPaper<ReportCode>
/** Written as claims are, and kept under itself: it is no secret, and is printed again. */
const idOf = (code: string): Id => `r${code.toLowerCase()}`
const createCode = (): string =>
  claimCodeOf(Array.from({ length: CLAIM_RANDOM_CHARACTERS }, () => randomInt(CLAIM_ALPHABET.length)))

/** The open codes of a premises by what they are of: `device x` or `space x`. */
export async function openCodes(records: Records, premises: Id): Promise<Map<string, StoredCode>> {
  const found = new Map<string, StoredCode>()
  let after: string | null | undefined
  for (let pages = 0; after !== null && pages < MAX_PAGES; pages += 1) {
    const page: { items: StoredCode[]; next: string | null } = await records.listPapers(ALL, REPORT_CODE, {
      premises,
      states: ['open'],
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    })
    for (const one of page.items) found.set(keyOf(one.body), one)
    after = page.next
  }
  return found
}
export const keyOf = ({ device, space }: Pick<ReportCode, 'device' | 'space'>): string =>
  device === null ? `space ${space ?? ''}` : `device ${device}`

/** A new code for a device or space. */
export function newCode(
  premises: Id,
  of: { device: Id | null; space: Id | null },
): { code: string; change: PaperChange } {
  const code = createCode()
  const paper = {
    id: idOf(code),
    premises,
    audience: 'premises' as const,
    state: 'open',
    dueAt: null,
    body: { code, ...of },
  }
  return { code, change: { kind: REPORT_CODE, paper, expectedVersion: 0 } }
}

export type ReportCodes = {
  /** @throws Failure 'not-found' for what is no open code, 'too-many-requests' after too many of these from the address. */
  find(text: string, address: string): Promise<StoredCode>
}
export function createReportCodes({ records, limits, now }: RouteParts): ReportCodes {
  const throttle = createGuessThrottle(limits.reportCodeFailures)
  return {
    async find(text, address) {
      throttle.check(address, now())
      const read = readClaimCode(text)
      const stored = read.ok ? await records.getPaper(ALL, REPORT_CODE, idOf(read.code)) : null
      if (stored?.state === 'open') return stored
      throttle.failed(address, now())
      throw new Failure('not-found', NOTHING_HERE)
    },
  }
}

/** What the public may know of a device or space: where classification keeps something back, it is missing. */
export type PublicSubject = { name: Names | null; type: string | null; spaceName: Names | null }
export function publicSubject(premises: Premises, device: Device | null, space: Space | null): PublicSubject {
  if (device === null)
    return { name: space?.protected === true ? null : (space?.name ?? null), type: null, spaceName: null }
  if (protectedIn({ premises: [premises], devices: [device] }).devices.has(device.id))
    return { name: null, type: null, spaceName: null }
  const hidden = notPublic(device)
  const place = premises.spaces?.find(({ id }) => id === device.space)
  return {
    name: hidden.includes('name') ? null : (device.name ?? null),
    type: hidden.includes('type') ? null : (device.type ?? null),
    spaceName: hidden.includes('place') || place?.protected === true ? null : (place?.name ?? null),
  }
}
