// Costs as people look at them: from a bar to the reading by keyboard alone, two months side by side, the flow and its table, the public page.
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { fi as costsFi } from '#dashboard/text/costs/fi.ts'
import { sv as costsSv } from '#dashboard/text/costs/sv.ts'
import { fi as publicFi } from '#dashboard/text/public/fi.ts'
import { sv as publicSv } from '#dashboard/text/public/sv.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { formatMonth } from '#domain/writing/date.ts'
import { formatMoney } from '#domain/writing/number.ts'
import { notRun } from '#tests/not-run.ts'
import { call, type Program } from '#tests/process/program.ts'
import { CAMPUS, EXPECTED, MONTH, PREMISES } from './example.ts'
import { axeViolations, findChromium, openPage, overflow, tabTo } from './open-browser.ts'
import { dictionaries, done, open, startDashboard, WITHIN_MS, type Dashboard } from './start-dashboard.ts'

const chromium = findChromium()
let dashboard: Dashboard

const LANGUAGES = ['fi', 'sv'] as const
const WORDS = {
  fi: { text: dictionaries.fi, costs: costsFi, open: publicFi },
  sv: { text: dictionaries.sv, costs: costsSv, open: publicSv },
}
/** A house that three bear together, its March closed: what the public may see of it. */
const OPEN_HOUSE = 'avoin-talo'
const BEARERS = ['kuusamo', 'poliisi', 'osapuoli-1']
const vat = { category: 'S', rate: '25.5' } as const
const house: Bundle = {
  premises: [
    {
      id: OPEN_HOUSE,
      name: { fi: 'Avoin talo', sv: 'Öppna huset' },
      timeZone: 'Europe/Helsinki',
      landlord: 'kuusamo',
    },
  ],
  agreements: [
    {
      id: 'avoin-sopimus',
      premises: OPEN_HOUSE,
      parties: BEARERS,
      versions: [
        {
          version: 1,
          from: '2026-01-01',
          to: null,
          rules: [{ category: '*', method: { by: 'equal' } }],
          approvals: BEARERS.map((organisation) => ({ organisation, decision: '§ 3' })),
        },
      ],
    },
  ],
  recurringCosts: [
    {
      id: 'aula',
      premises: OPEN_HOUSE,
      category: 'lobby',
      amount: '1234.49',
      vat,
      payer: 'kuusamo',
      from: '2026-03-01',
      to: null,
    },
  ],
}

beforeAll(async () => {
  if (chromium === null) return
  dashboard = await startDashboard(chromium)
  const { program } = dashboard
  await done(program, '/import', house)
  const tokens = await Promise.all(BEARERS.map((party) => tokenOf(program, party)))
  const [landlord] = tokens
  const month = `/premises/${OPEN_HOUSE}/settlements/2026-03`
  await done(landlord!, `${month}/issue`, {})
  for (const [i, party] of BEARERS.entries())
    await done(tokens[i]!, `${month}/responses`, { party, item: null, answer: 'accepted', text: '' })
  await done(landlord!, `${month}/close`, {})
}, 120_000)
afterAll(() => dashboard?.end())
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the costs', 'apt-get install chromium')
})

describe.each(LANGUAGES)('in %s', (language) => {
  const { text, costs, open: words } = WORDS[language]
  let page: Page
  let faults: string[]
  beforeAll(async () => {
    if (chromium !== null) ({ page, faults } = await dashboard.signedIn('aino', language))
  }, 60_000)
  afterAll(() => page?.context().close())

  test('from a bar to the reading in three steps by keyboard alone; the flow is its table to the cent', async () => {
    await open(page, `/costs/${PREMISES}/figures?year=2026&lang=${language}`)
    await page.getByRole('heading', { level: 2, name: costs.trend }).waitFor({ timeout: WITHIN_MS })
    await page.getByRole('link', { name: barName(language) }).waitFor({ timeout: WITHIN_MS })

    await tabTo(page, (label) => label === barName(language))
    await page.keyboard.press('Enter')
    await page.waitForURL(new RegExp(`/costs/${PREMISES}/${MONTH}`), { timeout: WITHIN_MS })
    await page.getByRole('heading', { level: 2, name: costs.flow }).waitFor({ timeout: WITHIN_MS })
    await page.locator('g[role="img"]').first().waitFor({ timeout: WITHIN_MS })
    expect(await flowOfPicture(page)).toEqual(await flowOfTable(page, text.common.table))

    const item = page
      .getByRole('table')
      .getByRole('link', { name: /el-main/ })
      .first()
    await item.waitFor({ timeout: WITHIN_MS })
    const name = await item.innerText()
    await tabTo(page, (label) => label === name)
    await page.keyboard.press('Enter')
    await page.getByRole('link', { name: text.item.openDevice }).waitFor({ timeout: WITHIN_MS })

    await tabTo(page, (label) => label === text.item.openDevice)
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/devices\/em-main\?.*point=energy/, { timeout: WITHIN_MS })
    await page.getByRole('heading', { level: 2, name: text.device.chart }).waitFor({ timeout: WITHIN_MS })
    await page.getByRole('application').waitFor({ timeout: WITHIN_MS })
    // What the meter measured is read by the keys of its chart, and the month before is a key away.
    await page.getByRole('application').focus()
    await page.keyboard.press('Home')
    await expect.poll(() => page.locator('output[aria-live]').innerText()).toMatch(/kWh/)
    await page.keyboard.press('PageUp')
    await page.waitForURL(/date=2026-03-/, { timeout: WITHIN_MS })
  }, 60_000)

  test('two months are one look: the reasons are the change to the cent, and the file has every line', async () => {
    await open(page, `/costs/${PREMISES}/compare?before=2026-03&after=${MONTH}&lang=${language}`)
    const reasons = page.getByRole('table', { name: costs.why })
    await reasons.waitFor({ timeout: WITHIN_MS })
    const amounts = (await reasons.locator('tbody tr').evaluateAll(lastCells)).map(centsOf)
    const total = centsOf((await reasons.locator('tfoot tr').evaluateAll(lastCells))[0] ?? '')
    expect(amounts.length).toBeGreaterThan(0)
    expect(amounts.reduce((sum, cents) => sum + cents, 0)).toBe(total)
    await page
      .getByRole('heading', { level: 2, name: costs.rose(formatMoney(language, decimalOf(total))) })
      .waitFor({ timeout: WITHIN_MS })
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `${text.common.csv}: ${costs.lines}` }).click(),
    ])
    expect(file.suggestedFilename()).toBe(`${PREMISES}-2026-03-${MONTH}-changed.csv`)
    expect(await axeViolations(page)).toEqual([])
  }, 60_000)

  test('the public page is opened where the costs are, shows sums and no party, and keeps every rule', async () => {
    const seen = await openPage(dashboard.browser, dashboard.program.httpUrl)
    await open(seen.page, `/p/${OPEN_HOUSE}?lang=${language}`)
    await seen.page.getByRole('heading', { level: 1, name: words.gone }).waitFor({ timeout: WITHIN_MS })
    expect(await axeViolations(seen.page)).toEqual([])

    await open(page, `/premises/${OPEN_HOUSE}/costs?lang=${language}`)
    await page.getByText(words.rule(3, 80)).waitFor({ timeout: WITHIN_MS })
    await page.getByRole('button', { name: words.open }).click()
    await page.getByRole('link', { name: words.look }).waitFor({ timeout: WITHIN_MS })

    await open(seen.page, `/p/${OPEN_HOUSE}?lang=${language}`)
    await seen.page.getByRole('heading', { level: 2, name: words.costs }).waitFor({ timeout: WITHIN_MS })
    await seen.page.getByRole('button', { name: text.common.table }).click()
    const table = seen.page.getByRole('table').first()
    await table.waitFor({ timeout: WITHIN_MS })
    expect(await table.innerText()).toContain(formatMoney(language, '1234'))
    expect(await seen.page.locator('main').innerText()).not.toMatch(/poliis|polis|osapuoli|kunta\b|kuusamo/i)
    expect(await axeViolations(seen.page)).toEqual([])
    expect(seen.faults).toEqual([])
    await seen.page.context().close()

    await page.getByRole('button', { name: words.close }).click()
    await page.getByRole('button', { name: words.open }).waitFor({ timeout: WITHIN_MS })
    expect(faults).toEqual([])
  }, 60_000)
})

test('seventeen parties with long names fit on a phone', async () => {
  const { page, faults } = await dashboard.signedIn('yllapito', 'sv', { viewport: { width: 320, height: 700 } })
  await open(page, `/costs/${CAMPUS}/figures?year=2026&by=party&lang=sv`)
  await page.getByRole('heading', { level: 2, name: costsSv.trend }).waitFor({ timeout: WITHIN_MS })
  expect(await overflow(page)).toBe(0)
  expect(await axeViolations(page)).toEqual([])
  expect(faults).toEqual([])
  await page.context().close()
}, 60_000)

type Language = (typeof LANGUAGES)[number]
const netOf = (): string => EXPECTED.statements.reduce((sum, { net }) => sum + centsOf(net), 0).toString()
/** What the bar of the worked month is called: the month and what it cost. */
const barName = (language: Language): string =>
  `${formatMonth(language, MONTH)}: ${formatMoney(language, decimalOf(Number(netOf())))}`

/** Cents of an amount as a page writes it: `−1 234,57 €`, `1 234.57`. */
const centsOf = (shown: string): number => {
  const digits = shown.replaceAll(/\D/g, '')
  return Number(digits) * (/^[-−]/.test(shown.trim()) ? -1 : 1)
}
const decimalOf = (cents: number): string => `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
const lastCells = (rows: Element[]): string[] => rows.map((row) => row.lastElementChild?.textContent ?? '')

/** Cents by name of each bar of the flow picture, in three columns as they stand. */
const flowOfPicture = async (page: Page): Promise<Record<string, number>> => {
  const labels = await page
    .locator('figure', { has: page.locator('g[role="img"]') })
    .locator('g[role="img"]')
    .evaluateAll((bars) => bars.map((bar) => bar.getAttribute('aria-label') ?? ''))
  expect(labels.length).toBeGreaterThan(4)
  return Object.fromEntries(
    labels.map((label) => label.split(': ')).map(([name = '', net = '']) => [name, centsOf(net)]),
  )
}
/** The same from its table: each band counts for its type, its method and its party. */
const flowOfTable = async (page: Page, open: string): Promise<Record<string, number>> => {
  const figure = page.locator('figure', { has: page.locator('g[role="img"]') })
  await figure.getByRole('button', { name: open }).click()
  await figure.getByRole('table').waitFor({ timeout: WITHIN_MS })
  const rows = await figure
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent ?? '')))
  const sums: Record<string, number> = {}
  for (const cells of rows)
    for (const name of cells.slice(0, 3)) sums[name] = (sums[name] ?? 0) + centsOf(cells.at(-1) ?? '')
  return sums
}

const tokenOf = async (program: Program, organisation: string): Promise<Program> => {
  const { body } = await call(program, 'POST', '/tokens', {
    name: 'Testi',
    organisation,
    roles: ['controller', 'manager'],
    scopes: ['read', 'write'],
  })
  return { ...program, token: (body as { token: string }).token }
}
