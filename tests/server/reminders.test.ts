// Reminders: a real SMTP server on loopback takes them; each person once for each agreed day, in the person's language, also across a restart.
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createUser } from '#api/first-start.ts'
import { CERTIFICATE } from '#domain/certificates/certificate.ts'
import { DEVICE_DOCUMENT } from '#domain/device-documents/device-document.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Role, User } from '#domain/ports/records.ts'
import type { SystemState } from '#contract/system.ts'
import { createLog } from '#server/log.ts'
import { createMailer, NO_MAIL } from '#server/mail.ts'
import { startJobs } from '#server/jobs.ts'
import { sendReminders } from '#server/reminders.ts'
import { startApi, SYSTEM, twoHouses, type TestApi } from '#tests/api/start-api.ts'

const DAY_MS = 86_400_000
const MARCH = '/premises/talo/settlements/2026-03'
type Received = { to: string[]; text: string }

let api: TestApi
let smtp: SMTPServer
let refuse = false
const received: Received[] = []
beforeEach(async () => {
  received.length = 0
  refuse = false
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(refuse ? new Error('mailbox away') : null),
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(chunks).toString('utf8'),
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  api = await startApi({ now: Date.parse('2026-04-02T06:00:00Z') })
  await api.fill(twoHouses)
})
afterEach(async () => {
  await api.close()
  await new Promise<void>((resolve) => smtp.close(() => resolve()))
})

const mailer = () => {
  const { port } = smtp.server.address() as AddressInfo
  const settings = { url: `smtp://127.0.0.1:${port}`, from: 'Samtila <samtila@example.fi>', passwordFile: null }
  return createMailer(settings, () => api.clock.now)
}
/** As after a start of the program: nothing is remembered but what the store has. */
const run = async (): Promise<number> => {
  const notifier = mailer()
  try {
    return await sendReminders({
      records: api.records,
      notifier,
      publicUrl: 'https://samtila.example.fi',
      now: () => api.clock.now,
      log: createLog('silent'),
    })
  } finally {
    notifier.close()
  }
}
const person = async (
  login: string,
  organisation: string,
  roles: Role[],
  language: User['language'],
  email: string | null = `${login}@example.fi`,
): Promise<void> =>
  void (await createUser(api.records, SYSTEM, {
    login,
    name: login,
    language,
    email,
    memberships: [{ organisation, roles }],
    password: 'kolmen-koivun-kuja-7',
    mustChangePassword: false,
  }))
const body = ({ text }: Received): string =>
  Buffer.from(
    text
      .slice(text.indexOf('\r\n\r\n') + 4)
      .replaceAll(/=\r\n/g, '')
      .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8')

test('who has not answered is reminded 7 and 2 days before the end, once each, in their language; who has answered is not', async () => {
  await person('anna', 'virasto', ['controller'], 'sv')
  await person('bertil', 'virasto', ['viewer'], 'fi')
  await person('cecilia', 'virasto', ['controller'], 'fi', null)
  await person('dan', 'kunta', ['controller'], 'fi')
  const kunta = await api.token('kunta', ['controller'])
  expect((await api.request(kunta, 'POST', `${MARCH}/issue`, {})).status).toBe(200)
  await api.request(kunta, 'POST', `${MARCH}/responses`, { party: 'kunta', item: null, answer: 'accepted' })
  const issuedAt = api.clock.now
  expect(await run()).toBe(0)
  api.clock.now = issuedAt + 7 * DAY_MS - 1
  expect(await run()).toBe(0)
  api.clock.now += 1
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
  api.clock.now = issuedAt + 12 * DAY_MS
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
  api.clock.now = issuedAt + 15 * DAY_MS
  expect(await run()).toBe(0)
  expect(received.map(({ to }) => to)).toEqual([['anna@example.fi'], ['anna@example.fi']])
  const [first] = received
  expect(first?.text).toContain('From: Samtila <samtila@example.fi>')
  expect(body(first!)).toContain('Godkänn eller bestrid mars 2026.')
  expect(body(first!)).toContain('https://samtila.example.fi/costs/talo/2026-03?lang=sv')
})

test('the days of the agreement hold; after a long stop only the last reminder is sent', async () => {
  await person('anna', 'virasto', ['signatory'], 'fi')
  const [agreement] = twoHouses.agreements ?? []
  const [version] = agreement?.versions ?? []
  await api.fill({ agreements: [{ ...agreement!, versions: [{ ...version!, terms: { reminderDays: 5 } }] }] })
  const kunta = await api.token('kunta', ['controller'])
  await api.request(kunta, 'POST', `${MARCH}/issue`, {})
  api.clock.now += 8 * DAY_MS
  expect(await run()).toBe(0)
  api.clock.now += 5 * DAY_MS
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
})

test('a dispute reminds whose turn it is, and once more when its time is over; one mail for all that waits', async () => {
  await person('dan', 'kunta', ['controller'], 'en')
  const [kunta, virasto] = [await api.token('kunta', ['controller']), await api.token('virasto', ['controller'])]
  await api.request(kunta, 'POST', `${MARCH}/issue`, {})
  const dispute = { party: 'virasto', item: 'invoice:siivous', reason: 'amount', text: 'Ei siivottu' }
  expect((await api.request(virasto, 'POST', `${MARCH}/disputes`, dispute)).status).toBe(201)
  api.clock.now += 12.5 * DAY_MS
  expect(await run()).toBe(1)
  expect(body(received[0]!)).toContain('Accept or dispute March 2026.')
  expect(body(received[0]!)).toContain('Answer the dispute, March 2026.')
  expect(received[0]!.text).toContain('2 things wait for you')
  api.clock.now += 2 * DAY_MS
  expect(await run()).toBe(1)
  expect(await run()).toBe(0)
  expect(body(received[1]!)).toContain('The time ended on')
})

test('what the mail server refuses is tried again; what may have left is not', async () => {
  await person('anna', 'virasto', ['controller'], 'fi')
  const kunta = await api.token('kunta', ['controller'])
  await api.request(kunta, 'POST', `${MARCH}/issue`, {})
  api.clock.now += 8 * DAY_MS
  refuse = true
  expect(await run()).toBe(0)
  refuse = false
  expect(await run()).toBe(1)
  // A crash between the mail and its record: recorded as on its way, it is not sent again.
  api.clock.now += 5 * DAY_MS
  const changePapers = api.records.changePapers
  api.records.changePapers = async (change, actor, action) => {
    if (action === 'reminder.sent') throw new Error('killed')
    return changePapers(change, actor, action)
  }
  await run()
  api.records.changePapers = changePapers
  expect(received).toHaveLength(2)
  expect(await run()).toBe(0)
  expect(received).toHaveLength(2)
})

test('two processes at once send it once', async () => {
  await person('anna', 'virasto', ['controller'], 'fi')
  const kunta = await api.token('kunta', ['controller'])
  await api.request(kunta, 'POST', `${MARCH}/issue`, {})
  api.clock.now += 8 * DAY_MS
  const sent = await Promise.all([run(), run(), run()])
  expect(sent.reduce((sum, one) => sum + one, 0)).toBe(1)
  expect(received).toHaveLength(1)
})

test('without a mail server nothing is sent, and the state of the installation says so', async () => {
  const log = createLog('silent')
  const parts = { records: api.records, notifier: NO_MAIL, publicUrl: '', now: () => api.clock.now, log }
  expect(await sendReminders(parts)).toBe(0)
  const operator = await api.token(null, ['admin'])
  const state = (await api.request(operator, 'GET', '/system')).json<SystemState>()
  expect(state.mail).toEqual({ from: null, sent: 0, lastSentAt: null, lastFailure: null })
})

test('a job never runs twice at once, goes on after a failure, and is waited for at the end', async () => {
  let [runs, atOnce, most] = [0, 0, 0]
  const job = {
    name: 'slow',
    everyMs: 5,
    firstMs: 1,
    run: async () => {
      runs += 1
      atOnce += 1
      most = Math.max(most, atOnce)
      await new Promise((resolve) => setTimeout(resolve, 20))
      atOnce -= 1
      if (runs === 1) throw new Error('first run fails')
    },
  }
  const stop = startJobs([job], { now: () => api.clock.now, log: createLog('silent') })
  await expect.poll(() => runs, { timeout: 5000 }).toBeGreaterThan(2)
  await stop()
  expect(atOnce).toBe(0)
  expect(most).toBe(1)
})

test('dates of equipment are told once each to those whose task it is, those of a day together, to nobody who may not know', async () => {
  await person('tiina', 'virasto', ['technician'], 'sv')
  await person('maija', 'kunta', ['manager'], 'fi')
  await person('signe', 'kunta', ['signatory'], 'sv')
  const [agreement] = twoHouses.agreements ?? []
  const [version] = agreement?.versions ?? []
  const ownership = [{ from: '2026-01-01', to: null, shares: { virasto: '1' } }]
  const lamp = { premises: 'talo', type: 'lighting-controller', ownership }
  const terms = { responsibilities: [{ of: { deviceType: 'lighting-controller' }, tasks: { renew: 'virasto' } }] }
  await api.fill({
    agreements: [{ ...agreement!, versions: [{ ...version!, terms }] }],
    devices: [
      { ...lamp, id: 'lamppu-1', name: { fi: 'Lamppu', sv: 'Lampan' }, firmware: { supportUntil: '2027-04-01' } },
      { ...lamp, id: 'lamppu-2', firmware: { supportUntil: '2027-04-01' } },
      { ...lamp, id: 'lamppu-3', warranty: { by: 'Valo Oy', until: '2026-05-01' } },
      { ...lamp, id: 'salattu', insurance: { by: 'Turva', until: '2026-05-01' }, visibility: { money: 'owner' } },
    ],
  })
  expect(await run()).toBe(2)
  const mailTo = (login: string) => body(received.findLast(({ to }) => to[0]?.startsWith(login))!)
  const tiina = mailTo('tiina')
  expect(tiina).toContain('Stödet för den fasta programvaran upphör 1.4.2027.')
  expect(tiina).toContain('Lampan, lamppu-2')
  expect(tiina).toContain('https://samtila.example.fi/premises/talo/equipment?lang=sv')
  const maija = mailTo('maija')
  expect(maija).toContain('Takuu päättyy 1.5.2026.')
  expect(maija).not.toContain('salattu')
  expect(await run()).toBe(0)
  // Two weeks before, once more; what is over is told no more.
  api.clock.now = Date.parse('2026-04-18T06:00:00Z')
  expect(await run()).toBe(1)
  api.clock.now = Date.parse('2026-05-03T06:00:00Z')
  expect(await run()).toBe(0)
})

test('dated documents and client certificates are told before they end; what only keepers see, to keepers', async () => {
  await person('maija', 'kunta', ['manager'], 'en')
  const paper = (id: string, of: { device: string } | { space: string }, classification: string) => ({
    kind: DEVICE_DOCUMENT,
    paper: {
      id,
      premises: 'talo',
      audience: 'premises' as const,
      state: 'kept',
      dueAt: null,
      body: { of, title: id, kind: 'certificate', classification, validUntil: '2026-05-01', versions: [] },
    },
    expectedVersion: 0,
  })
  const certificate = (id: string, validTo: string) => ({
    kind: CERTIFICATE,
    paper: {
      id,
      premises: null,
      audience: 'operator' as const,
      state: 'issued',
      dueAt: null,
      body: {
        device: 'vanheneva',
        gateway: false,
        credential: id,
        fingerprint: id,
        validFrom: 0,
        validTo: Date.parse(validTo),
      },
    },
    expectedVersion: 0,
  })
  const lamp = { premises: 'talo', ownership: [{ from: '2026-01-01', to: null, shares: { virasto: '1' } }] }
  const house = twoHouses.premises![0]!
  const spaces = [...house.spaces!, { id: 't-2', name: { en: 'Boiler room' }, use: 'technical' as const, areaM2: '9' }]
  await api.fill({
    premises: [{ ...house, spaces }],
    devices: [
      { ...lamp, id: 'todistus' },
      { ...lamp, id: 'salainen' },
      { ...lamp, id: 'vanheneva' },
    ],
  })
  const actor = { kind: 'system' as const, id: 'test', name: 'test', organisation: null }
  const record = (papers: PaperChange[]) => api.records.changePapers({ papers }, actor, 'test')
  await record([
    paper('ce', { device: 'todistus' }, 'parties'),
    paper('salainen-ce', { device: 'salainen' }, 'owner'),
    paper('paloilmoitin', { space: 't-2' }, 'owner'),
    certificate('01', '2026-04-20T09:00:00Z'),
  ])
  expect(await run()).toBe(1)
  const mail = body(received.at(-1)!)
  expect(mail).toContain('A document is valid until 1 May 2026.')
  expect(mail).toContain('The certificate of the device ends on 20 Apr 2026.')
  expect(mail).toContain('todistus')
  expect(mail).not.toContain('salainen')
  expect(mail).toContain('Boiler room')
  expect(await run()).toBe(0)
  // A renewed certificate is told no more.
  await record([certificate('02', '2027-04-20T09:00:00Z')])
  api.clock.now = Date.parse('2026-04-14T06:00:00Z')
  expect(await run()).toBe(0)
})
