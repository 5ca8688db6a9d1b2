// npm run replay: real series and payloads over MQTT into premises of their own, then the settlements of their months.
import { createApiClient } from '#sim/api-client.ts'
import { publishBatches } from '#sim/live/publish-batches.ts'
import type { DeviceCredential } from '#sim/live/start-simulator.ts'
import { parseReplayOptions, ReplayOptionError, USAGE, type ReplayOptions } from './options.ts'
import { readPayloads, replayPayloads } from './payloads.ts'
import { makePlan } from './plan.ts'
import { atFullSpeed, atSpeed } from './publish.ts'
import { readBuildings, readSeries } from './read-series.ts'
import { formatTable, settleMonths } from './settle.ts'

const say = (line: string): void => void process.stdout.write(`${line}\n`)
const PROGRESS_MS = 1000

async function replay(options: ReplayOptions): Promise<void> {
  const series = await readSeries(options.folder)
  const payloads = readPayloads(options.folder)
  if (series.length === 0 && payloads.length === 0)
    throw new ReplayOptionError(`${options.folder} has neither ts_*.csv nor payloads.jsonl.`)
  const plan = makePlan(readBuildings(options.folder), series)
  const total = [...plan.readings.values()].reduce((sum, list) => sum + list.length, 0)
  say(
    `${series.length} series: ${total} readings of ${plan.readings.size} devices in ${plan.premises.length} premises, ${plan.bundle.priceSeries?.[0]?.values?.length ?? 0} prices.`,
  )
  for (const { building, notes } of plan.premises) for (const note of notes) say(`  ${building}: ${note}`)

  const api = createApiClient(options.apiUrl, options.token)
  await api.request('POST', '/import', plan.bundle)
  const devices = [...plan.readings.keys()]
  const made = devices.length === 0 ? [] : await api.request<DeviceCredential[]>('POST', '/credentials', { devices })
  let acknowledged = 0
  const began = performance.now()
  const timer = setInterval(() => say(`  ${acknowledged} of ${total} readings acknowledged`), PROGRESS_MS)
  try {
    await publishBatches(options.speed === 'max' ? atFullSpeed(plan.readings) : atSpeed(plan.readings, options.speed), {
      url: options.mqttUrl,
      credentials: new Map(made.map((each) => [each.device, each])),
      onAcknowledged: (count) => (acknowledged += count),
      ...(options.speed === 'max' ? {} : { openLinks: devices.length }),
    })
  } finally {
    clearInterval(timer)
  }
  say(`${acknowledged} readings published and acknowledged in ${((performance.now() - began) / 1000).toFixed(1)} s.`)

  if (payloads.length > 0) {
    const report = await replayPayloads(payloads, api, options.mqttUrl)
    const skipped = [...report.skipped].map(([family, count]) => `${family} ${count}`).join(', ')
    say(
      `${report.published} payloads published by a gateway for ${report.devices} devices${report.quarantined ? `, ${report.quarantined} messages in quarantine` : ''}.`,
    )
    if (skipped !== '') say(`Families without a connector here, not published: ${skipped}.`)
  }
  if (!options.settle) return
  const settled = await settleMonths(plan.premises, api)
  say('')
  say(formatTable(settled))
  const blocked = settled.filter((each) => each.blocked.length > 0).length
  say(`\n${settled.length} settlements, ${blocked} with something blocked.`)
}

try {
  const options = parseReplayOptions(process.argv.slice(2), process.env)
  if (options === null) process.stdout.write(USAGE)
  else await replay(options)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = error instanceof ReplayOptionError ? 2 : 1
}
