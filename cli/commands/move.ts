// `samtila move telemetry --to ENGINE` and `samtila move records --to ENGINE`: into another store, while the server is stopped.
import { join } from 'node:path'
import { RECORDS_ENGINES, TELEMETRY_ENGINES } from '#config'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show } from '#cli/arguments.ts'
import { CommandError } from '#cli/client.ts'

type Values = { [option: string]: string | boolean | (string | boolean)[] | undefined }

export async function move(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    to: { type: 'string' },
    'without-roll-ups': { type: 'boolean' },
  })
  const what = need(positionals[0], 'What is moved')
  if (what === 'telemetry') return moveReadings(values, settings)
  if (what === 'records') return moveRecords(values, settings)
  throw new CommandError('Say what is moved: `move telemetry` or `move records`.')
}

async function moveRecords(values: Values, settings: ServerSettings): Promise<number> {
  const to = RECORDS_ENGINES.find((one) => one === values['to'])
  if (to === undefined) throw new CommandError('Say where to: --to embedded or --to postgres.')
  if (settings.records.url === '')
    throw new CommandError('Set SAMTILA_RECORDS_URL to the address of the PostgreSQL server.')
  const { moveRecords: run } = await import('#server/move-records.ts')
  const { kept, ...moved } = await run(settings, to)
  show(values['json'] === true, { to, ...moved }, () =>
    [
      `${moved.rows} rows of ${moved.tables} tables are in ${to}, read back and equal (SHA-256 ${moved.digest}).`,
      ...(kept === null ? [] : [`The old file is kept as ${kept}.`]),
      `Start the server with SAMTILA_RECORDS=${to}.`,
    ].join('\n'),
  )
  return 0
}

async function moveReadings(values: Values, settings: ServerSettings): Promise<number> {
  const to = TELEMETRY_ENGINES.find((one) => one === values['to'] && one !== 'memory')
  if (to === undefined) throw new CommandError('Say where to: --to embedded, --to influx1 or --to influx2.')
  if (to === settings.telemetry.engine) throw new CommandError(`The readings are in ${to} already.`)
  if (to !== 'embedded' && settings.telemetry.engine !== 'embedded')
    throw new CommandError('From one server to another: move to embedded first, the settings name only one server.')
  if (to !== 'embedded' && settings.telemetry.url === '')
    throw new CommandError('Set SAMTILA_TELEMETRY_URL to the address of the new server.')
  const { openStores } = await import('#server/open-stores.ts')
  const { openTelemetry } = await import('#server/open-telemetry.ts')
  const { moveTelemetry } = await import('#server/move-telemetry.ts')
  const { createLog } = await import('#server/log.ts')
  const stores = await openStores(settings)
  try {
    const { records } = stores
    const target = await openTelemetry({
      settings: { ...settings, telemetry: { ...settings.telemetry, engine: to } },
      premisesOf: async (device) =>
        (await records.getObject({ organisation: null }, 'devices', device))?.value.premises ?? null,
      log: createLog('warn'),
    })
    try {
      const moved = await moveTelemetry({
        from: stores.telemetry,
        to: target,
        records,
        journal: join(settings.dataFolder, `move-telemetry-${settings.telemetry.engine}-${to}.ndjson`),
        withoutRollUps: values['without-roll-ups'] === true,
        onSeries: (done) => {
          if (done % 100 === 0) process.stderr.write(`${done} series moved\n`)
        },
      })
      show(values['json'] === true, moved, () =>
        [
          `${moved.readings} readings and ${moved.superseded} replaced values of ${moved.series} series are in ${to}, read back and equal (SHA-256 ${moved.digest}).`,
          ...(moved.left > 0 ? [`${moved.left} readings belong to no device of the registry and stay behind.`] : []),
          `Start the server with SAMTILA_TELEMETRY=${to}.`,
        ].join('\n'),
      )
      return 0
    } finally {
      await target.close()
    }
  } finally {
    await stores.close()
  }
}
