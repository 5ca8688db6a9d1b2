// A server of the records that is away: the operator's administrators are mailed although nobody can be looked up, and told when it is back.
import { expect, test } from 'vitest'
import { createLog } from '#server/log.ts'
import { createMailer } from '#server/mail.ts'
import { watchRecords } from '#server/records-outage.ts'
import { startTelling } from './start-telling.ts'

test('away for a minute is mailed once by the node that led; a mail server that refuses is tried again', async () => {
  const telling = await startTelling()
  try {
    const { records } = telling.api
    const admin = await telling.person('operaattori', null, ['admin'], { language: 'en' })
    await telling.person('katsoja', null, ['viewer'])
    const anna = await telling.person('anna', 'kunta', ['admin'])
    await telling.after(0)
    let mood: 'answers' | 'refuses' | 'is silent' = 'answers'
    const isDown = { ...records, getMeta: () => Promise.reject(new Error('away')) }
    const isSilent = { ...records, getMeta: () => new Promise<string | null>(() => {}) }
    const seen = {
      getMeta: (key: string) => (mood === 'answers' ? records : mood === 'refuses' ? isDown : isSilent).getMeta(key),
      listUsers: records.listUsers,
      getPaper: records.getPaper,
      changePapers: records.changePapers,
    }
    const settings = { url: `smtp://127.0.0.1:${telling.mail.port}`, from: 'samtila@example.fi', passwordFile: null }
    const watchOf = (leads: () => boolean) =>
      watchRecords({
        records: seen,
        notifier: createMailer(settings, () => 0),
        publicUrl: 'https://samtila.example.fi',
        leads,
        log: createLog('silent'),
        answerMs: 20,
      })
    let leading = true
    const one = watchOf(() => leading)
    const other = watchOf(() => false)
    const look = async (...times: number[]): Promise<void> => {
      for (const at of times) for (const watch of [one, other]) await watch.look(at)
    }
    const mails = () => telling.mail.received.map(({ to, subject }) => [to, subject])
    const away = ['operaattori@example.fi', 'A server does not answer: database server']
    await look(0)
    mood = 'refuses'
    await look(10_000, 40_000)
    // A lease ends while nobody can renew it.
    leading = false
    mood = 'answers'
    leading = true
    await look(50_000)
    expect([mails(), one.awaySince()]).toEqual([[], null])

    mood = 'is silent'
    await look(100_000)
    leading = false
    telling.mail.refuse('try later')
    await look(170_000)
    telling.mail.refuse(null)
    await look(180_000, 200_000, 300_000)
    expect([mails(), one.awaySince()]).toEqual([[away], 100_000])
    expect(telling.mail.received[0]?.text).toContain('https://samtila.example.fi/system')

    mood = 'answers'
    leading = true
    await look(400_000)
    await telling.after(0)
    await telling.after(400_000)
    expect((await telling.notices(admin)).map(({ kind }) => kind)).toEqual(['system-back'])
    expect(await telling.notices(anna)).toEqual([])
    expect(mails()).toEqual([away, ['operaattori@example.fi', 'A server answers again: database server']])

    // The next one is told anew.
    mood = 'refuses'
    await look(500_000, 570_000)
    mood = 'answers'
    await look(600_000)
    await telling.after(0)
    expect((await telling.notices(admin)).map(({ kind }) => kind)).toEqual(['system-back', 'system-back'])
    expect(mails().filter(([, subject]) => subject === away[1])).toHaveLength(2)
  } finally {
    await telling.close()
  }
})
