// START HERE: reads the settings, opens the server, starts the demonstration if asked, and stops everything in reverse.
import { writeSync } from 'node:fs'
import { readSettings } from '#config'
import { LIMITS, type ServerSettings } from '#server/limits.ts'
import { forkSimulator, startDemonstration } from '#server/demonstration.ts'
import { describeStart, sentenceOf } from '#server/messages.ts'
import { openServer } from '#server/open-server.ts'

// Whoever reads what it says may go away (a pipe that breaks): that ends nothing.
for (const output of [process.stdout, process.stderr]) output.on('error', () => undefined)

const read = readSettings(process.env, LIMITS)
if (read.ok) await start(read.settings)
else stopWith(read.problems.join('\n'))

async function start(settings: ServerSettings): Promise<void> {
  const simulator = settings.demo ? forkSimulator() : null
  try {
    const server = await openServer(settings, { listen: true })
    const closers = [(): Promise<void> => server.close()]
    stopOnSignals(closers)
    const demonstration = simulator === null ? null : await startDemonstration(simulator, server, settings)
    if (demonstration !== null) closers.push(() => demonstration.stop())
    process.stdout.write(describeStart(server, settings, demonstration))
  } catch (error) {
    simulator?.kill()
    stopWith(sentenceOf(error, settings))
  }
}

/** The first signal closes everything in reverse; a second one ends at once. */
function stopOnSignals(closers: (() => Promise<void>)[]): void {
  let stopping = false
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1)
    stopping = true
    process.stdout.write('\nStopping …\n')
    for (const close of closers.splice(0).toReversed()) await close()
    process.stdout.write('Stopped. Everything acknowledged is stored.\n')
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
}

function stopWith(sentence: string): never {
  writeSync(process.stderr.fd, `${sentence}\n`)
  process.exit(1)
}
