// Two ways to do the same task: with the mouse, and with the keyboard alone (Tab, arrows, Enter, Space, letters).
import type { Locator, Page } from 'playwright-core'

export type Driver = {
  page: Page
  /** Follows a link, presses a button, opens a fold, ticks a box. */
  press(target: Locator): Promise<void>
  /** Writes into a field; a date as YYYY-MM-DD. */
  write(field: Locator, text: string): Promise<void>
  /** Chooses the option with this text. */
  choose(field: Locator, option: string): Promise<void>
}

/** How long a thing may take to come. */
const WITHIN_MS = 20_000
/** More than the longest way through a page; who needs more would give up. */
const MOST_PRESSES = 90

export const mouse = (page: Page): Driver => ({
  page,
  press: (target) => target.click({ timeout: WITHIN_MS }),
  write: (field, text) => field.fill(text, { timeout: WITHIN_MS }),
  choose: async (field, option) => {
    await field.locator('option', { hasText: option }).first().waitFor({ state: 'attached', timeout: WITHIN_MS })
    await field.selectOption({ label: option }, { timeout: WITHIN_MS })
  },
})

export const keyboard = (page: Page): Driver => ({
  page,
  press: async (target) => {
    await reach(page, target)
    const isBox = await target.evaluate((element) => element.matches('input'))
    await page.keyboard.press(isBox ? 'Space' : 'Enter')
  },
  write: async (field, text) => {
    await reach(page, field)
    if (await field.evaluate((element) => (element as HTMLInputElement).type === 'date')) {
      // Month, day, year: as the browser of the tests writes a date.
      const [year, month, day] = text.split('-')
      await page.keyboard.type(`${month}${day}${year}`)
      return
    }
    await page.keyboard.press('Control+a')
    await page.keyboard.type(text)
  },
  choose: async (field, option) => {
    await field.locator('option', { hasText: option }).first().waitFor({ state: 'attached', timeout: WITHIN_MS })
    await reach(page, field)
    await page.keyboard.press('Home')
    for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
      const shown = await field.evaluate((element) => (element as HTMLSelectElement).selectedOptions[0]?.text)
      if (shown === option) return
      await page.keyboard.press('ArrowDown')
    }
    throw new Error(`no option ${option}`)
  },
})

/** Goes to the target from where the focus is, forwards or backwards, as a person who sees the page would. */
const reach = async (page: Page, target: Locator): Promise<void> => {
  await target.waitFor({ timeout: WITHIN_MS })
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    const where = await target.evaluate((element) => {
      const focused = document.activeElement
      if (focused === null || focused === document.body) return 'after'
      if (element.contains(focused)) return 'here'
      return element.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_PRECEDING ? 'after' : 'before'
    })
    if (where === 'here') return
    await page.keyboard.press(where === 'after' ? 'Tab' : 'Shift+Tab')
  }
  throw new Error(`not reached with ${MOST_PRESSES} presses: ${String(target)}`)
}
