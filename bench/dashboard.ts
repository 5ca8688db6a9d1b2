// The dashboard in Chromium on the real program: first loads with the processor slowed down 4×, then 1,000 readings a second on screen.
// `--seconds=20`, or `--minutes=30`; `--small` for a short look; `--only=load` or `--only=live`. The load and the browser run on the same cores as the program.
import { existsSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { setTimeout as sleep } from 'node:timers/promises'
import mqtt from 'mqtt'
import type { Page } from 'playwright-core'
import { findChromium } from '#tests/browser/open-browser.ts'
import { LIBRARY, LIBRARY_MONTH, PREMISES as OFFICES, SENSOR } from '#tests/browser/example.ts'
import { done, startDashboard } from '#tests/browser/start-dashboard.ts'

const SLOW_DOWN = 4
const LOADS = 5
const DEVICES = 100
/** The seconds after which the values sent begin anew. */
const CLOCK = 10_000
const POINTS = Array.from({ length: 10 }, (_, i) => `m${i}`)
const PREMISES = 'mittaustalo'
const LIMITS = { scriptBytes: 250_000, paintMs: 1_000, heapGrowth: 1.2, behindSeconds: 5 }

const option = (name: string): number | null => {
  const given = process.argv.find((argument) => argument.startsWith(`--${name}=`))
  return given === undefined ? null : Number(given.split('=')[1])
}
const seconds = (option('minutes') ?? 0) * 60 || option('seconds') || (process.argv.includes('--small') ? 5 : 20)

const only = process.argv.find((argument) => argument.startsWith('--only='))?.split('=')[1] ?? null

const chromium = findChromium()
if (chromium === null) {
  console.log('not run: the dashboard in Chromium (apt-get install chromium)')
  process.exit(0)
}
const dashboard = await startDashboard(chromium)
const { program } = dashboard
let missed = 0
const say = (what: string, value: string, within: boolean): void => {
  if (!within) missed += 1
  console.log(`${what.padEnd(64)} ${value.padStart(14)}  ${within ? 'within' : 'OVER'}`)
}

/** Largest contentful paint of an address, the browser empty at first; when its heading stands; what scripts it loads, gzip. */
const measureLoad = async (path: string, login: string | null): Promise<Load> => {
  const state = login === null ? {} : { storageState: await stateOf(login) }
  const context = await dashboard.browser.newContext({ baseURL: program.httpUrl, ...state })
  const fresh = await context.newPage()
  const scripts: Promise<number>[] = []
  fresh.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js'))
      scripts.push(
        response.body().then(
          (body) => gzipSync(body).length,
          // Asked for after the page was there, and not read any more.
          () => 0,
        ),
      )
  })
  const protocol = await context.newCDPSession(fresh)
  await protocol.send('Emulation.setCPUThrottlingRate', { rate: SLOW_DOWN })
  // Noted by the page itself: whoever asks a page while it loads makes it slower.
  await fresh.addInitScript(`new MutationObserver((_, observer) => {
      if (document.querySelector('html:not([data-drawn]) h1') === null) return
      window.headingMs = performance.now()
      observer.disconnect()
    }).observe(document, { childList: true, subtree: true, attributeFilter: ['data-drawn'] })`)
  const before = processorTime()
  await fresh.goto(path, { waitUntil: 'networkidle' })
  // The program has come, also where the server drew the page before it.
  await fresh.locator('html:not([data-drawn]) h1').waitFor()
  await fresh.waitForLoadState('networkidle')
  const after = processorTime()
  const headingMs = Number(await fresh.evaluate('window.headingMs'))
  const paint = (await fresh.evaluate(
    `new Promise((resolve) => new PerformanceObserver((list) => resolve(list.getEntries().map(({ startTime, element }) =>
      ({ ms: startTime, text: '<' + (element?.localName ?? 'gone') + '> ' + (element?.textContent ?? '') })).at(-1))).observe({ type: 'largest-contentful-paint', buffered: true }))`,
  )) as { ms: number; text: string }
  const bytes = (await Promise.all(scripts)).reduce((sum, one) => sum + one, 0)
  await context.close()
  const stolen = (after.stolen - before.stolen) / Math.max(1, after.all - before.all)
  return { paintMs: paint.ms, painted: paint.text.slice(0, 100), headingMs, bytes, stolen }
}
type Load = { paintMs: number; painted: string; headingMs: number; bytes: number; stolen: number }

/** Processor time so far, and what of it a virtual machine's host gave to others: loads with unlike shares can't be compared. */
const processorTime = (): { all: number; stolen: number } => {
  const [line = ''] = existsSync('/proc/stat') ? readFileSync('/proc/stat', 'utf8').split('\n', 1) : []
  const parts = line.split(/\s+/).slice(1, 9).map(Number)
  return { all: parts.reduce((sum, one) => sum + one, 0), stolen: parts[7] ?? 0 }
}
const stateOf = async (login: string) => {
  const { page } = await dashboard.signedIn(login, 'fi')
  const state = await page.context().storageState()
  await page.context().close()
  return state
}

const heapOf = async (page: Page): Promise<() => Promise<number>> => {
  const protocol = await page.context().newCDPSession(page)
  await protocol.send('Performance.enable')
  return async () => {
    await protocol.send('HeapProfiler.collectGarbage')
    const { metrics } = await protocol.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0
  }
}

/** Every device sends its ten points once a second, evenly over the second. */
const sendReadings = async (): Promise<{ sent: () => number; stop: () => Promise<void> }> => {
  const ids = Array.from({ length: DEVICES }, (_, i) => `mittari-${i}`)
  const made = (await done(program, '/credentials', { devices: ids })) as { device: string; password: string }[]
  const clients = await Promise.all(
    made.map(({ device, password }) =>
      mqtt.connectAsync(program.mqttUrl, { username: device, clientId: device, password }),
    ),
  )
  let sent = 0
  const timers = clients.map((client, i) => {
    const send = (): void => {
      const values = Object.fromEntries(POINTS.map((key, n) => [key, (Math.floor(Date.now() / 1000) % CLOCK) + n]))
      client.publish(`samtila/v1/mittari-${i}/telemetry`, JSON.stringify({ ts: Date.now(), values }), { qos: 1 })
      sent += POINTS.length
    }
    return setTimeout(
      () => {
        send()
        timers[i] = setInterval(send, 1_000)
      },
      i * (1_000 / DEVICES),
    )
  })
  return {
    sent: () => sent,
    stop: async () => {
      for (const timer of timers) clearInterval(timer)
      await Promise.all(clients.map((client) => client.endAsync()))
    },
  }
}

/** What stands on the screen: how many values, and how many seconds the oldest of them is behind; a value says when it was made. */
const lookAtScreen = async (page: Page): Promise<{ values: number; behindSeconds: number }> => {
  const shown = (await page.evaluate(`[...document.querySelectorAll('main table li')].map((one) =>
    [one.firstElementChild.textContent, one.lastElementChild.textContent])`)) as [string, string][]
  const digits = (text: string): number => Number(text.replace(/\D/g, ''))
  const now = Math.floor(Date.now() / 1000)
  const behind = shown.map(([key, value]) => (now - (digits(value) - digits(key)) + CLOCK) % CLOCK)
  return { values: shown.length, behindSeconds: Math.max(0, ...behind.map((one) => (one > CLOCK / 2 ? 0 : one))) }
}

const measureLive = async (): Promise<void> => {
  const { page, faults } = await dashboard.signedIn('aino', 'fi')
  // Counts what the feed brings, in the page itself, before the page uses it; a bucket is a minute, or a second of a short run.
  const bucketMs = seconds >= 120 ? 60_000 : 1_000
  await page.addInitScript(`
    window.arrived = {}
    const listen = EventSource.prototype.addEventListener
    EventSource.prototype.addEventListener = function (kind, listener) {
      listen.call(this, kind, listener)
      if (kind === 'reading') listen.call(this, kind, () => {
        const bucket = Math.floor(Date.now() / ${bucketMs})
        window.arrived[bucket] = (window.arrived[bucket] ?? 0) + 1
      })
    }`)
  await page.goto(`/premises/${PREMISES}?lang=fi`)
  await page.getByRole('heading', { level: 1 }).waitFor()
  const heapNow = await heapOf(page)
  const load = await sendReadings()
  await page
    .locator('main table li')
    .nth(DEVICES * POINTS.length - 1)
    .waitFor({ state: 'attached', timeout: 60_000 })
  const [sentBefore, startedAt] = [load.sent(), Date.now()]
  const heaps = [await heapNow()]
  const looks: Awaited<ReturnType<typeof lookAtScreen>>[] = []
  while (Date.now() < startedAt + seconds * 1_000) {
    await sleep(Math.min(bucketMs, startedAt + seconds * 1_000 - Date.now()))
    looks.push(await lookAtScreen(page))
    if (bucketMs === 60_000) heaps.push(await heapNow())
  }
  const endedAt = Date.now()
  const rate = (load.sent() - sentBefore) / ((endedAt - startedAt) / 1_000)
  heaps.push(await heapNow())
  const arrived = (await page.evaluate('Object.entries(window.arrived)')) as [string, number][]
  await load.stop()
  // Whole buckets between start and end.
  const [first, last] = [Math.ceil(startedAt / bucketMs), Math.floor(endedAt / bucketMs)]
  const counts = new Map(arrived.map(([bucket, count]) => [Number(bucket), count]))
  const inside = Array.from({ length: last - first }, (_, i) => counts.get(first + i) ?? 0)
  const empty = inside.filter((count) => count === 0).length
  const got = inside.reduce((sum, count) => sum + count, 0) / (((last - first) * bucketMs) / 1_000)
  const behind = Math.max(...looks.map(({ behindSeconds }) => behindSeconds))
  const fewest = Math.min(...looks.map(({ values }) => values))
  // The middle of the last third against the middle of the first: what is a moment's does not count.
  const third = Math.max(1, Math.floor(heaps.length / 3))
  const [early, late] = [median(heaps.slice(0, third)), median(heaps.slice(-third))]
  const every = bucketMs === 60_000 ? 'minutes' : 'seconds'
  say('readings sent a second', rate.toFixed(0), rate > 900)
  say('readings a second that the page got', got.toFixed(0), got > rate * 0.95)
  say(`${every} without a reading, of ${last - first}`, String(empty), empty === 0)
  say('values on screen, at the fewest', String(fewest), fewest === DEVICES * POINTS.length)
  say('oldest value on screen, seconds behind', String(behind), behind <= LIMITS.behindSeconds)
  say('heap early and late, MB', `${mb(early)} ${mb(late)}`, late < early * LIMITS.heapGrowth)
  if (bucketMs === 60_000) console.log(`heap by minute, MB: ${heaps.map(mb).join(' ')}`)
  say('faults of the page', String(faults.length), faults.length === 0)
  for (const fault of new Set(faults)) console.log(fault)
  await page.context().close()
}
const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
const mb = (bytes: number): string => (bytes / 1e6).toFixed(1)

const measureLoads = async (): Promise<void> => {
  for (const [path, login] of [
    ['/sign-in?lang=fi', null],
    ['/?lang=fi', 'aino'],
    // What a letter, a bookmark or a label on a wall opens.
    [`/costs/${LIBRARY}/${LIBRARY_MONTH}?lang=fi`, 'aino'],
    [`/premises/${OFFICES}?lang=fi`, 'aino'],
    [`/devices/${SENSOR}?range=day&lang=fi`, 'aino'],
    ['/agreements?lang=fi', 'aino'],
    ['/faults?lang=fi', 'aino'],
    [`/p/${OFFICES}?lang=fi`, null],
  ] as const) {
    const loads: Load[] = []
    for (let i = 0; i < (seconds < 10 ? 1 : LOADS); i += 1) loads.push(await measureLoad(path, login))
    const paintMs = median(loads.map((load) => load.paintMs))
    say(
      `${path}: largest contentful paint, ms, processor ${SLOW_DOWN}× slower`,
      paintMs.toFixed(0),
      paintMs < LIMITS.paintMs,
    )
    const each = loads.map((load) => `${load.paintMs.toFixed(0)} (${(load.stolen * 100).toFixed(0)})`).join(', ')
    console.log(`  each (% of processor time stolen by the host): ${each}`)
    console.log(`  the largest is “${loads[0]?.painted ?? ''}”`)
    console.log(`  its heading stands after ${median(loads.map((load) => load.headingMs)).toFixed(0)} ms`)
    const bytes = loads[0]?.bytes ?? 0
    // The limit is for where people begin; a page with charts brings them.
    const isBeginning = path === '/sign-in?lang=fi' || path === '/?lang=fi'
    say(`${path}: script, kB gzip`, (bytes / 1_000).toFixed(0), !isBeginning || bytes <= LIMITS.scriptBytes)
  }
}

const importMeters = (): Promise<unknown> =>
  done(program, '/import', {
    premises: [{ id: PREMISES, name: { fi: 'Mittaustalo' }, timeZone: 'Europe/Helsinki', landlord: 'kuusamo' }],
    devices: Array.from({ length: DEVICES }, (_, i) => ({
      id: `mittari-${i}`,
      premises: PREMISES,
      type: 'room-sensor',
      points: POINTS.map((key) => ({ key, unit: 'Cel', kind: 'gauge' })),
    })),
  })

try {
  if (only !== 'live') await measureLoads()
  if (only !== 'load') {
    await importMeters()
    await measureLive()
  }
} finally {
  await dashboard.end()
}
process.exit(missed === 0 ? 0 : 1)
