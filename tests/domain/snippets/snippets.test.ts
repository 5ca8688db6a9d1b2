// Configuration snippets: each is what its program's own parser reads, whatever the password, and never what it cannot carry.
import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { SNIPPET_PROGRAMS, snippetFor } from '#domain/snippets/snippet.ts'
import type { SnippetFacts } from '#domain/snippets/facts.ts'
import { notRun } from '#tests/not-run.ts'

const facts: SnippetFacts = {
  host: 'samtila.kunta.fi',
  port: 8883,
  tls: true,
  username: 'portti-1',
  password: 'aB_9-xyz0123456789012345678901234567890123',
}
/** What nobody's password is, but a foreign one could be. */
const HARD = 'a"b\\c\'d: #e{f}, [g] & *h é€ %i'

/** Python's parsers of YAML and TOML, where they are. */
function parsed(kind: 'yaml' | 'toml', text: string): unknown {
  const script =
    kind === 'yaml'
      ? 'import sys,json,yaml;print(json.dumps(yaml.safe_load(sys.stdin.read())))'
      : 'import sys,json,tomllib;print(json.dumps(tomllib.loads(sys.stdin.read())))'
  return JSON.parse(
    execFileSync('python3', ['-c', script], { input: text, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }),
  )
}
const hasParser = (kind: 'yaml' | 'toml'): boolean => {
  try {
    parsed(kind, '')
    return true
  } catch {
    return false
  }
}

test('zigbee2mqtt: YAML with the values as they are', (context) => {
  if (!hasParser('yaml')) return notRun(context, 'YAML as another parser reads it', 'pip install pyyaml')
  for (const password of [facts.password, HARD])
    expect(parsed('yaml', snippetFor('zigbee2mqtt', { ...facts, password })!.text)).toEqual({
      mqtt: {
        base_topic: 'zigbee2mqtt',
        server: 'mqtts://samtila.kunta.fi:8883',
        user: 'portti-1',
        password,
        client_id: 'portti-1',
        version: 4,
        keepalive: 60,
      },
    })
  expect(snippetFor('zigbee2mqtt', { ...facts, password: '!secret' })).toBeNull()
})

test('chirpstack and telegraf: TOML with the values as they are', (context) => {
  if (!hasParser('toml')) return notRun(context, 'TOML as another parser reads it', 'Python 3.11 or newer')
  for (const password of [facts.password, HARD]) {
    expect(
      parsed('toml', snippetFor('chirpstack', { ...facts, tls: false, port: 1883, password })!.text),
    ).toMatchObject({
      integration: {
        enabled: ['mqtt'],
        mqtt: { server: 'tcp://samtila.kunta.fi:1883/', username: 'portti-1', password },
      },
    })
    expect(parsed('toml', snippetFor('telegraf', { ...facts, password })!.text)).toMatchObject({
      outputs: {
        mqtt: [
          {
            servers: ['mqtts://samtila.kunta.fi:8883'],
            topic: 'samtila/v1/portti-1/telemetry',
            password,
            json_transformation: '{"ts": timestamp, "values": fields}',
          },
        ],
      },
    })
  }
})

test('shelly and node-red: JSON with the values as they are', () => {
  const shelly = JSON.parse(snippetFor('shelly', { ...facts, password: HARD })!.text) as Record<string, unknown>
  expect(shelly).toMatchObject({
    method: 'Mqtt.SetConfig',
    params: {
      config: { enable: true, server: 'samtila.kunta.fi:8883', user: 'portti-1', pass: HARD, ssl_ca: 'ca.pem' },
    },
  })
  const flow = JSON.parse(snippetFor('node-red', { ...facts, password: HARD })!.text) as {
    id: string
    type: string
    broker?: string
    tls?: string
    wires?: string[][]
  }[]
  const ids = flow.map(({ id }) => id)
  expect(new Set(ids).size).toBe(flow.length)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{16}$/)
  const out = flow.find(({ type }) => type === 'mqtt out')
  const broker = flow.find(({ type }) => type === 'mqtt-broker')
  expect(out?.broker).toBe(broker?.id)
  expect(flow.find(({ type }) => type === 'tls-config')?.id).toBe(broker?.tls)
  expect(flow.find(({ type }) => type === 'change')?.wires).toEqual([[out?.id]])
  expect(broker).toMatchObject({ usetls: true, credentials: { user: 'portti-1', password: HARD } })
})

test('tasmota: one line of commands, each with its one value', () => {
  const { text } = snippetFor('tasmota', facts)!
  const commands = text
    .trim()
    .replace(/^Backlog /, '')
    .split('; ')
  expect(commands.length).toBeLessThanOrEqual(30)
  expect(Object.fromEntries(commands.map((command) => command.split(' ', 2)))).toMatchObject({
    MqttHost: 'samtila.kunta.fi',
    MqttPort: '8883',
    MqttUser: 'portti-1',
    MqttPassword: facts.password,
    Topic: 'portti-1',
    SetOption103: '1',
    SetOption132: '0',
    SetOption19: '1',
    FullTopic: '%topic%/%prefix%/',
  })
  for (const password of [HARD, 'a;b', '', 'a b']) expect(snippetFor('tasmota', { ...facts, password })).toBeNull()
})

test('mosquitto: one setting a line; what a line cannot carry is refused', () => {
  const { text } = snippetFor('mosquitto', { ...facts, password: HARD })!
  const settings = Object.fromEntries(
    text
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)]),
  )
  expect(settings).toMatchObject({
    address: 'samtila.kunta.fi:8883',
    remote_username: 'portti-1',
    remote_password: HARD,
    bridge_capath: '/etc/ssl/certs',
  })
  expect(snippetFor('mosquitto', { ...facts, tls: false })!.text).not.toContain('bridge_ca')
  expect(snippetFor('mosquitto', { ...facts, password: ' a' })).toBeNull()
})

test('no program gets a line break or another control character', () => {
  for (const program of SNIPPET_PROGRAMS)
    for (const bad of ['a\nremote_password x', 'a\u0000', 'a\u2028b', 'a\u007f'])
      for (const key of ['host', 'username', 'password'] as const)
        expect(snippetFor(program, { ...facts, [key]: bad })).toBeNull()
})

test('an IPv6 address stands in brackets where a port follows', () => {
  expect(snippetFor('shelly', { ...facts, host: '2001:db8::1' })!.text).toContain('[2001:db8::1]:8883')
})
