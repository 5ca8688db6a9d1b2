// The outbox over kill −9: whatever moment it comes at, each alarm is told once: in the product, by one message id to a program, in one mail.
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createUser } from '#api/first-start.ts'
import { noticesOf } from '#domain/notification/notice.ts'
import { WEBHOOK, webhookSecret, type Webhook } from '#domain/notification/webhook.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { createSealer } from '#server/sealer.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { SYSTEM, twoHouses } from '#tests/api/start-api.ts'
import { makeFolder, removeFolder } from '#tests/process/program.ts'
import { startMailServer } from './start-telling.ts'

const NODE = join('node_modules', 'node', 'bin', 'node')
const KILLS = [40, 120, 220, 350]
/** Of all runs together fewer than one mail names one by one. */
const ALARMS = 8
const ALL = { organisation: null }

test(
  'killed four times while it tells: nothing is lost, nothing is told under another name',
  { timeout: 120_000 },
  async () => {
    const folder = makeFolder()
    onTestFinished(() => removeFolder(folder))
    const mail = await startMailServer()
    onTestFinished(() => mail.close())
    const posted: { id: string; alarm: string }[] = []
    const endpoint = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        const { data } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { data: { about: { id: string } } }
        posted.push({ id: String(request.headers['webhook-id']), alarm: data.about.id })
        response.writeHead(204).end()
      })
    })
    await new Promise<void>((resolve) => endpoint.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void endpoint.close())
    const user = await fill(folder, `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/`)

    const durable = new Set<string>()
    const run = async (prefix: string, count: number, until: (made: boolean) => Promise<void>): Promise<void> => {
      const args = ['--disable-warning=ExperimentalWarning', 'tests/notification/telling-program.ts', folder]
      const child = spawn(NODE, [...args, String(mail.port), prefix, String(count)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      })
      const ended = new Promise<void>((resolve) => void child.on('exit', () => resolve()))
      let text = ''
      const begun = new Promise<void>((resolve) => {
        child.stdout.setEncoding('utf8').on('data', (part: string) => {
          text += part
          resolve()
        })
      })
      await begun
      await until(text.includes('made'))
      child.kill('SIGKILL')
      await ended
      for (const line of text.split('\n').slice(0, -1)) if (line !== 'made') durable.add(line)
    }
    for (const [place, ms] of KILLS.entries())
      await run(`k${place}`, ALARMS, () => new Promise((resolve) => setTimeout(resolve, ms)))
    const notTold = (): string[] => {
      const messages = new Set(posted.map(({ alarm }) => alarm))
      const text = mail.received
        .map((one) => one.text)
        .join('\n')
        .replaceAll('\r', '')
      return [...durable].filter((id) => !(messages.has(id) && text.includes(`Hälytys ${id}\n`)))
    }
    await run('last', 0, async () => expect.poll(notTold, { timeout: 40_000, interval: 100 }).toEqual([]))

    expect(durable.size).toBeGreaterThan(10)
    const idsOf = Map.groupBy(posted, ({ alarm }) => alarm)
    for (const [alarm, messages] of idsOf) expect(new Set(messages.map(({ id }) => id)).size, alarm).toBe(1)
    const records = await openEmbeddedRecords({ folder })
    const notices = await records.listPapers(ALL, noticesOf(user), { limit: 1_000 })
    const told = notices.items.flatMap(({ body }) => body.things.map(({ paper }) => paper.id))
    expect(told.length).toBe(new Set(told).size)
    expect([...durable].filter((id) => !told.includes(id))).toEqual([])
    // A copy of a mail (the server had taken it when the process died) has the id of the first.
    const texts = Map.groupBy(mail.received, ({ id }) => id)
    expect(mail.received.length - texts.size).toBeLessThanOrEqual(KILLS.length)
    await records.close()
  },
)

async function fill(folder: string, url: string): Promise<string> {
  const records = await openEmbeddedRecords({ folder })
  const telemetry = openMemoryTelemetry()
  await importBundle(twoHouses, { records, telemetry, now: Date.now(), actor: SYSTEM })
  const { user } = await createUser(records, SYSTEM, {
    login: 'anna',
    name: 'anna',
    language: 'fi',
    email: 'anna@example.fi',
    memberships: [{ organisation: 'kunta', roles: ['technician'] }],
    password: 'kolmen-koivun-kuja-7',
    mustChangePassword: false,
  })
  const sealed = createSealer(new Uint8Array(32).fill(7)).seal(
    `whsec_${Buffer.alloc(32).toString('base64')}`,
    webhookSecret('w'),
  )
  const body: Webhook = {
    name: 'w',
    organisation: 'kunta',
    url,
    families: ['alarm'],
    from: 'info',
    premises: null,
    secrets: [{ sealed, until: null }],
    failingSince: null,
  }
  const paper = { id: 'w', premises: null, audience: ['kunta'], state: 'on', dueAt: null, body }
  await records.changePapers({ papers: [{ kind: WEBHOOK, paper }] }, SYSTEM, 'test')
  await records.close()
  await telemetry.close()
  return user.id
}
