// Alarms in Chromium on the real program: a reading over MQTT raises one, people see it live, acknowledge it, hand it over, and end it; by mouse in Finnish, by keyboard in Swedish on a phone.
import mqtt from 'mqtt'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { AlarmRuleWanted } from '#contract/alarm-rules.ts'
import { fi } from '#dashboard/text/alarms/fi.ts'
import { sv } from '#dashboard/text/alarms/sv.ts'
import { fi as commonFi } from '#dashboard/text/fi.ts'
import { sv as commonSv } from '#dashboard/text/sv.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { notRun } from '#tests/not-run.ts'
import { call, makeFolder, removeFolder, startProgram, type Program } from '#tests/process/program.ts'
import {
  axeViolations,
  buildDashboard,
  findChromium,
  openBrowser,
  openPage,
  overflow,
  tabTo,
  type Watched,
} from './open-browser.ts'

const PASSWORD = 'pitkä lause on hyvä salasana'
const WITHIN_MS = 20_000
const HOUR_MS = 3_600_000
const SENSORS = ['ilma-1', 'ilma-2']
const chromium = findChromium()
let folder = ''
let program: Program
let browser: Browser | null = null
const passwords = new Map<string, string>()

/** Two sensors; the first was twice above 1,200 ppm in the last days. */
const house = (now: number): Bundle => ({
  organisations: [
    { id: 'kunta', name: { fi: 'Kuusamon kaupunki', sv: 'Kuusamo stad' } },
    { id: 'huolto', name: { fi: 'Huoltoyhtiö', sv: 'Servicebolaget' } },
  ],
  premises: [
    { id: 'talo', name: { fi: 'Virastotalo', sv: 'Ämbetshuset' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' },
  ],
  devices: SENSORS.map((id, i) => ({
    id,
    name: { fi: `Huoneanturi ${i + 1}`, sv: `Rumsgivare ${i + 1}` },
    premises: 'talo',
    type: 'room-sensor',
    expectedInterval: 'PT10M',
    ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
    roles: [{ role: 'maintainer', organisation: 'huolto', from: '2026-01-01', to: null }],
    points: [
      { key: 'co2', name: { fi: 'Hiilidioksidi', sv: 'Koldioxid' }, unit: 'ppm', kind: 'gauge' },
      { key: 'temperature', name: { fi: 'Lämpötila', sv: 'Temperatur' }, unit: 'Cel', kind: 'gauge' },
    ],
  })),
  readings: [
    {
      device: 'ilma-1',
      point: 'co2',
      values: Array.from({ length: 72 }, (_, i): [string, number] => [
        new Date(now - (73 - i) * HOUR_MS).toISOString(),
        i === 20 || i === 50 ? 1400 : 600,
      ]),
    },
  ],
})
const RULE: AlarmRuleWanted = {
  premises: 'talo',
  name: { fi: 'Hiilidioksidia on paljon', sv: 'Hög koldioxidhalt' },
  on: true,
  severity: 'major',
  latching: true,
  target: { kind: 'type', type: 'room-sensor' },
  condition: { kind: 'threshold', point: 'co2', above: '1200', hysteresis: '100' },
  advice: { fi: 'Lisää ilmanvaihtoa.', sv: 'Öka ventilationen.' },
}

beforeAll(async () => {
  if (chromium === null) return
  buildDashboard()
  folder = makeFolder()
  program = await startProgram(folder, { SAMTILA_DEMO: 'off' })
  await done('POST', '/import', house(Date.now()))
  for (const [login, language] of [
    ['aino', 'fi'],
    ['sven', 'sv'],
  ])
    await done('POST', '/users', {
      login,
      name: `Testi ${login}`,
      language,
      memberships: [{ organisation: 'kunta', roles: ['manager', 'technician'] }],
      password: PASSWORD,
      mustChangePassword: false,
    })
  const made = (await done('POST', '/credentials', { devices: SENSORS })) as { device: string; password: string }[]
  for (const { device, password } of made) passwords.set(device, password)
  await done('PUT', '/alarm-rules/hiilidioksidi', RULE)
  browser = await openBrowser(chromium)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  if (chromium === null) return
  await program.end('SIGTERM')
  removeFolder(folder)
})
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at alarms', 'apt-get install chromium')
})

const done = async (method: 'POST' | 'PUT', path: string, body: unknown): Promise<unknown> => {
  const answer = await call(program, method, path, body)
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
/** One reading of a sensor, as it sends it, acknowledged. */
const publish = async (device: string, co2: number): Promise<void> => {
  const client = await mqtt.connectAsync(program.mqttUrl, {
    username: device,
    password: passwords.get(device) ?? '',
    clientId: device,
  })
  await client.publishAsync(`samtila/v1/${device}/telemetry`, JSON.stringify({ ts: Date.now(), values: { co2 } }), {
    qos: 1,
  })
  await client.endAsync()
}
const signedIn = async (login: string, language: 'fi' | 'sv', next: string, width: number): Promise<Watched> => {
  const watched = await openPage(browser!, program.httpUrl, { viewport: { width, height: 900 } })
  const { signIn } = language === 'fi' ? commonFi : commonSv
  await watched.page.goto(`/sign-in?lang=${language}&next=${encodeURIComponent(next)}`)
  await watched.page.getByLabel(signIn.login).fill(login)
  await watched.page.getByLabel(signIn.password).fill(PASSWORD)
  await watched.page.getByRole('button', { name: signIn.submit }).click()
  await watched.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'), { timeout: WITHIN_MS })
  return watched
}
const seen = (page: Page, text: string): Promise<void> => page.getByText(text).first().waitFor({ timeout: WITHIN_MS })
const looksWell = async (page: Page): Promise<void> => {
  expect(await axeViolations(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
}
const SHOTS = process.env['SAMTILA_SHOTS']
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}

test('by mouse in Finnish: it comes live, is acknowledged, handed over, commented, and ended', async () => {
  const { page, faults } = await signedIn('aino', 'fi', '/alarms', 1440)
  await seen(page, fi.list.quiet)
  await seen(page, commonFi.live.open)
  await publish('ilma-1', 1500)
  const row = page.getByRole('link', { name: 'Hiilidioksidia on paljon' })
  await row.waitFor({ timeout: WITHIN_MS })
  await seen(page, fi.live.raised('Hiilidioksidia on paljon'))
  expect(await page.getByRole('row').nth(1).innerText()).toMatch(
    /1[\s\u00A0]500[\s\u00A0]ppm, raja 1[\s\u00A0]200[\s\u00A0]ppm/,
  )
  await looksWell(page)
  await shot(page, 'alarms-fi')

  await row.click()
  await page.getByRole('heading', { level: 1, name: /Hiilidioksidia on paljon/ }).waitFor({ timeout: WITHIN_MS })
  await seen(page, 'Lisää ilmanvaihtoa.')
  await page.getByRole('button', { name: fi.one.acknowledge }).click()
  await seen(page, fi.states.acknowledged)
  await page.getByLabel(fi.one.assignTo).selectOption('huolto')
  await page.getByRole('button', { name: fi.one.assignNow, exact: true }).click()
  await seen(page, fi.states.assigned)
  await page.getByRole('button', { name: fi.one.commentNow }).click()
  await seen(page, fi.one.needText)
  await page.getByRole('textbox', { name: fi.one.comment, exact: true }).fill('Katson <b>aulan</b> koneen.')
  await page.getByRole('button', { name: fi.one.commentNow }).click()
  await seen(page, 'Katson <b>aulan</b> koneen.')
  await publish('ilma-1', 800)
  await seen(page, fi.over)
  await seen(page, fi.one.clearText)
  await looksWell(page)
  await shot(page, 'alarm-fi')
  await page.getByRole('button', { name: fi.one.clear, exact: true }).click()
  await seen(page, fi.states.cleared)

  await page.goto('/devices/ilma-1?lang=fi&point=co2')
  await seen(page, fi.device.past)
  await seen(page, fi.device.mark('Hiilidioksidia on paljon'))
  expect(faults).toEqual([])
  await page.context().close()
})

test('by keyboard in Swedish on a phone: found, acknowledged, silenced, ended with a reason', async () => {
  await publish('ilma-2', 1600)
  const { page, faults } = await signedIn('sven', 'sv', '/alarms', 390)
  const open = page.getByRole('link', { name: 'Hög koldioxidhalt' })
  await open.waitFor({ timeout: WITHIN_MS })
  await looksWell(page)
  await shot(page, 'alarms-sv')
  await tabTo(page, (text) => text === 'Hög koldioxidhalt')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: /Hög koldioxidhalt/ }).waitFor({ timeout: WITHIN_MS })
  await looksWell(page)
  await shot(page, 'alarm-sv')
  await tabTo(page, (text) => text === sv.one.acknowledge)
  await page.keyboard.press('Enter')
  await seen(page, sv.states.acknowledged)
  await tabTo(page, (text) => text === sv.one.snoozeNow)
  await page.keyboard.press('Enter')
  await seen(page, 'Tystat till')
  await tabTo(page, (text) => text === sv.one.clear)
  await page.keyboard.press('Enter')
  await seen(page, sv.one.needWhy)
  await page.getByLabel(sv.one.clearWhy).focus()
  await page.keyboard.type('Givaren står i solen.')
  await tabTo(page, (text) => text === sv.one.clear)
  await page.keyboard.press('Enter')
  await seen(page, sv.states.cleared)
  await seen(page, 'Givaren står i solen.')
  expect(faults).toEqual([])
  await page.context().close()
})

test('a rule is read as a sentence while it is typed, tried on history, and switched on', async () => {
  const { page, faults } = await signedIn('aino', 'fi', '/alarm-rules/new?premises=talo', 1440)
  await page.getByRole('button', { name: fi.form.saveOn }).click()
  await seen(page, fi.form.needs.point)
  await page.getByLabel(fi.form.point, { exact: true }).selectOption('co2')
  await page.getByLabel(/^Hälytä, kun arvo on yli/).fill('1300,5')
  await page.getByLabel(fi.form.lasting, { exact: true }).fill('')
  await page
    .getByText(/Hälytä, kun hiilidioksidi on yli 1[\s\u00A0]300,5[\s\u00A0]ppm\./)
    .waitFor({ timeout: WITHIN_MS })
  await page.getByRole('button', { name: fi.form.try }).click()
  // Twice in the readings of the last days, and once each by the tests before.
  await page
    .getByText(/hälytystä olisi tullut|[34] hälytys/i)
    .first()
    .waitFor({ timeout: WITHIN_MS })
  await looksWell(page)
  await shot(page, 'rule-fi')
  await page.getByLabel(fi.form.nameFi).fill('Ilma on tunkkainen')
  await page.getByRole('button', { name: fi.form.saveOn }).click()
  await page.getByRole('link', { name: 'Ilma on tunkkainen' }).waitFor({ timeout: WITHIN_MS })
  await looksWell(page)
  await page.goto('/alarm-rules/suggested?premises=talo&lang=fi')
  await page.getByRole('button', { name: /^Ota käyttöön \(/ }).click()
  await page
    .getByText(/nyt käytössä\./)
    .first()
    .waitFor({ timeout: WITHIN_MS })
  await looksWell(page)
  expect(faults).toEqual([])
  await page.context().close()
})
