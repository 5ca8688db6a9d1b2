// Evaluates an import: its table read against the facts, checked as a whole, with rights and closed months; the last few are kept.
import { setImmediate } from 'node:timers/promises'
import { isOperator, type Identity } from '#api/access/identity.ts'
import type { RouteParts } from '#api/parts.ts'
import { MAX_CONNECTORS } from '#api/routes/connectors.ts'
import { Bundle } from '#contract/bundle.ts'
import { problemsOfShape } from '#api/schema-compilers.ts'
import { Failure } from '#domain/failure.ts'
import { asRowProblems, evaluateTable } from '#domain/imports/evaluate.ts'
import type {
  Evaluation,
  ImportKind,
  ImportKnown,
  ImportTable,
  ImportWork,
  RowProblem,
} from '#domain/imports/import.ts'
import type { Records } from '#domain/ports/records.ts'
import { problemsOfBundle } from '#domain/registry/import-bundle.ts'
import { closedMonthsOf } from './closed-months.ts'
import { loadImportKnown } from './known.ts'
import { mustChangeAll } from './rights.ts'

export type Step = (step: 'reading' | 'checking' | 'rights', done: number, of: number) => void
const pause = (): Promise<unknown> => setImmediate()

/** Everything that is wrong or worth telling, by row. Stores nothing. */
export async function evaluate(
  kind: ImportKind,
  table: ImportTable,
  work: ImportWork,
  {
    identity,
    records,
    now,
    checkConnector,
    step = () => {},
  }: {
    identity: Identity
    records: Records
    now: number
    checkConnector: RouteParts['broker']['checkConnector']
    step?: Step
  },
): Promise<Evaluation> {
  const known = await loadImportKnown(kind, table, work, {
    records,
    scope: { organisation: identity.organisation },
    now,
  })
  const reading = evaluateTable(kind, table, work, known)
  let evaluation: Evaluation
  for (;;) {
    const next = reading.next()
    if (next.done === true) {
      evaluation = next.value
      break
    }
    step('reading', next.value, table.rows.length)
    await pause()
  }
  const { bundle, origin, problems } = evaluation
  step('checking', 0, table.rows.length)
  // Facts of a model come as they are: what has not even the shape of a fact is not looked at further.
  const misshapen = kind === 'model' ? problemsOfShape(Bundle, bundle) : []
  if (misshapen.length > 0) {
    problems.push(...asRowProblems(misshapen, origin))
    return evaluation
  }
  problems.push(...asRowProblems(await problemsOfBundle(bundle, records, pause), origin))
  step('rights', 0, table.rows.length)
  problems.push(...(await problemsOfRights(identity, evaluation, records)))
  problems.push(...(await problemsOfConnectors(identity, evaluation, known, { records, checkConnector })))
  for (const { premises, period, pointer } of await closedMonthsOf(bundle, records))
    problems.push({
      ...asRowProblems(
        [
          {
            pointer,
            code: 'closed-month',
            message: `${period} of ${premises} is closed: what this changes of it becomes an adjustment of a later month.`,
          },
        ],
        origin,
      )[0]!,
      severity: 'warning',
    })
  problems.sort((a, b) => a.row - b.row)
  return evaluation
}

async function problemsOfRights(
  identity: Identity,
  { bundle, origin }: Evaluation,
  records: Records,
): Promise<RowProblem[]> {
  try {
    await mustChangeAll(identity, bundle, records)
    return []
  } catch (error) {
    if (!(error instanceof Failure) || (error.code !== 'not-allowed' && error.code !== 'not-found')) throw error
    const found =
      error.problems.length > 0 ? error.problems : [{ pointer: '', code: error.code, message: error.message }]
    return asRowProblems(found, origin)
  }
}

/** Whether the connectors of gateways can work, and may be made: as where one is made by hand. */
async function problemsOfConnectors(
  identity: Identity,
  { connectors }: Evaluation,
  { premises }: ImportKnown,
  { records, checkConnector }: { records: Records; checkConnector: RouteParts['broker']['checkConnector'] },
): Promise<RowProblem[]> {
  if (connectors.length === 0) return []
  const there = new Set((await records.listConnectors({ organisation: null })).map(({ id }) => id))
  const left = MAX_CONNECTORS - there.size
  return connectors.flatMap(({ row, connector }, index): RowProblem[] => {
    const tell = (field: string, code: string, message: string): RowProblem => ({
      row,
      field,
      code,
      message,
      severity: 'error',
    })
    if (index >= left) return [tell('codec', 'out-of-range', `There can be ${MAX_CONNECTORS} connectors.`)]
    if (there.has(connector.id))
      return [tell('id', 'duplicate-id', `A connector ${connector.id} is there already. Give the gateway another id.`)]
    if (!isOperator(identity) && premises.get(connector.premises)?.landlord !== identity.organisation)
      return [tell('codec', 'not-allowed', 'Connectors are made by the landlord of the premises or by the operator.')]
    return checkConnector(connector).map(({ pointer, code, message }) => tell(pointer.slice(1), code, `It ${message}.`))
  })
}
export const errorsOf = (problems: readonly RowProblem[]): number =>
  problems.filter(({ severity }) => severity === 'error').length

/** A few values kept by key, the least recently used going first. */
export function createKept<T>(limit: number): { get(key: string): T | undefined; set(key: string, value: T): void } {
  const kept = new Map<string, T>()
  return {
    get(key) {
      const value = kept.get(key)
      if (value !== undefined) {
        kept.delete(key)
        kept.set(key, value)
      }
      return value
    },
    set(key, value) {
      kept.delete(key)
      kept.set(key, value)
      for (const oldest of kept.keys()) {
        if (kept.size <= limit) break
        kept.delete(oldest)
      }
    },
  }
}
