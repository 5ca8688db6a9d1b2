// A process that writes into InfluxDB until it is killed, and tells on stdout which hundreds were acknowledged.
import { openInflux1Telemetry } from '#store/influx1/open-telemetry.ts'
import { SERIES, readingOfSerial } from './telemetry-serials.ts'

const [url, database, spoolFolder] = process.argv.slice(2) as [string, string, string]
const store = await openInflux1Telemetry({ url, database, user: null, password: null }, { spoolFolder })
const series = Array.from({ length: SERIES }, (_, number) => store.seriesOf(`device-${number}`, 'point'))
for (let first = 0; ; first += 100) {
  for (let serial = first; serial < first + 100; serial++) {
    const { number, at, value, receivedAt } = readingOfSerial(serial)
    store.add(series[number] as number, at, value, 'measured', receivedAt, false)
  }
  await store.commit()
  process.stdout.write(`ack ${first}\n`)
  await new Promise((resolve) => setTimeout(resolve, 10))
}
