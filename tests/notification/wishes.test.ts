// What a person asks for and reads: wishes with their refusals, a test mail, the inbox that is read and forgotten; nobody reads another's.
import { afterEach, expect, test } from 'vitest'
import type { NoticePage, UnreadCount, WishesShown } from '#contract/notifications.ts'
import { MAIL } from '#domain/notification/delivery.ts'
import { noticesOf } from '#domain/notification/notice.ts'
import { DEFAULT_WISHES } from '#domain/notification/wishes.ts'
import type { User } from '#domain/ports/records.ts'
import { forgetOldNotices } from '#server/notification/tidy.ts'
import { SYSTEM } from '#tests/api/start-api.ts'
import { startTelling, type Telling } from './start-telling.ts'

const DAY_MS = 86_400_000
const ALL = { organisation: null }
let telling: Telling
afterEach(() => telling.close())

type Session = Record<string, string>
const ask = (as: Session, method: 'GET' | 'PUT' | 'POST', path: string, body?: unknown, more: Session = {}) =>
  telling.api.request(null, method, `/notifications${path}`, body, { ...as, ...more })
const wanted = (over: object = {}) => ({ ...DEFAULT_WISHES, ...over })
const subjects = (): string[] => telling.mail.received.map(({ to, subject }) => `${to} ${subject}`)

test('wishes are the person’s own, hold from then on, and wrong ones are refused with their place', async () => {
  telling = await startTelling()
  const bertil = await telling.person('bertil', 'kunta', ['viewer'])
  const stranger = await telling.person('vieras', 'muu', ['technician'])
  const anna = await telling.person('anna', 'kunta', ['technician'])
  const as = await telling.session(anna)
  const before = (await ask(as, 'GET', '/wishes')).json<WishesShown>()
  expect(before).toMatchObject({
    version: 0,
    subscriptions: null,
    email: 'anna@example.fi',
    mail: true,
    colleagues: [{ id: bertil.id, name: 'bertil' }],
  })
  await telling.alarm('a-1')
  await telling.after(0)
  await telling.after(10_000)
  expect(subjects()).toHaveLength(1)

  const made = await ask(as, 'PUT', '/wishes', wanted({ ways: { ...DEFAULT_WISHES.ways, major: 'in-product' } }))
  expect([made.status, made.headers['etag']]).toEqual([201, '"v1"'])
  await telling.alarm('a-2')
  await telling.after(0)
  await telling.after(3_600_000)
  expect(subjects()).toHaveLength(1)
  expect(await telling.notices(anna)).toHaveLength(2)

  // Of what is not asked for nothing comes at all; what is not the own organisation's only where it is asked for.
  const match = (version: number): Session => ({ 'if-match': `"v${version}"` })
  expect((await ask(as, 'PUT', '/wishes', wanted())).status).toBe(428)
  expect((await ask(as, 'PUT', '/wishes', wanted(), match(7))).status).toBe(412)
  const none = wanted({ subscriptions: [{ premises: 'talo', families: ['fault'], from: 'info', oursOnly: false }] })
  expect((await ask(as, 'PUT', '/wishes', none, match(1))).status).toBe(200)
  await telling.alarm('a-3')
  await telling.after(0)
  expect(await telling.notices(anna)).toHaveLength(2)

  const wrong = wanted({
    timeZone: 'Europe/Nowhere',
    quiet: { from: '22:00', to: '22:00', days: null },
    absences: [
      { from: '2026-03-10', to: '2026-03-10', deputy: anna.id },
      { from: '2026-03-10', to: '2026-03-12', deputy: stranger.id },
      { from: '2026-03-10', to: '2026-03-12', deputy: null },
    ],
  })
  const refused = await ask(as, 'PUT', '/wishes', wrong, match(2))
  expect(refused.problem().problems?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
    '/timeZone no-time-zone',
    '/quiet/to empty',
    '/absences/0/to ends-before',
    '/absences/0/deputy unknown-person',
    '/absences/1/deputy unknown-person',
  ])
  expect((await ask(as, 'PUT', '/wishes', wanted({ dailyAt: 24 }), match(2))).problem().problems).toMatchObject([
    { pointer: '/dailyAt' },
  ])
  expect((await ask(as, 'GET', '/wishes')).json<WishesShown>()).toMatchObject({
    version: 2,
    timeZone: 'Europe/Helsinki',
  })
  expect((await ask(await telling.session(bertil), 'GET', '/wishes')).json<WishesShown>().version).toBe(0)
  // A program is told by webhook, not by mail; nobody without a session has wishes.
  const program = await telling.api.token('kunta', ['admin'])
  expect((await telling.api.request(program, 'GET', '/notifications/wishes')).status).toBe(403)
  expect((await ask({}, 'GET', '/wishes')).status).toBe(401)
})

test('a test mail comes to the own address in the own language; without address or server it says why not, and it cannot flood', async () => {
  telling = await startTelling()
  const anna = await telling.person('anna', 'kunta', ['viewer'], { language: 'sv' })
  const as = await telling.session(anna)
  expect((await ask(as, 'POST', '/test-mail')).status).toBe(202)
  await telling.after(0)
  expect(subjects()).toEqual(['anna@example.fi Testmeddelande från Samtila'])
  telling.mail.refuse('450 later')
  for (let i = 0; i < 3; i++) expect((await ask(as, 'POST', '/test-mail')).status).toBe(202)
  await telling.after(0)
  expect((await ask(as, 'POST', '/test-mail')).status).toBe(429)
  telling.mail.refuse(null)
  for (let minute = 0; minute < 3; minute++) await telling.after(60_000)
  expect(subjects()).toHaveLength(4)
  expect((await ask(as, 'POST', '/test-mail')).status).toBe(202)

  const silent = await telling.person('hiljaa', 'kunta', ['viewer'], { email: '' })
  const refused = await ask(await telling.session(silent), 'POST', '/test-mail')
  expect([refused.status, refused.problem().detail]).toEqual([
    409,
    'You have no e-mail address. Give one in your account.',
  ])
  await telling.close()
  telling = await startTelling({ mail: false })
  const bertil = await telling.session(await telling.person('bertil', 'kunta', ['viewer']))
  expect((await ask(bertil, 'GET', '/wishes')).json<WishesShown>().mail).toBe(false)
  expect((await ask(bertil, 'POST', '/test-mail')).problem().detail).toBe(
    'No mail server is set up in this installation.',
  )
})

test('the inbox: the newest first, in three languages, read one by one and all at once, and nobody reads another’s', async () => {
  telling = await startTelling()
  const people: [User, User] = [
    await telling.person('anna', 'kunta', ['technician']),
    await telling.person('bertil', 'kunta', ['technician']),
  ]
  const [anna, bertil] = [await telling.session(people[0]), await telling.session(people[1])]
  const inbox = async (as: Session, query = ''): Promise<NoticePage> => (await ask(as, 'GET', query)).json<NoticePage>()
  const unread = async (as: Session): Promise<number> => (await ask(as, 'GET', '/unread')).json<UnreadCount>().unread
  for (const id of ['a-1', 'a-2', 'a-3']) {
    await telling.alarm(id)
    await telling.after(1_000)
  }
  const all = await inbox(anna)
  expect(all.items.map(({ read, things }) => [read, things[0]?.path])).toEqual([
    [false, '/alarms/a-3'],
    [false, '/alarms/a-2'],
    [false, '/alarms/a-1'],
  ])
  expect(all.items[0]?.things[0]).toMatchObject({
    kind: 'alarm-raised',
    severity: 'major',
    reason: 'subscribed',
    over: false,
    title: { fi: 'Vakava hälytys: Ei dataa', sv: 'Allvarligt larm: Inga data', en: 'Major alarm: No data' },
    details: { fi: [expect.stringMatching(/^10\.3\.2026/), expect.stringMatching(/12,5\s*kW.*8\s*kW/)] },
  })
  const two = await inbox(anna, '?limit=2')
  expect(two.items).toHaveLength(2)
  expect((await inbox(anna, `?limit=2&after=${two.next ?? ''}`)).items.map(({ id }) => id)).toEqual([all.items[2]?.id])

  const first = all.items[0]?.id ?? ''
  // The other's ids are another's papers: nothing is read by naming them.
  expect((await ask(bertil, 'POST', '/read', { ids: [first] })).json<UnreadCount>().unread).toBe(3)
  expect((await ask(anna, 'POST', '/read', { ids: [first] })).json<UnreadCount>().unread).toBe(2)
  expect((await inbox(anna, '?unread=true')).items).toHaveLength(2)
  expect((await ask(anna, 'POST', '/read', {})).json<UnreadCount>()).toEqual({ unread: 0 })
  expect([await unread(anna), await unread(bertil)]).toEqual([0, 3])
  await telling.alarm('a-3', { state: 'cleared', clearedAt: telling.api.clock.now })
  expect((await inbox(anna)).items[0]?.things[0]?.over).toBe(true)
  // Whoever goes to another organisation reads nothing of the one before.
  await telling.api.records.putUser({ ...people[1], memberships: [{ organisation: 'muu', roles: ['viewer'] }] }, SYSTEM)
  expect((await inbox(await telling.session(people[1]))).items).toEqual([])
})

test('what is over and old is forgotten, what is due or young stays', async () => {
  telling = await startTelling()
  const anna = await telling.person('anna', 'kunta', ['technician'])
  await telling.alarm('vanha')
  await telling.after(0)
  await telling.after(10_000)
  const { now } = telling.api.clock
  telling.mail.refuse('450 later')
  await telling.alarm('odottaa')
  await telling.after(0)
  const mails = async (): Promise<string[]> =>
    (await telling.api.records.listPapers(ALL, MAIL, { limit: 50 })).items.map(({ state }) => state).toSorted()
  expect(await mails()).toEqual(['due', 'sent'])
  const { records } = telling.api
  expect(await forgetOldNotices(records, 90, now + 89 * DAY_MS)).toBe(0)
  const young = now + 91 * DAY_MS
  telling.api.clock.now = young
  await telling.alarm('nuori')
  await telling.after(0)
  const gone = await forgetOldNotices(records, 90, young)
  // Two notices and the mail that was sent; the one that waits, and what is new, stay.
  expect(gone).toBe(3)
  expect((await records.listPapers(ALL, noticesOf(anna.id), { limit: 50 })).items).toHaveLength(1)
  expect((await mails()).includes('sent')).toBe(false)
  expect(await forgetOldNotices(records, 90, young)).toBe(0)
})
