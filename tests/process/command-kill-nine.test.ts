// A command that must not be done twice is given once, though the whole process is killed between its sending and its result; one that waits survives.
import mqtt from 'mqtt'
import { expect, test } from 'vitest'
import type { CommandShown } from '#contract/twins.ts'
import { call, makeFolder, removeFolder, startProgram } from './program.ts'

const bundle = {
  organisations: [{ id: 'kunta', name: { fi: 'Kunta' } }],
  premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }],
  devices: [{ id: 'kone', premises: 'talo', type: 'pump' }],
}

test('killed between sending and result', async () => {
  const folder = makeFolder()
  let program = await startProgram(folder)
  try {
    await call(program, 'POST', '/import', bundle)
    const made = await call(program, 'POST', '/credentials', { devices: ['kone'] })
    const [{ username, password }] = made.body as [{ username: string; password: string }]
    const heard: string[] = []
    const connect = async (): Promise<mqtt.MqttClient> => {
      const client = mqtt.connect(program.mqttUrl, { username, password, clientId: username, reconnectPeriod: 0 })
      client.on('error', () => {})
      client.on('message', (topic, payload) => void heard.push(`${topic.split('/').at(-1)} ${String(payload)}`))
      await new Promise<void>((resolve) => client.once('connect', () => resolve()))
      await client.subscribeAsync(`samtila/v1/kone/commands/+`, { qos: 1 })
      return client
    }
    const until = async (what: () => boolean | Promise<boolean>): Promise<void> => {
      for (const end = Date.now() + 8_000; !(await what());) {
        if (Date.now() > end) throw new Error(`in vain: ${what.toString()}`)
        await new Promise((resolve) => setTimeout(resolve, 25))
      }
    }
    const send = async (name: string): Promise<string> =>
      ((await call(program, 'POST', '/devices/kone/commands', { name })).body as CommandShown).id
    const stateOf = async (id: string): Promise<string> =>
      ((await call(program, 'GET', `/devices/kone/commands/${id}`)).body as CommandShown).state
    const first = await connect()
    const restart = await send('restart')
    await until(() => heard.length === 1)
    first.end(true)
    const waiting = await send('identify')
    await program.end('SIGKILL')
    program = await startProgram(folder)
    expect(await stateOf(restart)).toBe('sent')
    const second = await connect()
    // What waited is given; what was given already is not, though nobody knows whether it was done.
    await until(() => heard.length === 2)
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(heard.map((one) => one.split(' ')[0])).toEqual([restart, waiting])
    // Its late word still counts.
    await second.publishAsync(`samtila/v1/kone/commands/${restart}/result`, '{"ok":true}', { qos: 1 })
    await until(async () => (await stateOf(restart)) === 'done')
    second.end(true)
  } finally {
    await program.end('SIGKILL')
    removeFolder(folder)
  }
}, 60_000)
