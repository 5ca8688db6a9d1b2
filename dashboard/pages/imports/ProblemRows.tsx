// The rows with something to check: each says what is wrong, takes a better text in place, or is left out.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { styled } from 'styled-components'
import { Button, TextInput } from 'suomifi-ui-components'
import type { ImportRowsAnswer, ImportShown, RowProblemShown } from '#contract/imports.ts'
import { importRowsQuery } from '#dashboard/client/imports.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { importWords } from '#dashboard/text/imports/words.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import type { Decide } from './ImportPage.tsx'

const PAGE = 50
const Mark = styled.strong`
  &[data-severity='error'] {
    color: var(--bad);
  }
`
/** Problems whose words say it all: the exact sentence of the check would only say it again. */
const PLAIN: ReadonlySet<string> = new Set([
  'missing',
  'unknown-id',
  'invalid-number',
  'invalid-date',
  'invalid-month',
  'invalid-instant',
  'invalid-id',
  'formula',
  'not-whole-cents',
  'ambiguous-amount',
  'other-cost-type',
  'ambiguous-hour',
  'no-such-hour',
  'not-ascending',
  'nothing',
])
type Line = { key: string; row: ImportRowsAnswer['rows'][number]; problem: RowProblemShown }

export const ProblemRows = ({ shown, onDecide, busy }: { shown: ImportShown; onDecide: Decide; busy: boolean }) => {
  const { text } = useText()
  const words = useWords(importWords)
  const [limit, setLimit] = useState(PAGE)
  const { work } = shown
  const found = useQuery(importRowsQuery(shown.id, shown.version, 'problems', limit))
  const whole = shown.problems.filter(({ row }) => row === 0)
  const setMend = (row: number, field: string, value: string) =>
    onDecide({ ...work, mends: { ...work.mends, [row]: { ...work.mends[row], [field]: value } } })
  const leaveOut = (rows: readonly number[]) => onDecide({ ...work, leftOut: [...new Set([...work.leftOut, ...rows])] })
  return (
    <Panel>
      <Stack>
        <h2>{words.problemsTitle(shown.errors, shown.warnings)}</h2>
        {shown.errors + shown.warnings === 0 ? <p>{words.noProblems}</p> : null}
        {whole.map((problem) => (
          <p key={problem.code + problem.message}>
            <Said problem={problem} />
          </p>
        ))}
        <Row>
          {shown.errorRows.length === 0 ? null : (
            <Button variant="secondary" disabled={busy} onClick={() => leaveOut(shown.errorRows)}>
              {words.leaveOutAll(shown.errorRows.length)}
            </Button>
          )}
          {work.leftOut.length === 0 ? null : (
            <Button variant="secondaryNoBorder" disabled={busy} onClick={() => onDecide({ ...work, leftOut: [] })}>
              {words.takeBack}
            </Button>
          )}
        </Row>
        <WhenLoaded query={found}>
          {({ rows, of }) => {
            const lines = rows.flatMap((row) =>
              row.problems.map((problem, i): Line => ({ key: `${row.row} ${i} ${problem.field}`, row, problem })),
            )
            return lines.length === 0 ? null : (
              <Stack>
                <DataTable
                  caption={words.problemsTitle(shown.errors, shown.warnings)}
                  quietCaption
                  rows={lines}
                  rowKey={({ key }) => key}
                  sortWord={text.common.sorted}
                  columns={[
                    { key: 'line', head: words.line, heading: true, render: ({ row }) => row.line },
                    {
                      key: 'column',
                      head: words.column,
                      render: ({ problem }) =>
                        problem.column ?? (problem.field === null ? '' : wordOf(words.fields, problem.field)),
                    },
                    {
                      key: 'problem',
                      prose: true,
                      head: words.problem,
                      render: ({ row, problem }) => (
                        <Stack $gap={1}>
                          <Said problem={problem} />
                          {problem.field === 'premises' && FIRST_STEP.has(problem.code) ? (
                            <FirstStep
                              id={shown.id}
                              name={row.mends['premises'] ?? row.cells[work.columns['premises'] ?? -1] ?? ''}
                            />
                          ) : null}
                        </Stack>
                      ),
                    },
                    {
                      key: 'mend',
                      head: words.mend,
                      render: ({ row, problem }) =>
                        problem.field === null ? null : (
                          <Mend
                            key={`${shown.version}`}
                            label={words.mendField(wordOf(words.fields, problem.field), row.line)}
                            value={row.mends[problem.field] ?? row.cells[work.columns[problem.field] ?? -1] ?? ''}
                            onMend={(value) => setMend(row.row, problem.field!, value)}
                          />
                        ),
                    },
                    {
                      key: 'out',
                      act: true,
                      head: words.leaveOut,
                      render: ({ row }) => (
                        <Button
                          variant="secondaryNoBorder"
                          disabled={busy}
                          aria-label={words.leaveOutRow(row.line)}
                          onClick={() => leaveOut([row.row])}
                        >
                          {words.leaveOut}
                        </Button>
                      ),
                    },
                  ]}
                />
                {of > rows.length ? (
                  <div>
                    <Button variant="secondary" onClick={() => setLimit(Math.min(500, limit + PAGE))}>
                      {words.more}
                    </Button>
                  </div>
                ) : null}
              </Stack>
            )
          }}
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}

/** Premises that are not there are made first; the file waits. */
const FIRST_STEP: ReadonlySet<string> = new Set(['unknown-id', 'missing'])
const FirstStep = ({ id, name }: { id: string; name: string }) => {
  const { premises: words } = useWords(registryWords)
  const session = useSession()
  return (
    <Stack $gap={0.5}>
      <Small>{words.first}</Small>
      {hasRole(session, 'manager') ? (
        <AppLink to={`/premises/new?${new URLSearchParams({ back: `/imports/${id}`, name }).toString()}`}>
          {words.firstLink}
        </AppLink>
      ) : null}
    </Stack>
  )
}

/** The words of the code in the page's language, with the exact English sentence of the check behind it where there are none. */
const Said = ({ problem }: { problem: RowProblemShown }) => {
  const words = useWords(importWords)
  const { language } = useText()
  const sentence = Object.hasOwn(words.codes, problem.code)
    ? words.codes[problem.code as keyof typeof words.codes]
    : null
  if (sentence === null || language === 'en')
    return (
      <Mark as="span" data-severity={problem.severity} lang="en">
        {problem.message}
      </Mark>
    )
  return (
    <Stack $gap={0.5}>
      <Mark as="span" data-severity={problem.severity}>
        {sentence}
      </Mark>
      {PLAIN.has(problem.code) ? null : (
        <Small>
          <SaidByServer>{problem.message}</SaidByServer>
        </Small>
      )}
    </Stack>
  )
}

/** Saved with Enter or by leaving the field. */
const Mend = ({ label, value, onMend }: { label: string; value: string; onMend: (value: string) => void }) => {
  const [typed, setTyped] = useState(value)
  const done = () => {
    if (typed !== value) onMend(typed)
  }
  return (
    <TextInput
      labelText={label}
      labelMode="hidden"
      value={typed}
      onChange={(next) => setTyped(String(next ?? ''))}
      onBlur={done}
      onKeyDown={({ key }) => {
        if (key === 'Enter') done()
      }}
    />
  )
}
