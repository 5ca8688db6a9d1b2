// The server that tests/broker/durability.test.ts kills: a broker on the embedded store, devices and credentials in memory.
import { openBroker } from '#broker/open-broker.ts'
import { brokerLimits } from '#broker/limits.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { fillRecords } from './fill-records.ts'

const folder = process.argv[2]
if (folder === undefined) throw new Error('the data folder is missing')
const telemetry = await openEmbeddedTelemetry({ folder })
const records = openMemoryRecords()
await fillRecords(records)
const broker = await openBroker({
  settings: { tcp: { host: '127.0.0.1', port: 0 }, tls: null, allowedOrigins: [], limits: brokerLimits() },
  telemetry,
  records,
  now: Date.now,
  log: console.error,
})
process.send?.(broker.state().tcp?.port)
