// `samtila backup` while the server runs, and `samtila restore` into an empty data folder.
import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'
import { readLocalAccess } from '#server/local-access.ts'

export async function backup(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {})
  const folder = resolve(need(positionals[0], 'The folder'))
  return withClient(values, settings, async (client) => {
    const answer = (await jsonOf(await client.request('POST', '/backup', { folder }))) as {
      folder: string
      bytes: number
    }
    show(values.json, answer, () => `Everything acknowledged so far is in ${answer.folder} (${answer.bytes} bytes).`)
    return 0
  })
}

export async function restore(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {})
  const source = resolve(need(positionals[0], 'The folder of the backup'))
  if (!existsSync(source) || readdirSync(source).length === 0)
    throw new CommandError(`${source} is no backup: it is missing or empty.`)
  if (readLocalAccess(settings.dataFolder) !== null)
    throw new CommandError('The server is running on that data folder: stop it first.')
  if (existsSync(settings.dataFolder) && readdirSync(settings.dataFolder).length > 0) {
    throw new CommandError(
      `${settings.dataFolder} is not empty: nothing is overwritten. Move it away, or set SAMTILA_DATA to a new folder.`,
    )
  }
  mkdirSync(settings.dataFolder, { recursive: true, mode: 0o700 })
  cpSync(source, settings.dataFolder, { recursive: true })
  const { openStores } = await import('#server/open-stores.ts')
  const stores = await openStores(settings)
  const readings = stores.telemetry.state().readings
  await stores.close()
  show(
    values.json,
    { folder: settings.dataFolder, readings },
    () => `${settings.dataFolder} holds the backup: ${readings} readings.`,
  )
  return 0
}
