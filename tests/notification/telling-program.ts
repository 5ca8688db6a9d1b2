// A process that makes alarms and tells of them, to be killed: records on the disk, a real mail server and endpoint of the test. It prints each alarm once it is durable.
import { ALARM, type Alarm } from '#domain/alarms/alarm.ts'
import { createLog } from '#server/log.ts'
import { createMailer } from '#server/mail.ts'
import { openNotification } from '#server/notification/notification.ts'
import { createSealer } from '#server/sealer.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'

const [folder = '', smtpPort = '', prefix = '', count = '0'] = process.argv.slice(2)
const records = await openEmbeddedRecords({ folder })
const mailSettings = { url: `smtp://127.0.0.1:${smtpPort}`, from: 'Samtila <samtila@example.fi>', passwordFile: null }
const notification = openNotification({
  records,
  notifier: createMailer(mailSettings, Date.now),
  sealer: createSealer(new Uint8Array(32).fill(7)),
  publicUrl: 'https://samtila.example.fi',
  publish: () => Promise.resolve(),
  webhookHosts: ['127.0.0.1'],
  limits: { mailGroupMs: 20, mailGapMs: 20, webhookMs: 2_000, webhookAnswerBytes: 1_000 },
  now: Date.now,
  log: createLog('silent'),
})
await notification.run()
notification.follow(() => true)
setInterval(() => void notification.run().catch(() => {}), 30)
for (let i = 0; i < Number(count); i += 1) {
  const body: Alarm = {
    rule: 'saanto',
    name: { fi: `Hälytys ${prefix}-${i}` },
    condition: 'no-data',
    extent: 'premises',
    severity: 'critical',
    device: null,
    gateway: null,
    reason: { point: null, value: null, limit: null, unit: null, at: null },
    raisedAt: Date.now(),
    clearedAt: null,
    conditionClearedAt: null,
    assignee: null,
    snoozedUntil: null,
    affected: [],
    flapping: false,
    returns: 0,
    fault: null,
    entries: [],
  }
  const paper = {
    id: `${prefix}-${i}`,
    premises: 'talo',
    audience: 'premises' as const,
    state: 'raised',
    dueAt: null,
    body,
  }
  await records.changePapers(
    { papers: [{ kind: ALARM, paper }] },
    { kind: 'system', id: 't', name: 't', organisation: null },
    'test',
  )
  process.stdout.write(`${paper.id}\n`)
  await new Promise((resolve) => setTimeout(resolve, 3))
}
process.stdout.write('made\n')
