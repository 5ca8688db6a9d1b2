// A page with 12 charts of 10,000 readings each in Chromium on the real program: how long until one reads them, coming from another page of the
// dashboard and from a load anew; charts are drawn when they come near the window.
// `npm run bench -- charts [--append]`
import { findChromium } from '#tests/browser/open-browser.ts'
import { done, startDashboard } from '#tests/browser/start-dashboard.ts'
import { percentileOf, report } from './whole-server.ts'

const CHARTS = 12
const READINGS = 10_000
const ROUNDS = 5
const GOAL_MS = 1_000
const DEVICE = 'monipiste'
const STEP_MS = 60_000

const chromium = findChromium()
if (chromium === null) {
  console.log('not run: charts in Chromium (apt-get install chromium)')
  process.exit(0)
}
const dashboard = await startDashboard(chromium)
const { program } = dashboard
const keys = Array.from({ length: CHARTS }, (_, i) => `m${i + 1}`)
/** A week of minutes less a little, ended a moment ago. */
const end = Math.floor(Date.now() / STEP_MS) * STEP_MS

/** How the page finds by itself, at every frame, when a chart is drawn and answers to a key: a question from outside would wait its turn. */
const WATCH = `
  window.whenAnswers = (point) => new Promise((resolve) => {
    const look = () => {
      const heading = [...document.querySelectorAll('h3')].find((one) => one.textContent === point)
      const chart = heading?.parentElement.querySelector('[role=application]') ?? null
      const spoken = document.querySelector('output[aria-live]')
      if (chart === null || spoken === null || chart.querySelector('.uplot canvas') === null) return requestAnimationFrame(look)
      const drawnMs = performance.now()
      // A sentence that is said again is a new node, too.
      const observer = new MutationObserver(() => {
        observer.disconnect()
        resolve({ drawnMs, answersMs: performance.now() })
      })
      observer.observe(spoken, { childList: true, subtree: true, characterData: true })
      chart.dispatchEvent(new KeyboardEvent('keydown', { key: 'End', bubbles: true }))
    }
    look()
  })
  window.firstAnswers = window.whenAnswers('m1')`
/** As a link does: from the list of devices to the page with the charts. Times are from there. */
const FOLLOW = `(async () => {
  const startMs = performance.now()
  history.pushState(null, '', PATH)
  dispatchEvent(new PopStateEvent('popstate'))
  const { drawnMs, answersMs } = await window.firstAnswers
  return { drawnMs: drawnMs - startMs, answersMs: answersMs - startMs }
})()`
/** Until the first chart is drawn and answers, and how long the last takes after one jumped to the end; ms. */
const measure = async (isWithin: boolean) => {
  const page = await context.newPage()
  await page.addInitScript(WATCH)
  if (isWithin) {
    await page.goto('/devices?lang=fi')
    await page.locator('html:not([data-drawn]) main table tbody tr').first().waitFor({ timeout: 60_000 })
  } else await page.goto(path)
  const asked = isWithin ? FOLLOW.replace('PATH', JSON.stringify(path)) : 'firstAnswers'
  const first = (await page.evaluate(asked)) as { drawnMs: number; answersMs: number }
  const lastMs = (await page.evaluate(`(async () => {
    const start = performance.now()
    const heading = [...document.querySelectorAll('h3')].find((one) => one.textContent === 'm${CHARTS}')
    heading.scrollIntoView()
    const { answersMs } = await window.whenAnswers('m${CHARTS}')
    return answersMs - start
  })()`)) as number
  const protocol = await context.newCDPSession(page)
  await protocol.send('Performance.enable')
  const { metrics } = await protocol.send('Performance.getMetrics')
  await page.close()
  // What the page's own process worked: a busy machine makes the others longer, this hardly.
  const processorMs = (metrics.find(({ name }) => name === 'ProcessTime')?.value ?? Number.NaN) * 1_000
  return { ...first, lastMs, processorMs }
}

await done(program, '/import', {
  premises: [{ id: 'kaaviotalo', name: { fi: 'Kaaviotalo' }, timeZone: 'Europe/Helsinki', landlord: 'kuusamo' }],
  devices: [
    {
      id: DEVICE,
      premises: 'kaaviotalo',
      type: 'room-sensor',
      points: keys.map((key) => ({ key, unit: 'Cel', kind: 'gauge' })),
    },
  ],
})
for (const [n, point] of keys.entries())
  await done(program, '/import', {
    readings: [
      {
        device: DEVICE,
        point,
        values: Array.from({ length: READINGS }, (_, i): [string, number] => [
          new Date(end - (READINGS - i) * STEP_MS).toISOString(),
          Math.round((21 + n + Math.sin(i / 300) + Math.sin(i * 7) / 4) * 100) / 100,
        ]),
      },
    ],
  })
const path = `/devices/${DEVICE}?point=*&range=month&from=${new Date(end - READINGS * STEP_MS).toISOString()}&to=${new Date(end).toISOString()}&lang=fi`
const { page: first } = await dashboard.signedIn('aino', 'fi')
const context = first.context()
// The scripts are in the browser's cache, as they are for everybody who was here before.
await first.goto(path)
await first.locator('.uplot canvas').first().waitFor({ timeout: 60_000 })
await first.close()
type Round = Awaited<ReturnType<typeof measure>>
const within: Round[] = []
const anew: Round[] = []
for (let i = 0; i < ROUNDS; i += 1) {
  within.push(await measure(true))
  anew.push(await measure(false))
}
await dashboard.end()
const row = (what: string, values: number[]) => ({
  ms: what,
  median: percentileOf(values, 50),
  slowest: Math.max(...values),
})
const answers = within.map(({ answersMs }) => answersMs)
const last = within.map(({ lastMs }) => lastMs)
const figures = [
  row(
    'from the list of devices until the first chart is drawn',
    within.map(({ drawnMs }) => drawnMs),
  ),
  row('from the list of devices until a key moves its cursor', answers),
  row('from a jump to the end of the page until the last chart answers', last),
  row(
    'the page loaded anew: until a key moves the first chart’s cursor',
    anew.map(({ answersMs }) => answersMs),
  ),
  row(
    'processor time of the page, loaded anew, for all of it',
    anew.map(({ processorMs }) => processorMs),
  ),
]
report(`${CHARTS} charts of ${READINGS} readings each in one page (\`npm run bench -- charts\`)`, figures)
const isMet = percentileOf(answers, 50) < GOAL_MS && percentileOf(last, 50) < GOAL_MS
console.log(`goal: under ${GOAL_MS} ms, ${isMet ? 'met' : 'NOT met'}`)
process.exit(isMet ? 0 : 1)
