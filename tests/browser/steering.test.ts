// Steering in Chromium on the real program with simulated devices that obey: a command and its result live, who may not, a scene, a schedule; a firmware campaign by keyboard on a phone.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { FirmwareImageShown, FirmwareKeyShown } from '#contract/firmware.ts'
import { fi as commonFi } from '#dashboard/text/fi.ts'
import { sv as commonSv } from '#dashboard/text/sv.ts'
import { fi } from '#dashboard/text/twin/fi.ts'
import { sv } from '#dashboard/text/twin/sv.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { startSimulator, type DeviceCredential, type Simulator } from '#sim/live/start-simulator.ts'
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
const SCREENS = ['naytto-1', 'naytto-2']
const IMAGE = Buffer.from(Array.from({ length: 40_000 }, (_, index) => (index * 7919) % 251))
const from = '2026-01-01'
const ownership = [{ from, to: null, shares: { kunta: '1' } }]
const chromium = findChromium()
let folder = ''
let program: Program
let simulator: Simulator | null = null
let browser: Browser | null = null

/** The town owns ventilation and screens; by the agreement the agency steers the ventilation. */
const HOUSE: Bundle = {
  organisations: [
    { id: 'kunta', name: { fi: 'Kuusamon kaupunki', sv: 'Kuusamo stad' } },
    { id: 'virasto', name: { fi: 'Verohallinto', sv: 'Skatteförvaltningen' } },
  ],
  premises: [
    {
      id: 'talo',
      name: { fi: 'Virastotalo', sv: 'Ämbetshuset' },
      timeZone: 'Europe/Helsinki',
      landlord: 'kunta',
      spaces: [{ id: 'aula', name: { fi: 'Aula', sv: 'Aulan' }, use: 'exclusive', areaM2: '60' }],
      tenancies: [{ space: 'aula', organisation: 'virasto', from, to: null }],
    },
  ],
  devices: [
    {
      id: 'ilma',
      name: { fi: 'Aulan ilmanvaihto', sv: 'Aulans ventilation' },
      premises: 'talo',
      space: 'aula',
      type: 'ventilation-unit',
      ownership,
    },
    ...SCREENS.map((id, index) => ({
      id,
      name: { fi: `Infonäyttö ${index + 1}`, sv: `Infoskärm ${index + 1}` },
      premises: 'talo',
      type: 'info-screen',
      ownership,
    })),
  ],
  agreements: [
    {
      id: 'sopimus',
      premises: 'talo',
      parties: ['kunta', 'virasto'],
      versions: [
        {
          version: 1,
          from,
          to: null,
          rules: [{ category: '*', method: { by: 'equal' } }],
          approvals: ['kunta', 'virasto'].map((organisation) => ({ organisation, decision: '§ 1' })),
          terms: { responsibilities: [{ of: { deviceType: 'ventilation-unit' }, tasks: { steer: 'virasto' } }] },
        },
      ],
    },
  ],
}

beforeAll(async () => {
  if (chromium === null) return
  buildDashboard()
  folder = makeFolder()
  program = await startProgram(folder, { SAMTILA_DEMO: 'off' })
  await done('POST', '/import', HOUSE)
  for (const [login, language, organisation] of [
    ['kaisa', 'sv', 'kunta'],
    ['vilho', 'fi', 'virasto'],
  ])
    await done('POST', '/users', {
      login,
      name: `Testi ${login}`,
      language,
      memberships: [{ organisation, roles: ['manager', 'technician'] }],
      password: PASSWORD,
      mustChangePassword: false,
    })
  const devices = (HOUSE.devices ?? []).map(({ id }) => id)
  simulator = startSimulator({
    url: program.mqttUrl,
    bundle: HOUSE,
    credentials: (await done('POST', '/credentials', { devices })) as DeviceCredential[],
    steered: { httpUrl: program.httpUrl, mishap: () => null },
  })
  await addImage()
  browser = await openBrowser(chromium)
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await simulator?.stop()
  if (chromium === null) return
  await program.end('SIGTERM')
  removeFolder(folder)
})
beforeEach((context) => {
  if (chromium === null) notRun(context, 'Chromium steers devices', 'apt-get install chromium')
})

const done = async (method: 'POST' | 'GET', path: string, body?: unknown): Promise<unknown> => {
  const answer = await call(program, method, path, body)
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}
/** A signed image for screens, of a key that the platform trusts. */
async function addImage(): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const key = (await done('POST', '/firmware/keys', {
    name: 'Näyttövalmistaja',
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }),
  })) as FirmwareKeyShown
  const sent = await fetch(`${program.httpUrl}/api/v1/files?name=naytto.bin`, {
    method: 'POST',
    headers: { authorization: `Bearer ${program.token}`, 'content-type': 'application/octet-stream' },
    body: IMAGE,
  })
  const { digest: file } = (await sent.json()) as { digest: string }
  expect(file).toBe(`sha256:${createHash('sha256').update(IMAGE).digest('hex')}`)
  const signature = sign(null, Buffer.from(`samtila-firmware 1\n${file}\n2.0.0\n`), privateKey).toString('base64')
  const image = { version: '2.0.0', file, signature, key: key.id, deviceType: 'info-screen' }
  expect(((await done('POST', '/firmware/images', image)) as FirmwareImageShown).state).toBe('ready')
}

const signedIn = async (login: string, language: 'fi' | 'sv', next: string, width: number): Promise<Watched> => {
  const watched = await openPage(browser!, program.httpUrl, { viewport: { width, height: 900 } })
  watched.page.setDefaultTimeout(WITHIN_MS)
  const { signIn } = language === 'fi' ? commonFi : commonSv
  await watched.page.goto(`/sign-in?lang=${language}&next=${encodeURIComponent(next)}`)
  await watched.page.getByLabel(signIn.login).fill(login)
  await watched.page.getByLabel(signIn.password).fill(PASSWORD)
  await watched.page.getByRole('button', { name: signIn.submit }).click()
  await watched.page.waitForURL((url) => !url.pathname.startsWith('/sign-in'))
  return watched
}
const looksWell = async (page: Page): Promise<void> => {
  expect(await axeViolations(page)).toEqual([])
  expect(await overflow(page)).toBe(0)
}
const SHOTS = process.env['SAMTILA_SHOTS']
const shot = async (page: Page, name: string): Promise<void> => {
  if (SHOTS !== undefined) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true })
}

test('by mouse in Finnish: a command is done, a scene runs, a schedule is made; who may not is told who may', async () => {
  const { page, faults } = await signedIn('vilho', 'fi', '/devices/ilma', 1440)
  const { commands, scenes, schedules, twin } = fi
  await page.getByText(commands.grounds.matrix).waitFor()
  await page.getByLabel('Päällä').selectOption('true')
  await page.getByRole('button', { name: commands.send('kytke') }).click()
  // Both come by themselves: the result, and what the device reports of itself.
  const given = page.getByRole('table', { name: commands.title })
  await given.getByText(commands.states.done).waitFor()
  await page.getByRole('row', { name: `${twin.states.on} ${twin.unset} ${twin.yes}` }).waitFor()
  expect(simulator?.twin('ilma')?.reported()).toMatchObject({ on: true })
  await looksWell(page)
  await shot(page, 'steering-device-fi')

  // A scene with a command and a wanted setting, to devices of a type and to one.
  await page.goto('/scenes?lang=fi')
  await page.getByRole('button', { name: scenes.make }).click()
  await page.getByLabel(scenes.name, { exact: true }).fill('Ilmanvaihto kiinni')
  await page.getByLabel(scenes.of).selectOption('type:ventilation-unit')
  await page.getByLabel(scenes.does).selectOption('switch')
  await page.getByLabel('Päällä').selectOption('false')
  await page.getByRole('button', { name: scenes.addStep }).click()
  await page.getByLabel(scenes.of).nth(1).selectOption('device:ilma')
  await page.getByLabel(scenes.does).nth(1).selectOption({ label: scenes.setSettings })
  await page.getByLabel('Puhaltimen nopeus').fill('40')
  await shot(page, 'steering-scene-form-fi')
  await page.getByRole('button', { name: scenes.save }).click()
  await page.getByText(scenes.stepCount(2)).waitFor()
  await page.getByRole('button', { name: scenes.run }).click()
  await page.getByText(`1 ${scenes.counts.done}, 1 ${scenes.counts.wished}`).waitFor()
  await expect.poll(() => simulator?.twin('ilma')?.reported()).toMatchObject({ on: false, 'fan-speed': 40 })
  await looksWell(page)
  await shot(page, 'steering-scenes-fi')

  await page.goto('/schedules?lang=fi')
  await page.getByRole('button', { name: schedules.make }).click()
  await page.getByLabel(schedules.name, { exact: true }).fill('Toimistoajat')
  await page.getByRole('button', { name: schedules.addTrigger }).click()
  await page.getByRole('button', { name: schedules.save }).click()
  await page.getByRole('heading', { name: 'Toimistoajat' }).waitFor()
  await page.getByText('16.15').first().waitFor()
  await looksWell(page)
  await shot(page, 'steering-schedules-fi')
  expect(faults).toEqual([])

  // The owner of the ventilation does not steer it: it is told who does, and finds no form.
  const owner = await signedIn('kaisa', 'sv', '/devices/ilma', 390)
  await owner.page.getByText(sv.commands.denied.matrix('Skatteförvaltningen')).waitFor()
  await owner.page.getByText(sv.commands.states.done).first().waitFor()
  expect(await owner.page.getByLabel(sv.commands.command).count()).toBe(0)
  await looksWell(owner.page)
  await shot(owner.page, 'steering-denied-sv')
  expect(owner.faults).toEqual([])
  await owner.page.context().close()
  await page.context().close()
}, 120_000)

test('by keyboard in Swedish on a phone: a campaign starts, pauses, goes on and is ended', async () => {
  const { page, faults } = await signedIn('kaisa', 'sv', '/firmware', 390)
  const words = sv.firmware
  const press = async (name: string): Promise<void> => {
    await page.getByRole('button', { name, exact: true }).first().waitFor()
    await tabTo(page, (text) => text === name)
    await page.keyboard.press('Enter')
  }
  await press(words.make)
  await page.getByRole('heading', { name: words.make }).waitFor()
  await tabTo(page, (text) => text === words.preview)
  await page.keyboard.press('Enter')
  await page.getByText(words.targets(2)).waitFor()
  await looksWell(page)
  await shot(page, 'steering-campaign-form-sv')
  await press(words.create)
  await page.waitForURL(/\/firmware\/campaign-/)
  await press(words.steps.start)
  // The first wave is one device; the next one waits its minutes, so there is time.
  const devices = page.getByRole('table', { name: words.devices })
  await devices.getByText(words.updateStates.installed).waitFor()
  await page.getByText(words.installed(1, 2)).first().waitFor()
  await devices.getByText('Infoskärm 1').waitFor()
  await press(words.steps.pause)
  await page.getByText(words.because.person).waitFor()
  await looksWell(page)
  await shot(page, 'steering-campaign-paused-sv')
  await press(words.steps.resume)
  await page.getByText(words.states.running).first().waitFor()
  await press(words.steps.abort)
  await press(words.abortNow)
  await page.getByText(words.states.aborted).first().waitFor()
  await devices.getByText(words.updateStates.aborted).waitFor()
  expect(SCREENS.map((id) => simulator?.twin(id)?.reported()['firmware'])).toEqual(['2.0.0', '1.0.0'])
  await looksWell(page)
  await shot(page, 'steering-campaign-ended-sv')
  expect(faults).toEqual([])
}, 120_000)
