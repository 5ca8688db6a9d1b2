// The three main tasks of each role, each written once; a driver does them by mouse or by keyboard alone, in any language.
import type { Page } from 'playwright-core'
import { fi as adminFi } from '#dashboard/text/admin/fi.ts'
import { sv as adminSv } from '#dashboard/text/admin/sv.ts'
import { fi as faultsFi } from '#dashboard/text/faults/fi.ts'
import { sv as faultsSv } from '#dashboard/text/faults/sv.ts'
import { fi as helpFi } from '#dashboard/text/help/fi.ts'
import { glossary } from '#dashboard/text/help/glossary.ts'
import { sv as helpSv } from '#dashboard/text/help/sv.ts'
import { fi as monthFi } from '#dashboard/text/month/fi.ts'
import { sv as monthSv } from '#dashboard/text/month/sv.ts'
import { fi as serviceFi } from '#dashboard/text/service/fi.ts'
import { sv as serviceSv } from '#dashboard/text/service/sv.ts'
import { fi as reportFi } from '#dashboard/text/report/fi.ts'
import { sv as reportSv } from '#dashboard/text/report/sv.ts'
import { formatMonth } from '#domain/writing/date.ts'
import type { Driver } from './drivers.ts'
import { ACCEPTED_MONTH, DISPUTED_MONTH, type House } from './role-house.ts'
import { dictionaries, WITHIN_MS } from './start-dashboard.ts'

export type TaskLanguage = 'fi' | 'sv'
const WORDS = {
  fi: {
    text: dictionaries.fi,
    admin: adminFi,
    faults: faultsFi,
    help: helpFi,
    month: monthFi,
    service: serviceFi,
    report: reportFi,
  },
  sv: {
    text: dictionaries.sv,
    admin: adminSv,
    faults: faultsSv,
    help: helpSv,
    month: monthSv,
    service: serviceSv,
    report: reportSv,
  },
}

type Given = { driver: Driver; house: House; language: TaskLanguage }
export type Task = { name: string; run(given: Given): Promise<void> }

const link = (page: Page, name: string | RegExp) =>
  page.getByRole('link', typeof name === 'string' ? { name, exact: true } : { name }).first()
const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name }).first()
const field = (page: Page, label: string) => page.getByRole('main').getByLabel(label, { exact: true }).first()
const heading = (page: Page, name: string | RegExp, level = 1) =>
  page.getByRole('heading', { level, name }).first().waitFor({ timeout: WITHIN_MS })
const seen = (page: Page, text: string | RegExp) =>
  page.getByRole('main').getByText(text).first().waitFor({ timeout: WITHIN_MS })

/** Opens a room by the main navigation and waits for its heading. */
const enter = async ({ driver, language }: Given, room: keyof typeof dictionaries.fi.nav, title: string | RegExp) => {
  const { page, press } = driver
  await press(page.getByRole('navigation').getByRole('link', { name: WORDS[language].text.nav[room] }).first())
  await heading(page, title)
}
/** The month in the list: in the chart each type of cost lies over it with a link of its own. */
const monthOf = (page: Page, month: string) =>
  page
    .locator('main a:not(svg a)')
    .filter({ hasText: new RegExp(`^${month}`, 'i') })
    .first()
/** From the costs of all premises to one month of this house, and to the invoice in it. */
const openItem = async (given: Given, month: string) => {
  const { driver, house, language } = given
  const { page, press } = driver
  const { text } = WORDS[language]
  await enter(given, 'costs', text.costs.title)
  await press(link(page, house.name))
  await heading(page, new RegExp(house.name))
  await press(monthOf(page, formatMonth(language, month)))
  await heading(page, new RegExp(formatMonth(language, month), 'i'))
  await press(link(page, /Siivouspalvelu|siivous-/i))
  await heading(page, text.item.whyTitle, 2)
}

const manager: Task[] = [
  {
    name: 'reports what is broken',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press, choose, write } = driver
      const { faults, report } = WORDS[language]
      await enter(given, 'faults', faults.title)
      await press(link(page, faults.report))
      await heading(page, faults.reportTitle)
      await choose(field(page, faults.premises), house.name)
      await choose(field(page, faults.what), report.choices['too-cold'])
      await write(field(page, faults.text), 'Aulassa on 12 astetta.')
      await press(button(page, faults.sendReport))
      await heading(page, new RegExp(`${house.name}: ${report.choices['too-cold']}`, 'i'))
    },
  },
  {
    name: 'asks for work to be done',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press, choose, write } = driver
      const { service } = WORDS[language]
      await enter(given, 'service', service.title)
      await choose(field(page, service.premises), house.name)
      await press(page.locator('summary', { hasText: service.ask }))
      await write(field(page, service.askTitle), 'Pesu')
      await write(field(page, service.newDue), '2027-11-30')
      await press(button(page, service.sendAsk))
      await heading(page, 'Pesu')
    },
  },
  {
    name: 'sees how a building is and who is in it',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press } = driver
      const { text } = WORDS[language]
      await enter(given, 'premises', text.premises.title)
      await press(link(page, house.name))
      await heading(page, house.name)
      // The tabs, not the rooms of the main navigation, some of which have the same names.
      const tab = (name: string) => page.getByRole('main').getByRole('link', { name, exact: true }).first()
      await press(tab(text.premises.tabs.agreement))
      await seen(page, /§ 7/)
      await press(tab(text.premises.tabs.devices))
      await press(link(page, house.device))
      await heading(page, new RegExp(house.device))
    },
  },
]

const controller: Task[] = [
  {
    name: 'finds why a share is what it is',
    run: async (given) => {
      await openItem(given, ACCEPTED_MONTH)
      await seen(given.driver.page, /600,00/)
    },
  },
  {
    name: 'accepts a month',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press } = driver
      const { text } = WORDS[language]
      await enter(given, 'costs', text.costs.title)
      await press(link(page, house.name))
      await press(monthOf(page, formatMonth(language, ACCEPTED_MONTH)))
      await press(button(page, text.costs.accept))
      const asked = page.getByRole('dialog')
      await asked
        .getByText(/600,00/)
        .first()
        .waitFor({ timeout: WITHIN_MS })
      await press(asked.getByRole('button', { name: text.costs.accept, exact: true }))
      await page.locator('[data-state="accepted"]').first().waitFor({ timeout: WITHIN_MS })
    },
  },
  {
    name: 'disputes a line',
    run: async (given) => {
      const { driver, language } = given
      const { page, press, write } = driver
      const { month } = WORDS[language]
      await openItem(given, DISPUTED_MONTH)
      await press(link(page, month.disputeLine))
      await heading(page, new RegExp(month.disputeLine))
      await write(field(page, month.why), 'Viikolla 16 ei siivottu.')
      await press(button(page, month.disputeNow))
      await page.waitForURL(/\/disputes\//, { timeout: WITHIN_MS })
      await seen(page, 'Viikolla 16 ei siivottu.')
    },
  },
]

const agencyHead: Task[] = [
  {
    name: 'sees what the shared premises cost and why',
    run: async (given) => {
      const { driver, language } = given
      const { page, press } = driver
      const { help, text } = WORDS[language]
      await enter(given, 'overview', text.overview.title)
      await page.getByRole('heading', { level: 2, name: help.first.ownCosts }).waitFor({ timeout: WITHIN_MS })
      await press(link(page, help.first.why))
      await page.waitForURL(/\/statements\/poliisi/, { timeout: WITHIN_MS })
      await page.getByRole('main').getByRole('table').first().waitFor({ timeout: WITHIN_MS })
    },
  },
  {
    name: 'reads what was agreed',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press } = driver
      const { text } = WORDS[language]
      await enter(given, 'agreements', text.agreements.title)
      await press(
        page
          .getByRole('row', { name: new RegExp(house.name) })
          .getByRole('link')
          .first(),
      )
      await page.waitForURL(/\/agreements\//, { timeout: WITHIN_MS })
      await seen(page, /§ 7/)
    },
  },
  {
    name: 'finds what a word means',
    run: async ({ driver, language }) => {
      const { page, press, write } = driver
      const { help, text } = WORDS[language]
      const [term, meaning] = glossary.share[language]
      await press(link(page, text.frame.help))
      await heading(page, help.title)
      await write(field(page, help.find), term)
      await seen(page, meaning)
    },
  },
]

const technician: Task[] = [
  {
    name: 'marks a task as done',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press, write } = driver
      const { service } = WORDS[language]
      await enter(given, 'service', service.title)
      await press(link(page, new RegExp(house.task)))
      await heading(page, house.task)
      await write(field(page, service.note), 'Vaihdettu.')
      await press(button(page, service.finish))
      await seen(page, 'Vaihdettu.')
      await page.getByRole('main').getByText(service.states.done).first().waitFor({ timeout: WITHIN_MS })
    },
  },
  {
    name: 'takes a fault and mends it',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press } = driver
      const { faults } = WORDS[language]
      await enter(given, 'faults', faults.title)
      await press(link(page, new RegExp(`: ${house.fault}$`)))
      await heading(page, new RegExp(house.fault))
      await press(button(page, faults.accept))
      await press(button(page, faults.done))
      await seen(page, faults.states.done)
    },
  },
  {
    name: 'finds a device and what it measured',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press, write } = driver
      const { text } = WORDS[language]
      await enter(given, 'devices', text.devices.title)
      await write(field(page, text.common.search), house.device)
      await press(link(page, house.device))
      await heading(page, new RegExp(house.device))
    },
  },
]

const coordinator: Task[] = [
  {
    name: 'finds one of all the premises',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press, write } = driver
      const { text } = WORDS[language]
      await enter(given, 'premises', text.premises.title)
      await write(field(page, text.common.search), house.name)
      await page.waitForURL(/[?&]q=/, { timeout: WITHIN_MS })
      await press(link(page, house.name))
      await heading(page, house.name)
    },
  },
  {
    name: 'compares the costs of premises',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press } = driver
      const { text } = WORDS[language]
      await enter(given, 'costs', text.costs.title)
      // Sorted by what they cost: the heading of the column is a button.
      await press(button(page, new RegExp(`^${text.costs.net}`)))
      await page.locator('th[aria-sort]').first().waitFor({ timeout: WITHIN_MS })
      await press(link(page, house.name))
      await heading(page, new RegExp(house.name))
    },
  },
  {
    name: 'searches everything',
    run: async ({ driver, house, language }) => {
      const { page, press, write } = driver
      const { help, text } = WORDS[language]
      await press(link(page, text.common.search))
      await heading(page, help.search.title)
      await write(field(page, help.search.label), house.device)
      await press(link(page, house.device))
      await heading(page, new RegExp(house.device))
    },
  },
]

const operator: Task[] = [
  {
    name: 'gives a person a role',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press, write } = driver
      const { admin } = WORDS[language]
      await enter(given, 'people', new RegExp(admin.title))
      await press(button(page, admin.add))
      await write(field(page, admin.name), `Uusi ${house.id}`)
      await write(field(page, admin.login), `uusi-${house.id}`)
      await press(page.getByRole('main').locator('form').getByRole('button', { name: admin.add }))
      await seen(page, admin.newPassword(`uusi-${house.id}`))
      await press(button(page, WORDS[language].text.common.close))
      await seen(page, `Uusi ${house.id}`)
    },
  },
  {
    name: 'sees whether the platform is well and makes a backup',
    run: async (given) => {
      const { driver, language } = given
      const { page, press } = driver
      const { admin, text } = WORDS[language]
      await enter(given, 'system', text.system.title)
      await seen(page, text.system.auditHolds)
      await press(button(page, admin.backup.make))
      await seen(page, admin.backup.done)
    },
  },
  {
    name: 'finds who changed what',
    run: async (given) => {
      const { driver, house, language } = given
      const { page, press, write } = driver
      const { admin } = WORDS[language]
      await enter(given, 'people', new RegExp(admin.title))
      await press(link(page, admin.audit))
      await seen(page, admin.chainHolds)
      await write(field(page, admin.findLine), house.id)
      await page.waitForURL(/[?&]q=/, { timeout: WITHIN_MS })
      await page
        .getByRole('main')
        .getByRole('row', { name: new RegExp(house.id) })
        .first()
        .waitFor({ timeout: WITHIN_MS })
    },
  },
]

export const TASKS: Record<string, { login: string; tasks: Task[] }> = {
  manager: { login: 'hanna', tasks: manager },
  controller: { login: 'kari', tasks: controller },
  'agency head': { login: 'paula', tasks: agencyHead },
  technician: { login: 'teppo', tasks: technician },
  coordinator: { login: 'niina', tasks: coordinator },
  operator: { login: 'yllapito', tasks: operator },
}
