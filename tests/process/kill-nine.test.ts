// Invariant 2: an acknowledged reading is durable. The whole process is killed 20 times under load; every acknowledged reading is there, once.
import { setTimeout as sleep } from 'node:timers/promises'
import mqtt from 'mqtt'
import { expect, test } from 'vitest'
import { call, makeFolder, removeFolder, startProgram, type Program } from './program.ts'

const KILLS = 20
const DEVICES = ['kone-1', 'kone-2', 'kone-3', 'kone-4']
const SEED = Number(process.env['SAMTILA_TEST_SEED'] ?? 20_261_122)

const bundle = {
  organisations: [{ id: 'kunta', name: { fi: 'Kunta' } }],
  premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }],
  devices: DEVICES.map((id) => ({ id, premises: 'talo', points: [{ key: 'serial', kind: 'counter', unit: 'kWh' }] })),
}

/** Deterministic pseudo-random numbers, so that a failing run can be repeated. */
function* randoms(seed: number): Generator<number> {
  for (let state = seed >>> 0; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state / 2 ** 32
  }
}

/** Publishes serial numbers at QoS 1 until the connection breaks; what was acknowledged stands in `acknowledged`. */
async function publishUntilBroken(
  program: Program,
  credential: { username: string; password: string },
  next: () => number,
  acknowledged: Map<number, number>,
): Promise<void> {
  const client = mqtt.connect(program.mqttUrl, {
    ...credential,
    clientId: credential.username,
    reconnectPeriod: 0,
    connectTimeout: 5_000,
  })
  client.on('error', () => {})
  await new Promise<void>((resolve) => {
    client.on('close', () => resolve())
    client.on('connect', () => {
      client.stream.on('error', () => {})
      const send = (): void => {
        if (!client.connected) return
        const serial = next()
        const values = [serial, serial + 0.25, serial + 0.5, serial + 0.75]
        const payload = JSON.stringify(
          values.map((value, index) => ({ ts: 1_780_000_000_000 + serial * 4 + index, values: { serial: value } })),
        )
        client.publish(`samtila/v1/${credential.username}/telemetry`, payload, { qos: 1 }, (error) => {
          if (error) return
          values.forEach((value, index) => acknowledged.set(1_780_000_000_000 + serial * 4 + index, value))
          send()
        })
      }
      for (let inFlight = 0; inFlight < 16; inFlight += 1) send()
    })
  })
  client.end(true)
}

async function storedReadings(program: Program, device: string): Promise<[at: number, value: number][]> {
  const query = new URLSearchParams({
    point: `${device}/serial`,
    from: '2026-05-01T00:00:00Z',
    to: '2027-12-31T00:00:00Z',
    format: 'ndjson',
  })
  const { status, body } = await call(program, 'GET', `/readings?${query.toString()}`)
  expect(status).toBe(200)
  return String(body)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const { at, value } = JSON.parse(line) as { at: string; value: number }
      return [Date.parse(at), Number(value)]
    })
}

test(`${KILLS} × kill -9 under load: every acknowledged reading is there, once`, { timeout: 240_000 }, async () => {
  const folder = makeFolder()
  const random = randoms(SEED)
  console.log(`seed ${SEED}`)
  try {
    let program = await startProgram(folder)
    expect((await call(program, 'POST', '/import', bundle)).status).toBe(200)
    const made = await call(program, 'POST', '/credentials', { devices: DEVICES })
    const credentials = made.body as { device: string; username: string; password: string }[]
    const acknowledged = new Map(DEVICES.map((device) => [device, new Map<number, number>()]))
    const serials = new Map(DEVICES.map((device) => [device, 0]))
    for (let kill = 0; kill < KILLS; kill += 1) {
      const running = credentials.map((credential) =>
        publishUntilBroken(
          program,
          credential,
          () => {
            const serial = (serials.get(credential.device) ?? 0) + 1
            serials.set(credential.device, serial)
            return serial
          },
          acknowledged.get(credential.device) ?? new Map(),
        ),
      )
      await sleep(150 + Math.floor((random.next().value ?? 0) * 700))
      await program.end('SIGKILL')
      await Promise.all(running)
      program = await startProgram(folder)
    }
    let total = 0
    for (const device of DEVICES) {
      const stored = await storedReadings(program, device)
      const instants = new Map(stored)
      expect(instants.size).toBe(stored.length) // none twice
      const expected = acknowledged.get(device) ?? new Map<number, number>()
      const missing = [...expected].filter(([at, value]) => instants.get(at) !== value)
      expect(missing).toEqual([])
      total += expected.size
    }
    console.log(`${total} acknowledged readings over ${KILLS} kills, none missing, none twice`)
    expect(total).toBeGreaterThan(KILLS * 100)
    expect(await program.end('SIGTERM')).toBe(0)
  } finally {
    removeFolder(folder)
  }
})
