// The worker that tests/broker/external.test.ts kills: devices of another broker, readings in the embedded store.
import { brokerLimits } from '#broker/limits.ts'
import { openBroker } from '#broker/open-broker.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { fillRecords } from './fill-records.ts'

const [folder = '', port = '', password = '', clientId = '', group = ''] = process.argv.slice(2)
const telemetry = await openEmbeddedTelemetry({ folder })
const records = openMemoryRecords()
await fillRecords(records)
const broker = await openBroker({
  settings: { tcp: null, tls: null, allowedOrigins: [], limits: brokerLimits({ externalInFlight: 50 }) },
  telemetry,
  records,
  external: {
    host: '127.0.0.1',
    port: Number(port),
    tls: false,
    version: '5',
    clientId,
    username: 'samtila',
    password,
    ca: null,
    group: group === '' ? null : group,
  },
  now: Date.now,
  log: () => {},
})
while (broker.externalStanding()?.connectedSince == null) await new Promise((resolve) => setTimeout(resolve, 10))
const tell = async (): Promise<void> => {
  const series = telemetry.findSeries('meter-a', 'energy')
  const readings = series === null ? [] : await telemetry.readings(series, 0, 7e12, 100_000)
  const superseded = series === null ? [] : await telemetry.superseded(series, 0, 7e12, 10)
  process.send?.({ values: readings.map(({ value }) => Number(value)), superseded: superseded.length })
}
process.on('message', () => void tell())
process.on('SIGTERM', () => void broker.close().then(() => process.exit(0)))
process.send?.('connected')
