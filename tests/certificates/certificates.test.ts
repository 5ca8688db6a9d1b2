// Client certificates over real TLS: of the own authority and of foreign ones; what is refused; what revocation cuts, and how soon.
import { connect as connectTls } from 'node:tls'
import type { TLSSocket } from 'node:tls'
import { connect as connectMqtt, type IClientOptions, type MqttClient } from 'mqtt'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AuthorityList, CertificateIssued, CertificatePage } from '#contract/certificates.ts'
import { AUTHORITY } from '#domain/certificates/certificate.ts'
import { brokerLimits } from '#broker/limits.ts'
import type { ClientCertificateUse } from '#broker/listeners.ts'
import { openBroker, type Broker } from '#broker/open-broker.ts'
import { startApi, SYSTEM, twoHouses, type TestApi } from '#tests/api/start-api.ts'
import { createCa, createCertificate, createRequest, type ForeignCa, type Pem } from './authority.ts'

let api: TestApi
let broker: Broker
let operator: string
let technician: string
let server: Pem
const clients: MqttClient[] = []
const brokers: Broker[] = []
const CUT_MS = 10_000

async function open(clientCertificates: ClientCertificateUse = 'optional'): Promise<Broker> {
  const opened = await openBroker({
    settings: {
      tcp: null,
      tls: { host: '127.0.0.1', port: 0, cert: server.cert, key: server.key, clientCertificates },
      allowedOrigins: [],
      limits: brokerLimits(),
    },
    telemetry: api.telemetry,
    records: api.records,
    now: () => api.clock.now,
    log: () => {},
  })
  brokers.push(opened)
  return opened
}
beforeEach(async () => {
  api = await startApi()
  await api.fill(twoHouses)
  operator = await api.token(null, ['admin', 'technician'])
  technician = await api.token('kunta', ['technician', 'admin'])
  server = await createCertificate(null, { cn: 'localhost', server: true })
  broker = await open()
})
afterEach(async () => {
  for (const client of clients.splice(0)) await client.endAsync(true)
  for (const one of brokers.splice(0)) await one.close()
  await api.close()
})

const connect = async (pem: Partial<Pem>, options: IClientOptions = {}, to = broker): Promise<MqttClient> => {
  const client = connectMqtt(`mqtts://127.0.0.1:${to.state().tls?.port ?? 0}`, {
    rejectUnauthorized: false,
    ...pem,
    clientId: 'mittari',
    protocolVersion: 4,
    reconnectPeriod: 0,
    connectTimeout: 4_000,
    ...options,
  })
  clients.push(client)
  client.on('error', () => {})
  // A handshake that the server ends is a connection that closes without a word.
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve())
    client.once('error', reject)
    client.once('close', () => reject(new Error('closed')))
  })
  return client
}
const send = (client: MqttClient, value: number, device = 'mittari') =>
  client.publishAsync(
    `samtila/v1/${device}/telemetry`,
    JSON.stringify({ ts: 1_790_000_000_000 + value, values: { power: value } }),
    { qos: 1 },
  )
const closed = (client: MqttClient): Promise<number> => {
  const from = performance.now()
  return new Promise((resolve) => client.once('close', () => resolve(performance.now() - from)))
}
async function issue(body: object, token = technician): Promise<CertificateIssued & Pem> {
  const answer = await api.request(token, 'POST', '/credentials/certificates', body)
  expect([answer.status, answer.text]).toEqual([200, expect.any(String)])
  const issued = answer.json<CertificateIssued>()
  return { ...issued, cert: issued.certificate, key: issued.privateKey ?? '' }
}
const list = async (query = ''): Promise<CertificatePage['items']> =>
  (await api.request(technician, 'GET', `/credentials/certificates${query}`)).json<CertificatePage>().items
/** The reason why the last connection was refused. */
async function refusal(attempt: Promise<MqttClient>): Promise<string> {
  const before = { ...broker.state().counters.refusedByReason }
  await expect(attempt).rejects.toThrow(/refused|closed|alert|ECONN/)
  const after = broker.state().counters.refusedByReason
  return Object.keys(after).find((reason) => after[reason] !== before[reason]) ?? 'none'
}
async function register(ca: ForeignCa, changes: object = {}, id = 'kunnan-ca') {
  const body = {
    name: 'Kunnan laitevarmentaja',
    certificate: ca.pem,
    organisation: 'kunta',
    premises: null,
    subject: 'cn',
    prefix: '',
    enabled: true,
    ...changes,
  }
  const known = (await api.records.getPaper({ organisation: null }, AUTHORITY, id))?.version
  const headers = known === undefined ? {} : { 'if-match': `"v${known}"` }
  const answer = await api.request(operator, 'PUT', `/certificate-authorities/${id}`, body, headers)
  // The listener follows the records; a moment later it trusts the authority.
  await new Promise((resolve) => setTimeout(resolve, 50))
  return answer
}

describe('own authority', () => {
  test('a device comes in by its certificate alone: no user name is needed, its own is taken, another is refused', async () => {
    const issued = await issue({ device: 'mittari' })
    await send(await connect(issued), 1)
    await send(await connect(issued, { username: 'mittari', password: 'whatever' }), 2)
    expect(await refusal(connect(issued, { username: 'muu-mittari', clientId: 'x' }))).toBe('other-user-name')
    // It may publish as itself only.
    const client = await connect(issued)
    const ended = closed(client)
    send(client, 3, 'muu-mittari').catch(() => {})
    await ended
    expect(broker.state().counters.readingsStored).toBe(2)
  })

  test('a request keeps the key with the device; one that is none, unsigned or of another device is refused', async () => {
    const { request, key } = await createRequest('mittari')
    const issued = await issue({ device: 'mittari', request })
    expect(issued.privateKey).toBeNull()
    await send(await connect({ cert: issued.certificate, key }), 1)
    const refused = async (wrong: string) =>
      (await api.request(technician, 'POST', '/credentials/certificates', { device: 'mittari', request: wrong }))
        .problem()
        .problems?.map(({ pointer, code }) => `${pointer} ${code}`)
    expect(await refused('roskaa')).toEqual(['/request wrong-pem'])
    expect(await refused((await createRequest('toinen')).request)).toEqual(['/request other-device'])
    // One bit of the signature turned.
    const bytes = Buffer.from(request.replaceAll(/-----.*-----|\s/g, ''), 'base64')
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1
    const turned = `-----BEGIN CERTIFICATE REQUEST-----\n${bytes.toString('base64')}\n-----END CERTIFICATE REQUEST-----`
    expect(await refused(turned)).toEqual(['/request wrong-signature'])
  })

  test('revocation cuts the live connection within 10 s, and it stays out; the other certificate of the device stays', async () => {
    const first = await issue({ device: 'mittari' })
    const second = await issue({ device: 'mittari' })
    const [old, renewed] = [await connect(first), await connect(second, { clientId: 'mittari-2' })]
    const cut = closed(old)
    const answer = await api.request(technician, 'DELETE', `/credentials/certificates/${first.serial}`)
    expect(answer.json()).toEqual({ revoked: 1 })
    expect(await cut).toBeLessThan(CUT_MS)
    expect(await refusal(connect(first))).toBe('credential-revoked')
    await send(renewed, 5)
    expect((await list('?device=mittari')).map(({ serial, state }) => [serial, state])).toEqual([
      [second.serial, 'valid'],
      [first.serial, 'revoked'],
    ])
    // All credentials of the device at once take the certificates along.
    const cutToo = closed(renewed)
    await api.request(technician, 'DELETE', '/credentials/mittari')
    expect(await cutToo).toBeLessThan(CUT_MS)
    expect((await list()).map(({ state }) => state)).toEqual(['revoked', 'revoked'])
  })

  test('an expired certificate is refused, one that expires while it is connected is cut, and both make room', async () => {
    const issued = await issue({ device: 'mittari', days: 1 })
    const client = await connect(issued)
    const cut = closed(client)
    api.clock.now += 2 * 86_400_000
    expect(await cut).toBeLessThan(CUT_MS)
    expect(await refusal(connect(issued))).toBe('certificate-expired')
    expect((await list())[0]?.state).toBe('expired')
    for (let count = 0; count < 5; count++) await issue({ device: 'mittari' })
    const answer = await api.request(technician, 'POST', '/credentials/certificates', { device: 'mittari' })
    expect([answer.status, answer.problem().code]).toEqual([409, 'conflict'])
  })

  test('the key of the authority is sealed, no answer and no audit line has a private key, and the fingerprint is no password', async () => {
    const issued = await issue({ device: 'mittari' })
    const stored = JSON.stringify(await api.records.getPaper({ organisation: null }, AUTHORITY, 'samtila'))
    expect(stored).toContain('BEGIN CERTIFICATE')
    expect(stored).not.toContain('PRIVATE KEY')
    const shown = await api.request(technician, 'GET', '/certificate-authorities')
    expect(shown.json<AuthorityList>().items).toMatchObject([
      { id: 'samtila', own: true, certificate: issued.authority },
    ])
    const audit = JSON.stringify(await api.records.audit({ organisation: null }, { limit: 200 }))
    for (const text of [shown.text, audit, JSON.stringify(await list())]) expect(text).not.toMatch(/PRIVATE KEY|"key"/)
    const der = Buffer.from(issued.certificate.replaceAll(/-----.*-----|\s/g, ''), 'base64')
    for (const password of [issued.fingerprint, `x509:${issued.fingerprint}`, der])
      expect(await refusal(connect({}, { username: 'mittari', password }))).toBe('wrong-credential')
    expect(await refusal(connect({}, { username: `x509:${issued.fingerprint}` }))).toBe('wrong-credential')
  })

  test('another organisation neither issues for the device nor sees or revokes its certificates', async () => {
    const issued = await issue({ device: 'mittari' })
    const other = await api.token('muu', ['technician', 'admin'])
    for (const [method, path, body] of [
      ['POST', '/credentials/certificates', { device: 'mittari' }],
      ['DELETE', `/credentials/certificates/${issued.serial}`, undefined],
    ] as const)
      expect((await api.request(other, method, path, body)).status).toBe(404)
    expect((await api.request(other, 'GET', '/credentials/certificates')).json<CertificatePage>().items).toEqual([])
    expect((await api.request(technician, 'POST', '/credentials/certificates', { device: 'keskitin' })).status).toBe(
      404,
    )
    expect((await issue({ device: 'keskitin', gateway: true }, operator)).device).toBe('keskitin')
    expect((await list()).map(({ device }) => device)).toEqual(['mittari'])
  })
})

describe('foreign authority', () => {
  test('its certificates name devices in premises that its organisation lets, and no others', async () => {
    const ca = await createCa('Kunta')
    expect((await register(ca)).status).toBe(201)
    await send(await connect(await createCertificate(ca, { cn: 'MITTARI' })), 1)
    const others = await createCertificate(ca, { cn: 'muu-mittari' })
    expect(await refusal(connect(others, { clientId: 'muu-mittari' }))).toBe('certificate-of-nobody')
    expect(await refusal(connect(others, { username: 'mittari', clientId: 'x' }))).toBe('certificate-of-nobody')
    expect(await refusal(connect(await createCertificate(ca, { cn: 'tuntematon' })))).toBe('certificate-of-nobody')
    // Its id is its own, also while it is away.
    clients.at(0)?.end(true)
    await api.records.putCredentials(
      [{ id: 'c', device: 'muu-mittari', hash: 'f'.repeat(64), gateway: false, createdAt: 1, revokedAt: null }],
      SYSTEM,
    )
    const own = await api.request(operator, 'POST', '/credentials', { devices: ['muu-mittari'] })
    const [{ username, password }] = own.json<[{ username: string; password: string }]>()
    expect(await refusal(connect({}, { username, password, clientId: 'mittari' }))).toBe('client-id-taken')
  })

  test('an alternative name with a prefix, only some premises, and an authority below a root', async () => {
    const root = await createCa('Juuri')
    const ca = await createCa('Laitteet', root)
    expect((await register(ca)).problem().problems?.[0]?.code).toBe('no-root')
    const certificate = `${ca.pem}\n${root.pem}\n`
    expect((await register(ca, { certificate, subject: 'san', prefix: 'urn:kunta:', premises: ['talo'] })).status).toBe(
      201,
    )
    // The root itself vouches for nobody here.
    const ofRoot = await createCertificate(root, { uri: 'urn:kunta:mittari' })
    expect(await refusal(connect(ofRoot))).toBe('certificate-not-trusted')
    const good = await createCertificate(ca, { cn: 'muuta', uri: 'urn:kunta:mittari' })
    await send(await connect(good), 1)
    expect(await refusal(connect(await createCertificate(ca, { cn: 'mittari' })))).toBe('certificate-of-nobody')
    const wrong = { 'other-landlord': { premises: ['muu-talo'] }, 'unknown-id': { organisation: 'ei-ole' } }
    for (const [code, changes] of Object.entries(wrong))
      expect((await register(await createCa('X'), changes, 'x')).problem().problems?.[0]?.code).toBe(code)
  })

  test('revocation of one certificate, switching off and removing the authority cut the live connection within 10 s', async () => {
    const ca = await createCa('Kunta')
    await register(ca)
    const one = await createCertificate(ca, { cn: 'mittari', serial: '0a1b2c' })
    const two = await createCertificate(ca, { cn: 'mittari' })
    const cut = closed(await connect(one))
    const path = '/certificate-authorities/kunnan-ca'
    expect((await api.request(operator, 'POST', `${path}/revocations`, { serial: '0A:1B:2C' })).status).toBe(200)
    expect(await cut).toBeLessThan(CUT_MS)
    expect(await refusal(connect(one))).toBe('credential-revoked')
    const cutOff = closed(await connect(two))
    await register(ca, { enabled: false })
    expect(await cutOff).toBeLessThan(CUT_MS)
    expect(await refusal(connect(two))).toBe('certificate-not-trusted')
    // What was revoked stays revoked when the authority is changed.
    await register(ca)
    expect(await refusal(connect(one))).toBe('credential-revoked')
    const cutAgain = closed(await connect(two))
    expect((await api.request(operator, 'DELETE', path)).status).toBe(204)
    expect(await cutAgain).toBeLessThan(CUT_MS)
    await expect(connect(two)).rejects.toThrow(/refused|closed|alert|ECONN/)
  })

  test('premises that change their landlord take the device out of the hands of the authority at once', async () => {
    const ca = await createCa('Kunta')
    await register(ca)
    const cut = closed(await connect(await createCertificate(ca, { cn: 'mittari' })))
    const premises = await api.records.getObject({ organisation: null }, 'premises', 'talo')
    if (premises === null) throw new Error('no premises')
    const value = { ...premises.value, landlord: 'virasto' }
    await api.records.change({ objects: [{ kind: 'premises', id: 'talo', value }] }, SYSTEM, 'test')
    expect(await cut).toBeLessThan(CUT_MS)
  })

  test('one key is registered once, and only the operator registers', async () => {
    const ca = await createCa('Kunta')
    await register(ca)
    expect((await register(ca, { organisation: 'muu' }, 'toinen')).problem().problems?.[0]?.code).toBe('registered')
    const { authority } = await issue({ device: 'mittari' })
    expect((await register({ ...ca, pem: authority }, {}, 'oma')).problem().problems?.[0]?.code).toBe('registered')
    const leaf = await createCertificate(ca, { cn: 'mittari' })
    expect((await register({ ...ca, pem: leaf.cert }, {}, 'x')).problem().problems?.[0]?.code).toBe('no-authority')
    const body = { name: 'X', certificate: ca.pem, organisation: 'kunta', premises: null, subject: 'cn', prefix: '' }
    const answer = await api.request(technician, 'PUT', '/certificate-authorities/x', { ...body, enabled: true })
    expect(answer.status).toBe(403)
    const seen = async (organisation: string): Promise<string[]> =>
      (await api.request(await api.token(organisation, ['technician']), 'GET', '/certificate-authorities'))
        .json<AuthorityList>()
        .items.map(({ id }) => id)
    expect([await seen('kunta'), await seen('muu')]).toEqual([['samtila', 'kunnan-ca'], ['samtila']])
  })
})

describe('what is no certificate of ours', () => {
  test('self-signed, of an unknown authority, with its name, expired, not yet valid, for servers: refused, also with a right password', async () => {
    const ca = await createCa('Kunta')
    await register(ca)
    const own = await api.request(technician, 'POST', '/credentials', { devices: ['mittari'] })
    const [{ username, password }] = own.json<[{ username: string; password: string }]>()
    const day = 86_400_000
    const wrong: Record<string, Pem> = {
      'self-signed': await createCertificate(null, { cn: 'mittari' }),
      'unknown authority': await createCertificate(await createCa('Muu'), { cn: 'mittari' }),
      'the name of ours': await createCertificate(await createCa('Kunta'), { cn: 'mittari' }),
      expired: await createCertificate(ca, { cn: 'mittari', from: Date.now() - 9 * day, to: Date.now() - day }),
      'not yet': await createCertificate(ca, { cn: 'mittari', from: Date.now() + day }),
      'for servers': await createCertificate(ca, { cn: 'mittari', server: true }),
    }
    for (const [what, pem] of Object.entries(wrong)) {
      for (const options of [{}, { username, password }]) {
        const from = performance.now()
        expect([what, await refusal(connect(pem, options))]).toEqual([what, 'certificate-not-trusted'])
        expect(performance.now() - from).toBeLessThan(3_000)
      }
    }
    // Without a certificate the password still does.
    await send(await connect({}, { username, password }), 1)
  })

  test('a connection stays who it was: there is no renegotiation and no resumption', async () => {
    const issued = await issue({ device: 'mittari' })
    const port = broker.state().tls?.port ?? 0
    const options = { host: '127.0.0.1', port, rejectUnauthorized: false, cert: issued.cert, key: issued.key }
    const opened = (extra: object = {}): Promise<TLSSocket> =>
      new Promise((resolve, reject) => {
        const socket = connectTls({ ...options, ...extra }, () => resolve(socket))
        socket.once('error', reject)
      })
    const old = await opened({ maxVersion: 'TLSv1.2' })
    const failed = await new Promise((resolve) => {
      old.once('error', resolve)
      old.renegotiate({}, (error) => error !== null && resolve(error))
    })
    expect(failed).toBeInstanceOf(Error)
    old.destroy()
    for (const maxVersion of ['TLSv1.2', 'TLSv1.3'] as const) {
      const first = await opened({ maxVersion })
      const session = first.getSession()
      first.destroy()
      const second = await opened({ maxVersion, session })
      expect(second.isSessionReused()).toBe(false)
      second.destroy()
    }
  })

  test('`required` lets nobody in without a certificate, `off` asks for none', async () => {
    const own = await api.request(technician, 'POST', '/credentials', { devices: ['mittari'] })
    const [{ username, password }] = own.json<[{ username: string; password: string }]>()
    const issued = await issue({ device: 'mittari' })
    const required = await open('required')
    await expect(connect({}, { username, password }, required)).rejects.toThrow(/refused|closed|alert|ECONN/)
    await send(await connect(issued, {}, required), 1)
    const off = await open('off')
    await expect(connect(issued, {}, off)).rejects.toThrow(/refused|closed|alert|ECONN/)
    await send(await connect({}, { username, password }, off), 2)
  })
})
