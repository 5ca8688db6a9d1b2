// `samtila <command>`: everything an administrator scripts, as requests to the HTTP API. `samtila help` lists the commands.
import { readSettings } from '#config'
import { LIMITS } from '#server/limits.ts'
import { Failure } from '#domain/failure.ts'
import { CommandError } from './client.ts'
import { COMMANDS, usage } from './commands.ts'

const [name = 'help', ...args] = process.argv.slice(2)

try {
  process.exitCode = await run()
} catch (error) {
  if (!(error instanceof CommandError || error instanceof Failure || isArgumentError(error))) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function run(): Promise<number> {
  if (name === 'help' || name === '--help' || name === '-h') {
    process.stdout.write(usage())
    return 0
  }
  const command = COMMANDS[name]
  if (command === undefined || !Object.hasOwn(COMMANDS, name)) {
    process.stderr.write(`There is no command "${name}".\n\n${usage()}`)
    return 2
  }
  const read = readSettings(process.env, LIMITS)
  if (!read.ok) throw new CommandError(read.problems.join('\n'))
  return command.run(args, read.settings)
}

/** What node:util parseArgs throws for an option that is not there. */
function isArgumentError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')
}
