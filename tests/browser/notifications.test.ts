// The notification pages filled in by a person in Chromium: wishes, a calendar of who is on call with a substitute, a webhook whose secret
// is shown once and whose test message arrives at a real server; in Finnish at 1440 px and in Swedish at 390 px.
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { OnCallList } from '#contract/on-call.ts'
import type { WebhookList } from '#contract/webhooks.ts'
import { WISHES } from '#domain/notification/wishes.ts'
import { fi as alarmsFi } from '#dashboard/text/alarms/fi.ts'
import { sv as alarmsSv } from '#dashboard/text/alarms/sv.ts'
import { fi as commonFi } from '#dashboard/text/fi.ts'
import { sv as commonSv } from '#dashboard/text/sv.ts'
import { fi } from '#dashboard/text/notification/fi.ts'
import { sv } from '#dashboard/text/notification/sv.ts'
import { PASSWORD } from '#tests/api/start-api.ts'
import { startTelling, type Telling } from '#tests/notification/start-telling.ts'
import { notRun } from '#tests/not-run.ts'
import { axeViolations, buildDashboard, findChromium, openBrowser, openPage, overflow } from './open-browser.ts'

const WITHIN_MS = 15_000
const DAY_MS = 86_400_000
const SHOTS = process.env['SAMTILA_SHOTS']
const chromium = findChromium()
let browser: Browser | null = null
let telling: Telling
let receiver: Server
let hook = ''
let url = ''
const got: { id: string; at: string; signature: string; body: string }[] = []

beforeAll(async () => {
  if (chromium === null) return
  buildDashboard()
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const header = (name: string): string => String(request.headers[name])
      const body = Buffer.concat(chunks).toString('utf8')
      got.push({
        id: header('webhook-id'),
        at: header('webhook-timestamp'),
        signature: header('webhook-signature'),
        body,
      })
      response.writeHead(204).end()
    })
  })
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  hook = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/samtila`
  telling = await startTelling({
    now: Date.now(),
    webhookHosts: ['127.0.0.1'],
    dashboardFolder: `${process.cwd()}/dashboard/dist`,
  })
  await telling.api.app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(telling.api.app.server.address() as AddressInfo).port}`
  browser = await openBrowser(chromium)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  if (chromium === null) return
  await telling.close()
  receiver.closeAllConnections()
  await new Promise((resolve) => receiver.close(resolve))
})
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the notification pages', 'apt-get install chromium')
  got.length = 0
  telling.mail.received.length = 0
})

const FORMS = [
  {
    language: 'fi',
    words: fi,
    common: commonFi,
    severities: alarmsFi.severities,
    width: 1440,
    organisation: 'kunta',
    login: 'maija',
  },
  {
    language: 'sv',
    words: sv,
    common: commonSv,
    severities: alarmsSv.severities,
    width: 390,
    organisation: 'virasto',
    login: 'astrid',
  },
] as const

test.each(FORMS)(
  'wishes, a calendar with a substitute and a webhook are filled in, $language at $width px',
  async ({ language, words, common, severities, width, organisation, login }) => {
    const own = await telling.person(login, organisation, ['admin', 'manager', 'technician'])
    const other = await telling.person(`${login}-2`, organisation, ['technician'])
    const { page, faults } = await openPage(browser!, url, {
      viewport: { width, height: 900 },
      ...(width < 500 ? { hasTouch: true, isMobile: true } : {}),
    })
    page.setDefaultTimeout(WITHIN_MS)
    const looksWell = async (name: string): Promise<void> => {
      expect([name, await overflow(page)]).toEqual([name, 0])
      // Each view is checked once: the refusal and the forms on the wide window, what comes of them on the phone.
      if (width > 500 === /refused|form/.test(name)) expect([name, await axeViolations(page)]).toEqual([name, []])
      if (SHOTS !== undefined)
        await page.screenshot({ path: `${SHOTS}/notifications-${name}-${language}.png`, fullPage: true })
    }
    const press = (name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click()
    const manager = await telling.api.token(organisation, ['admin', 'manager'])
    const ask = async <T>(path: string): Promise<T> => (await telling.api.request(manager, 'GET', path)).json<T>()

    await page.goto(`/sign-in?lang=${language}&next=${encodeURIComponent('/notifications/settings')}`)
    await page.getByLabel(common.signIn.login).fill(login)
    await page.getByLabel(common.signIn.password).fill(PASSWORD)
    await press(common.signIn.submit)
    await page.getByLabel(severities.major).selectOption('daily')
    await page.getByLabel(words.settings.dailyAt).selectOption('6')
    await page.getByText(words.settings.quietOn, { exact: true }).click()
    await page.getByLabel(words.settings.quietFrom, { exact: true }).fill('22:30')
    await page.getByText(words.settings.byChoice, { exact: true }).click()
    await press(words.settings.addAbsence)
    await page.getByLabel(words.settings.deputy).selectOption(other.id)
    // Back on the day of going: refused with its place, in the reader's language, and nothing is lost.
    await press(words.save)
    await page.getByText(common.errors.notSaved, { exact: true }).waitFor()
    const place = `${words.settings.absence(1)}, ${words.settings.awayTo}:`
    const wrong = page.getByRole('listitem').filter({ hasText: place })
    await wrong.filter({ hasText: /oltava \d+\.\d+\.\d{4} jälkeen|ska vara efter \d+\.\d+\.\d{4}/ }).waitFor()
    expect(await wrong.innerText()).not.toMatch(/\d{4}-\d|after/)
    await looksWell('settings-refused')
    await press(words.settings.removeAbsence(1))
    await press(words.save)
    await page.getByText(words.saved).first().waitFor()
    const kept = await telling.api.records.getPaper({ organisation: null }, WISHES, own.id)
    expect(kept?.body).toMatchObject({
      ways: { major: 'daily', critical: 'at-once' },
      dailyAt: 6,
      quiet: { from: '22:30', to: '07:00', days: null },
      subscriptions: [{ from: 'warning', oursOnly: true }],
      absences: [],
    })
    await press(words.settings.test)
    await page.getByText(words.settings.tested).first().waitFor()
    await telling.notification.run()
    expect(telling.mail.received.map(({ to }) => to)).toEqual([`${login}@example.fi`])

    // Own calendar: the address is shown once, and a calendar program reads it without signing in.
    await press(words.ownCalendar.make)
    const address = (await page.getByText(/\/api\/v1\/calendars\/[\w-]{43}\.ics/).textContent()) ?? ''
    const subscribed = await fetch(url + new URL(address.trim()).pathname)
    expect([subscribed.status, subscribed.headers.get('content-type')]).toEqual([200, 'text/calendar; charset=utf-8'])
    await looksWell('own-calendar-form')
    await press(common.common.close)
    await page.getByRole('button', { name: words.ownCalendar.revoke }).waitFor()

    await page.goto(`/notifications/on-call?lang=${language}`)
    await press(words.onCall.add)
    await press(words.save)
    await page.getByText(words.onCall.nameNeeded).waitFor()
    await page.getByLabel(words.onCall.name, { exact: true }).fill('Iltapäivystys')
    await page.getByText(words.onCall.hasRotation, { exact: true }).click()
    await page.getByLabel(words.onCall.addPerson).selectOption(own.id)
    await page.getByLabel(words.onCall.addPerson).selectOption(other.id)
    await press(words.onCall.addTurn)
    const turn = page.getByRole('group', { name: words.onCall.turn(1) })
    const local = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 16)
    await turn.getByLabel(words.onCall.from).fill(local(-1))
    await turn.getByLabel(words.onCall.to).fill(local(1))
    await turn.getByLabel(words.onCall.person).selectOption(other.id)
    await turn.getByLabel(words.onCall.substitute).selectOption(own.id)
    await looksWell('calendar-form')
    await press(words.save)
    await page.getByRole('link', { name: words.onCall.open('Iltapäivystys') }).click()
    await page.getByRole('cell', { name: words.onCall.exception }).first().waitFor()
    await looksWell('calendar')
    expect((await ask<OnCallList>('/on-call')).items).toMatchObject([
      {
        name: { [language]: 'Iltapäivystys' },
        rotation: { people: [own.id, other.id] },
        now: { person: { id: other.id }, substitute: { id: own.id }, exception: true },
      },
    ])

    await page.goto(`/notifications/webhooks?lang=${language}`)
    await press(words.webhooks.add)
    await page.getByLabel(words.webhooks.name, { exact: true }).fill('Huoltojärjestelmä')
    await page.getByLabel(words.webhooks.url, { exact: true }).fill(hook)
    await press(words.save)
    const secret = (await page.getByText(/whsec_[A-Za-z0-9+/=]+/).textContent()) ?? ''
    await looksWell('webhook-secret')
    await press(common.common.close)
    await page.getByRole('link', { name: 'Huoltojärjestelmä' }).click()
    await press(words.webhooks.test)
    await page.getByText(words.webhooks.tested).first().waitFor()
    await telling.notification.run()
    expect(got).toHaveLength(1)
    const { id, at, body, signature } = got[0]!
    const key = Buffer.from(secret.replace(/^.*whsec_/, ''), 'base64')
    expect(signature).toBe(`v1,${createHmac('sha256', key).update(`${id}.${at}.${body}`).digest('base64')}`)
    expect(JSON.parse(body)).toMatchObject({ type: 'webhook.test' })
    await page.getByText(words.webhooks.deliveryStates.sent, { exact: true }).last().waitFor()
    await looksWell('webhook')
    // Shown once: neither the page nor the API gives it again.
    await page.reload()
    await page.getByRole('button', { name: words.webhooks.rotate }).waitFor()
    expect(await page.content()).not.toContain('whsec_')
    expect(JSON.stringify(await ask<WebhookList>('/webhooks'))).not.toContain('whsec_')
    expect(faults.filter((one) => !/status of 400/.test(one))).toEqual([])
    await page.context().close()
  },
  120_000,
)
