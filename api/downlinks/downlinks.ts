// Sends commands to devices, keeps a bounded number of them for each, and follows what became of them.
import {
  commandOf,
  DOWNLINK,
  OPEN_STATES,
  type Downlink,
  type DownlinkPaper,
  type DownlinkState,
} from '#domain/downlinks/downlink.ts'
import { Failure } from '#domain/failure.ts'
import type { Actor } from '#domain/ports/records.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { createId } from '#api/access/secrets.ts'
import type { DeviceMessageEvent, RouteParts } from '#api/parts.ts'

export type Downlinks = {
  /** Gives the paper as it is after sending. @throws Failure 'invalid-body' for params that are too long. */
  send(
    device: Device,
    command: { name: string; params: unknown; expiresAt: number | null },
    actor: Actor,
  ): Promise<DownlinkPaper>
  stop(): Promise<void>
}

const ALL = { organisation: null }
const BYTES = 8_192
const PAGE = 200
const BROKER: Actor = { kind: 'system', id: 'broker', name: 'Samtila', organisation: null }

export function createDownlinks({ records, broker, limits, now, log }: RouteParts): Downlinks {
  /** Commands whose answers are waited for; devices may say what they please about others. */
  const waited = new Set<string>()
  const tellUnwritten = (error: unknown): void =>
    log.error('a command is not written', { error: error instanceof Error ? error.message : String(error) })
  let last: Promise<unknown> = restore().catch(tellUnwritten)
  const unfollow = broker.onDeviceMessage(follow)

  /** One after the other: the answer of a device may come before its sending is written. */
  function inTurn<T>(step: () => Promise<T>): Promise<T> {
    const done = last.then(step, step)
    last = done.catch(tellUnwritten)
    return done
  }

  async function restore(): Promise<void> {
    let after: string | null = null
    do {
      const query = { states: OPEN_STATES, limit: PAGE, ...(after === null ? {} : { after }) }
      const page: { items: DownlinkPaper[]; next: string | null } = await records.listPapers(ALL, DOWNLINK, query)
      for (const { id } of page.items) wait(id)
      after = page.next
    } while (after !== null)
  }

  function wait(id: string): void {
    if (waited.size >= limits.downlinksWaited) waited.delete(waited.values().next().value ?? '')
    waited.add(id)
  }

  async function change(id: string, changes: Partial<Downlink>, state: DownlinkState): Promise<DownlinkPaper | null> {
    const paper = await records.getPaper(ALL, DOWNLINK, id)
    if (paper === null) return null
    const { premises, audience, dueAt, body, version } = paper
    const changed = { id, premises, audience, dueAt, state, body: { ...body, ...changes } }
    await records.changePapers(
      { papers: [{ kind: DOWNLINK, paper: changed, expectedVersion: version }] },
      BROKER,
      `downlink.${state}`,
    )
    return records.getPaper(ALL, DOWNLINK, id)
  }

  function follow({ device, use, topic, payload }: DeviceMessageEvent): void {
    if (use === 'reported') return
    const command = commandOf(topic)
    if (command === null || command.device !== device || !waited.has(command.id)) return
    if (use === 'result') waited.delete(command.id)
    void inTurn(async () => {
      const paper = await records.getPaper(ALL, DOWNLINK, command.id)
      if (paper?.body.device !== device || !OPEN_STATES.includes(paper.state as DownlinkState)) return
      if (use === 'sent') return void (await change(command.id, {}, 'sent'))
      const { isOk, answer } = answerOf(payload)
      await change(command.id, { answer, answeredAt: now() }, isOk ? 'done' : 'failed')
    }).catch(() => {})
  }

  /** The oldest of a device go. */
  async function makeRoom(device: Device): Promise<void> {
    const { items } = await records.listPapers(ALL, DOWNLINK, {
      premises: device.premises,
      text: `"device":"${device.id}"`,
      newestFirst: true,
      limit: limits.downlinksPerDevice + PAGE,
    })
    const gone = items.slice(limits.downlinksPerDevice).map(({ id }) => id)
    if (gone.length > 0) await records.deletePapers(DOWNLINK, gone, BROKER, 'downlink.forget')
  }

  return {
    async send(device, { name, params, expiresAt }, actor) {
      if (Buffer.byteLength(JSON.stringify(params)) > BYTES)
        throw new Failure('invalid-body', `params are longer than ${BYTES} bytes.`, {
          problems: [{ pointer: '/params', code: 'too-long', message: `should be ${BYTES} bytes at most` }],
        })
      const id = createId('command')
      const body: Downlink = { device: device.id, name, params, via: null, topic: null, answer: null, answeredAt: null }
      const paper = {
        id,
        premises: device.premises,
        audience: 'premises' as const,
        state: 'under-way',
        dueAt: expiresAt,
        body,
      }
      await records.changePapers({ papers: [{ kind: DOWNLINK, paper, expectedVersion: 0 }] }, actor, 'downlink.send')
      await makeRoom(device)
      wait(id)
      const written = await inTurn(async () => {
        const sent = await broker.publishToDevice(device.id, { id, name, params, expiresAt })
        if (sent.sent) return change(id, { via: sent.via, topic: sent.topic }, 'under-way')
        waited.delete(id)
        return change(id, { answer: { reason: sent.reason, message: sent.message } }, 'not-sent')
      })
      if (written === null) throw new Failure('not-found', 'The command is not kept any more.')
      return written
    },
    async stop() {
      unfollow()
      await last
    },
  }
}

/** `{"ok":true,"data"}` or `{"ok":false,"error"}`; whatever else a device says counts as failed. */
function answerOf(payload: Uint8Array): { isOk: boolean; answer: unknown } {
  const text = Buffer.from(payload).toString()
  if (payload.length > BYTES) return { isOk: false, answer: `${text.slice(0, BYTES)}…` }
  try {
    const { ok, data = null, error = null } = JSON.parse(text) as { ok?: unknown; data?: unknown; error?: unknown }
    return ok === true ? { isOk: true, answer: data } : { isOk: false, answer: error }
  } catch {
    return { isOk: false, answer: text }
  }
}
