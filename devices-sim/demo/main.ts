// The demonstration's own process: started by Samtila with an address and a token, it prepares the facts, drives the devices live
// and fills in the past. It speaks to Samtila only over HTTP and MQTT.
import { join } from 'node:path'
import { createApiClient, type ApiClient } from '#sim/api-client.ts'
import { backfill } from '#sim/backfill.ts'
import { publishBatches } from '#sim/live/publish-batches.ts'
import { startSimulator, type Simulator } from '#sim/live/start-simulator.ts'
import { DEMO_SEED, demoAdditions, demoFleet } from './demo-bundle.ts'
import { isRemoved, type Login, type Prepared, prepareDemo } from './prepare.ts'
import { makeAlarmRules } from './make-alarm-rules.ts'
import { makeFigures } from './make-figures.ts'
import { makeEquipment } from './make-equipment.ts'
import { makeFaults } from './make-faults.ts'
import { makeNotification } from './make-notification.ts'
import { makePlans } from './make-plans.ts'
import { makeService } from './make-service.ts'
import { makeSteering } from './make-steering.ts'
import { settleMonths } from './settle-months.ts'
import { readState, writeState, type DemoState } from './state.ts'

type Start = { type: 'start'; httpUrl: string; mqttUrl: string; token: string; dataFolder: string }
type Told =
  | { type: 'prepared'; logins: Login[]; description: string[] }
  | { type: 'progress'; text: string }
  | { type: 'failed'; message: string }

const SAVE_EVERY_MS = 60_000
const ADD_EVERY_MS = 900_000
/** How soon the devices are silent after the demonstration was removed. */
const REMOVED_LOOK_MS = 10_000

const tell = (told: Told): void => void process.send?.(told)
const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error))
let stopping = false
let prepared = false
let finish: () => Promise<void> = () => Promise.resolve()

async function run(start: Start): Promise<void> {
  const stateFile = join(start.dataFolder, 'demonstration.json')
  const api = createApiClient(start.httpUrl, start.token)
  const began = Date.now()
  if (await isRemoved(api)) {
    tell({ type: 'prepared', logins: [], description: ['The demonstration was removed; no devices are simulated.'] })
    process.disconnect?.()
    return
  }
  const demo = await prepareDemo(api, readState(stateFile), new Date(began))
  const { state, bundle } = demo
  writeState(stateFile, state)
  const fleet = demoFleet(bundle)
  const simulator = startSimulator({
    url: start.mqttUrl,
    bundle,
    credentials: state.credentials,
    seed: DEMO_SEED,
    fleet,
    steered: { httpUrl: start.httpUrl },
  })
  tell({ type: 'prepared', logins: demo.logins, description: description(demo) })
  prepared = true

  let filled = false
  const save = (): void => {
    // Until the past is whole, a later start must fill it again: that is harmless, a gap is not.
    if (filled) state.filledUntil = Date.now()
    writeState(stateFile, state)
  }
  const timers = [
    setInterval(save, SAVE_EVERY_MS),
    setInterval(() => void stopWhenRemoved(api), REMOVED_LOOK_MS),
    setInterval(() => void addNews(api, Date.now() - 3 * ADD_EVERY_MS, state.start), ADD_EVERY_MS),
  ]
  finish = async () => {
    for (const timer of timers) clearInterval(timer)
    save()
    await simulator.stop()
  }
  watch(simulator)
  if (state.planned !== true) await plans(api, start.httpUrl, state, save)
  if (state.serviced !== true) await service(api, start.httpUrl, state, save)
  if (state.equipped !== true) await equipment(api, start.httpUrl, state, save)
  if (state.notified !== true) await notification(api, start.httpUrl, demo.logins, state, save)
  if (state.faulted !== true) await faults(api, start.httpUrl, state, save)
  if (state.steered !== true) await steering(api, start, state, save)
  if (demo.logins.length === 0) await addNews(api, state.filledUntil, state.start)
  const { readings } = await publishBatches(backfill(fleet, state.filledUntil, began), {
    url: start.mqttUrl,
    credentials: new Map(state.credentials.map((each) => [each.device, each])),
    stopped: () => stopping,
  })
  if (stopping) return
  filled = true
  save()
  const seconds = ((Date.now() - began) / 1000).toFixed(1)
  if (readings > 50_000)
    tell({ type: 'progress', text: `Demonstration: ${readings} readings of the past months are in (${seconds} s).` })
  if (state.watched !== true) await watchAlarms(api, state, save)
  if (state.figured !== true) await figures(api, state, save)
  if (state.settled !== true) await settlePast(api, start.httpUrl, state, save)
}

async function stopWhenRemoved(api: ApiClient): Promise<void> {
  // A server that is away is asked again.
  if (await isRemoved(api).catch(() => false)) stop()
}

/** Once, when the past is whole: it is history, and raises nothing. */
async function watchAlarms(api: ApiClient, state: DemoState, save: () => void): Promise<void> {
  try {
    await makeAlarmRules(api)
    state.watched = true
    save()
  } catch (error) {
    tell({ type: 'progress', text: `Demonstration: the alarm rules could not be made: ${describe(error)}` })
  }
}

/** Once: emission factors and the weather of the premises, for the pages of key figures. */
async function figures(api: ApiClient, state: DemoState, save: () => void): Promise<void> {
  try {
    await makeFigures(api, state.start)
    state.figured = true
    save()
  } catch (error) {
    tell({ type: 'progress', text: `Demonstration: the key figures could not be made: ${describe(error)}` })
  }
}

/** Once: a few faults on their way, and codes by which anybody reports another. */
async function faults(api: ApiClient, httpUrl: string, state: DemoState, save: () => void): Promise<void> {
  try {
    await makeFaults(api, httpUrl)
    state.faulted = true
    save()
  } catch (error) {
    tell({ type: 'progress', text: `Demonstration: the faults could not be made: ${describe(error)}` })
  }
}

/** Once: who is on call, how one of them is told, and a webhook that is off. */
async function notification(
  api: ApiClient,
  httpUrl: string,
  logins: readonly Login[],
  state: DemoState,
  save: () => void,
): Promise<void> {
  try {
    await makeNotification(api, httpUrl, logins)
    state.notified = true
    save()
  } catch (error) {
    tell({ type: 'progress', text: `Demonstration: the notification could not be made: ${describe(error)}` })
  }
}

/** Once: scenes, schedules, a command, and firmware on its way. */
async function steering(api: ApiClient, { httpUrl, token }: Start, state: DemoState, save: () => void): Promise<void> {
  try {
    await makeSteering(api, httpUrl, token)
    state.steered = true
    save()
  } catch (error) {
    tell({ type: 'progress', text: `Demonstration: the steering could not be made: ${describe(error)}` })
  }
}

/** Once: a plan of each storey, with the devices where they stand. */
async function plans(api: ApiClient, httpUrl: string, state: DemoState, save: () => void): Promise<void> {
  try {
    await makePlans(api, httpUrl)
    state.planned = true
    save()
  } catch (error) {
    tell({ type: 'progress', text: `Demonstration: the storey plans could not be made: ${describe(error)}` })
  }
}

/** Once: what is to be done to the devices, and a little that was. */
async function service(api: ApiClient, httpUrl: string, state: DemoState, save: () => void): Promise<void> {
  try {
    await makeService(api, httpUrl, Date.now())
    state.serviced = true
    save()
  } catch (error) {
    tell({ type: 'progress', text: `Demonstration: the service could not be made: ${describe(error)}` })
  }
}

/** Once: documents, money facts, what is classified, and known vulnerabilities. */
async function equipment(api: ApiClient, httpUrl: string, state: DemoState, save: () => void): Promise<void> {
  try {
    await makeEquipment(api, httpUrl, Date.now())
    state.equipped = true
    save()
  } catch (error) {
    tell({ type: 'progress', text: `Demonstration: the papers of the equipment could not be made: ${describe(error)}` })
  }
}

/** Once, when the past is whole: the months are issued, accepted and closed as the parties would have done. */
async function settlePast(api: ApiClient, httpUrl: string, state: DemoState, save: () => void): Promise<void> {
  try {
    await settleMonths(api, httpUrl, state.start, Date.now())
    state.settled = true
    save()
    tell({ type: 'progress', text: 'Demonstration: the past months are settled; the last one waits for its parties.' })
  } catch (error) {
    tell({ type: 'progress', text: `Demonstration: the past months could not be settled: ${describe(error)}` })
  }
}

/** What time brings: prices, ended sessions, the month's invoices. A failure is tried again at the next round. */
async function addNews(api: ApiClient, from: number, start: number): Promise<void> {
  try {
    await api.request('POST', '/import', demoAdditions(from, new Date(), start))
  } catch (error) {
    if (!stopping) tell({ type: 'progress', text: `Demonstration: ${describe(error)}` })
  }
}

/** Says once a minute when devices have lost their way. */
function watch(simulator: Simulator): void {
  const timer = setInterval(() => {
    const { devices, connected, lastError } = simulator.state()
    if (connected < devices)
      tell({
        type: 'progress',
        text: `Demonstration: ${connected} of ${devices} devices connected; ${lastError ?? ''}`,
      })
  }, SAVE_EVERY_MS)
  timer.unref()
}

function description({ bundle, state }: Prepared): string[] {
  const since = Temporal.Instant.fromEpochMilliseconds(state.start)
    .toZonedDateTimeISO('Europe/Helsinki')
    .toPlainDate()
    .toString()
  return [
    `Demonstration: ${bundle.premises?.[0]?.name.en ?? ''}, ${bundle.premises?.[0]?.spaces?.length ?? 0} spaces, ` +
      `${bundle.devices?.length ?? 0} simulated devices, ${bundle.agreements?.[0]?.parties.length ?? 0} parties.`,
    `Their readings since ${since} are being filled in; live readings come every minute. SAMTILA_DEMO=off leaves them out.`,
  ]
}

process.on('message', (message) => {
  run(message as Start).catch((error: unknown) => {
    if (stopping) return
    // Once prepared, live readings go on; the past is tried again at the next start.
    if (prepared) tell({ type: 'progress', text: `Demonstration: the past is not filled in: ${describe(error)}` })
    else {
      tell({ type: 'failed', message: describe(error) })
      process.exitCode = 1
      process.disconnect?.()
    }
  })
})
const stop = (): void => {
  if (stopping) return
  stopping = true
  void finish().finally(() => process.exit(0))
}
// The terminal's Ctrl-C reaches this process too; the server decides when it ends.
process.on('SIGINT', () => {})
process.on('SIGTERM', stop)
process.on('disconnect', stop)
