// The command line of the replay, and where the server is when it is not said.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

export type ReplayOptions = {
  folder: string
  speed: number | 'max'
  mqttUrl: string
  apiUrl: string
  token: string
  settle: boolean
}

export const USAGE = `npm run replay -- FOLDER [options]     publishes real series and payloads over MQTT and settles their months

  FOLDER          with ts_*.csv, buildings.csv, payloads.jsonl (devices-sim/replay/README.md)
  --speed N|max   times faster than it was measured, or as fast as it is acknowledged  (max)
  --url URL       MQTT address                                          (mqtt://127.0.0.1:1883)
  --api URL       API address                                           (of the server on the data folder)
  --token TOKEN   operator token with the role admin                    (of the server on the data folder)
  --data FOLDER   data folder of a server on this machine               (SAMTILA_DATA or ./data)
  --no-settle     publishes only
`

/** A wrong option, in one sentence. */
export class ReplayOptionError extends Error {}

/** Reads the arguments; null when help is asked for. */
export function parseReplayOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): ReplayOptions | null {
  const { values, positionals } = readArguments(args)
  if (values.help) return null
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0)
    throw new ReplayOptionError('Give one folder: npm run replay -- FOLDER. See --help.')
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new ReplayOptionError(`${folder} is no folder.`)
  const speed = values.speed === 'max' ? 'max' : Number(values.speed)
  if (speed !== 'max' && !(speed > 0 && speed <= 1e9))
    throw new ReplayOptionError(`--speed ${values.speed}: give a number above 0, or max.`)
  const dataFolder = values.data ?? environment['SAMTILA_DATA'] ?? './data'
  const local = localAccess(dataFolder)
  const apiUrl = values.api ?? local?.url
  const token = values.token ?? (values.api === undefined || values.api === local?.url ? local?.token : undefined)
  if (apiUrl === undefined || token === undefined) {
    throw new ReplayOptionError(
      `No server runs on ${dataFolder}: start it (npm run serve), or give --api and --token (npm run -s samtila -- token create --role admin --name replay).`,
    )
  }
  return { folder, speed, mqttUrl: values.url ?? 'mqtt://127.0.0.1:1883', apiUrl, token, settle: !values['no-settle'] }
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        speed: { type: 'string', default: 'max' },
        url: { type: 'string' },
        api: { type: 'string' },
        token: { type: 'string' },
        data: { type: 'string' },
        'no-settle': { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new ReplayOptionError(`${error instanceof Error ? error.message : String(error)} See --help.`)
  }
}

/** What a running server leaves in its data folder for commands on the same machine. */
function localAccess(dataFolder: string): { url: string; token: string } | null {
  const file = join(dataFolder, 'local-access.json')
  if (!existsSync(file)) return null
  try {
    const { url, token } = JSON.parse(readFileSync(file, 'utf8')) as { url?: unknown; token?: unknown }
    return typeof url === 'string' && typeof token === 'string' ? { url, token } : null
  } catch {
    return null
  }
}
