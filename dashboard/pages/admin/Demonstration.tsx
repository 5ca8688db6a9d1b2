// The demonstration: what belongs to it, and taking it out when the service is used in earnest.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Button, Checkbox, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { DemonstrationRemoved, DemonstrationState } from '#contract/demonstration.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { demonstrationQuery } from '#dashboard/client/system-queries.ts'
import { Name } from '#dashboard/components/Name.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Facts, Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'

/** Nothing where there is no demonstration, and was none. */
export const Demonstration = () => {
  const { demonstration: words } = useWords(adminWords)
  const state = useQuery(demonstrationQuery).data
  if (state === undefined || (state.premises.length === 0 && state.removedAt === null)) return null
  return (
    <Panel aria-labelledby="demonstration">
      <Stack>
        <h2 id="demonstration" tabIndex={-1}>
          {words.title}
        </h2>
        {state.premises.length === 0 ? <InlineAlert>{words.removed}</InlineAlert> : <Removal state={state} />}
      </Stack>
    </Panel>
  )
}

const Removal = ({ state }: { state: DemonstrationState }) => {
  const { demonstration: words } = useWords(adminWords)
  const { text, language, format } = useText()
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [kept, setKept] = useState<readonly string[]>([])
  const { premises, counts, organisations, people, months, hindered } = state
  const first = premises[0]?.name
  const shownName = first?.[language] ?? first?.fi ?? first?.sv ?? first?.en ?? ''
  const remove = useMutation({
    mutationFn: () =>
      sendJson<DemonstrationRemoved>('POST', apiPath('/demonstration/removal'), { name, keep: [...kept] }),
    // Nothing that was asked before is true any more.
    onSuccess: () => {
      // The button goes with what it removed.
      document.querySelector<HTMLElement>('#demonstration')?.focus()
      return client.invalidateQueries()
    },
  })
  const whole = (n: number) => format.number(n, 0)
  const leaving = people.filter(({ organisations: of }) => of.every((id) => !kept.includes(id)))
  const facts: [string, ReactNode][] = [
    [words.premises, premises.map(({ id, name: names }) => <Name key={id} names={names} id={id} />)],
    [words.devices, whole(counts.devices)],
    [words.agreements, whole(counts.agreements)],
    [words.costs, whole(counts.costs)],
    [words.prices, whole(counts.prices)],
    [words.papers, whole(counts.papers)],
    [words.people, leaving.map((one) => one.name).join(', ') || text.common.none],
  ]
  return (
    <>
      <p>{words.about}</p>
      {hindered.length > 0 ? (
        <InlineAlert status="warning" labelText={words.hinders}>
          <ul>
            {hindered.map(({ why, id }) => (
              <li key={`${why} ${id}`}>
                {id}: {words.why[why]}
              </li>
            ))}
          </ul>
        </InlineAlert>
      ) : (
        <>
          <h3>{words.belongs}</h3>
          <Facts facts={facts} />
          <p>{words.months(months)}</p>
          {organisations.length === 0 ? null : (
            <FieldSet legend={words.organisations}>
              {organisations.map(({ id, name: names }) => (
                <Checkbox
                  key={id}
                  checked={!kept.includes(id)}
                  onClick={({ checkboxState }) =>
                    setKept(checkboxState ? kept.filter((one) => one !== id) : [...kept, id])
                  }
                >
                  <Name names={names} id={id} />
                </Checkbox>
              ))}
            </FieldSet>
          )}
          {remove.error === null ? null : <Refusal error={remove.error} />}
          <TextInput
            labelText={words.confirm(shownName)}
            fullWidth
            value={name}
            onChange={(value) => setName(String(value ?? ''))}
          />
          <Stack $gap={1}>
            <div>
              <Button
                variant="secondary"
                disabled={remove.isPending || name.trim() !== shownName}
                onClick={() => remove.mutate()}
              >
                {words.remove}
              </Button>
            </div>
            <Small>{words.next}</Small>
          </Stack>
        </>
      )}
    </>
  )
}
