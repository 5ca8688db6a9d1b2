// Traces as a collector gets them: a receiver of OTLP over HTTP, a whole server, its requests, messages, settlements, jobs and log.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readSettings } from '#config'
import { hashToken } from '#broker/credentials.ts'
import { traced } from '#domain/ports/trace.ts'
import { LIMITS, type ServerSettings } from '#server/limits.ts'
import { createLog } from '#server/log.ts'
import { startJobs } from '#server/jobs.ts'
import { openServer, type Server } from '#server/open-server.ts'
import { openTrace } from '#server/trace/open-trace.ts'

type OtlpSpan = {
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startTimeUnixNano: string
  endTimeUnixNano: string
  attributes: { key: string; value: Record<string, unknown> }[]
  status: { code?: number }
}
type OtlpRequest = {
  resourceSpans: { resource: { attributes: OtlpSpan['attributes'] }; scopeSpans: { spans: OtlpSpan[] }[] }[]
}

const spans: OtlpSpan[] = []
const bodies: string[] = []
const resources: OtlpSpan['attributes'] = []
const receiver = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk: Buffer) => (body += chunk.toString()))
  request.on('end', () => {
    bodies.push(body)
    for (const { resource, scopeSpans } of (JSON.parse(body) as OtlpRequest).resourceSpans) {
      resources.push(...resource.attributes)
      spans.push(...scopeSpans.flatMap((scope) => scope.spans))
    }
    response.setHeader('content-type', 'application/json').end('{}')
  })
})
const folder = mkdtempSync(join(tmpdir(), 'samtila-trace-'))
const REMOTE = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' }
let server: Server
let endpoint = ''

const settingsWith = (more: Record<string, string>): ServerSettings => {
  const env = { SAMTILA_DATA: folder, SAMTILA_HTTP: '127.0.0.1:0', SAMTILA_MQTT: '127.0.0.1:0', ...more }
  const read = readSettings(env, LIMITS)
  if (!read.ok) throw new Error(read.problems.join('\n'))
  return read.settings
}
const named = (name: string): OtlpSpan[] => spans.filter((span) => span.name === name)
const until = async (holds: () => boolean): Promise<void> => {
  const end = Date.now() + 10_000
  while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20))
  expect(holds()).toBe(true)
}
const attributesOf = (span: OtlpSpan): Record<string, unknown> =>
  Object.fromEntries(span.attributes.map(({ key, value }) => [key, Object.values(value)[0]]))

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
  endpoint = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`
  const settings = settingsWith({ SAMTILA_OTLP_ENDPOINT: endpoint, SAMTILA_TRACE_MESSAGE_SHARE: '1' })
  server = await openServer(settings, { listen: true, log: createLog('silent') })
}, 30_000)
afterAll(async () => {
  await server.close()
  receiver.close()
  rmSync(folder, { recursive: true })
})

const request = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${server.urls.http}/api/v1${path}`, { headers: { authorization: `Bearer ${server.localToken}`, ...headers } })

test('a request is a span of its route, in the trace of whoever asked, without what was asked', async () => {
  const answer = await request('/organisations/maija-meikalainen-oy', {
    traceparent: `00-${REMOTE.traceId}-${REMOTE.spanId}-01`,
  })
  await until(() => spans.some(({ traceId }) => traceId === REMOTE.traceId))
  const [span] = spans.filter(({ traceId }) => traceId === REMOTE.traceId) as [OtlpSpan]
  expect(span).toMatchObject({ name: 'GET', kind: 2, parentSpanId: REMOTE.spanId })
  expect(attributesOf(span)).toMatchObject({ 'http.request.method': 'GET', 'http.response.status_code': 404 })
  expect(attributesOf(span)['http.route']).toMatch(/organisations\/:\w+$/)
  expect(answer.headers.get('traceresponse')).toBe(`00-${REMOTE.traceId}-${span.spanId}-01`)
  expect(bodies.join()).not.toContain('maija')
})

test('a traceparent that is none, or not sampled, is taken for what it is', async () => {
  const garbage = await request('/organisations', { traceparent: '00-nothing' })
  expect(garbage.headers.get('traceresponse')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/)
  const unsampled = await request('/organisations', { traceparent: `00-${'ab'.repeat(16)}-${'cd'.repeat(8)}-00` })
  expect(unsampled.headers.get('traceresponse')).toMatch(new RegExp(`^00-${'ab'.repeat(16)}-[0-9a-f]{16}-00$`))
})

test('a message is one trace from its bytes to the acknowledgement', async () => {
  const actor = { kind: 'system', id: 'test', name: 'Test', organisation: null } as const
  const hall = { id: 'hall', name: { en: 'Hall' }, timeZone: 'Europe/Helsinki', landlord: 'town' }
  await server.records.change(
    {
      objects: [
        { kind: 'organisations', id: 'town', value: { id: 'town', name: { en: 'Town' } } },
        { kind: 'premises', id: 'hall', value: hall },
        { kind: 'devices', id: 'secret-meter', value: { id: 'secret-meter', premises: 'hall' } },
      ],
    },
    actor,
    'import',
  )
  const password = 'token of the meter'
  const credential = { id: 'c1', device: 'secret-meter', hash: hashToken(password), gateway: false }
  await server.records.putCredentials([{ ...credential, createdAt: Date.now(), revokedAt: null }], actor)
  const client = await connectAsync(server.urls.mqtt ?? '', { username: 'secret-meter', password })
  await client.publishAsync('samtila/v1/secret-meter/telemetry', '{"values":{"energy":987654.5,"power":3}}', { qos: 1 })
  await client.endAsync()
  await until(() => named('publish').length > 0)
  const [publish] = named('publish') as [OtlpSpan]
  expect(attributesOf(publish)).toMatchObject({ 'messaging.system': 'mqtt', 'mqtt.qos': 1, 'samtila.readings': 2 })
  const parts = spans.filter(({ parentSpanId }) => parentSpanId === publish.spanId)
  expect(parts.map(({ name }) => name)).toEqual(['decode', 'durable', 'acknowledge'])
  for (const part of parts) {
    expect(part.traceId).toBe(publish.traceId)
    expect(BigInt(part.endTimeUnixNano) >= BigInt(part.startTimeUnixNano)).toBe(true)
  }
  expect(bodies.join()).not.toMatch(/secret-meter|987654/)
  expect(resources).toContainEqual({ key: 'service.name', value: { stringValue: 'samtila' } })
})

test('a settlement is a span of the request that asked for it, without what it is about', async () => {
  const traceId = 'cd'.repeat(16)
  const hall = { id: 'office', name: { en: 'Office' }, timeZone: 'Europe/Helsinki', landlord: 'city' }
  const objects = [
    { kind: 'organisations' as const, id: 'city', value: { id: 'city', name: { en: 'City' } } },
    { kind: 'premises' as const, id: 'office', value: hall },
  ]
  await server.records.change({ objects }, { kind: 'system', id: 'test', name: 'Test', organisation: null }, 'import')
  const answer = await request('/premises/office/settlements/2026-01', {
    traceparent: `00-${traceId}-${'ef'.repeat(8)}-01`,
  })
  expect(answer.status).toBe(200)
  const ofTrace = (name: string): OtlpSpan | undefined => named(name).find((span) => span.traceId === traceId)
  await until(() => ofTrace('GET') !== undefined && ofTrace('settlement') !== undefined)
  expect(ofTrace('settlement')?.parentSpanId).toBe(ofTrace('GET')?.spanId)
  expect(bodies.join()).not.toContain('office')
})

test('a job is a span, a failed one says so, and what is logged within names the trace', async () => {
  const lines: string[] = []
  const trace = openTrace(
    { endpoint, ratio: 1, messageRatio: 0, serviceName: 'samtila' },
    { node: 'test', log: createLog('silent') },
  )
  const write = process.stderr.write.bind(process.stderr)
  process.stderr.write = ((text: string) => lines.push(text) > 0) as typeof process.stderr.write
  const log = createLog('info', () => trace.current()?.traceId ?? null)
  const jobs = [
    { name: 'good', everyMs: 5, run: async (): Promise<void> => log.info('in the job') },
    { name: 'bad', everyMs: 5, run: async (): Promise<never> => Promise.reject(new TypeError('7 cents of Maija')) },
  ]
  const stop = startJobs(jobs, { now: Date.now, log, trace })
  await new Promise((resolve) => setTimeout(resolve, 60))
  await stop()
  process.stderr.write = write
  await trace.close()
  const [good, bad] = [named('job good')[0], named('job bad')[0]]
  const line = lines.map((text) => JSON.parse(text) as { message: string; trace?: string })
  expect(line.find(({ message }) => message === 'in the job')?.trace).toBe(good?.traceId)
  expect(bad?.status.code).toBe(2)
  expect(bodies.join()).not.toContain('Maija')
})

test('work within a span is its child, also after an await', async () => {
  const trace = openTrace(
    { endpoint, ratio: 1, messageRatio: 0, serviceName: 'samtila' },
    { node: 'test', log: createLog('silent') },
  )
  await traced(trace, 'outer', {}, async () => {
    await new Promise((resolve) => setTimeout(resolve, 1))
    await traced(trace, 'settlement of a test', {}, async () => undefined)
  })
  await trace.close()
  expect(named('settlement of a test')[0]?.parentSpanId).toBe(named('outer')[0]?.spanId)
})

test('a collector that is away holds nobody up', async () => {
  const warned: string[] = []
  const trace = openTrace(
    { endpoint: 'http://127.0.0.1:9', ratio: 1, messageRatio: 1, serviceName: 'samtila' },
    { node: 'test', log: { warn: (message) => void warned.push(message) } },
  )
  for (let i = 0; i < 5_000; i++) trace.beginMessage()?.end()
  await trace.close()
  expect(warned.length).toBeLessThanOrEqual(1)
})

test('without a collector there are no traces; the standard variables name one too, and turn it off', () => {
  expect(settingsWith({}).tracing).toBeNull()
  const otel = { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SERVICE_NAME: 'talo' }
  expect(settingsWith(otel).tracing).toMatchObject({ endpoint: null, serviceName: 'talo' })
  expect(settingsWith({ ...otel, OTEL_SDK_DISABLED: 'true' }).tracing).toBeNull()
  expect(() => settingsWith({ SAMTILA_OTLP_ENDPOINT: 'collector' })).toThrow('SAMTILA_OTLP_ENDPOINT')
  expect(() => settingsWith({ SAMTILA_TRACE_SHARE: '2' })).toThrow('a number from 0 to 1')
})
