// The live feed: one EventSource, reopened with back-off when it breaks; what it brings is kept by point, device and alarm.
import type { LiveAlarm, LivePresence, LiveReading } from '#contract/live.ts'
import { apiPath } from './http.ts'

const BACKOFF_FIRST_MS = 1000
const BACKOFF_MOST_MS = 30_000
/** The server says every 15 s that it is there; a connection that says nothing for so long is dead, though nobody closed it. */
const SILENT_MS = 40_000
/** Readings are handed on together, at most so often, so that many readings cost few renders. */
const FLUSH_MS = 250

export type LiveState = { state: 'connecting' | 'open' | 'broken'; since: number }
export type LiveScope = { premises: string } | { device: string } | { alarms: 'all' }

/** What a feed has brought: newest reading by `device/point`, presence by device, alarms by their id. A new object with every change. */
export type LiveSnapshot = {
  connection: LiveState
  readings: ReadonlyMap<string, LiveReading>
  presence: ReadonlyMap<string, LivePresence>
  alarms: ReadonlyMap<string, LiveAlarm>
}
export type LiveFeed = { subscribe: (changed: () => void) => () => void; snapshot: () => LiveSnapshot }

/** The feed of one premises or one device: open as long as somebody listens. */
export const createLiveFeed = (scope: LiveScope): LiveFeed => {
  const listeners = new Set<() => void>()
  let current: LiveSnapshot = {
    connection: { state: 'connecting', since: Date.now() },
    readings: new Map(),
    presence: new Map(),
    alarms: new Map(),
  }
  let source: EventSource | null = null
  let attempt = 0
  let reopenTimer: ReturnType<typeof setTimeout> | undefined
  let flushTimer: ReturnType<typeof setTimeout> | undefined
  let silenceTimer: ReturnType<typeof setTimeout> | undefined
  let readings: LiveReading[] = []
  let presences: LivePresence[] = []
  let alarms: LiveAlarm[] = []

  const publish = (next: LiveSnapshot) => {
    current = next
    for (const listener of listeners) listener()
  }
  const setState = (state: LiveState['state']) => {
    if (current.connection.state !== state) publish({ ...current, connection: { state, since: Date.now() } })
  }
  const flush = () => {
    flushTimer = undefined
    const nextReadings = new Map(current.readings)
    for (const reading of readings) {
      const key = `${reading.device}/${reading.point}`
      const known = nextReadings.get(key)
      // A device that sends what it stored during an outage must not push back the newest value.
      if (known === undefined || known.at <= reading.at) nextReadings.set(key, reading)
    }
    const nextPresence = new Map(current.presence)
    for (const presence of presences) nextPresence.set(presence.device, presence)
    const nextAlarms =
      alarms.length === 0
        ? current.alarms
        : new Map([...current.alarms, ...alarms.map((one) => [one.id, one] as const)])
    readings = []
    presences = []
    alarms = []
    publish({ ...current, readings: nextReadings, presence: nextPresence, alarms: nextAlarms })
  }
  const wantFlush = () => {
    flushTimer ??= setTimeout(flush, FLUSH_MS)
  }
  const heard = () => {
    attempt = 0
    clearTimeout(silenceTimer)
    silenceTimer = setTimeout(breakOff, SILENT_MS)
    setState('open')
  }
  const breakOff = () => {
    clearTimeout(silenceTimer)
    source?.close()
    source = null
    setState('broken')
    const waitMs = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** attempt) * (0.5 + Math.random() / 2)
    attempt += 1
    clearTimeout(reopenTimer)
    reopenTimer = setTimeout(open, waitMs)
  }
  const open = () => {
    source = new EventSource(apiPath('/live', scope))
    // Also a server that takes the connection and never answers is given up.
    clearTimeout(silenceTimer)
    silenceTimer = setTimeout(breakOff, SILENT_MS)
    source.addEventListener('open', heard)
    source.addEventListener('alive', heard)
    source.addEventListener('error', breakOff)
    source.addEventListener('reading', (event: MessageEvent<string>) => {
      heard()
      readings.push(JSON.parse(event.data))
      wantFlush()
    })
    source.addEventListener('presence', (event: MessageEvent<string>) => {
      heard()
      presences.push(JSON.parse(event.data))
      wantFlush()
    })
    source.addEventListener('alarm', (event: MessageEvent<string>) => {
      heard()
      alarms.push(JSON.parse(event.data))
      wantFlush()
    })
  }
  const close = () => {
    source?.close()
    source = null
    clearTimeout(reopenTimer)
    clearTimeout(silenceTimer)
    clearTimeout(flushTimer)
    flushTimer = undefined
  }
  return {
    subscribe: (changed) => {
      listeners.add(changed)
      if (listeners.size === 1) open()
      return () => {
        listeners.delete(changed)
        if (listeners.size === 0) close()
      }
    },
    snapshot: () => current,
  }
}
