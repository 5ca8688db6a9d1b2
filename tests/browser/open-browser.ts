// A real Chromium on the built dashboard: pages that report what must never happen, and the accessibility rules.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { findProgram } from '#tests/not-run.ts'

const AXE = readFileSync(join('node_modules', 'axe-core', 'axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

export const findChromium = (): string | null =>
  findProgram('chromium') ?? findProgram('chromium-browser') ?? findProgram('google-chrome')

/** Builds the dashboard where its sources changed: the program serves what is in dashboard/dist. */
export const buildDashboard = (): void => {
  execFileSync(process.execPath, [join('scripts', 'run.mjs'), 'build'], { stdio: ['ignore', 'ignore', 'pipe'] })
}

/** `more`: further switches, such as a camera that shows a file. */
export const openBrowser = (executablePath: string, more: readonly string[] = []): Promise<Browser> =>
  chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  })

export type Watched = {
  page: Page
  /** What must not happen: errors of the page, refused by the Content Security Policy, requests that leave the program. */
  faults: string[]
}

/** A page in a context of its own. Answers 401 and 404 are part of the tests; every other console error is a fault. */
export const openPage = async (
  browser: Browser,
  baseURL: string,
  options: BrowserContextOptions = {},
): Promise<Watched> => {
  const context = await browser.newContext({
    baseURL,
    locale: 'fi-FI',
    viewport: { width: 1440, height: 900 },
    ...options,
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(`page error: ${error.message}`))
  page.on('console', (message) => {
    if (
      message.type() === 'error' &&
      !/status of (401|403|404)|ERR_CONNECTION_REFUSED|ERR_INCOMPLETE_CHUNKED/.test(message.text())
    )
      faults.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!request.url().startsWith(baseURL) && !/^(data|blob):/.test(request.url()))
      faults.push(`leaves the program: ${request.url()}`)
  })
  waitForProgram(page)
  return { page, faults }
}

/**
 * An address is open when the program goes on with what the server drew; `waitUntil: 'commit'` opens the drawn page. Between the two a
 * press would begin on one page and end on the other.
 */
const waitForProgram = (page: Page): void => {
  const goto = page.goto.bind(page)
  page.goto = async (address, options) => {
    const response = await goto(address, options)
    if (options?.waitUntil !== 'commit')
      await page.locator('html:not([data-drawn])').waitFor({ state: 'attached', timeout: PROGRAM_MS })
    return response
  }
}
const PROGRAM_MS = 15_000

/** Violations of the WCAG 2.2 AA rules and best practice, as readable lines; none is an empty list. */
export const axeViolations = async (page: Page): Promise<string[]> => {
  // Once per document; without the source text of every element that is well: it is written for what is found only.
  if (await page.evaluate('typeof axe === "undefined"')) await page.evaluate(`${AXE};axe.configure({ noHtml: true })`)
  const found: unknown = await page.evaluate(
    `axe.run(document, { runOnly: { type: 'tag', values: ${JSON.stringify(TAGS)} }, resultTypes: ['violations'], preload: false }).then((result) => ({
      passes: result.passes.length,
      violations: result.violations.map((one) => one.id + ': ' + one.nodes.slice(0, 3).map((node) =>
        String(document.querySelector(node.target.join(' '))?.outerHTML ?? node.target).slice(0, 160)).join(' | ')),
    }))`,
  )
  const { passes, violations } = found as { passes: number; violations: string[] }
  // A page on which no rule found anything to look at has not been looked at.
  return passes > 10 ? violations : [`only ${passes} rules applied`]
}

/** How far the page is wider than the window: 0 where nothing scrolls sideways. */
export const overflow = async (page: Page): Promise<number> =>
  Number(await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth'))

/** The text of the element that has the focus. */
export const focusedText = async (page: Page): Promise<string> =>
  String(
    await page.evaluate(
      '(document.activeElement?.innerText || document.activeElement?.getAttribute("aria-label") || "").trim()',
    ),
  )

/** Presses Tab until `wanted` has the focus; gives the presses it took, or throws after `most`. */
export const tabTo = async (page: Page, wanted: (text: string) => boolean, most = 120): Promise<number> => {
  for (let presses = 1; presses <= most; presses += 1) {
    await page.keyboard.press('Tab')
    if (wanted(await focusedText(page))) return presses
  }
  throw new Error(`not reached with ${most} presses of Tab`)
}
