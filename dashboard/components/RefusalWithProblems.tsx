// A refusal with each problem of its fields, called as the form calls them.
import { RequestError } from '#dashboard/client/problem.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { Refusal } from './QueryStates.tsx'
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

export const RefusalWithProblems = ({ error, fields = {} }: { error: unknown; fields?: FieldNames }) => (
  <Stack $gap={1}>
    <Refusal error={error} />
    {error instanceof RequestError && error.problems.length > 0 ? (
      <ul>
        {error.problems.slice(0, MOST).map(({ pointer, message }) => {
          const name = fieldName(fields, pointer)
          return (
            <li key={`${pointer} ${message}`}>
              {name === null ? <code>{pointer}</code> : <strong>{name}:</strong>} <SaidByServer>{message}</SaidByServer>
            </li>
          )
        })}
      </ul>
    ) : null}
  </Stack>
)
