// Storey plans in Chromium on the real program: a plan is sent, a device placed by keyboard and by mouse, its value changes live, on a phone too.
import mqtt from 'mqtt'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PlanOpened, PlanShown } from '#contract/plans.ts'
import { fi } from '#dashboard/text/plans/fi.ts'
import { notRun } from '#tests/not-run.ts'
import { call } from '#tests/process/program.ts'
import { PREMISES, SENSOR } from './example.ts'
import { axeViolations, findChromium, overflow } from './open-browser.ts'
import { done, open, startDashboard, WITHIN_MS, type Dashboard } from './start-dashboard.ts'

const chromium = findChromium()
let dashboard: Dashboard

beforeAll(async () => {
  if (chromium !== null) dashboard = await startDashboard(chromium)
}, 120_000)
afterAll(() => dashboard?.end())
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the dashboard', 'apt-get install chromium')
})

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 400"><rect width="800" height="400" fill="#eee" onclick="alert(1)"/></svg>'
const placeOf = async (): Promise<readonly number[] | undefined> => {
  const { items } = (await call(dashboard.program, 'GET', `/premises/${PREMISES}/plans`)).body as { items: PlanShown[] }
  const { plan } = (await call(dashboard.program, 'GET', `/plans/${items[0]?.id}`)).body as PlanOpened
  return plan.placements.find(({ device }) => device === SENSOR)?.at
}

test('a plan is sent, a device placed by keyboard and by mouse, and lives on it', async () => {
  const { page, faults } = await dashboard.signedIn('aino', 'fi', { viewport: { width: 1440, height: 1100 } })
  await open(page, `/premises/${PREMISES}/plans?lang=fi`)
  await page.getByText(fi.send).first().click()
  await page.getByLabel(fi.storey, { exact: true }).fill('1')
  await page
    .getByLabel(fi.file)
    .setInputFiles({ name: 'kerros-1.svg', mimeType: 'image/svg+xml', buffer: Buffer.from(SVG) })
  await page.getByRole('button', { name: fi.send }).click()
  await page.getByRole('button', { name: fi.edit }).waitFor({ timeout: WITHIN_MS })

  // By keyboard alone: chosen from the list, moved with the arrows, saved.
  await page.getByRole('button', { name: fi.edit }).press('Enter')
  await page.locator(`li[data-device="${SENSOR}"]`).getByRole('button', { name: fi.put }).press('Enter')
  const marker = page.locator(`button[data-device="${SENSOR}"]`)
  await marker.focus()
  await page.keyboard.press('Shift+ArrowLeft')
  await page.keyboard.press('ArrowUp')
  await page.getByRole('button', { name: fi.save }).press('Enter')
  await page.getByRole('button', { name: fi.edit }).waitFor({ timeout: WITHIN_MS })
  expect(await placeOf()).toEqual([0.45, 0.495])

  // By mouse: dragged to a quarter of the picture.
  await page.getByRole('button', { name: fi.edit }).click()
  const picture = (await page.locator('img').first().boundingBox())!
  await marker.hover()
  await page.mouse.down()
  await page.mouse.move(picture.x + picture.width / 4, picture.y + picture.height / 4, { steps: 4 })
  await page.mouse.up()
  await page.getByRole('button', { name: fi.save }).click()
  await page.getByRole('button', { name: fi.edit }).waitFor({ timeout: WITHIN_MS })
  const [x = 0, y = 0] = (await placeOf()) ?? []
  expect([x, y].map((part) => Math.abs(part - 0.25) < 0.01)).toEqual([true, true])
  expect(await axeViolations(page)).toEqual([])

  // What the device sends stands on its marker and in the list.
  const [credential] = (await done(dashboard.program, '/credentials', { devices: [SENSOR] })) as {
    username: string
    password: string
  }[]
  const device = await mqtt.connectAsync(dashboard.program.mqttUrl, { ...credential, clientId: SENSOR })
  await device.publishAsync(`samtila/v1/${SENSOR}/telemetry`, JSON.stringify({ values: { temperature: 27.4 } }), {
    qos: 1,
  })
  await marker.getByText('27,4').waitFor({ timeout: WITHIN_MS })
  await page.locator(`li[data-device="${SENSOR}"]`).getByText('27,4').waitFor()
  await device.endAsync()
  expect(faults).toEqual([])
  await page.context().close()

  const phone = await dashboard.signedIn('yllapito', 'sv', {
    viewport: { width: 390, height: 800 },
    colorScheme: 'dark',
  })
  await open(phone.page, `/premises/${PREMISES}/plans?lang=sv&device=${SENSOR}`)
  await phone.page.locator(`button[data-device="${SENSOR}"][aria-pressed="true"]`).waitFor({ timeout: WITHIN_MS })
  expect([await axeViolations(phone.page), await overflow(phone.page)]).toEqual([[], 0])
  await phone.page.context().close()
}, 60_000)
