// The listeners: TLS, WebSocket with its origins, addresses that cannot be had, and a foreign client.
import { execFile, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect as connectTls } from 'node:tls'
import { promisify } from 'node:util'
import { connectAsync } from 'mqtt'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { brokerLimits } from '#broker/limits.ts'
import { openBroker } from '#broker/open-broker.ts'
import type { BrokerSettings } from '#broker/open-broker.ts'
import { Failure } from '#domain/failure.ts'
import { findProgram, notRun } from '#tests/not-run.ts'
import { eventually, openFixture, send } from './broker-fixture.ts'
import type { Fixture } from './broker-fixture.ts'
import { connectOf } from './packets.ts'

const AT = Date.UTC(2026, 0, 1)

/** A further broker on the stores of a fixture, with listeners of its own. */
async function openWith(fixture: Fixture, settings: Partial<BrokerSettings>) {
  const { telemetry, records } = fixture
  const defaults = { tcp: null, tls: null, allowedOrigins: [], limits: brokerLimits() }
  const broker = await openBroker({
    settings: { ...defaults, ...settings },
    telemetry,
    records,
    now: Date.now,
    log: () => {},
  })
  onTestFinished(() => broker.close())
  return broker
}

test('an address that another program uses is one clear sentence', async () => {
  const fixture = await openFixture()
  const tcp = { host: '127.0.0.1', port: fixture.port }
  await expect(openWith(fixture, { tcp })).rejects.toThrow(
    new Failure(
      'wrong-setting',
      `cannot listen on the MQTT address 127.0.0.1:${fixture.port}: another program uses it`,
    ),
  )
})

describe('TLS', () => {
  function certificate(): { cert: string; key: string } {
    const folder = mkdtempSync(join(tmpdir(), 'samtila-tls-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
    const made = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
    execFileSync('openssl', [...made, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' })
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') }
  }

  test('S25: readings come in over TLS 1.2 and 1.3, not over older ones nor in clear', async (context) => {
    if (findProgram('openssl') === null) notRun(context, 'TLS', 'install openssl')
    const pem = certificate()
    const fixture = await openFixture()
    const broker = await openWith(fixture, { tls: { host: '127.0.0.1', port: 0, ...pem } })
    const port = broker.state().tls?.port ?? 0
    const options = {
      clientId: 'meter-a',
      username: 'meter-a',
      password: 'token of meter-a',
      protocolVersion: 4 as const,
    }
    for (const version of ['TLSv1.2', 'TLSv1.3'] as const) {
      const secure = { ca: pem.cert, minVersion: version, maxVersion: version }
      const client = await connectAsync(`mqtts://127.0.0.1:${port}`, { ...options, ...secure, reconnectPeriod: 0 })
      await send(client, 'meter-a', { ts: AT + version.length * Number(version.slice(-1)), values: { energy: 1 } })
      await client.endAsync()
    }
    expect(await fixture.readings('meter-a', 'energy')).toHaveLength(2)
    const old = connectTls({ host: '127.0.0.1', port, ca: pem.cert, minVersion: 'TLSv1', maxVersion: 'TLSv1.1' })
    await expect(
      new Promise((resolve, reject) => old.once('secureConnect', resolve).once('error', reject)),
    ).rejects.toThrow(/protocol|alert/i)
    const clear = connect({ host: '127.0.0.1', port })
    clear.on('error', () => {})
    clear.resume().write(connectOf('meter-a'))
    await new Promise((resolve) => clear.once('close', resolve))
    expect(broker.state().counters.connectionsAccepted).toBe(2)
  })
})

test('S24: a certificate that is none is refused at the start', async () => {
  const fixture = await openFixture()
  const tls = { host: '127.0.0.1', port: 0, cert: 'no certificate', key: 'no key' }
  await expect(openWith(fixture, { tls })).rejects.toThrow('the TLS certificate or its key cannot be used')
})

describe('WebSocket', () => {
  async function serve(
    fixture: Fixture,
    allowedOrigins: string[] = [],
  ): Promise<{ url: string; host: string; broker: Awaited<ReturnType<typeof openWith>> }> {
    const broker = await openWith(fixture, { allowedOrigins })
    const server = createServer()
    server.on('upgrade', (request, socket, head) => broker.handleWebSocket(request, socket, head))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
    return { url: `ws://${host}/mqtt`, host, broker }
  }

  test('readings come in, commands go out', async () => {
    const fixture = await openFixture()
    const { url, broker } = await serve(fixture)
    const client = await connectAsync(url, {
      clientId: 'meter-a',
      username: 'meter-a',
      password: 'token of meter-a',
      protocolVersion: 4,
      reconnectPeriod: 0,
    })
    const received: string[] = []
    client.on('message', (_topic, payload) => void received.push(payload.toString()))
    await client.subscribeAsync('samtila/v1/meter-a/commands/#')
    await send(client, 'meter-a', { ts: AT, values: { energy: 1 } }, 2)
    await broker.publish('samtila/v1/meter-a/commands/1', 'now', { retain: false, qos: 0 })
    await eventually(() => received.length === 1)
    expect(await fixture.readings('meter-a', 'energy')).toHaveLength(1)
    await client.endAsync(true)
  })

  test('S34: a page of another origin is refused, the own and allowed ones are not', async () => {
    const fixture = await openFixture()
    const { url, host, broker } = await serve(fixture, ['https://samtila.example'])
    const status = (origin: string | undefined, protocol: string[] = ['mqtt']): Promise<number> =>
      new Promise((resolve) => {
        const socket = new WebSocket(url, protocol, origin === undefined ? {} : { origin })
        socket.once('open', () => {
          resolve(101)
          socket.terminate()
        })
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0))
        socket.on('error', () => {})
      })
    for (const origin of [
      'https://evil.example',
      'null',
      `http://${host}.evil.example`,
      'https://samtila.example.evil',
      'junk',
    ]) {
      expect([origin, await status(origin)]).toEqual([origin, 403])
    }
    for (const origin of [undefined, `http://${host}`, 'https://samtila.example'])
      expect(await status(origin)).toBe(101)
    expect(await status(undefined, ['chat'])).toBe(400)
    expect(broker.state().counters.refusedByReason['wrong-origin']).toBe(5)
  })

  test('frames over the limit, text frames and junk end that connection only', async () => {
    const fixture = await openFixture()
    const { url } = await serve(fixture)
    for (const bytes of [Buffer.alloc(300_000), Buffer.from('GET /'), 'text', Buffer.alloc(0)]) {
      const socket = new WebSocket(url, ['mqtt'])
      await new Promise((resolve) => socket.once('open', resolve))
      socket.on('error', () => {})
      const ended = new Promise((resolve) => socket.once('close', resolve))
      socket.send(bytes)
      if (bytes.length === 0) socket.terminate()
      await ended
    }
    const client = await fixture.connect('meter-a')
    await send(client, 'meter-a', { ts: AT, values: { energy: 1 } })
  })
})

test('foreign clients: mosquitto_pub at every QoS, mosquitto_sub for a command', async (context) => {
  const pub = findProgram('mosquitto_pub')
  const sub = findProgram('mosquitto_sub')
  if (pub === null || sub === null) return notRun(context, 'foreign clients', 'install mosquitto-clients')
  const fixture = await openFixture()
  const login = ['-h', '127.0.0.1', '-p', String(fixture.port), '-u', 'meter-a', '-P', 'token of meter-a']
  const run = promisify(execFile)
  for (const qos of ['0', '1', '2']) {
    const body = JSON.stringify({ ts: AT + Number(qos), values: { energy: Number(qos) } })
    await run(pub, [...login, '-i', 'meter-a', '-q', qos, '-t', 'samtila/v1/meter-a/telemetry', '-m', body])
  }
  await eventually(async () => (await fixture.readings('meter-a', 'energy')).length === 3)
  await expect(
    run(pub, [...login.with(-1, 'wrong'), '-t', 'samtila/v1/meter-a/telemetry', '-m', '{}']),
  ).rejects.toThrow(/not authori[sz]ed|bad user name/i)
  await expect(run(pub, [...login, '-V', '5', '-t', 'samtila/v1/meter-a/telemetry', '-m', '{}'])).rejects.toThrow(
    /protocol/i,
  )
  const listener = spawn(sub, [...login, '-i', 'meter-a', '-C', '1', '-t', 'samtila/v1/meter-a/commands/#'])
  let heard = ''
  listener.stdout.on('data', (chunk) => (heard += String(chunk)))
  await eventually(() => fixture.broker.presenceOf('meter-a').connected)
  await eventually(async () => {
    await fixture.broker.publish('samtila/v1/meter-a/commands/1', 'open', { retain: false, qos: 1 })
    return heard === 'open\n'
  })
  if (listener.exitCode === null) await new Promise((resolve) => listener.once('exit', resolve))
})
