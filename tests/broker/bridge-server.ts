// The server that tests/broker/bridges.test.ts kills: a bridge to another broker, readings in the embedded store.
import { brokerLimits } from '#broker/limits.ts'
import { openBroker } from '#broker/open-broker.ts'
import { createSealer } from '#server/sealer.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { SEALING_KEY, bridgeRecords } from './bridge-records.ts'

const [folder = '', port = '', password = ''] = process.argv.slice(2)
const telemetry = await openEmbeddedTelemetry({ folder })
const broker = await openBroker({
  settings: { tcp: null, tls: null, allowedOrigins: [], limits: brokerLimits({ bridgePauseMs: 1_000 }) },
  telemetry,
  records: await bridgeRecords({ port: Number(port), access: { password } }),
  sealer: createSealer(SEALING_KEY),
  now: Date.now,
  log: () => {},
})
while (broker.bridgeStanding('silta')?.state !== 'connected') await new Promise((resolve) => setTimeout(resolve, 10))
const tell = async (): Promise<void> => {
  const series = telemetry.findSeries('meter-a', 'energy')
  const readings = series === null ? [] : await telemetry.readings(series, 0, 7e12, 100_000)
  const superseded = series === null ? [] : await telemetry.superseded(series, 0, 7e12, 10)
  const values = new Set(readings.map(({ value }) => Number(value)))
  process.send?.({
    count: values.size,
    superseded: superseded.length + readings.length - values.size,
    first: Math.min(...values),
    last: Math.max(...values),
  })
}
process.on('message', () => void tell())
process.on('SIGTERM', () => void broker.close().then(() => process.exit(0)))
process.send?.('connected')
