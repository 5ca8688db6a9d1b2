// The inbox of unknown devices: what keys behind a gateway send that no device here stands for, kept as papers, within limits.
import { createHash } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import { UNKNOWN_DEVICE, isMappableKey } from '#domain/inbox/unknown-device.ts'
import type { UnknownDevice, UnknownPaper, UnknownPoint, UnknownState } from '#domain/inbox/unknown-device.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Connector, Records } from '#domain/ports/records.ts'
import type { Value } from '#domain/ports/telemetry.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { DeclaredPoint, DecodedReading } from './codecs/codec.ts'
import { isPointKey } from './codecs/native/codec.ts'
import type { BrokerCounters } from './counters.ts'
import type { BrokerLimits } from './limits.ts'

/** What was heard of one key, in one message. */
export type Heard = {
  connector: Connector
  gateway: Id
  key: string
  topic: string
  at: number
  readings: readonly DecodedReading[]
  declared: readonly DeclaredPoint[]
}
export type UnknownDevices = {
  /** Notes what was heard; false when a person said that the key is to be ignored. Rejects when the records are unavailable. */
  heard(heard: Heard): Promise<boolean>
  /** Resolves when everything heard so far is written. */
  idle(): Promise<void>
  close(): void
}

type Entry = {
  paper: { id: Id; version: number; state: UnknownState; premises: Id }
  body: UnknownDevice
  points: Map<string, UnknownPoint>
  /** When it is written next; null while the store has it as it is. */
  writeAt: number | null
  /** How long mere counts wait for their next writing: longer and longer, since each writing is a version that is kept. */
  patienceMs: number
}

const SYSTEM = { kind: 'system', id: 'inbox', name: 'Samtila', organisation: null } as const
/** Papers in one write, and in one page. */
const BATCH = 100
const PAGE = 1_000
/** New keys wait this long, so that a device's first messages make one writing. */
const GATHER_MS = 1_000
const RETRY_MS = 5_000
const FIRST_PATIENCE_MS = 60_000
const LONGEST_PATIENCE_MS = 24 * 3_600_000
const SAMPLE_CHARACTERS = 64
const NAME_CHARACTERS = 200
const TOPICS = 8
/** Messages that were under way when their device was accepted arrive within this. */
const SETTLING_MS = 60_000

export function createUnknownDevices(parts: {
  records: Records
  limits: BrokerLimits
  counters: BrokerCounters
  now: () => number
  log: (message: string) => void
}): UnknownDevices {
  const { records, limits, counters, now, log } = parts
  const entries = new Map<Id, Entry>()
  const countOf = new Map<Id, number>()
  let loading: Promise<void> | null = null
  let writing: Promise<void> | null = null
  let timer: NodeJS.Timeout | null = null
  let isClosed = false
  /** Papers that were changed, by us or by people, and are to be read again; not while a write of ours is under way. */
  const changed = new Set<Id>()
  const inWrite = new Set<Id>()
  const stop = records.onPapers((papers) => {
    for (const { kind, id } of papers) if (kind === UNKNOWN_DEVICE) changed.add(id)
  })

  function keep(paper: UnknownPaper): Entry {
    const { id, version, state, premises, body } = paper
    const entry: Entry = {
      paper: { id, version, state: state as UnknownState, premises: premises ?? '' },
      body,
      points: new Map(body.points.map((point) => [point.key, point])),
      writeAt: null,
      patienceMs: FIRST_PATIENCE_MS,
    }
    if (!entries.has(id)) countOf.set(body.gateway, (countOf.get(body.gateway) ?? 0) + 1)
    entries.set(id, entry)
    return entry
  }

  function forget(id: Id): void {
    const entry = entries.get(id)
    if (entry === undefined || !entries.delete(id)) return
    const left = (countOf.get(entry.body.gateway) ?? 1) - 1
    if (left === 0) countOf.delete(entry.body.gateway)
    else countOf.set(entry.body.gateway, left)
  }

  /** Everything that waits or is ignored, once; what people did since, each time. */
  async function refresh(): Promise<void> {
    await (loading ??= loadAll().catch((error: unknown) => {
      loading = null
      throw error
    }))
    const ids = [...changed].filter((id) => !inWrite.has(id))
    for (const id of ids) changed.delete(id)
    try {
      for (let from = 0; from < ids.length; from += PAGE) {
        const page = ids.slice(from, from + PAGE)
        const { items } = await records.listPapers({ organisation: null }, UNKNOWN_DEVICE, { ids: page, limit: PAGE })
        const found = new Map(items.map((paper) => [paper.id, paper]))
        for (const id of page) {
          const paper = found.get(id)
          if (paper === undefined) forget(id)
          else if (paper.state === 'accepted') wasAccepted(paper)
          else if (entries.get(id)?.paper.version !== paper.version) keep(paper)
        }
      }
    } catch (error) {
      for (const id of ids) changed.add(id)
      throw error
    }
  }

  /** Accepted once and unknown again, because its device or mapping is gone: the paper waits anew. What was under way meanwhile does not count. */
  function wasAccepted(paper: UnknownPaper): void {
    const entry = entries.get(paper.id)
    if (entry === undefined || entry.paper.version > 0 || now() - paper.changedAt < SETTLING_MS) forget(paper.id)
    else entry.paper.version = paper.version
  }

  async function loadAll(): Promise<void> {
    const oldest = now() - limits.unknownDeviceDays * 86_400_000
    const unheard: Id[] = []
    let after: string | null = null
    do {
      const query = { states: ['waiting', 'ignored'], limit: PAGE, ...(after === null ? {} : { after }) }
      const page: { items: UnknownPaper[]; next: string | null } = await records.listPapers(
        { organisation: null },
        UNKNOWN_DEVICE,
        query,
      )
      for (const paper of page.items) {
        if (paper.state === 'waiting' && paper.body.lastAt < oldest) unheard.push(paper.id)
        else keep(paper)
      }
      after = page.next
    } while (after !== null && entries.size < limits.unknownDevices)
    if (unheard.length > 0) await records.deletePapers(UNKNOWN_DEVICE, unheard, SYSTEM, 'inbox.unheard')
  }

  function entryFor({ connector, gateway, key, at }: Heard): Entry | null {
    const id = paperIdOf(connector.id, key)
    const known = entries.get(id)
    if (known !== undefined) return known
    const hasRoom =
      (countOf.get(gateway) ?? 0) < limits.unknownDevicesPerGateway && entries.size < limits.unknownDevices
    if (!hasRoom || !isMappableKey(key)) {
      counters.unknownDevicesNotKept++
      return null
    }
    const body: UnknownDevice = {
      connector: connector.id,
      gateway,
      codec: connector.codec,
      key,
      name: null,
      manufacturer: null,
      model: null,
      topics: [],
      moreTopics: false,
      points: [],
      morePoints: false,
      messages: 0,
      firstAt: at,
      lastAt: at,
      device: null,
    }
    const paper = { id, version: 0, state: 'waiting' as const, premises: connector.premises }
    const entry: Entry = { paper, body, points: new Map(), writeAt: null, patienceMs: FIRST_PATIENCE_MS }
    entries.set(id, entry)
    countOf.set(gateway, (countOf.get(gateway) ?? 0) + 1)
    return entry
  }

  /** The point of a key, made when there is room; null when there is none. */
  function pointOf(entry: Entry, key: string): UnknownPoint | null {
    const known = entry.points.get(key)
    if (known !== undefined) return known
    if (!isPointKey(key)) return null
    if (entry.points.size >= limits.unknownPointsPerDevice) {
      entry.body.morePoints = true
      return null
    }
    const point: UnknownPoint = {
      key,
      unit: null,
      sample: null,
      name: null,
      deviceClass: null,
      count: 0,
      firstAt: null,
      lastAt: null,
    }
    entry.points.set(key, point)
    return point
  }

  function note(entry: Entry, { topic, at, readings, declared }: Heard): void {
    const { body } = entry
    const before = shapeOf(entry)
    if (readings.length > 0) body.messages++
    body.lastAt = Math.max(body.lastAt, at)
    body.firstAt = Math.min(body.firstAt, at)
    if (readings.length > 0 && !body.topics.includes(topic)) {
      if (body.topics.length < TOPICS) body.topics.push(topic)
      else body.moreTopics = true
    }
    for (const { point: key, value, unit } of readings) {
      const point = pointOf(entry, key)
      if (point === null) continue
      point.count++
      point.unit ??= unit
      point.sample = textOf(value)
      point.firstAt = Math.min(point.firstAt ?? at, at)
      point.lastAt = Math.max(point.lastAt ?? at, at)
    }
    for (const one of declared) {
      body.name ??= shortened(one.deviceName)
      body.manufacturer ??= shortened(one.manufacturer)
      body.model ??= shortened(one.model)
      const point = pointOf(entry, one.point)
      if (point === null) continue
      point.name ??= shortened(one.name)
      point.unit ??= shortened(one.unit)
      point.deviceClass ??= shortened(one.deviceClass)
    }
    const isNews = entry.paper.version === 0 || shapeOf(entry) !== before
    const due = now() + (isNews ? GATHER_MS : entry.patienceMs)
    if (!isNews && entry.writeAt === null) entry.patienceMs = Math.min(entry.patienceMs * 2, LONGEST_PATIENCE_MS)
    if (entry.writeAt === null || due < entry.writeAt) entry.writeAt = due
    schedule(isNews ? GATHER_MS : FIRST_PATIENCE_MS)
  }

  let nextAt = Number.POSITIVE_INFINITY
  function schedule(inMs: number): void {
    const at = now() + inMs
    if (isClosed || at >= nextAt) return
    if (timer !== null) clearTimeout(timer)
    nextAt = at
    timer = setTimeout(() => {
      timer = null
      nextAt = Number.POSITIVE_INFINITY
      writing ??= write(now()).finally(() => (writing = null))
    }, inMs)
    timer.unref()
  }

  /** Writes what is due at this instant, a batch after the other. */
  async function write(at: number): Promise<void> {
    const isDue = ({ writeAt }: Entry): boolean => writeAt !== null && writeAt <= at
    const due = [...entries.values()].filter(isDue)
    for (let from = 0; from < due.length; from += BATCH) {
      // Changed or gone since: it is heard again.
      const batch = due.slice(from, from + BATCH).filter((entry) => entries.get(entry.paper.id) === entry)
      for (const entry of batch) {
        entry.writeAt = null
        inWrite.add(entry.paper.id)
      }
      try {
        const { versions } = await records.changePapers({ papers: batch.map(paperOf) }, SYSTEM, 'inbox.heard')
        for (const [index, entry] of batch.entries()) entry.paper.version = versions[index] ?? entry.paper.version
      } catch (error) {
        if (error instanceof Failure && error.code === 'changed-meanwhile') {
          // Somebody was quicker with one of them: all are read again, and tell what they have when they are heard next.
          for (const entry of batch) {
            changed.add(entry.paper.id)
            inWrite.delete(entry.paper.id)
            entry.writeAt = now() + GATHER_MS
          }
          await refresh().catch(() => {})
        } else {
          log(`unknown devices wait: ${error instanceof Error ? error.message : String(error)}`)
          for (const entry of batch) entry.writeAt = now() + RETRY_MS
          return schedule(RETRY_MS)
        }
      } finally {
        for (const { paper } of batch) inWrite.delete(paper.id)
      }
    }
    const waiting = [...entries.values()].flatMap(({ writeAt }) => writeAt ?? [])
    if (waiting.length > 0) schedule(Math.max(GATHER_MS, Math.min(...waiting) - now()))
  }

  return {
    async heard(heard) {
      if (loading === null || changed.size > 0) await refresh()
      const entry = entryFor(heard)
      if (entry === null) return true
      if (entry.paper.state === 'ignored') return false
      note(entry, heard)
      return true
    },
    async idle() {
      while (writing !== null) await writing
      // What somebody else changed meanwhile is written at the second time.
      for (let round = 0; round < 2; round++) await write(Number.POSITIVE_INFINITY)
    },
    close() {
      isClosed = true
      if (timer !== null) clearTimeout(timer)
      stop()
    },
  }
}

/** Made of connector and key, so that a key is one paper however often the program starts; keys themselves may hold anything. */
function paperIdOf(connector: Id, key: string): Id {
  return `u-${createHash('sha256').update(`${connector}\n${key}`).digest('hex').slice(0, 32)}`
}

function paperOf({ paper: { id, premises, state, version }, body, points }: Entry): PaperChange {
  const paper = {
    id,
    premises,
    audience: 'premises' as const,
    state,
    dueAt: null,
    body: { ...body, points: [...points.values()] },
  }
  return { kind: UNKNOWN_DEVICE, paper, expectedVersion: version }
}

/** What makes a new version worth while at once: more than counts and samples. */
const shapeOf = ({ body, points }: Entry): string =>
  `${points.size} ${body.name} ${body.model} ${body.topics.length} ${body.morePoints} ${body.moreTopics}`

const textOf = (value: Value): string =>
  (typeof value === 'object' ? value.decimal : String(value)).slice(0, SAMPLE_CHARACTERS)
const shortened = (text: string | null | undefined): string | null =>
  text === null || text === undefined || text === '' ? null : text.slice(0, NAME_CHARACTERS)
