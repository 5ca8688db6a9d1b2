// E-mail about what happens: at once or gathered, in the reader's language, once, and only to who may see it.
import { afterEach, beforeEach, expect, test } from 'vitest'
import { startTelling, type Telling } from './start-telling.ts'

let telling: Telling
beforeEach(async () => {
  telling = await startTelling()
})
afterEach(() => telling.close())

const subjects = (): string[] => telling.mail.received.map(({ subject }) => subject)

test('who repairs it is told at once, in their language: what, where, value and limit, link; others are not', async () => {
  const anna = await telling.person('anna', 'kunta', ['technician'], { language: 'sv' })
  const bertil = await telling.person('bertil', 'virasto', ['technician'])
  await telling.person('cecilia', 'kunta', ['viewer'])
  await telling.person('dan', 'muu', ['manager'])
  await telling.alarm('a-1')
  await telling.after(0)
  expect(telling.mail.received).toEqual([])
  await telling.after(10_000)
  expect(telling.mail.received).toMatchObject([
    { to: 'anna@example.fi', subject: 'Allvarligt larm: Inga data – Talo, mittari' },
  ])
  const text = telling.mail.received[0]?.text ?? ''
  expect(text).toContain('Värde 12,5\u00A0kW, gräns 8\u00A0kW.')
  expect(text).toContain('10.3.2026 kl.\u00A012.00')
  expect(text).toContain('https://samtila.example.fi/alarms/a-1?lang=sv')
  expect(await telling.notices(anna)).toEqual([{ kind: 'alarm-raised', reason: 'subscribed', step: undefined }])
  expect(await telling.notices(bertil)).toEqual([])
})

test('nothing is told twice: by the next run, after a start, or about the same state', async () => {
  await telling.person('anna', 'kunta', ['technician'])
  await telling.alarm('a-1')
  await telling.after(0)
  await telling.after(10_000)
  await telling.restart()
  await telling.after(600_000)
  await telling.alarm('a-1')
  await telling.after(600_000)
  expect(subjects()).toEqual(['Vakava hälytys: Ei dataa – Talo, mittari'])
})

test('what happened while the program was stopped is told after its start, also what was not yet mailed', async () => {
  await telling.person('anna', 'kunta', ['technician'])
  await telling.alarm('a-1')
  await telling.after(0)
  await telling.alarm('a-2', { device: null })
  await telling.restart()
  await telling.after(20_000)
  await telling.after(20_000)
  expect(subjects()).toEqual(['Vakava hälytys: Ei dataa – Talo, mittari (ja 1 muuta)'])
})

test('a storm of 1,000 alarms is one mail that names some and counts the others, and one more later', async () => {
  const anna = await telling.person('anna', 'kunta', ['technician'])
  for (let i = 0; i < 1_000; i += 1) await telling.alarm(`a-${i}`, { device: null })
  for (let i = 0; i < 8; i += 1) await telling.after(5_000)
  expect(subjects()).toEqual(['Vakava hälytys: Ei dataa – Talo (ja 999 muuta)'])
  expect(telling.mail.received[0]?.text).toContain('Lisäksi 950 muuta tapahtumaa:')
  expect(telling.mail.received[0]?.text.length).toBeLessThan(20_000)
  expect((await telling.notices(anna)).length).toBeLessThanOrEqual(150)
  await telling.alarm('late')
  await telling.after(20_000)
  expect(subjects()).toHaveLength(1)
  await telling.after(300_000)
  expect(subjects()).toHaveLength(2)
})

test('a mail server that refuses or is away is tried again, and each mail arrives once, with what gathered meanwhile', async () => {
  await telling.person('anna', 'kunta', ['technician'])
  telling.mail.refuse('mailbox away')
  await telling.alarm('a-1')
  await telling.after(0)
  await telling.after(10_000)
  for (let i = 2; i < 6; i += 1) {
    await telling.alarm(`a-${i}`)
    await telling.after(30_000)
  }
  expect(telling.mail.received).toEqual([])
  expect(telling.notification.counts().mail.failed).toBeGreaterThan(1)
  telling.mail.refuse(null)
  await telling.restart()
  await telling.after(1_800_000)
  await telling.after(10_000)
  expect(subjects()).toEqual([
    'Vakava hälytys: Ei dataa – Talo, mittari',
    'Vakava hälytys: Ei dataa – Talo, mittari (ja 3 muuta)',
  ])
  expect(new Set(telling.mail.received.map(({ id }) => id)).size).toBe(2)
  await telling.after(86_400_000)
  expect(subjects()).toHaveLength(2)
})

test('a warning comes in the daily mail at the chosen hour, something over by then says so; information only in the product', async () => {
  const wishes = { dailyAt: 7 }
  const anna = await telling.person('anna', 'kunta', ['technician'], { language: 'en', wishes })
  await telling.alarm('a-1', { severity: 'warning' })
  await telling.alarm('a-2', { severity: 'warning' })
  await telling.alarm('a-3', { severity: 'info' })
  await telling.after(0)
  await telling.alarm('a-1', { state: 'cleared' })
  // 12:00 in Helsinki: the next 7:00 is 19 hours away.
  await telling.after(19 * 3_600_000 - 1)
  expect(subjects()).toEqual([])
  await telling.after(1)
  expect(subjects()).toEqual(['Warning: No data – Talo, mittari (and 1 more)'])
  expect(telling.mail.received[0]?.text).toContain('Summary of the day:')
  expect(telling.mail.received[0]?.text.match(/It is over by now\./g)).toHaveLength(1)
  expect(await telling.notices(anna)).toHaveLength(4)
})

test('quiet hours hold a mail until they end, but not a critical one', async () => {
  const wishes = { quiet: { from: '21:00', to: '06:30', days: null } }
  await telling.person('anna', 'kunta', ['technician'], { wishes })
  telling.api.clock.now = Date.parse('2026-03-10T20:00:00Z')
  await telling.alarm('a-1')
  await telling.after(0)
  await telling.after(600_000)
  expect(subjects()).toEqual([])
  await telling.alarm('a-2', { severity: 'critical' })
  await telling.after(0)
  await telling.after(10_000)
  // What leaves takes along what was held for the morning.
  expect(subjects()).toEqual(['Kriittinen hälytys: Ei dataa – Talo, mittari (ja 1 muuta)'])
})

test('what the reader may not see any more when the mail leaves is not in it', async () => {
  const anna = await telling.person('anna', 'virasto', ['technician'], {
    wishes: { subscriptions: [{ premises: null, families: ['alarm'], from: 'info', oursOnly: false }] },
  })
  await telling.alarm('a-1', { audience: ['virasto'] })
  await telling.alarm('a-2', { audience: ['kunta'] })
  await telling.after(0)
  expect(await telling.notices(anna)).toHaveLength(1)
  const [user] = await telling.api.records.listUsers({ organisation: 'virasto' })
  await telling.api.records.putUser(
    { ...user!, memberships: [{ organisation: 'muu', roles: ['viewer'] }] },
    {
      kind: 'system',
      id: 't',
      name: 't',
      organisation: null,
    },
  )
  await telling.after(20_000)
  expect(telling.mail.received).toEqual([])
  expect(telling.notification.counts().mail.dropped).toBe(1)
})

test('what is given to a person is told to that person; while away, to the deputy', async () => {
  const bertil = await telling.person('bertil', 'virasto', ['viewer'], { language: 'en' })
  const anna = await telling.person('anna', 'virasto', ['viewer'], {
    language: 'en',
    wishes: { absences: [{ from: '2026-03-09', to: '2026-03-12', deputy: bertil.id }] },
  })
  await telling.alarm('a-1')
  await telling.alarm('a-1', {
    state: 'assigned',
    assignee: { organisation: 'virasto', person: { id: anna.id, name: 'anna' } },
  })
  await telling.after(0)
  await telling.after(10_000)
  expect(telling.mail.received).toMatchObject([
    { to: 'bertil@example.fi', subject: 'Alarm given to you: No data – Talo, mittari' },
  ])
  expect(telling.mail.received[0]?.text).toContain('You get this as a deputy.')
  expect(await telling.notices(anna)).toEqual([{ kind: 'alarm-assigned', reason: 'assigned', step: undefined }])
})
