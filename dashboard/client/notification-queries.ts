// Questions about what one was told, how one is told, who is on call, webhooks and listeners.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type { CalendarLinkShown, NoticePage, UnreadCount, WishesShown } from '#contract/notifications.ts'
import type { OnCallList, OnCallShown, ShiftList } from '#contract/on-call.ts'
import type { DeliveryPage, ListenerList, WebhookList, WebhookShown } from '#contract/webhooks.ts'
import { apiPath, getJson, segment } from './http.ts'

const REFRESH_MS = 30_000
const PAGE_LIMIT = 50

export const unreadQuery = queryOptions({
  queryKey: ['notices', 'unread'],
  queryFn: ({ signal }) => getJson<UnreadCount>(apiPath('/notifications/unread'), signal),
  refetchInterval: REFRESH_MS,
})
export const noticesQuery = (unread: boolean) =>
  infiniteQueryOptions({
    queryKey: ['notices', 'list', unread],
    queryFn: ({ pageParam, signal }) =>
      getJson<NoticePage>(
        apiPath('/notifications', { limit: PAGE_LIMIT, after: pageParam, unread: unread ? 'true' : undefined }),
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: REFRESH_MS,
  })
export const wishesQuery = queryOptions({
  queryKey: ['notification-wishes'],
  queryFn: ({ signal }) => getJson<WishesShown>(apiPath('/notifications/wishes'), signal),
})
export const calendarLinkQuery = queryOptions({
  queryKey: ['calendar-link'],
  queryFn: ({ signal }) => getJson<CalendarLinkShown>(apiPath('/notifications/calendar-link'), signal),
})
export const onCallQuery = queryOptions({
  queryKey: ['on-call'],
  queryFn: ({ signal }) => getJson<OnCallList>(apiPath('/on-call'), signal),
})
export const calendarQuery = (id: string) =>
  queryOptions({
    queryKey: ['on-call', id],
    queryFn: ({ signal }) => getJson<OnCallShown>(apiPath(`/on-call/${segment(id)}`), signal),
  })
export const shiftsQuery = (id: string, from: string, days: number) =>
  queryOptions({
    queryKey: ['on-call', id, 'shifts', from, days],
    queryFn: ({ signal }) => getJson<ShiftList>(apiPath(`/on-call/${segment(id)}/shifts`, { from, days }), signal),
  })
export const webhooksQuery = queryOptions({
  queryKey: ['webhooks'],
  queryFn: ({ signal }) => getJson<WebhookList>(apiPath('/webhooks'), signal),
})
export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: ['webhooks', id],
    queryFn: ({ signal }) => getJson<WebhookShown>(apiPath(`/webhooks/${segment(id)}`), signal),
  })
/** Looked at often while one waits for a test message. */
const DELIVERIES_MS = 5_000
export const deliveriesQuery = (id: string, state: string) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', id, 'deliveries', state],
    queryFn: ({ pageParam, signal }) =>
      getJson<DeliveryPage>(
        apiPath(`/webhooks/${segment(id)}/deliveries`, { limit: PAGE_LIMIT, after: pageParam, state }),
        signal,
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: DELIVERIES_MS,
  })
export const listenersQuery = queryOptions({
  queryKey: ['listeners'],
  queryFn: ({ signal }) => getJson<ListenerList>(apiPath('/listeners'), signal),
})
