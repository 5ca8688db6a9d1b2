// The list of unknown devices; only what is seen is drawn, however many there are.
import { useQuery } from '@tanstack/react-query'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef } from 'react'
import { styled } from 'styled-components'
import { Button, Checkbox } from 'suomifi-ui-components'
import type { UnknownShown } from '#contract/inbox.ts'
import { pickName } from '#domain/writing/names.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'

const ROW_PX = 150
/** Points that a row shows by name. */
const SHOWN_POINTS = 4

const Scroller = styled.div`
  max-height: 72vh;
  overflow-y: auto;
  border-top: 1px solid var(--line);
`
const Item = styled.li`
  position: absolute;
  top: 0;
  left: 0;
  width: 100%;
  display: grid;
  grid-template-columns: auto minmax(0, 3fr) minmax(0, 2fr) auto;
  gap: 8px 24px;
  padding: 16px 8px 16px 0;
  border-bottom: 1px solid var(--line);
  overflow-wrap: anywhere;
  @media (max-width: 899px) {
    grid-template-columns: auto minmax(0, 1fr);
    > :nth-child(n + 3) {
      grid-column: 2;
    }
  }
`
type Props = {
  items: readonly UnknownShown[]
  chosen: ReadonlySet<string>
  toggle: (id: string) => void
  open: (item: UnknownShown) => void
  change: (action: 'ignore' | 'restore', id: string) => void
}
export const UnknownList = ({ items, chosen, toggle, open, change }: Props) => {
  const words = useWords(connectWords)
  const scroller = useRef<HTMLDivElement>(null)
  // eslint-disable-next-line react/incompatible-library
  const virtual = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    getItemKey: (index) => items[index]?.id ?? index,
    overscan: 6,
  })
  return (
    <Scroller ref={scroller}>
      <ul aria-label={words.inbox.list} style={{ position: 'relative', height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => {
          const item = items[index]
          return item === undefined ? null : (
            <Item
              key={key}
              ref={virtual.measureElement}
              data-index={index}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)` }}
            >
              <Unknown item={item} isChosen={chosen.has(item.id)} toggle={toggle} open={open} change={change} />
            </Item>
          )
        })}
      </ul>
    </Scroller>
  )
}

type UnknownProps = Omit<Props, 'items' | 'chosen'> & { item: UnknownShown; isChosen: boolean }
const Unknown = ({ item, isChosen, toggle, open, change }: UnknownProps) => {
  const words = useWords(connectWords)
  const { language } = useText()
  const { nameOf: typeName } = useDeviceTypes()
  const { nameOf, timeZoneOf } = usePremisesNames()
  const { id, key, name, state, points, suggestion, messages } = item
  const premises = useQuery(premisesQuery(item.premises))
  const names = premises.data?.spaces?.find((one) => one.id === suggestion.space)?.name
  const space = names === undefined ? undefined : pickName(names, language, item.key).text
  const shown = points.slice(0, SHOWN_POINTS)
  return (
    <>
      {state === 'accepted' ? (
        <span />
      ) : (
        <Checkbox checked={isChosen} onClick={() => toggle(id)} aria-label={words.inbox.select(name ?? key)} />
      )}
      <Stack $gap={0.5}>
        <strong>{name ?? key}</strong>
        {name === null ? null : <Small>{key}</Small>}
        <Small>{words.inbox.through(item.gateway, item.codec)}</Small>
        <span>
          {shown
            .map((point) => `${point.name ?? point.key} ${point.sample ?? ''} ${point.unit ?? ''}`.trim())
            .join(', ')}
          {points.length > shown.length ? ` ${words.inbox.morePoints(points.length - shown.length)}` : ''}
        </span>
        <Small>
          {messages === 0 ? words.inbox.declaredOnly : words.inbox.messages(messages)}
          {' · '}
          {words.inbox.last} <Age at={item.lastAt} timeZone={timeZoneOf(item.premises)} />
        </Small>
      </Stack>
      <Stack $gap={0.5}>
        {state === 'accepted' && item.device !== null ? (
          <span>
            {words.inbox.acceptedAs}: <AppLink to={`/devices/${item.device}`}>{item.device}</AppLink>
          </span>
        ) : (
          <>
            <Small>{words.inbox.suggested}</Small>
            <span>{suggestion.type === null ? words.inbox.noType : typeName(suggestion.type)}</span>
            <span>
              {nameOf(item.premises)}
              {', '}
              {space === undefined ? (suggestion.space ?? words.inbox.noSpace.toLowerCase()) : space}
            </span>
          </>
        )}
      </Stack>
      <Row $gap={1}>
        {state === 'accepted' ? null : (
          <Button variant="secondary" onClick={() => open(item)} aria-label={`${words.inbox.open}: ${name ?? key}`}>
            {words.inbox.open}
          </Button>
        )}
        {state === 'waiting' ? (
          <Button
            variant="secondaryNoBorder"
            onClick={() => change('ignore', id)}
            aria-label={`${words.inbox.ignore}: ${name ?? key}`}
          >
            {words.inbox.ignore}
          </Button>
        ) : null}
        {state === 'ignored' ? (
          <Button
            variant="secondaryNoBorder"
            onClick={() => change('restore', id)}
            aria-label={`${words.inbox.restore}: ${name ?? key}`}
          >
            {words.inbox.restore}
          </Button>
        ) : null}
      </Row>
    </>
  )
}
