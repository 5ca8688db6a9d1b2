// Every role's three main tasks by mouse and by keyboard alone, in Finnish and in Swedish.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { notRun } from '#tests/not-run.ts'
import { keyboard, mouse, type Driver } from './drivers.ts'
import { findChromium } from './open-browser.ts'
import { houseOf, makeHouse, ROLE_PEOPLE } from './role-house.ts'
import { TASKS, type TaskLanguage } from './role-tasks.ts'
import { startDashboard, type Dashboard } from './start-dashboard.ts'
import type { Page } from 'playwright-core'

type Run = { way: string; drive: (page: Page) => Driver; language: TaskLanguage }
const RUNS: Run[] = [
  { way: 'mouse', drive: mouse, language: 'fi' },
  { way: 'keyboard', drive: keyboard, language: 'sv' },
  { way: 'mouse', drive: mouse, language: 'sv' },
  { way: 'keyboard', drive: keyboard, language: 'fi' },
]
/** Each role once, half of them by keyboard alone in Swedish; all roles in all four pairs with SAMTILA_TEST_ROLES=all. */
const all = process.env['SAMTILA_TEST_ROLES'] === 'all'
const runs = all ? RUNS : RUNS.slice(0, 2)
const isLooked = (run: number, role: number): boolean => all || run === role % 2

const chromium = findChromium()
let dashboard: Dashboard

beforeAll(async () => {
  if (chromium === null) return
  dashboard = await startDashboard(chromium, ROLE_PEOPLE)
  for (const { way, language } of runs) await makeHouse(dashboard.program, houseOf(`${way}-${language}`))
}, 120_000)
afterAll(() => dashboard?.end())
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium does the tasks of each role', 'apt-get install chromium')
})

describe.each(runs)('by $way in $language', ({ way, drive, language }) => {
  const run = runs.findIndex((one) => one.way === way && one.language === language)
  test.each(Object.entries(TASKS).filter((_, role) => isLooked(run, role)))(
    'the %s',
    async (_role, { login, tasks }) => {
      const { page, faults } = await dashboard.signedIn(login, language)
      const house = houseOf(`${way}-${language}`)
      for (const { name, run } of tasks)
        await run({ driver: drive(page), house, language }).catch((error: unknown) => {
          throw new Error(`${login} by ${way} in ${language}: ${name}, at ${page.url()}`, { cause: error })
        })
      expect(faults).toEqual([])
      await page.context().close()
    },
    120_000,
  )
})
