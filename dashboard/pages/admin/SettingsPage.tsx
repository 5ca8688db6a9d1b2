// Which settings are in force, and what does each mean? Read only: they are given when the server starts.
import { useQuery } from '@tanstack/react-query'
import { Checkbox, TextInput } from 'suomifi-ui-components'
import type { SettingList } from '#contract/system.ts'
import { settingsQuery } from '#dashboard/client/system-queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { organisationsWords } from '#dashboard/text/organisations/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'

export const SettingsPage = () => {
  const { settings: words } = useWords(adminWords)
  const { text } = useText()
  const query = useQuery(settingsQuery)
  return (
    <Page title={words.title} lead={words.lead} crumbs={[{ to: '/system', text: text.nav.system }]}>
      <WhenLoaded query={query}>{({ items }) => <Shown items={items} />}</WhenLoaded>
    </Page>
  )
}

/** How the names of limits begin. */
const LIMIT = 'SAMTILA_LIMIT_'

/** What is set comes first; the many defaults are folded, until they are wanted or looked for. */
const Shown = ({ items }: SettingList) => {
  const { settings: words, noMatch } = useWords(adminWords)
  const { settings: groups } = useWords(organisationsWords)
  const { get, set } = useAddress()
  const wanted = (get('q') ?? '').trim().toLowerCase()
  const onlySet = get('set') === 'true'
  const shown = items.filter(
    ({ name, text: meaning, set: isSet }) => (isSet || !onlySet) && `${name} ${meaning}`.toLowerCase().includes(wanted),
  )
  const own = items.filter(({ set: isSet }) => isSet)
  const standard = items.filter(({ set: isSet }) => !isSet)
  const limits = standard.filter(({ name }) => name.startsWith(LIMIT))
  const rest = standard.filter(({ name }) => !name.startsWith(LIMIT))
  return (
    <Panel>
      <Stack $gap={3}>
        <Row as="search" $end>
          <TextInput
            labelText={words.find}
            debounce={200}
            defaultValue={get('q') ?? ''}
            onChange={(q) => set({ q: String(q ?? '') })}
          />
          <Checkbox checked={onlySet} onClick={({ checkboxState }) => set({ set: checkboxState ? 'true' : '' })}>
            {words.changed}
          </Checkbox>
        </Row>
        {shown.length === 0 ? (
          <Empty title={noMatch} />
        ) : wanted !== '' || onlySet ? (
          <Table items={shown} caption={words.title} />
        ) : (
          <Stack>
            <h2>{groups.set}</h2>
            {own.length === 0 ? <p>{groups.noneSet}</p> : <Table items={own} caption={groups.set} />}
            <Fold summary={groups.main(rest.length)}>
              <Table items={rest} caption={groups.main(rest.length)} />
            </Fold>
            <Fold summary={groups.limits(limits.length)}>
              <Table items={limits} caption={groups.limits(limits.length)} />
            </Fold>
          </Stack>
        )}
      </Stack>
    </Panel>
  )
}

/** What stands between backticks is typed as it is. */
const withCode = (meaning: string) =>
  meaning.split('`').map((part, i) => (i % 2 === 0 ? part : <code key={part}>{part}</code>))

const Table = ({ items, caption }: SettingList & { caption: string }) => {
  const { settings: words } = useWords(adminWords)
  const { text } = useText()
  return (
    <DataTable
      caption={caption}
      quietCaption
      rows={items}
      rowKey={({ name }) => name}
      sortWord={text.common.sorted}
      columns={[
        { key: 'name', head: words.name, heading: true, render: ({ name }) => <code>{name}</code> },
        {
          key: 'value',
          head: words.value,
          render: ({ value, set: isSet }) => (
            <Stack $gap={0.5}>
              {value === null ? words.secret : value === '' ? words.none : <code>{value}</code>}
              {value === '' ? null : <Small>{isSet ? words.own : words.standard}</Small>}
            </Stack>
          ),
        },
        {
          key: 'meaning',
          head: words.meaning,
          prose: true,
          render: ({ text: meaning }) => <span lang="en">{withCode(meaning)}</span>,
        },
      ]}
    />
  )
}
