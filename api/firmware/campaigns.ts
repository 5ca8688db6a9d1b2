// Brings images to devices wave by wave: offers, parts over MQTT, progress, and pausing by itself when too many fail.
import { Failure } from '#domain/failure.ts'
import {
  CAMPAIGN,
  isFailure,
  isOver,
  UPDATE,
  UPDATE_STATES,
  type Campaign,
  type CampaignPaper,
  type CampaignState,
  type Update,
  type UpdatePaper,
  type UpdateState,
} from '#domain/firmware/firmware.ts'
import { judge } from '#domain/firmware/waves.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Actor } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import type { JsonObject } from '#domain/twin/field.ts'
import type { DeviceMessageEvent, RouteParts } from '#api/parts.ts'
import { onceId, readObject, type Twins } from '#api/twin/twins.ts'
import { findImage, type ImagePaper, type Images } from './images.ts'

export type Campaigns = {
  /** Starts a draft. @throws Failure 'conflict' with the reason */
  start(id: Id, actor: Actor): Promise<void>
  pause(id: Id, actor: Actor): Promise<void>
  resume(id: Id, actor: Actor): Promise<void>
  abort(id: Id, actor: Actor): Promise<void>
  /** Lets devices that failed try again. */
  retry(id: Id, devices: readonly Id[] | null, actor: Actor): Promise<number>
  updatesOf(campaign: CampaignPaper): Promise<UpdatePaper[]>
  /** The image that a device may download now; null when none, or another. */
  imageFor(device: Id, image: Id): ImagePaper | null
  /** A part went out over HTTP, up to this byte. */
  served(device: Id, untilByte: number): void
  /** Offers what may be offered to the devices that are connected here, and writes how far they are. Asked of every node. */
  carryOn(): Promise<void>
  /** Pauses, goes to the next wave, or ends. Asked of the node that leads. */
  judgeWaves(): Promise<void>
  open(): Promise<void>
  stop(): Promise<void>
}

type Running = { paper: CampaignPaper; image: ImagePaper; updates: Map<Id, UpdatePaper> }
const SYSTEM: Actor = { kind: 'system', id: 'firmware', name: 'Samtila', organisation: null }
const MESSAGE_BYTES = 4_096
const STEPS_KEPT = 50
const PAGE = 500
const DEVICE_STATES = new Set<string>(UPDATE_STATES.filter((state) => state !== 'waiting' && state !== 'aborted'))

export const updateId = (campaign: Id, device: Id): Id => onceId('update', campaign, device)

export function createCampaigns(
  { records, broker, limits, now, log }: RouteParts,
  images: Images,
  twins: Twins,
): Campaigns {
  /** Campaigns that run or pause, as they are stored; what another node changes is read again. */
  const running = new Map<Id, Running>()
  const byDevice = new Map<Id, Id>()
  const dirty = new Set<string>()
  let last: Promise<unknown> = Promise.resolve()
  let questions = 0

  const tellUnwritten = (error: unknown): void =>
    log.error('firmware is not written', { error: error instanceof Error ? error.message : String(error) })
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = last.then(step, step)
    last = done.catch((error: unknown) => (error instanceof Failure ? undefined : tellUnwritten(error)))
    return done
  }

  const changeOf = <Body>(kind: string, paper: CampaignPaper | UpdatePaper, state: string, body: Body): PaperChange => {
    const { id, premises, audience, dueAt, version } = paper
    return { kind, paper: { id, premises, audience, dueAt, state, body }, expectedVersion: version }
  }
  async function writeCampaign(
    paper: CampaignPaper,
    state: CampaignState,
    body: Campaign,
    actor: Actor,
    beside: PaperChange[] = [],
  ): Promise<CampaignPaper> {
    const papers = [changeOf(CAMPAIGN, paper, state, body), ...beside]
    const { versions } = await records.changePapers({ papers }, actor, `firmware.${state}`)
    const changed = { ...paper, state, body, version: versions[0] ?? paper.version }
    const entry = running.get(paper.id)
    if (entry !== undefined) entry.paper = changed
    return changed
  }

  /** Updates that changed since they were written, of one campaign, in one transaction. */
  async function writeUpdates({ updates }: Running): Promise<void> {
    const changed = [...updates.values()].filter(({ id }) => dirty.has(id))
    for (let i = 0; i < changed.length; i += PAGE) {
      const part = changed.slice(i, i + PAGE)
      for (const { id } of part) dirty.delete(id)
      const papers = part.map((update) => changeOf(UPDATE, update, update.state, update.body))
      const { versions } = await records.changePapers({ papers }, SYSTEM, 'firmware.progress').catch((error) => {
        // Another node was quicker with one of them, or the store is away: at the next look.
        for (const { id } of part) dirty.add(id)
        throw error
      })
      part.forEach((update, index) => {
        const current = updates.get(update.body.device)
        if (current !== undefined)
          updates.set(update.body.device, { ...current, version: versions[index] ?? current.version })
      })
    }
  }

  function set(entry: Running, device: Id, state: UpdateState, changes: Partial<Update> = {}): void {
    const update = entry.updates.get(device)
    if (update === undefined) return
    const error = changes.error ?? null
    const isStep = update.state !== state || error !== update.body.error
    const steps = isStep ? [...update.body.steps, { at: now(), state, error }].slice(-STEPS_KEPT) : update.body.steps
    entry.updates.set(device, { ...update, state, body: { ...update.body, ...changes, steps } })
    dirty.add(update.id)
  }

  const mayHave = ({ paper }: Running, update: UpdatePaper | undefined): update is UpdatePaper =>
    update !== undefined && paper.state === 'running' && update.body.wave <= paper.body.wave && !isOver(update.state)

  /** A pause stops offers, not a download that is under way: that it breaks off would count as the device's failure. */
  const mayFetch = ({ paper }: Running, update: UpdatePaper | undefined): update is UpdatePaper =>
    update !== undefined && update.body.wave <= paper.body.wave && !isOver(update.state) && update.state !== 'waiting'

  /** Tells a device of its image; it may be away, then it is told when it comes. */
  async function offer(entry: Running, device: Id): Promise<void> {
    const update = entry.updates.get(device)
    if (!mayHave(entry, update) || !broker.presence(device).connected) return
    const { id, body } = entry.image
    const payload = JSON.stringify({
      campaign: entry.paper.id,
      version: body.version,
      bytes: body.bytes,
      digest: body.file,
      signature: body.signature,
      key: body.key,
      chunkBytes: limits.firmwareChunkBytes,
      window: limits.firmwareWindow,
      url: `/api/v1/firmware/images/${id}/content`,
    })
    if (update.state === 'waiting') set(entry, device, 'offered', { attempts: update.body.attempts + 1 })
    await broker.publish(`samtila/v1/${device}/firmware/offer`, payload, { retain: false, qos: 1 })
  }
  async function offerWave(entry: Running): Promise<void> {
    for (const [device, { body, state }] of entry.updates)
      if (body.wave <= entry.paper.body.wave && state === 'waiting') await offer(entry, device)
  }
  const cancel = (device: Id, campaign: Id): Promise<void> =>
    broker.publish(`samtila/v1/${device}/firmware/offer`, JSON.stringify({ campaign, cancel: true }), {
      retain: false,
      qos: 1,
    })

  function progress(device: Id, message: JsonObject): void {
    const entry = running.get(byDevice.get(device) ?? '')
    const update = entry?.updates.get(device)
    if (entry === undefined || update === undefined || message['campaign'] !== entry.paper.id || isOver(update.state))
      return
    const { state } = message
    if (typeof state !== 'string' || !DEVICE_STATES.has(state)) return
    const received = message['receivedBytes']
    const changes: Partial<Update> = {
      error: typeof message['error'] === 'string' ? message['error'].slice(0, 500) : null,
      ...(typeof received === 'number' && received >= 0
        ? { receivedBytes: Math.min(received, entry.image.body.bytes) }
        : {}),
      ...(message['via'] === 'http' || message['via'] === 'mqtt' ? { via: message['via'] } : {}),
      ...(typeof message['version'] === 'string' ? { version: message['version'].slice(0, 64) } : {}),
    }
    // Who says that it has it must say which: another version is a failure.
    if (state === 'installed' && changes.version !== entry.image.body.version)
      return set(entry, device, 'failed', { ...changes, error: `reports version ${changes.version ?? '–'}` })
    const mayTryAgain = state === 'failed' && update.body.attempts < entry.paper.body.attempts
    set(entry, device, mayTryAgain ? 'waiting' : (state as UpdateState), changes)
  }

  /** Sends so many parts from an offset as the device asks for and as is allowed. Parts are named by their offset. */
  async function answer(device: Id, message: JsonObject): Promise<void> {
    const entry = running.get(byDevice.get(device) ?? '')
    const update = entry?.updates.get(device)
    if (entry === undefined || message['campaign'] !== entry.paper.id || !mayFetch(entry, update)) return
    const bytes = await images.bytesOf(entry.image.body)
    const whole = (value: unknown, least: number, most: number, otherwise: number): number =>
      typeof value === 'number' && Number.isInteger(value) ? Math.max(least, Math.min(value, most)) : otherwise
    const size = whole(message['chunkBytes'], 64, limits.firmwareChunkBytes, limits.firmwareChunkBytes)
    const window = whole(message['window'], 1, limits.firmwareWindow, limits.firmwareWindow)
    let offset = whole(message['offset'], 0, bytes.length, 0)
    for (let part = 0; part < window && offset < bytes.length; part++, offset += size)
      await broker.publish(`samtila/v1/${device}/firmware/chunks/${offset}`, bytes.subarray(offset, offset + size), {
        retain: false,
        qos: 1,
      })
    if (update.state === 'offered') set(entry, device, 'downloading', { via: 'mqtt' })
  }

  function follow({ device, use, topic, payload }: DeviceMessageEvent): void {
    if (use !== 'firmware' || !byDevice.has(device)) return
    const message = readObject(payload, MESSAGE_BYTES)
    if (message === null) return
    if (topic.endsWith('/progress')) return void inTurn(async () => progress(device, message)).catch(() => {})
    // A device whose question finds no room asks again.
    if (questions >= limits.firmwareQuestions) return
    questions++
    void inTurn(() => answer(device, message))
      .catch(() => {})
      .finally(() => questions--)
  }
  const arrived = (device: Id): void => {
    const entry = running.get(byDevice.get(device) ?? '')
    if (entry !== undefined) void inTurn(() => offer(entry, device)).catch(() => {})
  }
  /** What it reports of itself counts too: the word that it was installed may have been lost. */
  const reported = (device: Id, { firmware }: JsonObject): void => {
    const entry = running.get(byDevice.get(device) ?? '')
    const update = entry?.updates.get(device)
    if (entry === undefined || update === undefined || isOver(update.state) || firmware !== entry.image.body.version)
      return
    void inTurn(async () => set(entry, device, 'installed', { version: entry.image.body.version })).catch(() => {})
  }

  async function carryOn(): Promise<void> {
    for (const entry of running.values()) {
      await writeUpdates(entry)
      if (entry.paper.state === 'running') await offerWave(entry)
    }
  }

  async function judgeWaves(): Promise<void> {
    for (const entry of running.values()) {
      if (entry.paper.state !== 'running') continue
      const states = [...entry.updates.values()].map(({ state, body }) => ({ wave: body.wave, state }))
      const { paper } = entry
      switch (judge(paper.body, states, now())) {
        case 'pause':
          await writeCampaign(paper, 'paused', { ...paper.body, pausedBecause: 'failures' }, SYSTEM)
          break
        case 'passed':
          await writeCampaign(paper, 'running', { ...paper.body, passedAt: now() }, SYSTEM)
          break
        case 'next':
          await writeCampaign(
            paper,
            'running',
            { ...paper.body, wave: paper.body.wave + 1, passedAt: null, forgiven: 0 },
            SYSTEM,
          )
          break
        case 'done':
          await end(entry, 'done', SYSTEM)
          break
        case 'go-on':
      }
    }
  }

  async function end(entry: Running, state: 'done' | 'aborted', actor: Actor): Promise<void> {
    await writeUpdates(entry)
    await writeCampaign(entry.paper, state, { ...entry.paper.body, endedAt: now(), pausedBecause: null }, actor)
    forget(entry)
  }
  function forget({ paper, updates }: Running): void {
    running.delete(paper.id)
    for (const [device, { id }] of updates) {
      dirty.delete(id)
      if (byDevice.get(device) === paper.id) byDevice.delete(device)
    }
  }

  /** What another node did to a campaign: started, paused, went on, or ended it. */
  async function readCampaign(id: Id): Promise<void> {
    const paper = await records.getPaper(ALL, CAMPAIGN, id)
    const entry = running.get(id)
    const isUnderWay = paper?.state === 'running' || paper?.state === 'paused'
    if (paper !== null && isUnderWay && entry === undefined) return void (await load(paper))
    if (entry === undefined || (paper !== null && paper.version <= entry.paper.version)) return
    if (paper !== null && isUnderWay) {
      entry.paper = paper
      return
    }
    forget(entry)
    if (paper?.state !== 'aborted') return
    for (const [device, { state }] of entry.updates)
      if (state !== 'waiting' && !isOver(state) && broker.presence(device).connected) await cancel(device, id)
  }
  /** What another node wrote of devices. What a device said here and is not written yet is newer. */
  async function readUpdatesAgain(ids: Id[]): Promise<void> {
    for (let i = 0; i < ids.length; i += PAGE) {
      const part = ids.slice(i, i + PAGE)
      for (const stored of (await records.listPapers(ALL, UPDATE, { ids: part, limit: PAGE })).items) {
        const entry = running.get(stored.body.campaign)
        const known = entry?.updates.get(stored.body.device)
        if (entry === undefined || known === undefined || known.version >= stored.version) continue
        const isNewer = dirty.has(stored.id) && !isOver(stored.state)
        if (!isNewer) dirty.delete(stored.id)
        entry.updates.set(stored.body.device, isNewer ? { ...known, version: stored.version } : stored)
      }
    }
  }

  async function load(paper: CampaignPaper): Promise<Running> {
    const image = await findImage(records, ALL, paper.body.image)
    if (image === null) throw new Failure('not-found', 'The image is not kept any more.')
    const updates = new Map((await readUpdates(paper)).map((update) => [update.body.device, update]))
    const entry = { paper, image, updates }
    running.set(paper.id, entry)
    for (const device of updates.keys()) byDevice.set(device, paper.id)
    return entry
  }
  async function readUpdates({ id, body }: CampaignPaper): Promise<UpdatePaper[]> {
    const ids = body.targets.map(({ device }) => updateId(id, device))
    const found: UpdatePaper[] = []
    for (let i = 0; i < ids.length; i += PAGE) {
      const part = ids.slice(i, i + PAGE)
      found.push(...(await records.listPapers(ALL, UPDATE, { ids: part, limit: PAGE })).items)
    }
    const order = new Map(ids.map((one, index) => [one, index]))
    return found.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
  }

  async function mustBe(id: Id, states: readonly CampaignState[]): Promise<CampaignPaper> {
    const paper = running.get(id)?.paper ?? (await records.getPaper(ALL, CAMPAIGN, id))
    if (paper === null) throw new Failure('not-found', 'There is no such campaign.')
    if (!states.includes(paper.state as CampaignState))
      throw new Failure('conflict', `The campaign is ${paper.state}: this is for one that is ${states.join(' or ')}.`)
    return paper
  }
  /** It is known here, or another node began it a moment ago. */
  const entryOf = async (paper: CampaignPaper): Promise<Running> => running.get(paper.id) ?? load(paper)

  const start = async (id: Id, actor: Actor): Promise<void> => {
    const paper = await mustBe(id, ['draft'])
    const image = await findImage(records, ALL, paper.body.image)
    const fault = image === null ? 'The image is not kept any more.' : await images.fault(image)
    if (fault !== null) throw new Failure('conflict', fault)
    const busy = paper.body.targets.filter(({ device }) => byDevice.has(device)).map(({ device }) => device)
    if (busy.length > 0)
      throw new Failure(
        'conflict',
        `Another campaign is under way for: ${busy.slice(0, 10).join(', ')}${busy.length > 10 ? ' …' : ''}.`,
      )
    const updates = paper.body.targets.map(({ device, wave, fromVersion }): PaperChange => {
      const body: Update = {
        campaign: id,
        device,
        wave,
        fromVersion,
        version: fromVersion,
        receivedBytes: 0,
        attempts: 0,
        via: null,
        error: null,
        steps: [],
      }
      const own = {
        id: updateId(id, device),
        premises: paper.premises,
        audience: 'operator' as const,
        state: 'waiting',
        dueAt: null,
        body,
      }
      return { kind: UPDATE, paper: own, expectedVersion: 0 }
    })
    const started = await writeCampaign(paper, 'running', { ...paper.body, startedAt: now() }, actor, updates)
    await offerWave(await load(started))
  }

  const stops = [
    broker.onDeviceMessage(follow),
    broker.onArrival(arrived),
    twins.onReported(reported),
    records.onPapers((changed) => {
      const idsOf = (wanted: string): Id[] => changed.filter(({ kind }) => kind === wanted).map(({ id }) => id)
      const [campaigns, updates] = [idsOf(CAMPAIGN), idsOf(UPDATE)]
      if (campaigns.length + updates.length === 0) return
      void inTurn(async () => {
        for (const id of campaigns) await readCampaign(id)
        if (running.size > 0) await readUpdatesAgain(updates)
      }).catch(() => {})
    }),
  ]
  return {
    start: (id, actor) => inTurn(() => start(id, actor)),
    pause: (id, actor) =>
      inTurn(async () => {
        const paper = await mustBe(id, ['running'])
        await writeCampaign(paper, 'paused', { ...paper.body, pausedBecause: 'person' }, actor)
      }),
    resume: (id, actor) =>
      inTurn(async () => {
        const paper = await mustBe(id, ['paused'])
        const entry = await entryOf(paper)
        const fault = await images.fault(entry.image)
        if (fault !== null) throw new Failure('conflict', fault)
        const forgiven = [...entry.updates.values()].filter(
          ({ state, body }) => body.wave === paper.body.wave && isFailure(state),
        ).length
        await writeCampaign(paper, 'running', { ...paper.body, pausedBecause: null, forgiven }, actor)
        await offerWave(entry)
        for (const [device, { state }] of entry.updates) if (state !== 'waiting') await offer(entry, device)
      }),
    abort: (id, actor) =>
      inTurn(async () => {
        const paper = await mustBe(id, ['draft', 'running', 'paused'])
        if (paper.state === 'draft')
          return void (await writeCampaign(paper, 'aborted', { ...paper.body, endedAt: now() }, actor))
        const entry = await entryOf(paper)
        for (const [device, { state }] of entry.updates) {
          if (isOver(state)) continue
          set(entry, device, 'aborted')
          if (state !== 'waiting') await cancel(device, id)
        }
        await end(entry, 'aborted', actor)
      }),
    retry: (id, devices, actor) =>
      inTurn(async () => {
        const paper = await mustBe(id, ['running', 'paused'])
        const entry = await entryOf(paper)
        let count = 0
        for (const [device, { state }] of entry.updates) {
          if (!isFailure(state) || (devices !== null && !devices.includes(device))) continue
          set(entry, device, 'waiting', { attempts: 0, receivedBytes: 0 })
          count++
        }
        await writeUpdates(entry)
        await writeCampaign(paper, paper.state as CampaignState, { ...paper.body, forgiven: 0 }, actor)
        if (paper.state === 'running') await offerWave(entry)
        return count
      }),
    async updatesOf(campaign) {
      const entry = running.get(campaign.id)
      return entry === undefined ? readUpdates(campaign) : [...entry.updates.values()]
    },
    imageFor(device, image) {
      const entry = running.get(byDevice.get(device) ?? '')
      if (entry?.image.id !== image) return null
      const update = entry.updates.get(device)
      return mayHave(entry, update) || mayFetch(entry, update) ? entry.image : null
    },
    served(device, untilByte) {
      const entry = running.get(byDevice.get(device) ?? '')
      const update = entry?.updates.get(device)
      if (entry === undefined || update === undefined || isOver(update.state) || update.state === 'verified') return
      set(entry, device, 'downloading', { via: 'http', receivedBytes: Math.max(update.body.receivedBytes, untilByte) })
    },
    carryOn: () => inTurn(carryOn).catch(() => {}),
    judgeWaves: () => inTurn(judgeWaves).catch(() => {}),
    async open() {
      await inTurn(async () => {
        for await (const paper of allPapers(records, ALL, CAMPAIGN, { states: ['running', 'paused'] }))
          await load(paper)
      })
    },
    async stop() {
      for (const stop of stops.splice(0)) stop()
      await inTurn(async () => {
        for (const entry of running.values()) await writeUpdates(entry)
      }).catch(tellUnwritten)
      await last
    },
  }
}
