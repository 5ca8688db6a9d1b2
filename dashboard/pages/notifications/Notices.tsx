// What I was told, the newest first: unread and read, each with the page that it is about.
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Checkbox } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { NoticeShown, NoticesRead, NoticeThing, UnreadCount } from '#contract/notifications.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { noticesQuery } from '#dashboard/client/notification-queries.ts'
import { AlarmSeverityMark } from '#dashboard/components/AlarmMarks.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { MoreRows } from '#dashboard/components/MoreRows.tsx'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'

const List = styled.ul`
  display: flex;
  flex-direction: column;
  gap: 8px;
`
const Notice = styled.li`
  padding: 16px 24px;
  background: var(--surface);
  border: 1px solid var(--line);
  border-left: 4px solid var(--line-strong);
  border-radius: 4px;
  min-width: 0;
  &[data-unread='true'] {
    border-left-color: var(--link);
    background: var(--selected);
  }
  @media (max-width: 899px) {
    padding: 12px 16px;
  }
`
const What = styled.span`
  font-weight: 600;
  overflow-wrap: anywhere;
`

export const Notices = () => {
  const { told: words } = useWords(notificationWords)
  const { get, set } = useAddress()
  const announce = useAnnounce()
  const client = useQueryClient()
  const onlyUnread = get('unread') === 'true'
  const list = useInfiniteQuery(noticesQuery(onlyUnread))
  const read = useMutation({
    mutationFn: (wanted: NoticesRead) => sendJson<UnreadCount>('POST', apiPath('/notifications/read'), wanted),
    onSuccess: async (_answer, { ids }) => {
      if (ids === undefined) announce(words.allRead)
      await client.invalidateQueries({ queryKey: ['notices'] })
    },
  })
  return (
    <Stack $gap={2}>
      <Row $spread>
        <Checkbox checked={onlyUnread} onClick={({ checkboxState }) => set({ unread: checkboxState ? 'true' : null })}>
          {words.onlyUnread}
        </Checkbox>
        <Button variant="secondary" disabled={read.isPending} onClick={() => read.mutate({})}>
          {words.markAll}
        </Button>
      </Row>
      {read.error === null ? null : <Refusal error={read.error} />}
      <WhenLoaded query={list}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          if (items.length === 0)
            return (
              <Panel>
                {onlyUnread ? <Empty title={words.noneUnread} /> : <Empty title={words.none} step={words.noneStep} />}
              </Panel>
            )
          return (
            <List>
              {items.map((notice) => (
                <NoticeItem key={notice.id} notice={notice} read={() => read.mutate({ ids: [notice.id] })} />
              ))}
            </List>
          )
        }}
      </WhenLoaded>
      <MoreRows list={list} />
    </Stack>
  )
}

const NoticeItem = ({ notice, read }: { notice: NoticeShown; read: () => void }) => {
  const { told: words } = useWords(notificationWords)
  return (
    <Notice data-unread={!notice.read}>
      <Stack $gap={2}>
        {notice.things.map((thing, place) => (
          <Thing key={`${thing.path} ${thing.kind} ${place}`} thing={thing} />
        ))}
        {notice.more === 0 ? null : <Soft as="p">{words.more(notice.more)}</Soft>}
        <Row $gap={1}>
          <Small>{notice.read ? words.read : words.unread}</Small>
          {notice.read ? null : (
            <Button variant="secondaryNoBorder" onClick={read}>
              {words.markRead}
            </Button>
          )}
        </Row>
      </Stack>
    </Notice>
  )
}

const Thing = ({ thing }: { thing: NoticeThing }) => {
  const { told: words } = useWords(notificationWords)
  const { language } = useText()
  return (
    <Stack $gap={1}>
      <Row $gap={1}>
        <AlarmSeverityMark severity={thing.severity} />
        <AppLink to={thing.path}>
          <What>{thing.title[language]}</What>
        </AppLink>
        {thing.over ? <Small>{words.over}</Small> : null}
      </Row>
      {thing.place[language] === '' ? null : <p>{thing.place[language]}</p>}
      <Small>{thing.details[language].join(' · ')}</Small>
    </Stack>
  )
}
