// The codec mapped: readings by a connector's own expression, and nothing that an expression can do beyond that.
import { execFile } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, describe, expect, test } from 'vitest'
import { checkConnector } from '#broker/check-connector.ts'
import { createMappingPool } from '#broker/codecs/mapped/mapping-pool.ts'
import type { MappingLimits } from '#broker/codecs/mapped/mapping-pool.ts'
import { decodeMapped, decodePayload } from '#broker/codecs/registry.ts'
import type { DecodeAnswer } from '#broker/codecs/registry.ts'
import { brokerLimits } from '#broker/limits.ts'
import type { Connector } from '#domain/ports/records.ts'
import { openFixture } from './broker-fixture.ts'

const LIMITS: MappingLimits = { ...brokerLimits(), mappingMs: 700 }
const silent = (): void => {}
const pool = createMappingPool(LIMITS, silent)
afterAll(() => pool.close())

const AT = Date.UTC(2026, 0, 15, 12)
const context = { receivedAt: AT, device: null, readingsLimit: 100 }

async function read(expression: string, payload: unknown = { a: 1 }, topic = 'plant/7/values') {
  const bytes = Buffer.from(typeof payload === 'string' ? payload : JSON.stringify(payload))
  const decoded = await pool.run(expression, { expression, topic, payload: bytes, context })
  return decoded ?? expect.fail('too many wait')
}
const reasons = async (expression: string, payload?: unknown) =>
  (await read(expression, payload)).problems.map(({ code }) => code)

type Fixture = { name: string; topic: string; expression: string; payload: string; expected: DecodeAnswer }
const FIXTURES = JSON.parse(
  readFileSync(new URL('../../broker/codecs/mapped/fixtures.json', import.meta.url), 'utf8'),
) as Fixture[]

describe('readings', () => {
  test.each(FIXTURES)('fixture: $name', async ({ topic, payload, expression: mapping, expected }) =>
    expect(await decodeMapped({ topic, payload, mapping }, AT, pool.run)).toEqual(expected),
  )

  test('one object, with the levels of the topic', async () => {
    const { readings } = await read('{"device": $levels[1], "point": "power", "value": a * 1000, "unit": "W"}', {
      a: 1.5,
    })
    expect(readings).toEqual([{ device: '7', point: 'power', value: 1500, unit: 'W', at: null }])
  })

  test('a list, instants and values by key', async () => {
    const rows = {
      rows: [
        { id: 'x', t: AT, v: 2.5 },
        { id: 'y', t: '2026-01-15T14:00:00+02:00', v: null },
      ],
    }
    const { readings, ignored } = await read('rows.{"device": id, "at": t, "values": {"level": v, "ok": true}}', rows)
    expect(readings.map(({ device, point, value, at }) => [device, point, value, at])).toEqual([
      ['x', 'level', 2.5, AT],
      ['x', 'ok', true, AT],
      ['y', 'ok', true, AT],
    ])
    expect(ignored).toEqual(['level'])
  })

  test('now is when the message was received, so that a replay gives the same', async () => {
    const { readings } = await read('[{"point": "a", "value": $millis()}, {"point": "b", "value": 1, "at": $now()}]')
    expect(readings.map(({ value, at }) => [value, at])).toEqual([
      [AT, null],
      [1, AT],
    ])
  })

  test('nothing is no reading and no problem', async () => {
    expect(await read('missing.{"point": "a", "value": 1}')).toMatchObject({ readings: [], problems: [] })
  })

  test.each([
    ['"text"', 'wrong-shape'],
    ['{"value": 1}', 'wrong-shape'],
    ['{"point": "p", "value": [1]}', 'bad-value'],
    ['{"point": "p", "value": $sum}', 'bad-value'],
    ['{"point": "a/b", "value": 1}', 'bad-key'],
    ['{"point": "p", "value": 1, "at": "2026-01-01T00:00:00"}', 'instant-without-offset'],
    ['{"point": "p", "value": 1, "device": 7}', 'wrong-shape'],
    ['{"point": "p", "value": "12" * 2}', 'mapping-failed'],
    ['$error("no")', 'mapping-failed'],
    ['[1..101].{"point": "p" & $, "value": $}', 'too-many-readings'],
  ])('%s is %s', async (expression, reason) => expect(await reasons(expression)).toEqual([reason]))

  test('what is no JSON is told before the expression is run', async () => {
    expect(await reasons('{"point": "p", "value": 1}', 'no json')).toEqual(['not-json'])
    expect(await reasons('{"point": "p", "value": 1}', '{"a":1,"a":2}')).toEqual(['duplicate-key'])
  })

  test('messages of one connector keep their order', async () => {
    const slow = '($n := i = 0 ? $sum([1..20000]) : 0; {"point": "i", "value": i})'
    const done: number[] = []
    await Promise.all(
      Array.from({ length: 20 }, async (_, i) => {
        const payload = Buffer.from(JSON.stringify({ i }))
        await pool.run('ordered', { expression: slow, topic: 't', payload, context })
        done.push(i)
      }),
    )
    expect(done).toEqual(Array.from({ length: 20 }, (_, i) => i))
  })
})

describe('no way out', () => {
  const marker = join(tmpdir(), `samtila-mapped-${process.pid}`)
  test.each([
    ['endless recursion', '($f := function($x) { $f($x) }; $f(1))', 'mapping-too-slow'],
    ['deep recursion', '($f := function($x) { 1 + $f($x) }; $f(1))', 'mapping-too-large'],
    ['a text that doubles', '($f := function($x) { $f($x & $x) }; $f("aaaaaaaa"))', 'mapping-too-large'],
    ['a list that doubles', '($f := function($x) { $f($append($x, $x)) }; $f([1, 2, 3]))', 'mapping-too-large'],
    [
      'a long list',
      '[1..9999999].{"point": "p", "value": $string($) & "xxxxxxxxxxxxxxxxxxxxxxxx"}',
      'mapping-too-large',
    ],
    ['a huge value', '{"point": "p", "value": $pad("x", 40000000)}', 'text'],
    [
      'a regular expression without end',
      '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)',
      'mapping-too-slow',
    ],
    ['constructor', 'constructor.constructor("return process")()', 'wrong-mapping'],
    ['__proto__', '{"point": "p", "value": __proto__}', 'wrong-mapping'],
    ['a quoted name', '`__proto__`.x', 'wrong-mapping'],
    ['$eval', '$eval("1")', 'wrong-mapping'],
    ['$eval by another name', '($e := $eval; $e("1"))', 'wrong-mapping'],
    ['chance', '{"point": "p", "value": $random()}', 'wrong-mapping'],
  ])('%s', async (_name, expression, reason) => {
    const { readings, problems, ignored } = await read(expression)
    expect(readings).toEqual([])
    if (reason === 'text') expect([...problems.map(({ code }) => code), ...ignored]).toHaveLength(1)
    else expect(problems.map(({ code }) => code)).toEqual([reason])
    // The next one is served.
    expect((await read('{"point": "p", "value": a}')).readings).toHaveLength(1)
  })

  test.each([
    '$lookup($, "const" & "ructor")',
    '$lookup($sum, "const" & "ructor")',
    '$lookup($lookup("x", "const" & "ructor"), "prototype" & "")',
    '$sum.implementation',
    '$each($sum, function($v, $k) { $k })',
    '$keys($sum)',
    `$merge([{"__pro" & "to__": {"polluted": true}}, {}])`,
    `$ ~> |$|{"__pro" & "to__": {"polluted": 1}}|`,
    `($p := $fromMillis; $p.environment)`,
    `import("node:fs").writeFileSync("\${marker}", "x")`,
  ])('%s gives nothing', async (expression) => {
    expect((await read(expression)).readings).toEqual([])
    expect((await read('{"point": "p", "value": $exists(polluted)}')).readings[0]?.value).toBe(false)
    expect(existsSync(marker)).toBe(false)
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
  })
})

test('memory runs out: the process ends, this one lives', async () => {
  const patient = createMappingPool({ ...LIMITS, mappingMs: 30_000, mappingMegabytes: 24 }, silent)
  const expression = '$map([1..90000], function($i) { $pad("", 9000, $string($i)) })'
  const job = { expression, topic: 't', payload: Buffer.from('{}'), context }
  expect((await patient.run('a', job))?.problems).toMatchObject([
    { code: 'mapping-too-large', message: expect.stringContaining('out of memory') as string },
  ])
  patient.close()
})

test('a wrong expression is refused with its place', () => {
  const check = (expression: string) =>
    checkConnector({ topicFilter: 'plant/#', codec: 'mapped', mapping: { expression } }, brokerLimits())
  expect(check('{"point": "p", "value": a}')).toEqual([])
  const [problem] = check('{"point": "p", "value": a')
  expect(problem).toMatchObject({ pointer: '/mapping/expression', code: 'wrong-mapping' })
  expect(problem?.message).toMatch(/character \d+/)
  expect(check('(a; $eval("b"))')[0]?.message).toMatch(/\$eval .*character \d+/)
  expect(check('('.repeat(16_000))[0]?.code).toBe('wrong-mapping')
  expect(check('x'.repeat(16_385))[0]?.message).toContain('16384')
  const limits = brokerLimits()
  expect(checkConnector({ topicFilter: 'plant/#', codec: 'mapped' }, limits)[0]?.pointer).toBe('/mapping')
  const mapping = { expression: 'a' }
  expect(checkConnector({ topicFilter: 'plant/#', codec: 'tasmota', mapping }, limits)[0]?.pointer).toBe('/mapping')
})

test('decoding without storing takes an expression', async () => {
  const request = { topic: 'a/b', payload: '{"a":5}', mapping: '{"device": "d", "point": "p", "value": a}' }
  expect(await decodeMapped(request, AT, pool.run)).toEqual({
    codec: 'mapped',
    readings: [{ device: 'd', point: 'p', value: 5, unit: null, at: null }],
    ignored: [],
    problems: [],
  })
  expect((await decodeMapped({ ...request, codec: 'dsmr' }, AT, pool.run)).problems[0]?.code).toBe('wrong-mapping')
  expect(decodePayload({ ...request, codec: 'mapped' }, AT).problems[0]?.code).toBe('wrong-mapping')
})

describe('in the broker', () => {
  const connector = (id: string, topicFilter: string, expression: string): Connector => ({
    id,
    name: id,
    topicFilter,
    codec: 'mapped',
    credential: 'gateway-a',
    premises: 'hall-a',
    deviceMap: { m1: 'meter-a' },
    acceptUnknown: false,
    mapping: { expression },
  })
  const good = connector('good', 'plant/+/good', '{"device": $levels[1], "at": t, "point": "energy", "value": e}')
  const bad = connector('bad', 'plant/+/bad', '($f := function($x) { $f($x) }; $f(1))')

  test('stored before the acknowledgement; a hostile one goes to quarantine by name, and others do not wait for it', async () => {
    const fixture = await openFixture({ connectors: [good, bad], limits: { mappingMs: 500 } })
    const gateway = await fixture.connect('gateway-a')
    const meter = await fixture.connect('meter-a')
    const hostile = gateway.publishAsync('plant/m1/bad', '{}', { qos: 1 })
    let isHostileDone = false
    void hostile.then(() => (isHostileDone = true))
    for (let i = 0; i < 20; i++) {
      await meter.publishAsync('samtila/v1/meter-a/telemetry', `{"ts":${AT + i},"values":{"power":${i}}}`, { qos: 1 })
    }
    expect(await fixture.readings('meter-a', 'power')).toHaveLength(20)
    expect(isHostileDone).toBe(false)
    await hostile
    await gateway.publishAsync('plant/m1/good', JSON.stringify({ t: AT, e: 12.5 }), { qos: 1 })
    expect((await fixture.readings('meter-a', 'energy')).map(({ at, value }) => [at, value])).toEqual([[AT, 12.5]])
    await gateway.publishAsync('plant/nobody/good', JSON.stringify({ t: AT, e: 1 }), { qos: 1 })
    expect(await fixture.quarantine()).toEqual({ 'mapping-too-slow': 1, 'unknown-device': 1 })
  })

  test('more messages than may wait are not acknowledged', async () => {
    const fixture = await openFixture({ connectors: [bad], limits: { mappingMs: 300, mappingQueue: 2 } })
    const gateway = await fixture.connect('gateway-a')
    const closed = new Promise<void>((resolve) => gateway.once('close', () => resolve()))
    for (let i = 0; i < 5; i++) gateway.publish('plant/m1/bad', '{}', { qos: 1 })
    await closed
    expect(fixture.broker.state().counters.messagesAcknowledged).toBeLessThanOrEqual(2)
  })
})

describe('where the program lies', () => {
  /** A copy of the program's code whose node_modules is a symbolic link to `modules`; gives what the pool says there. */
  async function inCopy(modules: string): Promise<{ readings: number; problems: string[]; log: string[] }> {
    const folder = mkdtempSync(join(tmpdir(), 'samtila-linked-'))
    try {
      for (const path of ['package.json', 'broker', 'domain']) cpSync(path, join(folder, path), { recursive: true })
      symlinkSync(modules, join(folder, 'node_modules'))
      writeFileSync(
        join(folder, 'try.ts'),
        `import { createMappingPool } from './broker/codecs/mapped/mapping-pool.ts'
         const log = []
         const pool = createMappingPool(${JSON.stringify(LIMITS)}, (line) => log.push(line))
         const job = { expression: '{"device": "x", "values": $}', topic: 't', payload: Buffer.from('{"a":1}'),
           context: { receivedAt: 1, device: null, readingsLimit: 9 } }
         const stay = setInterval(() => {}, 1000)
         const decoded = await pool.run('k', job)
         console.log(JSON.stringify({ readings: decoded.readings.length, problems: decoded.problems.map(({ code }) => code), log }))
         pool.close()
         clearInterval(stay)`,
      )
      const { stdout } = await promisify(execFile)(process.execPath, [join(folder, 'try.ts')])
      return JSON.parse(stdout) as { readings: number; problems: string[]; log: string[] }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }

  test('node_modules may be a symbolic link', async () => {
    expect(await inCopy(join(process.cwd(), 'node_modules'))).toEqual({ readings: 1, problems: [], log: [] })
  })

  test('a process that cannot be started is told with its reason', async () => {
    const { problems, log } = await inCopy(join(tmpdir(), 'samtila-no-such-folder'))
    expect(problems).toEqual(['mapping-failed'])
    expect(log).toEqual([expect.stringMatching(/did not start.*jsonata/)])
  })
})
