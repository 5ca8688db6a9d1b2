// Alarms of a filter as a table for a spreadsheet.
import type { AlarmShown } from '#contract/alarms.ts'
import { pickName } from '#domain/writing/names.ts'
import type { Language, Names } from '#domain/registry/bundle.ts'
import { csvText } from '#api/documents/csv.ts'
import type { Identity } from '#api/access/identity.ts'
import type { RouteParts } from '#api/parts.ts'
import { listAlarms, type AlarmFilter } from './list.ts'

const PAGE = 200
/** Rows of one file. */
export const MAX_CSV_ALARMS = 20_000

/** Column names are those of the API, so that a program reads the file of any language. */
export async function alarmCsv(
  parts: Pick<RouteParts, 'records' | 'now'>,
  identity: Identity,
  filter: AlarmFilter,
  language: Language,
): Promise<string> {
  const alarms: AlarmShown[] = []
  let after: string | undefined
  do {
    const page = await listAlarms(parts, identity, filter, { limit: PAGE, ...(after === undefined ? {} : { after }) })
    alarms.push(...page.items)
    after = page.next ?? undefined
  } while (after !== undefined && alarms.length < MAX_CSV_ALARMS)
  const named = (names: Names | null, id: string | null): string =>
    names === null && id === null ? '' : pickName(names, language, id ?? '').text
  return csvText(
    [
      COLUMNS,
      ...alarms
        .slice(0, MAX_CSV_ALARMS)
        .map((one) => [
          one.id,
          one.raisedAt,
          one.clearedAt ?? '',
          one.state,
          one.severity,
          named(one.premisesName, one.premises),
          named(one.deviceName, one.device ?? one.gateway),
          one.device ?? one.gateway ?? '',
          named(one.ruleName, one.rule),
          one.condition,
          named(one.pointName, one.point),
          one.value ?? '',
          one.limit ?? '',
          one.unit ?? '',
          one.assignee === null ? '' : named(one.assignee.organisationName, one.assignee.organisation),
          one.assignee?.person?.name ?? '',
          String(one.affectedCount),
          one.fault ?? '',
        ]),
    ],
    language,
  )
}

const COLUMNS = [
  'id',
  'raisedAt',
  'clearedAt',
  'state',
  'severity',
  'premises',
  'deviceName',
  'device',
  'rule',
  'condition',
  'point',
  'value',
  'limit',
  'unit',
  'assignee',
  'person',
  'affected',
  'fault',
]
