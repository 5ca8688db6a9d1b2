// Many devices changed at once: what is wanted, every change before it is made, how far it is, and the way back.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { BulkEditRow, BulkEditShown } from '#contract/bulk-edits.ts'
import {
  bulkCountQuery,
  bulkEditQuery,
  checkBulkEdit,
  isWorking,
  stepBulkEdit,
} from '#dashboard/client/find-queries.ts'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { DEVICE_FILTERS, type DeviceFilters } from '#dashboard/components/device-filters.ts'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { useIntervalText } from '#dashboard/components/IntervalField.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { findWords } from '#dashboard/text/find/words.ts'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { EditForm } from './EditForm.tsx'

const ROWS = 50

export const BulkEditPage = () => {
  const { bulk: words } = useWords(findWords)
  const { get, set } = useAddress()
  const chosen = get('devices')?.split(',').filter(Boolean)
  const filter: DeviceFilters = {}
  for (const key of DEVICE_FILTERS) {
    const value = get(key)
    if (value !== null) filter[key] = value
  }
  const count = useQuery({ ...bulkCountQuery(filter), enabled: chosen === undefined })
  const back = `/devices?${new URLSearchParams(filter as Record<string, string>).toString()}`
  const edit = get('edit')
  const check = useMutation({
    mutationFn: checkBulkEdit,
    onSuccess: (made) => set({ edit: made.id }),
  })
  const number = chosen === undefined ? count.data?.devices : chosen.length
  return (
    <Page title={words.title} lead={words.lead} actions={<AppLink to={back}>{words.back}</AppLink>}>
      {edit === null ? (
        <Panel aria-labelledby="wanted">
          <Stack $gap={3}>
            <h2 id="wanted">{number == null ? words.title : words.chosen(number)}</h2>
            <EditForm
              busy={check.isPending}
              premises={filter.premises}
              onCheck={(wanted) =>
                check.mutate({ ...(chosen === undefined ? { filter } : { devices: chosen }), edit: wanted } as never)
              }
            />
            {check.error === null ? null : <Refusal error={check.error} />}
          </Stack>
        </Panel>
      ) : (
        <Shown id={edit} again={() => set({ edit: null })} />
      )}
    </Page>
  )
}

const Shown = ({ id, again }: { id: string; again: () => void }) => {
  const { get, set } = useAddress()
  const only = get('only') ?? ''
  const from = Math.max(0, Number(get('from') ?? 0) || 0)
  const rows = { from, limit: ROWS, ...(only === '' ? {} : { only }) }
  const found = useQuery(bulkEditQuery(id, rows))
  return (
    <WhenLoaded query={found}>
      {(edit) => (
        <>
          <Standing edit={edit} again={again} />
          {isWorking(edit) ? null : <Rows edit={edit} only={only} from={from} onChange={(next) => set(next)} />}
        </>
      )}
    </WhenLoaded>
  )
}

/** How it stands, and the next step. */
const Standing = ({ edit, again }: { edit: BulkEditShown; again: () => void }) => {
  const { bulk: words } = useWords(findWords)
  const client = useQueryClient()
  const announce = useAnnounce()
  const progress = useId()
  const step = useMutation({
    mutationFn: (what: 'apply' | 'undo') => stepBulkEdit(edit, what),
    onSuccess: async (_, what) => {
      announce(what === 'apply' ? words.apply(edit.changing) : words.undo)
      await client.invalidateQueries({ queryKey: ['bulk-edits', edit.id] })
      await client.invalidateQueries({ queryKey: ['devices'] })
    },
  })
  if (isWorking(edit)) {
    const said = edit.storing
      ? words.storing(edit.total)
      : words[edit.state as 'checking' | 'applying' | 'undoing'](edit.done, edit.total)
    return (
      <Panel>
        <Stack>
          <label htmlFor={progress}>{said}</label>
          <progress id={progress} max={Math.max(1, edit.total)} {...(edit.storing ? {} : { value: edit.done })} />
        </Stack>
      </Panel>
    )
  }
  return (
    <Panel>
      <Stack $gap={2}>
        <output>
          <p>
            {edit.state === 'checked' ? words.willChange(edit.changing) : null}
            {edit.state === 'applied' ? words.applied(edit.changing) : null}
            {edit.state === 'undone' ? words.undone : null} {edit.refused > 0 ? words.stays(edit.refused) : null}{' '}
            {edit.kept > 0 ? words.kept(edit.kept) : null}
          </p>
        </output>
        {edit.state === 'failed' ? (
          <InlineAlert status="error" labelText={words.failed}>
            {edit.failure}
          </InlineAlert>
        ) : null}
        <Row $gap={2}>
          {edit.state === 'checked' && edit.changing > 0 ? (
            <Button disabled={step.isPending} onClick={() => step.mutate('apply')}>
              {words.apply(edit.changing)}
            </Button>
          ) : null}
          {edit.state === 'applied' && edit.changing > 0 ? (
            <Button variant="secondary" disabled={step.isPending} onClick={() => step.mutate('undo')}>
              {words.undo}
            </Button>
          ) : null}
          <Button variant="secondaryNoBorder" onClick={again}>
            {words.another}
          </Button>
        </Row>
        {step.error === null ? null : <Refusal error={step.error} />}
      </Stack>
    </Panel>
  )
}

const Rows = ({
  edit,
  only,
  from,
  onChange,
}: {
  edit: BulkEditShown
  only: string
  from: number
  onChange: (next: Record<string, string | null>) => void
}) => {
  const { bulk: words } = useWords(findWords)
  const { text, format } = useText()
  const lifecycle = useWords(lifecycleWords)
  const nameOf = useOrganisationNames()
  const { nameOf: typeName } = useDeviceTypes()
  const intervalText = useIntervalText()
  const why = ({ refusal, kept }: BulkEditRow) => kept ?? refusal
  const { role } = edit.edit
  const nameOfField = (field: string): string =>
    field === 'role' && role !== undefined ? text.roles[role.role] : wordOf(words.fields, field)
  /** Words for what the API names by ids: organisations, states, types; a day stands behind the first two. */
  const shownAs = (field: string, value: string | null): string => {
    if (value === null) return '–'
    if (field === 'type') return typeName(value)
    if (field === 'expectedInterval') return intervalText(value)
    if (field !== 'role' && field !== 'state') return value
    return value
      .split(/,? /)
      .map((part) => {
        if (/^\d{4}-\d{2}-\d{2}$/.test(part)) return format.date(part)
        return field === 'role' ? nameOf(part) : wordOf(lifecycle.states, part)
      })
      .join(' ')
  }
  return (
    <Panel>
      <Stack $gap={2}>
        <Select
          label={words.show}
          value={only}
          options={[
            { value: '', text: words.rows.all },
            { value: 'changed', text: words.rows.changed },
            { value: 'refused', text: words.rows.refused },
            ...(edit.kept > 0 ? [{ value: 'kept', text: words.rows.kept }] : []),
          ]}
          onChange={(value) => onChange({ only: value, from: null })}
        />
        <DataTable
          caption={words.title}
          quietCaption
          rows={edit.rows}
          rowKey={({ device }) => device}
          sortWord={text.common.sorted}
          columns={[
            {
              key: 'device',
              head: words.device,
              heading: true,
              render: ({ device, name }) => (
                <>
                  <AppLink to={`/devices/${device}`}>
                    <Name names={name} id={device} />
                  </AppLink>
                  <br />
                  <Small>{device}</Small>
                </>
              ),
            },
            {
              key: 'change',
              head: words.change,
              render: (row) => {
                const refusal = why(row)
                return (
                  <Stack $gap={0}>
                    {row.changes.map(({ field, before, after }) => (
                      <span key={field}>
                        {nameOfField(field)}: {shownAs(field, before)} → <strong>{shownAs(field, after)}</strong>
                      </span>
                    ))}
                    {refusal === null ? null : (
                      <span>
                        {wordOf(words.reasons, refusal.reason)} <Small>{refusal.message}</Small>
                      </span>
                    )}
                  </Stack>
                )
              },
            },
          ]}
        />
        <Row $gap={2}>
          <Small>
            {edit.rowCount === 0 ? 0 : from + 1}–{Math.min(from + ROWS, edit.rowCount)} / {edit.rowCount}
          </Small>
          {from + ROWS < edit.rowCount ? (
            <Button variant="secondary" onClick={() => onChange({ from: String(from + ROWS) })}>
              {text.common.more}
            </Button>
          ) : null}
        </Row>
      </Stack>
    </Panel>
  )
}
