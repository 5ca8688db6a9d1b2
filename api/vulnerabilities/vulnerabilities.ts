// Known vulnerabilities: lists in CSAF 2.0, CVE JSON 5 or CSV are read and kept as papers; devices are held against them.
import { createHash } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import type { RowProblem } from '#domain/imports/import.ts'
import { matchOf, type MatchState } from '#domain/vulnerabilities/match.ts'
import { listOf } from '#domain/vulnerabilities/json-reader.ts'
import { isCsaf, readCsaf } from '#domain/vulnerabilities/read-csaf.ts'
import { isCve, readCve } from '#domain/vulnerabilities/read-cve.ts'
import { readVulnerabilityTable } from '#domain/vulnerabilities/read-table.ts'
import {
  VULNERABILITY,
  type ListForm,
  type Vulnerability,
  type VulnerabilityBody,
} from '#domain/vulnerabilities/vulnerability.ts'
import type { PaperChange, StoredPaper } from '#domain/ports/papers.ts'
import type { Scope } from '#domain/ports/records.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { readCsv } from '#api/imports/read-csv.ts'
import { readText } from '#api/imports/read-text.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso } from '#api/routes/answers.ts'

export type StoredVulnerability = StoredPaper<VulnerabilityBody>
type ReadList = { form: ListForm; vulnerabilities: Vulnerability[]; withdrawn: string[]; problems: RowProblem[] }

export function createVulnerabilities({ records, limits, now }: Pick<RouteParts, 'records' | 'limits' | 'now'>) {
  const page = 200
  /** All that the scope sees and that are not withdrawn. */
  const open = async (scope: Scope): Promise<StoredVulnerability[]> => {
    const found: StoredVulnerability[] = []
    for (let after: string | undefined; found.length < limits.vulnerabilitiesKept;) {
      const { items, next } = await records.listPapers(scope, VULNERABILITY, {
        states: ['open'],
        limit: page,
        ...(after === undefined ? {} : { after }),
      })
      found.push(...items)
      if (next === null) break
      after = next
    }
    return found
  }
  /** An organisation's list is its own; the operator's is for everyone. */
  const idOf = ({ organisation }: Identity, code: string): Id =>
    `vulnerability-${createHash('sha256')
      .update(`${organisation ?? ''}/${code}`)
      .digest('hex')
      .slice(0, 32)}`

  return {
    open,
    read: (bytes: Uint8Array): ReadList => readList(bytes, limits),

    /** Those of a device, with how sure it is. */
    of: (device: Device, all: readonly StoredVulnerability[]): { stored: StoredVulnerability; match: MatchState }[] =>
      all.flatMap((stored) => {
        const match = matchOf(device, stored.body)
        return match === null ? [] : [{ stored, match }]
      }),

    /** Keeps a list (with `apply`); a code that is known is replaced. */
    async take(
      identity: Identity,
      name: string,
      { form, vulnerabilities, withdrawn }: ReadList,
      apply: boolean,
    ): Promise<{ created: number; changed: number; unchanged: number; withdrawn: number }> {
      const scope = { organisation: identity.organisation }
      const source = { file: name, form, at: iso(now()), by: identity.name }
      const counts = { created: 0, changed: 0, unchanged: 0, withdrawn: 0 }
      const papers: PaperChange[] = []
      const audience = identity.organisation === null ? ('everyone' as const) : [identity.organisation]
      for (const one of vulnerabilities) {
        const id = idOf(identity, one.code)
        const stored = await records.getPaper(scope, VULNERABILITY, id)
        const { source: _source, ...before } = stored?.body ?? { source }
        if (stored !== null && stored.state === 'open' && JSON.stringify(before) === JSON.stringify(one)) {
          counts.unchanged += 1
          continue
        }
        counts[stored === null ? 'created' : 'changed'] += 1
        const paper = { id, premises: null, audience, state: 'open', dueAt: null, body: { ...one, source } }
        papers.push({ kind: VULNERABILITY, paper, expectedVersion: stored?.version ?? 0 })
      }
      for (const code of withdrawn) {
        const stored = await records.getPaper(scope, VULNERABILITY, idOf(identity, code))
        if (stored?.state !== 'open') continue
        counts.withdrawn += 1
        papers.push(withdrawal(stored))
      }
      if (counts.created > 0 && (await open(scope)).length + counts.created > limits.vulnerabilitiesKept)
        throw new Failure(
          'too-large',
          `${limits.vulnerabilitiesKept} vulnerabilities are kept at most. Withdraw old ones.`,
        )
      if (apply && papers.length > 0) await records.changePapers({ papers }, actorOf(identity), 'vulnerability.import')
      return counts
    },

    async withdraw(identity: Identity, stored: StoredVulnerability): Promise<void> {
      await records.changePapers({ papers: [withdrawal(stored)] }, actorOf(identity), 'vulnerability.withdraw')
    },
  }
}

const withdrawal = ({ id, audience, body, version }: StoredVulnerability): PaperChange => ({
  kind: VULNERABILITY,
  paper: { id, premises: null, audience, state: 'withdrawn', dueAt: null, body },
  expectedVersion: version,
})

/** @throws Failure 'unsupported-type' for what is no text, 'bad-request' for JSON of another form. */
function readList(bytes: Uint8Array, limits: RouteParts['limits']): ReadList {
  const { text } = readText(bytes)
  if (!/^\s*[[{]/.test(text)) {
    const table = readCsv(text, {
      rows: limits.vulnerabilitiesKept,
      columns: limits.importColumns,
      unpackedBytes: limits.importUnpackedBytes,
    })
    return { form: 'csv', withdrawn: [], ...readVulnerabilityTable(table) }
  }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new Failure('bad-request', 'The file begins like JSON but is none. Send it as it was downloaded.')
  }
  const documents = Array.isArray(value) ? listOf(value) : [value]
  const first = documents[0]
  const form = isCsaf(first) ? 'csaf' : isCve(first) ? 'cve' : null
  if (form === null)
    throw new Failure(
      'bad-request',
      'It is neither a CSAF 2.0 advisory nor a CVE record (JSON 5). Or send a table as CSV.',
    )
  const list: ReadList = { form, vulnerabilities: [], withdrawn: [], problems: [] }
  for (const [i, document] of documents.slice(0, limits.vulnerabilitiesKept).entries()) {
    const read = form === 'csaf' ? readCsaf(document) : readCve(document)
    if (read.ok) {
      list.vulnerabilities.push(...read.vulnerabilities)
      list.withdrawn.push(...read.withdrawn)
    } else
      list.problems.push({
        row: i + 1,
        field: read.pointer,
        code: 'unreadable',
        message: read.message,
        severity: 'error',
      })
  }
  return list
}
