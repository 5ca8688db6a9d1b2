// One row through the eyes of its fields: mended text before the file's, defaults after it, each value checked where it stands.
import type { Device, Id, LocalDate, Organisation, Premises } from '#domain/registry/bundle.ts'
import { isId } from '#domain/registry/check-values.ts'
import { isTimeZone } from '#domain/quantity/period.ts'
import { dateOfCell, decimalOfCell, idOfText, isFormula, plainWord } from './cells.ts'
import type { Field } from './fields.ts'
import type { ImportKnown, ImportTable, ImportWork, RowProblem } from './import.ts'

export type Tell = (row: number, field: string | null, code: string, message: string, severity?: 'warning') => void

/** Finds what a text names: by id, name in any language, business id or serial number. */
export type Finder = {
  organisation(text: string): Organisation | undefined
  premises(text: string): Premises | undefined
  device(text: string): Device | undefined
}
export function createFinder({ organisations, premises, devices }: ImportKnown): Finder {
  const names = <T extends { id: Id; name?: object }>(
    values: Iterable<T>,
    more: (value: T) => (string | undefined)[],
  ) => {
    const found = new Map<string, T | null>()
    for (const value of values)
      for (const text of [...Object.values(value.name ?? {}), ...more(value)]) {
        const word = typeof text === 'string' ? plainWord(text) : ''
        if (word === '') continue
        const before = found.get(word)
        found.set(word, before === undefined || before === value ? value : null)
      }
    return found
  }
  let organisationNames: Map<string, Organisation | null> | null = null
  let premisesNames: Map<string, Premises | null> | null = null
  let deviceNames: Map<string, Device | null> | null = null
  return {
    organisation: (text) =>
      organisations.get(text) ??
      (organisationNames ??= names(organisations.values(), (one) => [one.businessId])).get(plainWord(text)) ??
      undefined,
    premises: (text) =>
      premises.get(text) ?? (premisesNames ??= names(premises.values(), () => [])).get(plainWord(text)) ?? undefined,
    device: (text) =>
      devices.get(text) ??
      (deviceNames ??= names(devices.values(), (one) => [one.serial, one.id])).get(plainWord(text)) ??
      undefined,
  }
}

export type RowReader = {
  row: number
  /** What stands there, '' when nothing does. */
  raw(key: string): string
  /** Each gives null when there is nothing (told when the field is required) or nothing usable (told always). */
  text(key: string): string | null
  id(key: string): string | null
  decimal(key: string): string | null
  date(key: string): LocalDate | null
  choice(key: string): string | null
  zone(key: string): string | null
  organisation(key: string): Id | null
  premises(): Premises | null
  device(key: string): Device | null
  tell(field: string | null, code: string, message: string, severity?: 'warning'): void
  /** Whether this row has an error by now. */
  failed(): boolean
}

/** Longest text that a cell gives. */
const CELL_LENGTH = 500

/** The rows to be taken, in order. Rows that are empty, left out or mapped to `-` are not among them. */
export function* readRows(
  table: ImportTable,
  work: ImportWork,
  fields: readonly Field[],
  find: Finder,
  tell: Tell,
): Generator<RowReader> {
  const leftOut = new Set(work.leftOut)
  const premisesTold = new Set<string>()
  const byKey = new Map(fields.map((field) => [field.key, field]))
  for (const [index, cells] of table.rows.entries()) {
    const row = index + 1
    if (leftOut.has(row)) continue
    const mends = work.mends[row]
    if (mends === undefined && cells.every((cell) => cell.trim() === '')) continue
    const raw = (key: string): string => {
      const column = work.columns[key]
      const own = mends?.[key] ?? (column === undefined ? '' : (cells[column] ?? ''))
      const text = own.trim() === '' ? (work.defaults[key] ?? byKey.get(key)?.default ?? '') : own.trim()
      return work.values[key]?.[text] ?? text
    }
    if (fields.some(({ key }) => raw(key) === '-')) continue
    yield createReader(row, raw, byKey, find, tell, premisesTold)
  }
}

function createReader(
  row: number,
  raw: (key: string) => string,
  fields: ReadonlyMap<string, Field>,
  find: Finder,
  tell: Tell,
  premisesTold: Set<string>,
): RowReader {
  let failed = false
  const refuse = (field: string | null, code: string, message: string): null => {
    failed = true
    tell(row, field, code, message)
    return null
  }
  const needed = (key: string): string | null => {
    const text = raw(key)
    if (text !== '') return text
    return fields.get(key)?.required === true
      ? refuse(
          key,
          'missing',
          'Nothing stands here. Write it, choose its column, or give one value for the whole file.',
        )
      : null
  }
  const found = <T>(key: string, look: (text: string) => T | undefined, what: string): T | null => {
    const text = needed(key)
    if (text === null) return null
    return (
      look(text) ??
      refuse(key, 'unknown-id', `No ${what} is known as “${text.slice(0, 80)}”. Choose which one is meant.`)
    )
  }
  return {
    row,
    raw,
    text(key) {
      const text = needed(key)
      if (text === null) return null
      if (text.length > CELL_LENGTH)
        return refuse(key, 'invalid-text', `The text is longer than ${CELL_LENGTH} characters.`)
      if (isFormula(text))
        return refuse(key, 'formula', 'It begins like a formula of a spreadsheet. Write it as plain text.')
      if (/[\p{Cc}]/u.test(text.replaceAll(/[\r\n\t]/g, ' ')))
        return refuse(key, 'invalid-text', 'There is a control character in it. Type it again.')
      return text.replaceAll(/\s+/g, ' ')
    },
    id(key) {
      const text = needed(key)
      if (text === null) return null
      const id = idOfText(text)
      return isId(id)
        ? id
        : refuse(key, 'invalid-id', `“${text.slice(0, 80)}” makes no id. Use letters a–z, digits and hyphens.`)
    },
    decimal(key) {
      const text = needed(key)
      if (text === null) return null
      return (
        decimalOfCell(text) ??
        refuse(key, 'invalid-number', `“${text.slice(0, 80)}” is no plain number. Write it as 1234,50 or 1234.50.`)
      )
    },
    date(key) {
      const text = needed(key)
      if (text === null) return null
      return (
        dateOfCell(text) ??
        refuse(key, 'invalid-date', `“${text.slice(0, 80)}” is no day. Write it as 2026-03-01 or 1.3.2026.`)
      )
    },
    choice(key) {
      const text = needed(key)
      if (text === null) return null
      const { choices = [], meaning = {} } = fields.get(key) ?? {}
      const wordsOf = (choice: string): readonly string[] => [choice, ...(meaning[choice] ?? [])]
      return (
        choices.find((choice) => wordsOf(choice).some((word) => plainWord(word) === plainWord(text))) ??
        refuse(key, 'invalid-choice', `“${text.slice(0, 80)}” is none of ${choices.join(', ')}.`)
      )
    },
    zone(key) {
      const text = needed(key)
      if (text === null) return null
      return isTimeZone(text)
        ? text
        : refuse(key, 'unknown-time-zone', `“${text.slice(0, 80)}” is no time zone. Write it as Europe/Helsinki.`)
    },
    organisation: (key) => found(key, find.organisation, 'organisation')?.id ?? null,
    premises() {
      const text = raw('premises')
      // All rows of a file are of few premises: those that are not there are told once, where they stand first.
      if (premisesTold.has(text)) {
        failed = true
        return null
      }
      const premises = found('premises', find.premises, 'premises')
      if (premises === null) premisesTold.add(text)
      return premises
    },
    device: (key) => found(key, find.device, 'device'),
    tell(field, code, message, severity) {
      if (severity === undefined) failed = true
      tell(row, field, code, message, severity)
    },
    failed: () => failed,
  }
}

/** Keeps the first problems, and whether there were more. */
export function createTelling(limit: number): { tell: Tell; problems: RowProblem[]; more(): boolean } {
  const problems: RowProblem[] = []
  let more = false
  return {
    problems,
    more: () => more,
    tell(row, field, code, message, severity) {
      if (problems.length < limit) problems.push({ row, field, code, message, severity: severity ?? 'error' })
      else more = true
    },
  }
}
