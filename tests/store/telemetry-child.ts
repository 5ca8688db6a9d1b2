// A process that writes into a telemetry store until it is killed, and tells on stdout what was acknowledged.
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { DROP_EVERY, SERIES, readingOfSerial } from './telemetry-serials.ts'

const [folder, firstSerial, mode] = process.argv.slice(2) as [string, string, string]

const store = await openEmbeddedTelemetry({ folder, reorganiseReadings: 250, freeBytes: 0 })
const series = Array.from({ length: SERIES }, (_, number) => store.seriesOf(`device-${number}`, 'point'))
console.log('open')

let serial = Number(firstSerial)
let commits = 0
/** The store refuses a second call while one is under way. */
let dropping = false
const writer = async (): Promise<void> => {
  for (;;) {
    const first = serial
    serial += 1 + ((first * 7) % 40)
    for (let next = first; next < serial; next++) {
      const { number, at, value, receivedAt } = readingOfSerial(next)
      store.add(series[number] as number, at, value, 'measured', receivedAt, false)
    }
    const last = serial
    await store.commit()
    process.stdout.write(`ack ${first} ${last}\n`)
    commits += 1
    if (mode === 'drop' && commits % DROP_EVERY === 0 && !dropping) {
      dropping = true
      const { at } = readingOfSerial(Math.floor(first / 2))
      await store.dropBefore(at, new Map([[series[0] as number, 0]]))
      process.stdout.write(`dropped ${at}\n`)
      dropping = false
    }
    // The device that did not hear the acknowledgement sends again.
    if (commits % 5 === 0) {
      const { number, at, value, receivedAt } = readingOfSerial(first)
      store.add(series[number] as number, at, value, 'measured', receivedAt + 1_000, false)
    }
  }
}
await Promise.all([writer(), writer(), writer()])
