// `npm run bench -- [store|ingest|stack-b|speed|…] [--small] [--append]`: runs the measurements one after the other; none named means all.
import { spawnSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { join } from 'node:path'

const BENCHES = [
  'store',
  'store-size',
  'ingest',
  'stack-b',
  'speed',
  'connections',
  'retained',
  'overload',
  'outage',
  'outage-records',
  'settle',
  'decode',
  'garbage',
  'import',
  'alarms',
  'registry',
  'dashboard',
  'charts',
] as const
/** The comparison is the ingest measurement, side by side with Mosquitto → consumer → InfluxDB in turns. */
const STACK_B = ['ingest.ts', '--stores=whole,stack-b', '--rounds=2']

const args = process.argv.slice(2)
const named = args.filter((argument) => !argument.startsWith('--'))
const unknown = named.filter((name) => !BENCHES.some((bench) => bench === name))
if (unknown.length > 0) {
  process.stderr.write(`There is no bench "${unknown.join(' ')}": choose among ${BENCHES.join(', ')}.\n`)
  process.exit(1)
}
const options = args.filter((argument) => argument.startsWith('--'))

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
)
let failed = 0
for (const bench of BENCHES.filter((one) => named.length === 0 || named.includes(one))) {
  console.log(`\n# ${bench}\n`)
  const [name, ...fixed] = bench === 'stack-b' ? STACK_B : [`${bench}.ts`]
  const file = join(import.meta.dirname, name as string)
  const { status } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', file, ...fixed, ...options],
    {
      stdio: 'inherit',
    },
  )
  if (status !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
