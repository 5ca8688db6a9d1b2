// A process whose files may not grow: it commits until that fails and tells what it was told.
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import type { Failure } from '#domain/failure.ts'

const [folder] = process.argv.slice(2) as [string]
// The signal that comes with the limit would end the process; the failed write is what is wanted.
process.on('SIGXFSZ', () => undefined)
const store = await openEmbeddedTelemetry({ folder, freeBytes: 0 })
const series = store.seriesOf('device', 'point')

async function put(turn: number): Promise<string | null> {
  for (let row = 0; row < 2_000; row++)
    store.add(series, turn * 2_000 + row, Math.random(), 'measured', Math.floor(Math.random() * 1e12), false)
  return store.commit().then(
    () => null,
    (cause: unknown) => (cause as Failure).code,
  )
}

let turn = 0
let code: string | null = null
for (; code === null && turn < 2_000; turn++) code = await put(turn)
const acknowledged = (turn - 1) * 2_000
const again = await put(turn)
const readable = (await store.readings(series, 0, 10, 10)).length === 10
console.log(JSON.stringify({ code, again, state: store.state().state, readable, acknowledged }))
process.exit(0)
