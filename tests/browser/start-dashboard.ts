// What the browser tests of the dashboard share: the example in a running program, its people, and ways to open an address.
import type { Browser, Page } from 'playwright-core'
import type { Dictionary } from '#dashboard/text/dictionary.ts'
import { en } from '#dashboard/text/en.ts'
import { fi } from '#dashboard/text/fi.ts'
import { sv } from '#dashboard/text/sv.ts'
import type { Language } from '#domain/writing/language.ts'
import { call, makeFolder, removeFolder, startProgram, type Program } from '#tests/process/program.ts'
import { exampleBundles } from './example.ts'
import { buildDashboard, openBrowser, openPage, type Watched } from './open-browser.ts'

export const PASSWORD = 'pitkä lause on hyvä salasana'
export const WITHIN_MS = 15_000
export const dictionaries: Record<Language, Dictionary> = { fi, sv, en }

export type Membership = { organisation: string | null; roles: string[] }
/** By login: where they belong and what they may do there. */
export type People = Record<string, Membership[]>
/** The people of most tests: of one body, of the other, of two, and the operator of the platform. */
export const PEOPLE: People = {
  aino: [{ organisation: 'kuusamo', roles: ['manager', 'controller', 'technician'] }],
  veikko: [{ organisation: 'poliisi', roles: ['viewer'] }],
  kaksi: [
    { organisation: 'kuusamo', roles: ['viewer'] },
    { organisation: 'osapuoli-1', roles: ['viewer', 'controller'] },
  ],
  yllapito: [{ organisation: null, roles: ['admin'] }],
}

export type Dashboard = {
  program: Program
  browser: Browser
  /** A page with someone signed in, in a context of its own. */
  signedIn(login: string, language: Language, options?: Parameters<typeof openPage>[2]): Promise<Watched>
  /** Ends browser and program, and removes what they stored. */
  end(): Promise<void>
}

/** The built dashboard on the real program (with these settings) that holds the example and these people, and a browser. */
export const startDashboard = async (
  chromium: string,
  people: People = PEOPLE,
  settings: Record<string, string> = {},
): Promise<Dashboard> => {
  buildDashboard()
  const folder = makeFolder()
  const [program, browser] = await Promise.all([
    startProgram(folder, { SAMTILA_DEMO: 'off', ...settings }),
    openBrowser(chromium),
  ])
  for (const bundle of exampleBundles(Date.now())) await done(program, '/import', bundle)
  for (const [login, memberships] of Object.entries(people))
    await done(program, '/users', {
      login,
      name: `Testi ${login}`,
      language: 'fi',
      memberships,
      password: PASSWORD,
      mustChangePassword: false,
    })
  return {
    program,
    browser,
    signedIn: async (login, language, options = {}) => {
      const watched = await openPage(browser, program.httpUrl, options)
      const { page } = watched
      const { signIn, overview } = dictionaries[language]
      await page.goto(`/sign-in?lang=${language}`)
      await page.getByLabel(signIn.login).fill(login)
      await page.getByLabel(signIn.password).fill(PASSWORD)
      await page.getByRole('button', { name: signIn.submit }).click()
      await page.getByRole('heading', { level: 1, name: overview.title }).waitFor({ timeout: WITHIN_MS })
      return watched
    },
    end: async () => {
      await browser.close()
      await program.end('SIGTERM')
      removeFolder(folder)
    },
  }
}

/** Sends a body as the operator; an answer that is no success is an error. */
export const done = async (program: Program, path: string, body: unknown): Promise<unknown> => {
  const answer = await call(program, 'POST', path, body)
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

/** Waits until the program and the content of a page, not only its frame, are there. */
const loaded = async (page: Page, heading = 'h1'): Promise<void> => {
  await page.locator(`html:not([data-drawn]) ${heading}`).waitFor({ timeout: WITHIN_MS })
  await page.locator('.fi-loadingSpinner').first().waitFor({ state: 'detached', timeout: WITHIN_MS })
}
/** Opens an address anew, as typed or from a letter. */
export const open = async (page: Page, path: string): Promise<void> => {
  await page.goto(path)
  await loaded(page)
}
/**
 * Opens an address as a link does, without loading the program anew. By way of an address that has no page: the heading of the
 * page before is then surely gone, also where the next page has the same one.
 */
export const follow = async (page: Page, path: string): Promise<void> => {
  await page.evaluate(`document.querySelectorAll('h1').forEach((one) => one.setAttribute('data-before', ''))`)
  await goTo(page, '/no-page-between')
  await page.locator('h1:not([data-before])').waitFor({ timeout: WITHIN_MS })
  await page.evaluate(`document.querySelectorAll('h1').forEach((one) => one.setAttribute('data-before', ''))`)
  await goTo(page, path)
  await loaded(page, 'h1:not([data-before])')
}
/** Begins to open an address as a link does. */
export const goTo = (page: Page, path: string): Promise<void> =>
  page.evaluate((to) => {
    window.history.pushState(null, '', to)
    window.dispatchEvent(new PopStateEvent('popstate'))
  }, path)
