// The live feed as server-sent events: readings, presence and alarms of one premises or one device, or all alarms, with bounded buffers.
import { Streamed } from '#contract/common.ts'
import { LiveQuery, type LiveAlarm, type LivePresence, type LiveReading } from '#contract/live.ts'
import { ALARM, type Alarm, type AlarmState } from '#domain/alarms/alarm.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { isStillValid } from '#api/access/still-valid.ts'
import { createAlarmSight } from '#api/alarms/sight.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { LivePresenceEvent, LiveReadingEvent, RouteParts } from '#api/parts.ts'
import { hiddenAmong } from '#api/views/points.ts'
import { createPremisesFacts } from '#api/views/premises-facts.ts'
import { iso, isoOrNull, notFound, problems, valueShown } from './answers.ts'
import { createOutbox, type Outbox } from './live-outbox.ts'

const KEEP_ALIVE_MS = 15_000
/** How often it is looked at whether the asker may still see it: a session that ends takes its streams along within 5 s. */
const LOOK_MS = 2_000
/** Devices whose keys are kept while somebody looks. */
const MAX_KEYED_DEVICES = 20_000

type Stream = {
  /** Of neither: the alarms of every premises. */
  premises: Id | null
  device: Id | null
  /** Devices whose readings are classified for others; their presence is told. */
  hidden: ReadonlySet<Id>
  organisation: Id | null
  send: Outbox['send']
}

export function addLiveRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, broker, limits, log } = parts
  const facts = createPremisesFacts(records)
  const open = new Set<Stream>()
  /** The streams of each premises and device: a reading that nobody watches costs two look-ups. */
  const byPremises = new Map<Id, Set<Stream>>()
  const byDevice = new Map<Id, Set<Stream>>()
  const openOf = new Map<string, number>()
  const enders = new Set<() => void>()
  let stops: (() => void)[] = []
  // Following costs the broker something for each reading: only while somebody looks.
  const follow = (): void => {
    if (stops.length > 0) return
    // Of the fleet's every reading: the same text each time, not one made anew.
    const keys = new Map<Id, Map<string, string>>()
    const keyOf = ({ device, point }: LiveReadingEvent): string => {
      const known = keys.get(device)?.get(point)
      if (known !== undefined) return known
      if (keys.size >= MAX_KEYED_DEVICES) keys.clear()
      const key = `reading ${device}/${point}`
      keys.getOrInsertComputed(device, () => new Map()).set(point, key)
      return key
    }
    const sendReading = (streams: Iterable<Stream>, event: LiveReadingEvent): void => {
      for (const stream of streams) if (!stream.hidden.has(event.device)) stream.send(keyOf(event), event, readingText)
    }
    stops = [
      broker.onReading((event) => {
        const ofDevice = byDevice.get(event.device)
        if (ofDevice !== undefined) sendReading(ofDevice, event)
        const ofPremises = byPremises.get(event.premises)
        if (ofPremises !== undefined) sendReading(ofPremises, event)
      }),
      broker.onPresence((event) => {
        for (const streams of [byDevice.get(event.device), byPremises.get(event.premises)])
          for (const stream of streams ?? []) stream.send(`presence ${event.device}`, event, presenceText)
      }),
      records.onPapers((changed) => {
        for (const { kind, id } of changed)
          if (kind === ALARM)
            void sendAlarm(id).catch((error: unknown) =>
              log.warn('an alarm is not shown live', { error: String(error) }),
            )
      }),
    ]
  }
  /** To those streams alone whose asker may read it. */
  const sendAlarm = async (id: Id): Promise<void> => {
    const known = new Map<Id | null, StoredPaper<Alarm> | null>()
    const inSight = await records.getPaper({ organisation: null }, ALARM, id)
    if (inSight === null) return
    const { device, affected } = inSight.body
    for (const stream of open) {
      const concerns =
        stream.premises === inSight.premises ||
        (stream.device !== null && (stream.device === device || affected.includes(stream.device))) ||
        (stream.premises === null && stream.device === null)
      if (!concerns || (device !== null && stream.hidden.has(device))) continue
      const { organisation } = stream
      if (!known.has(organisation)) known.set(organisation, await alarmSeenBy(organisation, id))
      const paper = known.get(organisation)
      if (paper != null) stream.send(`alarm ${id}`, paper, alarmText)
    }
  }
  const alarmSeenBy = async (organisation: Id | null, id: Id): Promise<StoredPaper<Alarm> | null> => {
    const paper = await records.getPaper({ organisation }, ALARM, id)
    return paper !== null && (await createAlarmSight(records, { organisation })(paper.body)) ? paper : null
  }
  const unfollow = (): void => {
    for (const stop of stops.splice(0)) stop()
  }
  app.addHook('onClose', async () => {
    for (const end of enders) end()
    unfollow()
    facts.stop()
  })
  app.addHook('preClose', async () => {
    for (const end of enders) end()
  })

  app.get(
    '/live',
    {
      config: { who: 'viewer' },
      handlerTimeout: 0x7fffffff,
      schema: {
        tags: ['live'],
        summary: 'Server-sent events `reading`, `presence` and `alarm`',
        produces: ['text/event-stream'],
        querystring: LiveQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { premises, device, alarms } = request.query
      if ([premises, device, alarms].filter((one) => one !== undefined).length !== 1)
        throw new Failure('bad-request', 'Give either premises, device, or alarms=all.')
      const scope = scopeOf(request)
      const watched = device === undefined ? null : await records.getObject(scope, 'devices', device)
      if (device !== undefined && watched === null) throw notFound()
      if (premises !== undefined && (await records.getObject(scope, 'premises', premises)) === null) throw notFound()
      /** Null: no premises of its own, only alarms. */
      const place = premises ?? watched?.value.premises ?? null
      const identity = identityOf(request)
      const owner = `${identity.kind} ${identity.id}`
      if (open.size >= limits.liveStreams || (openOf.get(owner) ?? 0) >= limits.liveStreamsPerIdentity)
        throw new Failure('too-many-requests', 'Too many live streams are open; close one first.', {
          retryAfterMs: 5000,
        })

      const hiddenNow = async (): Promise<ReadonlySet<Id>> => {
        if (place === null) return new Set()
        const { devices } = await facts.of(place)
        const classified = devices.filter(({ visibility }) => visibility?.readings === 'owner')
        return hiddenAmong(
          records,
          scope,
          classified.map(({ id }) => id),
        )
      }
      const hidden = await hiddenNow()
      reply.hijack()
      const response = reply.raw
      const headers = reply.getHeaders()
      for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value)
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      })
      response.write(': welcome\n\n')

      const outbox = createOutbox(response, limits.liveBufferBytes)
      const stream: Stream = {
        premises: premises ?? null,
        device: device ?? null,
        hidden,
        organisation: scope.organisation,
        send: outbox.send,
      }
      open.add(stream)
      if (stream.device !== null) byDevice.getOrInsertComputed(stream.device, () => new Set()).add(stream)
      else if (stream.premises !== null) byPremises.getOrInsertComputed(stream.premises, () => new Set()).add(stream)
      openOf.set(owner, (openOf.get(owner) ?? 0) + 1)
      follow()
      /** How things stand now; from here on only changes are sent. */
      const welcome = async (): Promise<void> => {
        if (place === null) return
        const devices: readonly Pick<Device, 'id'>[] =
          device === undefined ? (await facts.of(place)).devices : [{ id: device }]
        for (const { id } of devices)
          stream.send(`presence ${id}`, { device: id, ...broker.presence(id) }, presenceText)
      }
      const look = async (): Promise<void> => {
        if (outbox.isStalled(limits.liveStallMs)) {
          // It comes back and starts from what is newest.
          log.warn('slow live stream cut', { owner, bytes: response.writableLength })
          response.destroy()
        } else if (!(await maySee(identity, place, device ?? null, parts))) end()
        else stream.hidden = await hiddenNow()
      }
      const safely = (work: Promise<void>): void =>
        void work.catch((error: unknown) => {
          log.warn('live stream ended', { error: String(error) })
          end()
        })
      const looking = setInterval(() => safely(look()), LOOK_MS)
      const keepingAlive = setInterval(() => outbox.send('alive', null, aliveText), KEEP_ALIVE_MS)
      const end = (): void => {
        clearInterval(looking)
        clearInterval(keepingAlive)
        enders.delete(end)
        if (!open.delete(stream)) return
        outbox.close()
        for (const [streams, id] of [
          [byDevice, stream.device],
          [byPremises, stream.premises],
        ] as const) {
          if (id === null) continue
          streams.get(id)?.delete(stream)
          if (streams.get(id)?.size === 0) streams.delete(id)
        }
        const left = (openOf.get(owner) ?? 1) - 1
        if (left === 0) openOf.delete(owner)
        else openOf.set(owner, left)
        if (open.size === 0) unfollow()
        response.end()
      }
      enders.add(end)
      response.on('close', end)
      safely(welcome())
    },
  )
}

/** The texts of the events. */
const aliveText = (): string => 'event: alive\ndata: {}\n\n'
const readingText = (event: LiveReadingEvent): string =>
  `event: reading\ndata: ${JSON.stringify(readingShown(event))}\n\n`
const presenceText = (event: PresenceEvent): string =>
  `event: presence\ndata: ${JSON.stringify(presenceEventShown(event))}\n\n`
const alarmText = (paper: StoredPaper<Alarm>): string =>
  `event: alarm\ndata: ${JSON.stringify(alarmEventShown(paper))}\n\n`

const readingShown = ({ device, point, at, value, quality, simulated }: LiveReadingEvent): LiveReading => ({
  device,
  point,
  at: iso(at),
  value: valueShown(value),
  quality,
  simulated,
})

const alarmEventShown = ({ id, premises, state, body }: StoredPaper<Alarm>): LiveAlarm => ({
  id,
  premises: premises ?? '',
  device: body.device,
  rule: body.rule,
  severity: body.severity,
  state: state as AlarmState,
  raisedAt: iso(body.raisedAt),
})

type PresenceEvent = Pick<LivePresenceEvent, 'device' | 'state' | 'lastHeardAt'>
const presenceEventShown = ({ device, state, lastHeardAt }: PresenceEvent): LivePresence => ({
  device,
  state,
  lastHeardAt: isoOrNull(lastHeardAt),
})

/** Whether a stream's asker is still who it was and still sees what it watches. */
async function maySee(identity: Identity, premises: Id | null, device: Id | null, parts: RouteParts): Promise<boolean> {
  const { records } = parts
  if (!(await isStillValid(identity, parts))) return false
  if (premises === null) return true
  const scope = { organisation: identity.organisation }
  return device === null
    ? records.seesPremises(scope, premises)
    : (await records.getObject(scope, 'devices', device)) !== null
}
