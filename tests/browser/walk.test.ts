// Every page, looked at: accessibility rules, one heading, nothing scrolls sideways, in light and dark, wide and narrow.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { notRun } from '#tests/not-run.ts'
import { makePapers } from './make-papers.ts'
import { axeViolations, findChromium, overflow } from './open-browser.ts'
import { OPEN_PAGES, signedInPages } from './pages.ts'
import { follow, open, startDashboard, type Dashboard } from './start-dashboard.ts'

const chromium = findChromium()
let dashboard: Dashboard

beforeAll(async () => {
  if (chromium !== null) dashboard = await startDashboard(chromium)
}, 120_000)
afterAll(() => dashboard?.end())
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium looks at the dashboard', 'apt-get install chromium')
})

test('every page keeps the rules on a wide screen in light and at 320 px in dark, and scrolls in one direction only', async () => {
  const looks = [
    { width: 1440, colorScheme: 'light', language: 'fi' },
    { width: 320, colorScheme: 'dark', language: 'sv' },
  ] as const
  const inside = signedInPages(await makePapers(dashboard.program))
  // Both looks at the same time, each by its own person: what is found is told together.
  const found = await Promise.all(
    looks.map(async ({ width, colorScheme, language }) => {
      const { page, faults } = await dashboard.signedIn('yllapito', language, {
        viewport: { width, height: 800 },
        colorScheme,
      })
      const problems: string[] = []
      const look = async (path: string, go: typeof open) => {
        await go(page, `${path}${path.includes('?') ? '&' : '?'}lang=${language}`)
        const wide = await overflow(page)
        const headings = await page.locator('h1').count()
        const seen = [
          ...(await axeViolations(page)),
          ...(wide > 0 ? [`${wide} px too wide`] : []),
          ...(headings === 1 ? [] : [`${headings} h1`]),
          ...faults.splice(0),
        ]
        problems.push(...seen.map((problem) => `${path} ${width} ${colorScheme}: ${problem}`))
      }
      // The page of an address without one is what a link goes by: it is loaded anew.
      for (const path of inside) await look(path, path === '/no-such-page' ? open : follow)
      // Those that are open to all are loaded anew, by nobody.
      await page.context().clearCookies()
      for (const path of OPEN_PAGES) await look(path, open)
      await page.context().close()
      return problems
    }),
  )
  expect(found.flat()).toEqual([])
}, 600_000)
