// A refusal with each problem of its fields, called as the form calls them.
import { isOfShape, RequestError } from '#dashboard/client/problem.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { ProblemsSaid, type FieldNames } from './ProblemsSaid.tsx'
import { Refusal } from './QueryStates.tsx'

export const RefusalWithProblems = ({ error, fields = {} }: { error: unknown; fields?: FieldNames }) => (
  <Stack $gap={1}>
    <Refusal error={error} fields={fields} />
    {error instanceof RequestError && error.problems.length > 0 && !isOfShape(error) ? (
      <ProblemsSaid problems={error.problems} fields={fields} />
    ) : null}
  </Stack>
)
