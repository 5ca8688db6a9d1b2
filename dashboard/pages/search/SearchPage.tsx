// One search: devices, premises, alarms and their rules, organisations and agreements by words, grouped; arrows move through the results, Enter opens.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { SearchInput } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { agreementsQuery } from '#dashboard/client/queries.ts'
import { RESULTS_SHOWN, searchQuery, type Found } from '#dashboard/client/search-queries.ts'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { AlarmSeverityMark, AlarmStateMarks } from '#dashboard/components/AlarmMarks.tsx'
import { AppLink, useAddress, useGo } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

const MIN_LENGTH = 2
const Results = styled.ul`
  li {
    padding: 8px 0;
    border-top: 1px solid var(--line);
  }
  a {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
    overflow-wrap: anywhere;
  }
`
type Hit = { id: string; to: string; name: React.ReactNode; about: React.ReactNode }
type Group = {
  kind: 'premises' | 'devices' | 'alarms' | 'alarmRules' | 'agreements' | 'organisations'
  hits: Hit[]
  all?: string
}

export const SearchPage = () => {
  const { search: words } = useWords(helpWords)
  const { text } = useText()
  const { get, set } = useAddress()
  const q = (get('q') ?? '').trim()
  const found = useQuery({ ...searchQuery(q), enabled: q.length >= MIN_LENGTH })
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.querySelector('input')?.focus(), [])
  const go = useGo()
  const links = () => [...(box.current?.querySelectorAll<HTMLAnchorElement>('[data-hit]') ?? [])]
  const onKeyDown = (event: KeyboardEvent) => {
    const all = links()
    const at = all.findIndex((link) => link === document.activeElement)
    if (event.key === 'ArrowDown') all[Math.min(at + 1, all.length - 1)]?.focus()
    else if (event.key === 'ArrowUp' && at > 0) all[at - 1]?.focus()
    else if (event.key === 'ArrowUp' && at === 0) box.current?.querySelector('input')?.focus()
    else return
    event.preventDefault()
  }
  return (
    <Page title={words.title} lead={words.hint}>
      <Stack as="search" $gap={3} ref={box} onKeyDown={onKeyDown}>
        <Panel>
          <SearchInput
            labelText={words.label}
            clearButtonLabel={text.common.close}
            searchButtonLabel={text.common.search}
            defaultValue={get('q') ?? ''}
            debounce={200}
            fullWidth
            onChange={(value) => set({ q: String(value) })}
            onSearch={() => {
              const to = links()[0]?.dataset['hit']
              if (to !== undefined) void go(to)
            }}
          />
        </Panel>
        {q.length < MIN_LENGTH ? (
          <p>{words.begin}</p>
        ) : (
          <WhenLoaded query={found}>{(data) => <Shown q={q} found={data} />}</WhenLoaded>
        )}
      </Stack>
    </Page>
  )
}

const Shown = ({ q, found }: { q: string; found: Found }) => {
  const { search: words } = useWords(helpWords)
  const alarm = useWords(alarmWords)
  const { text } = useText()
  const groups = useGroups(q, found).filter(({ hits }) => hits.length > 0)
  const count = groups.reduce((sum, { hits }) => sum + hits.length, 0)
  return (
    <>
      <output>{count === 0 ? words.none(q) : text.common.results(count)}</output>
      {count === 0 ? <Empty title={words.noneStep} /> : null}
      {groups.map(({ kind, hits, all }) => (
        <Panel key={kind} aria-labelledby={`found-${kind}`}>
          <Stack $gap={1}>
            <h2 id={`found-${kind}`}>{words.groups[kind]}</h2>
            <Results>
              {hits.map(({ id, to, name, about }) => (
                <li key={id}>
                  <AppLink to={to} data-hit={to}>
                    {name}
                  </AppLink>
                  <Row $gap={1}>{about}</Row>
                </li>
              ))}
            </Results>
            {all === undefined ? null : (
              <AppLink to={all}>{kind === 'alarms' ? alarm.overview.all : words.allDevices}</AppLink>
            )}
          </Stack>
        </Panel>
      ))}
    </>
  )
}

const useGroups = (q: string, found: Found): Group[] => {
  const { text } = useText()
  const { nameOf: typeName } = useDeviceTypes()
  const session = useSession()
  const nameOf = useOrganisationNames()
  const { nameOf: premisesName, timeZoneOf } = usePremisesNames()
  const agreements = useQuery(agreementsQuery()).data?.items ?? []
  const wanted = q.toLocaleLowerCase()
  const has = (...parts: string[]) => parts.some((part) => part.toLocaleLowerCase().includes(wanted))
  return [
    {
      kind: 'premises',
      hits: found.premises.map(({ id, name, address }) => ({
        id,
        to: `/premises/${id}`,
        name: <Name names={name} id={id} />,
        about: <Small>{address ?? id}</Small>,
      })),
    },
    {
      kind: 'devices',
      hits: found.devices.map(({ id, name, premises, type, presence }) => ({
        id,
        to: `/devices/${id}`,
        name: <Name names={name} id={id} />,
        about: (
          <>
            <StateMark state={presence.state} />
            <Small>
              {[id, type === null ? null : typeName(type), premisesName(premises)]
                .filter((part) => part !== null)
                .join(' · ')}
            </Small>
          </>
        ),
      })),
      ...(found.moreDevices ? { all: `/devices?q=${encodeURIComponent(q)}` } : {}),
    },
    {
      kind: 'alarms',
      hits: found.alarms.map((alarm) => ({
        id: alarm.id,
        to: `/alarms/${alarm.id}`,
        name: <Name names={alarm.ruleName} id={alarm.rule} />,
        about: (
          <>
            <AlarmSeverityMark severity={alarm.severity} />
            <AlarmStateMarks alarm={alarm} timeZone={timeZoneOf(alarm.premises)} />
            <Small>
              <Name names={alarm.deviceName ?? alarm.premisesName} id={alarm.device ?? alarm.premises} />
            </Small>
          </>
        ),
      })),
      all: `/alarms?state=all&q=${encodeURIComponent(q)}`,
    },
    {
      kind: 'alarmRules',
      hits: found.alarmRules.map(({ id, name, premises }) => ({
        id,
        to: `/alarm-rules/${id}`,
        name: <Name names={name} id={id} />,
        about: <Small>{premisesName(premises)}</Small>,
      })),
    },
    {
      kind: 'agreements',
      hits: agreements
        .filter(({ id, premises, parties }) => has(id, premisesName(premises), ...parties.map(nameOf)))
        .slice(0, RESULTS_SHOWN)
        .map(({ id, premises, parties }) => ({
          id,
          to: `/agreements/${id}`,
          name: `${text.agreements.agreement}, ${premisesName(premises)}`,
          about: <Small>{parties.map(nameOf).join(', ')}</Small>,
        })),
    },
    {
      kind: 'organisations',
      hits: found.organisations.map(({ id, name, kind, businessId }) => ({
        id,
        // Administrators have a page of people; others are led to what they share with the organisation.
        to: hasRole(session, 'admin') ? `/people?organisation=${id}` : '/agreements',
        name: <Name names={name} id={id} />,
        about: (
          <Small>
            {[kind === undefined ? null : wordOf(text.organisationKinds, kind), businessId]
              .filter((part) => part != null)
              .join(' · ')}
          </Small>
        ),
      })),
    },
  ]
}
