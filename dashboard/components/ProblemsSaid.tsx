// What is wrong in the fields of a form, each called as the form calls it.
import type { ProblemDetail } from '#contract/problem.ts'
import { SaidByServer } from './SaidByServer.tsx'

const MOST = 20
// What the fields of a form are called, by JSON Pointer with * for a place in a list: { '/absences/*': (place) => …, '/absences/*/to': … }. Places count from 1.
export type FieldNames = Readonly<Record<string, string | ((place: number) => string)>>

/** The names along a pointer, from the outside in; null where the form has none. */
function fieldName(fields: FieldNames, pointer: string): string | null {
  const parts = pointer.split('/').slice(1)
  const names = parts.flatMap((part, i) => {
    const way = parts.slice(0, i + 1).map((one) => (/^\d+$/.test(one) ? '*' : one))
    const name = fields[`/${way.join('/')}`]
    return name === undefined ? [] : [typeof name === 'string' ? name : name(Number(part) + 1)]
  })
  return names.length === 0 ? null : names.join(', ')
}

type Props = { problems: readonly ProblemDetail[]; fields?: FieldNames }
export const ProblemsSaid = ({ problems, fields = {} }: Props) => (
  <ul>
    {problems.slice(0, MOST).map(({ pointer, message }) => {
      const name = fieldName(fields, pointer)
      return (
        <li key={`${pointer} ${message}`}>
          {name === null ? <code>{pointer}</code> : <strong>{name}:</strong>} <SaidByServer>{message}</SaidByServer>
        </li>
      )
    })}
  </ul>
)
