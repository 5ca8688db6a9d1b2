// One search over everything that has words, grouped by kind, the best first; arrows move through the results, Enter opens.
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import { SearchInput } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { SearchAnswer, SearchHit } from '#contract/search.ts'
import { searchQuery } from '#dashboard/client/find-queries.ts'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { AppLink, useAddress, useGo } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { findWords } from '#dashboard/text/find/words.ts'
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
export const SearchPage = () => {
  const { search: words } = useWords(helpWords)
  const { text } = useText()
  const { get, set } = useAddress()
  const q = (get('q') ?? '').trim()
  const found = useQuery({ ...searchQuery(q), enabled: q.length >= MIN_LENGTH })
  const box = useRef<HTMLDivElement>(null)
  const field = () => box.current?.querySelector('input')
  useEffect(() => box.current?.querySelector('input')?.focus(), [])
  const go = useGo()
  const links = () => [...(box.current?.querySelectorAll<HTMLAnchorElement>('[data-hit]') ?? [])]
  // What was asked of the first result before the answer to the written words had come.
  const wish = useRef<'focus' | 'open' | null>(null)
  const doWish = () => {
    const first = links()[0]
    const isAnswered = found.data !== undefined && !found.isPlaceholderData && field()?.value.trim() === q
    if (wish.current === null || first === undefined || !isAnswered) return
    if (wish.current === 'focus') first.focus()
    else void go(first.dataset['hit'] ?? '')
    wish.current = null
  }
  const wishFirst = (wished: 'focus' | 'open') => {
    wish.current = wished
    set({ q: field()?.value ?? '' })
    doWish()
  }
  // A result that has the focus stays until the focus leaves: no later answer takes it away.
  const [held, hold] = useState<SearchAnswer | null>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const all = links()
    const at = all.findIndex((link) => link === document.activeElement)
    if (event.key === 'ArrowDown' && at === -1) wishFirst('focus')
    else if (event.key === 'ArrowDown') all[Math.min(at + 1, all.length - 1)]?.focus()
    else if (event.key === 'ArrowUp' && at > 0) all[at - 1]?.focus()
    else if (event.key === 'ArrowUp' && at === 0) field()?.focus()
    else {
      if (event.key !== 'Enter') wish.current = null
      return
    }
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
            onSearch={() => wishFirst('open')}
          />
        </Panel>
        {q.length < MIN_LENGTH ? (
          <p>{words.begin}</p>
        ) : (
          <WhenLoaded query={found}>
            {(data) => (
              <Stack
                $gap={3}
                aria-busy={found.isPlaceholderData}
                onFocus={() => hold((before) => before ?? data)}
                onBlur={({ currentTarget, relatedTarget }) => {
                  const stays = currentTarget.contains(relatedTarget) || currentTarget.contains(document.activeElement)
                  if (!stays) hold(null)
                }}
              >
                <Shown q={q} found={held ?? data} onShown={doWish} />
              </Stack>
            )}
          </WhenLoaded>
        )}
      </Stack>
    </Page>
  )
}

type ShownProps = { q: string; found: SearchAnswer; /** The results stand in the page. */ onShown: () => void }
const Shown = ({ q, found, onShown }: ShownProps) => {
  const { search: words } = useWords(helpWords)
  const { text } = useText()
  const find = useWords(findWords)
  const toOf = useAddresses()
  const aboutOf = useAbout()
  const count = found.groups.reduce((sum, { items }) => sum + items.length, 0)
  useEffect(onShown)
  return (
    <>
      <output>{count === 0 ? words.none(q) : text.common.results(count)}</output>
      {count === 0 ? <Empty title={words.noneStep} /> : null}
      {found.groups.map(({ kind, items, more }) => {
        const all = more ? ALL[kind] : undefined
        return (
          <Panel key={kind} aria-labelledby={`found-${kind}`}>
            <Stack $gap={1}>
              <h2 id={`found-${kind}`}>{words.groups[kind]}</h2>
              <Results>
                {items.map((hit) => {
                  const to = toOf(hit)
                  const about = aboutOf(hit)
                  return (
                    <li key={`${hit.premises ?? ''}/${hit.id}`}>
                      <AppLink to={to} data-hit={to}>
                        {hit.title ?? <Name names={hit.name} id={hit.id} />}
                      </AppLink>
                      <Row $gap={1}>
                        <Small>{about}</Small>
                        {hit.tags.map((tag) => (
                          <AppLink
                            key={tag}
                            to={`/devices?tag=${encodeURIComponent(tag)}`}
                            aria-label={`${find.tag}: ${tag}`}
                          >
                            #{tag}
                          </AppLink>
                        ))}
                      </Row>
                    </li>
                  )
                })}
              </Results>
              {all === undefined ? null : (
                <AppLink to={all(q)}>{kind === 'devices' ? words.allDevices : text.common.more}</AppLink>
              )}
            </Stack>
          </Panel>
        )
      })}
    </>
  )
}

/** The lists that take the same words. */
const ALL: { readonly [K in SearchHit['kind']]?: (q: string) => string } = {
  devices: (q) => `/devices?q=${encodeURIComponent(q)}`,
  alarms: (q) => `/alarms?state=all&q=${encodeURIComponent(q)}`,
  faults: (q) => `/faults?whose=all&q=${encodeURIComponent(q)}`,
}

const useAddresses = (): ((hit: SearchHit) => string) => {
  const session = useSession()
  return ({ kind, id, premises, device, space }) => {
    switch (kind) {
      case 'spaces':
        return `/premises/${premises ?? ''}/spaces/${id}`
      case 'documents':
        if (device !== null) return `/devices/${device}`
        return space === null ? `/costs?premises=${premises ?? ''}` : `/premises/${premises ?? ''}/spaces/${space}`
      case 'alarmRules':
        return `/alarm-rules/${id}`
      case 'organisations':
        // Administrators have a page of people; others are led to what they share with the organisation.
        return hasRole(session, 'admin') ? `/people?organisation=${id}` : '/agreements'
      case 'invoices':
        return `/costs?premises=${premises ?? ''}`
      default:
        return `/${kind}/${id}`
    }
  }
}

/** What is told beside the name: what it is, its number, where it is. */
const useAbout = (): ((hit: SearchHit) => string) => {
  const { text } = useText()
  const { nameOf: typeName } = useDeviceTypes()
  const { nameOf: premisesName } = usePremisesNames()
  const alarm = useWords(alarmWords)
  const fault = useWords(faultWords)
  return ({ kind, id, sort, number, premises, title }) => {
    const sortWord =
      sort === null
        ? null
        : kind === 'devices'
          ? typeName(sort)
          : kind === 'organisations'
            ? wordOf(text.organisationKinds, sort)
            : kind === 'alarms'
              ? wordOf(alarm.states, sort)
              : kind === 'faults'
                ? wordOf(fault.states, sort)
                : kind === 'invoices'
                  ? wordOf(text.categories, sort)
                  : null
    return [
      kind === 'devices' || kind === 'agreements' || kind === 'spaces' ? id : null,
      sortWord,
      number === title ? null : number,
      premises === null || kind === 'premises' ? null : premisesName(premises),
    ]
      .filter((part) => part !== null && part !== '')
      .join(' · ')
  }
}
