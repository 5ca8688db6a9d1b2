// What happens after an unknown device is accepted: what it sent before is read again; and connectors that accept by themselves.
import type { DeviceType } from '#domain/device-types/device-type.ts'
import { findDeviceType } from '#domain/device-types/library.ts'
import { acceptUnknown } from '#domain/inbox/accept-unknown.ts'
import type { Accepted } from '#domain/inbox/accept-unknown.ts'
import { suggestDevice } from '#domain/inbox/suggest-device.ts'
import type { Suggestion } from '#domain/inbox/suggest-device.ts'
import { UNKNOWN_DEVICE } from '#domain/inbox/unknown-device.ts'
import type { UnknownPaper } from '#domain/inbox/unknown-device.ts'
import type { Problem } from '#domain/failure.ts'
import type { Actor, Page, QuarantinedMessage, QuarantineEntry } from '#domain/ports/records.ts'
import type { Device, Id, Names, Point, Space } from '#domain/registry/bundle.ts'
import type { RouteParts } from '#api/parts.ts'

export type ReplayCounts = { messages: number; stored: number; refused: number }
/** A part of a suggestion that a person changed; what is absent is as suggested. */
export type Wishes = {
  id?: Id
  name?: Names
  type?: string | null
  brick?: string | null
  space?: Id | null
  manufacturer?: string
  model?: string
  points?: { key: string; unit?: string; kind?: Point['kind']; name?: Names }[]
}
export type Inbox = {
  /** What each would become, in order; ids that are taken, or suggested for one before it, are not suggested again. */
  suggest(papers: readonly UnknownPaper[]): Promise<Suggestion[]>
  accept(
    wanted: readonly { paper: UnknownPaper; existing?: Id; device?: Wishes }[],
    actor: Actor,
  ): Promise<{ ok: true; devices: Id[]; replayed: ReplayCounts } | { ok: false; problems: Problem[] }>
  /** Reads again what the quarantine has of a gateway on topics that `covers` says. */
  replay(gateway: Id, covers: (topic: string) => boolean, actor: Actor): Promise<ReplayCounts>
  stop(): void
}

const EVERYTHING = { organisation: null }
const PAGE = 200
/** Reasons that a new mapping or connector can mend. */
const MENDABLE = ['unknown-device', 'no-connector', 'publish-not-allowed']
const MESSAGES_AT_ONCE = 100
/** Connectors that accept by themselves wait this long, so that a device's first messages are all heard. */
const SELF_MS = 3_000
const SELF: Actor = { kind: 'system', id: 'inbox', name: 'Samtila', organisation: null }

export function createInbox(parts: RouteParts): Inbox {
  const { records, telemetry, broker, now, log } = parts

  async function spacesOf(premises: Id): Promise<readonly Space[]> {
    return (await records.getObject(EVERYTHING, 'premises', premises))?.value.spaces ?? []
  }

  async function suggest(papers: readonly UnknownPaper[]): Promise<Suggestion[]> {
    const spaces = new Map<Id, readonly Space[]>()
    for (const { premises } of papers)
      if (premises !== null && !spaces.has(premises)) spaces.set(premises, await spacesOf(premises))
    const suggestions: Suggestion[] = []
    const taken = new Set<Id>()
    let open = papers.map((paper, index) => ({ paper, index }))
    // All are suggested an id, then those whose id is that of a device another one, until each has its own.
    while (open.length > 0) {
      for (const { paper, index } of open) {
        const place = { spaces: spaces.get(paper.premises ?? '') ?? [], isTaken: (id: Id) => taken.has(id) }
        const suggestion = suggestDevice(paper.body, place)
        suggestions[index] = suggestion
        taken.add(suggestion.id)
      }
      const ids = open.map(({ index }) => suggestions[index]?.id ?? '')
      const known = new Set<Id>()
      for (let from = 0; from < ids.length; from += PAGE) {
        const query = { ids: ids.slice(from, from + PAGE), limit: PAGE }
        for (const { value } of (await records.listObjects(EVERYTHING, 'devices', query)).items) known.add(value.id)
      }
      open = open.filter(({ index }) => known.has(suggestions[index]?.id ?? ''))
    }
    return suggestions
  }

  async function accept(
    wanted: readonly { paper: UnknownPaper; existing?: Id; device?: Wishes }[],
    actor: Actor,
  ): ReturnType<Inbox['accept']> {
    const suggestions = await suggest(wanted.map(({ paper }) => paper))
    const accepted = wanted.map(({ paper, existing, device }, index): Accepted =>
      existing === undefined
        ? { paper, device: deviceOf(paper, suggestions[index] as Suggestion, device ?? {}) }
        : { paper, existing },
    )
    const result = await acceptUnknown(accepted, { records, telemetry, now: now(), actor })
    if (!result.ok) return result
    broker.refreshConnectors()
    // Messages that were being read while it was accepted are in the quarantine after this.
    await broker.settled()
    const replayed: ReplayCounts = { messages: 0, stored: 0, refused: 0 }
    for (const [gateway, covers] of topicsByGateway(wanted.map(({ paper }) => paper))) {
      const counts = await replay(gateway, covers, actor)
      replayed.messages += counts.messages
      replayed.stored += counts.stored
      replayed.refused += counts.refused
    }
    return { ok: true, devices: result.devices, replayed }
  }

  async function replay(gateway: Id, covers: (topic: string) => boolean, actor: Actor): Promise<ReplayCounts> {
    const rows: QuarantineEntry[] = []
    for (const reason of MENDABLE) {
      for (let after: string | null | undefined; after !== null;) {
        const query = { credential: gateway, reason, limit: PAGE, ...(after === undefined ? {} : { after }) }
        const page: Page<QuarantineEntry> = await records.listQuarantine(EVERYTHING, query)
        rows.push(...page.items.filter(({ topic }) => covers(topic)))
        after = page.next
      }
    }
    const counts: ReplayCounts = { messages: 0, stored: 0, refused: 0 }
    for (const { id } of rows.toReversed()) await replayRow(id, actor, counts)
    return counts
  }

  /** All kept messages of a row in order of arrival; those that are taken leave it. */
  async function replayRow(entry: number, actor: Actor, counts: ReplayCounts): Promise<void> {
    for (let after: string | null = '0'; after !== null;) {
      const page: Page<QuarantinedMessage> = await records.quarantinedMessages(EVERYTHING, {
        entry,
        after,
        limit: MESSAGES_AT_ONCE,
      })
      const results = await broker.replay(page.items)
      const taken = page.items.filter((_, index) => results[index]?.refused === null).map(({ id }) => id)
      if (taken.length > 0) await records.releaseQuarantined(EVERYTHING, taken, actor)
      counts.messages += results.length
      counts.refused += results.length - taken.length
      for (const { stored } of results) counts.stored += stored
      after = page.next
    }
  }

  /** Unknown devices of connectors that accept by themselves, soon after they are first heard. */
  const waiting = new Set<Id>()
  let timer: NodeJS.Timeout | null = null
  let working: Promise<void> = Promise.resolve()
  const unfollow = records.onPapers((changed) => {
    for (const { kind, id } of changed) if (kind === UNKNOWN_DEVICE) waiting.add(id)
    if (waiting.size > 0) timer ??= setTimeout(() => void (working = working.then(acceptByItself)), SELF_MS).unref()
  })
  async function acceptByItself(): Promise<void> {
    timer = null
    const ids = [...waiting]
    waiting.clear()
    try {
      const connectors = await records.listConnectors(EVERYTHING)
      const selves = new Set(connectors.filter((one) => one.acceptUnknown).map(({ id }) => id))
      if (selves.size === 0) return
      for (let from = 0; from < ids.length; from += PAGE) {
        const query = { ids: ids.slice(from, from + PAGE), states: ['waiting'], limit: PAGE }
        const { items } = await records.listPapers(EVERYTHING, UNKNOWN_DEVICE, query)
        // What is only declared so far waits until it sends.
        const papers = items.filter(({ body }) => selves.has(body.connector) && body.messages > 0)
        if (papers.length === 0) continue
        const result = await accept(
          papers.map((paper) => ({ paper })),
          SELF,
        )
        if (!result.ok) log.warn('unknown devices are not accepted by themselves', { problems: result.problems })
      }
    } catch (error) {
      log.warn('unknown devices are not accepted by themselves', { error: String(error) })
    }
  }

  return {
    suggest,
    accept,
    replay,
    stop() {
      unfollow()
      if (timer !== null) clearTimeout(timer)
    },
  }
}

function deviceOf(
  { body }: UnknownPaper,
  suggestion: Suggestion,
  wishes: Wishes,
): Omit<Device, 'premises' | 'points'> & { points: Point[] } {
  const suggested = new Map(suggestion.points.map((point) => [point.key, point]))
  const type = wishes.type === undefined ? suggestion.type : wishes.type
  // The suggested class belongs to the suggested type.
  const library = findDeviceType(type)
  const brick =
    wishes.brick === undefined ? (type === suggestion.type ? suggestion.brick : (library?.brick ?? null)) : wishes.brick
  const interval = library?.expectedInterval ?? null
  const space = wishes.space === undefined ? suggestion.space : wishes.space
  const manufacturer = wishes.manufacturer ?? body.manufacturer
  const model = wishes.model ?? body.model
  const points = (wishes.points ?? suggestion.points).map((point): Point => {
    const known = suggested.get(point.key)
    const unit = point.unit ?? known?.unit ?? null
    const name = 'name' in point ? point.name : undefined
    return {
      key: point.key,
      kind: point.kind ?? known?.kind ?? 'gauge',
      ...(unit === null ? {} : { unit }),
      ...(name === undefined
        ? namesOf(body.points.find(({ key }) => key === point.key)?.name ?? null, library, point.key)
        : { name }),
    }
  })
  return {
    id: wishes.id ?? suggestion.id,
    name: wishes.name ?? { fi: suggestion.name },
    ...(type === null ? {} : { type }),
    ...(brick === null ? {} : { brick }),
    ...(interval === null ? {} : { expectedInterval: interval }),
    ...(space === null ? {} : { space }),
    ...(manufacturer === null ? {} : { manufacturer }),
    ...(model === null ? {} : { model }),
    points,
  }
}
/** As the type names it; else what others call it, in no language that we know: it stands where Finnish would. */
function namesOf(name: string | null, library: DeviceType | null, key: string): { name?: Names } {
  const known = library?.points.find((point) => point.key === key)
  if (known !== undefined) return { name: { ...known.name } }
  return name === null ? {} : { name: { fi: name } }
}

/** On which topics each gateway's accepted devices were heard; all of them where one was heard on more than are kept. */
function topicsByGateway(papers: readonly UnknownPaper[]): Map<Id, (topic: string) => boolean> {
  const heard = new Map<Id, { topics: Set<string>; all: boolean }>()
  for (const { body } of papers) {
    const one = heard.get(body.gateway) ?? { topics: new Set(['(further topics)']), all: false }
    for (const topic of body.topics) one.topics.add(topic)
    one.all ||= body.moreTopics
    heard.set(body.gateway, one)
  }
  return new Map([...heard].map(([gateway, { topics, all }]) => [gateway, (topic) => all || topics.has(topic)]))
}
