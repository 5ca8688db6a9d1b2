// npm run sim: loads any MQTT broker with a simulated fleet and tells each second what it does.
import { OptionError, parseLoadOptions, USAGE } from './load/options.ts'
import { runLoad } from './load/run-load.ts'

const stop = new AbortController()
process.on('SIGINT', () => {
  if (stop.signal.aborted) process.exit(130)
  stop.abort()
})
process.on('SIGTERM', () => stop.abort())

try {
  const options = parseLoadOptions(process.argv.slice(2), Date.now())
  if (options === null) process.stdout.write(USAGE)
  else {
    const result = await runLoad(options, (line) => process.stdout.write(`${line}\n`), stop.signal)
    const ms = (value: number | null): string => (value === null ? '–' : `${value.toFixed(2)} ms`)
    process.stdout.write(
      `Done in ${result.seconds.toFixed(1)} s: ${result.published} messages published, ${result.acknowledged} acknowledged ` +
        `(${Math.round(result.acknowledged / Math.max(result.seconds, 0.001))}/s), ${result.lost} given up, ${result.errors} errors, ` +
        `p50 ${ms(result.p50)}, p99 ${ms(result.p99)}.${result.lastError === null ? '' : ` Last error: ${result.lastError}`}\n`,
    )
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof OptionError ? 2 : 1
}
