// The load generator: a fleet over many connections at a steady rate, or as fast as the broker acknowledges.
import type { Device } from '#domain/registry/bundle.ts'
import { disturbDelivery, disturbReadings } from '#sim/disturbances/disturbance.ts'
import { createFleet, type Fleet, type SimReading } from '#sim/fleet.ts'
import { type Link, openLink } from '#sim/live/mqtt-link.ts'
import { dateOfDay, DAY_MS } from '#sim/local-clock.ts'
import { hashName, randomStream } from '#sim/random.ts'
import { encodeNative } from '#sim/wire/native.ts'
import { encodeSenml } from '#sim/wire/senml.ts'
import { fleetBundle } from './fleet-bundle.ts'
import type { LoadOptions } from './options.ts'
import { createHistogram, progressLine, type Totals } from './statistics.ts'

export type LoadResult = Totals & { seconds: number; p50: number | null; p99: number | null; lastError: string | null }

const TICK_MS = 10
const FIRST_CONNECTION_MS = 10_000
/** New connections in one go, so that opening thousands does not look like an attack. */
const OPENED_PER_TICK = 25
const DRAIN_MS = 5_000

/**
 * Runs until the duration ends or `signal` aborts, calls `print` each second, and gives the totals.
 * Rejects when no connection stands within 10 s, with the reason.
 */
export async function runLoad(
  options: LoadOptions,
  print: (line: string) => void,
  signal?: AbortSignal,
): Promise<LoadResult> {
  const startedAt = Date.now()
  const ids = options.credentials?.map((each) => each.device)
  const day = dateOfDay(Math.floor(startedAt / DAY_MS) - 1)
  const fleet = createFleet(fleetBundle(options.devices, options.seed, day, ids), {
    seed: options.seed,
    start: startedAt,
  })
  const random = randomStream(hashName(options.seed, 'load'))
  const totals = { published: 0, acknowledged: 0, errors: 0, lost: 0 }
  const [lately, overall] = [createHistogram(), createHistogram()]
  let lastError: string | null = null
  const links: Link[] = []
  const timers = new Set<NodeJS.Timeout>()
  let ended = false
  const aborted = (): boolean => signal?.aborted === true

  function open(index: number): void {
    const credential = options.credentials?.[index]
    links.push(
      openLink({
        url: options.url,
        clientId: credential?.username ?? `sim-${options.seed}-${process.pid}-${index}`,
        username: credential?.username ?? options.username,
        password: credential?.password ?? options.password,
        mqttVersion: options.mqttVersion,
        onError: (error) => {
          totals.errors++
          lastError =
            error.message === '' ? ((error as NodeJS.ErrnoException).code ?? 'connection refused') : error.message
        },
      }),
    )
  }
  async function publish(link: Link, topic: string, payload: string): Promise<void> {
    totals.published++
    const sentAt = performance.now()
    try {
      await link.publish(topic, payload, { qos: options.qos })
      totals.acknowledged++
      const ms = performance.now() - sentAt
      lately.add(ms)
      overall.add(ms)
    } catch (error) {
      if (ended) totals.lost++
      else totals.errors++
      lastError = (error as Error).message
    }
  }
  const topics = fleet.devices.map((device) => options.topic.replaceAll('{device}', device.id))
  const encode = (device: string, readings: SimReading[]): string =>
    options.format === 'senml' ? encodeSenml(device, readings) : encodeNative(readings)
  /** One message of a device, unless its connection has enough on the way; whether it could be sent. */
  function send(index: number): boolean {
    const device = fleet.devices[index]
    const link = links[index % links.length]
    if (device === undefined || link === undefined || !link.connected || link.inFlight >= options.inFlight) return false
    const now = Date.now()
    const readings = disturbReadings(
      device,
      readingsOf(fleet, device, now, options.readings),
      options.disturbances,
      random,
    )
    if (readings.length === 0) return true
    const payload = encode(device.id, readings)
    for (const delayMs of disturbDelivery(now, options.disturbances, random)) {
      if (delayMs === 0) void publish(link, topics[index] ?? '', payload)
      else {
        const timer = setTimeout(() => {
          timers.delete(timer)
          void publish(link, topics[index] ?? '', payload)
        }, delayMs)
        timers.add(timer)
      }
    }
    return true
  }

  while (links.length < options.connections && !aborted()) {
    for (let i = 0; i < OPENED_PER_TICK && links.length < options.connections; i++) open(links.length)
    await sleep(TICK_MS)
  }
  const closeAll = (force: boolean): Promise<unknown> => Promise.all(links.map((link) => link.close({ force })))
  while (!links.some((link) => link.connected) && !aborted()) {
    if (Date.now() - startedAt > FIRST_CONNECTION_MS || (lastError !== null && Date.now() - startedAt > 1500)) {
      await closeAll(true)
      throw new Error(`no connection to ${options.url}: ${lastError ?? 'no answer within 10 s'}`)
    }
    await sleep(TICK_MS)
  }

  const begin = performance.now()
  let next = 0
  let due = 0
  let second = 0
  let before = { ...totals }
  const herds = options.disturbances.filter((each) => each.kind === 'herd')
  while (!aborted()) {
    const elapsed = performance.now() - begin
    if (options.durationMs !== null && elapsed >= options.durationMs) break
    const wanted = options.rate === 0 ? Number.POSITIVE_INFINITY : (elapsed / 1000) * options.rate
    // What a full or broken connection could not take in a second is not made up later.
    due = Math.max(due, wanted === Number.POSITIVE_INFINITY ? 0 : wanted - options.rate)
    let refused = 0
    while (due < wanted && refused < fleet.devices.length) {
      if (send(next)) {
        due++
        refused = 0
      } else refused++
      next = (next + 1) % fleet.devices.length
      if (options.rate === 0 && performance.now() - begin - elapsed > TICK_MS) break
    }
    for (const herd of herds) {
      if (Date.now() < herd.at) continue
      herds.splice(herds.indexOf(herd), 1)
      for (const link of links) link.cut(1000)
      break
    }
    if (elapsed >= (second + 1) * 1000) {
      second = Math.floor(elapsed / 1000)
      const connected = links.filter((link) => link.connected).length
      print(progressLine(second, connected, links.length, before, totals, lately.quantile(0.5), lately.quantile(0.99)))
      lately.clear()
      before = { ...totals }
    }
    await sleep(options.rate === 0 ? 0 : TICK_MS)
  }
  const seconds = (performance.now() - begin) / 1000
  for (const timer of timers) clearTimeout(timer)
  const drainedBy = Date.now() + DRAIN_MS
  while (links.some((link) => link.inFlight > 0) && Date.now() < drainedBy) await sleep(TICK_MS)
  ended = true
  await closeAll(links.some((link) => link.inFlight > 0))
  return { ...totals, seconds, p50: overall.quantile(0.5), p99: overall.quantile(0.99), lastError }
}

/** `count` readings: the device's points now, and at the milliseconds before until there are enough. */
function readingsOf(fleet: Fleet, device: Device, now: number, count: number): SimReading[] {
  const readings: SimReading[] = []
  for (let i = 0; readings.length < count; i++) readings.push(...fleet.sample(device.id, now - i))
  return readings.slice(0, count)
}

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => (ms === 0 ? setImmediate(resolve) : setTimeout(resolve, ms)))
