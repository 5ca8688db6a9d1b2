// The options that all commands share, and how a command's own are read.
import { parseArgs, type ParseArgsConfig } from 'node:util'
import type { ServerSettings } from '#server/limits.ts'
import { CommandError, openClient, type Client } from './client.ts'

const SHARED = { url: { type: 'string' }, token: { type: 'string' }, json: { type: 'boolean' } } as const

/** Reads positionals and options; an unknown option is a clear error of node:util. */
export function readArguments<const T extends NonNullable<ParseArgsConfig['options']>>(args: string[], options: T) {
  return parseArgs({ args, options: { ...SHARED, ...options }, allowPositionals: true, strict: true })
}

/** One positional that must be there. */
export function need(value: string | undefined, what: string): string {
  if (value === undefined || value === '')
    throw new CommandError(`${what} is missing. \`samtila help\` shows what each command takes.`)
  return value
}

/** Opens the client for a command and closes it afterwards, whatever happens. */
export async function withClient<T>(
  values: { url?: string | undefined; token?: string | undefined },
  settings: ServerSettings,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = await openClient(values, settings)
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

/** Prints JSON, or the lines for a person. */
export function show(json: boolean | undefined, value: unknown, lines: () => string): void {
  process.stdout.write(json === true ? `${JSON.stringify(value)}\n` : `${lines()}\n`)
}
