// How long a file of 10,000 devices takes from upload to use, preview included, and how long the event loop stands still meanwhile.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout } from 'node:timers/promises'
import type { ImportShown } from '#contract/imports.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { startApi } from '#tests/api/start-api.ts'

const DEVICES = process.argv.includes('--small') ? 1_000 : 10_000
const folder = mkdtempSync(join(tmpdir(), 'samtila-bench-import-'))
const records = await openEmbeddedRecords({ folder })
const telemetry = await openEmbeddedTelemetry({ folder })
const api = await startApi({ stores: { records, telemetry } })
const POINTS = 'energy kWh counter; power kW gauge; voltage V gauge'
try {
  await api.fill({
    organisations: [
      { id: 'kunta', name: { fi: 'Kunta' } },
      { id: 'virasto', name: { fi: 'Virasto' } },
    ],
    premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'kunta' }],
  })
  const token = await api.token('kunta', ['manager', 'controller'])
  const rows = Array.from(
    { length: DEVICES },
    (_, i) =>
      `mittari-${i};Mittari ${i};electricity-meter;SN-${i};Valmistaja;M${i % 40};kunta 60, virasto 40;${POINTS}`,
  )
  const file = Buffer.from(`id;nimi;tyyppi;sarjanumero;valmistaja;malli;omistajat;pisteet\n${rows.join('\n')}\n`)
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  const start = performance.now()
  const lap = (what: string): void => {
    const seconds = ((performance.now() - start) / 1000).toFixed(2)
    const still = Math.round(delay.max / 1e6)
    console.log(`${what.padEnd(28)} ${seconds.padStart(7)} s, the event loop stood still for at most ${still} ms`)
    delay.reset()
  }
  const sent = await api.request(token, 'POST', '/imports?name=laitteet.csv', file, { 'content-type': 'text/csv' })
  const draft = sent.json<ImportShown>()
  if (draft.errors > 0) throw new Error(JSON.stringify(draft.problems.slice(0, 3)))
  lap(`${DEVICES} devices: preview`)
  await api.request(token, 'POST', `/imports/${draft.id}/take`, undefined, { 'if-match': `"v${draft.version}"` })
  const steps = new Set<string>()
  for (;;) {
    const now = (await api.request(token, 'GET', `/imports/${draft.id}`)).json<ImportShown>()
    if (now.progress !== null) steps.add(now.progress.step)
    if (now.state !== 'taking') {
      if (now.state !== 'taken') throw new Error(now.failure ?? now.state)
      break
    }
    await setTimeout(50)
  }
  lap('in use')
  const undone = await api.request(token, 'POST', `/imports/${draft.id}/undo`, {})
  if (undone.status !== 200) throw new Error(undone.text)
  lap('undone')
  delay.disable()
  console.log(`progress was told in the steps ${[...steps].join(', ')}`)
} finally {
  await api.close()
  await records.close()
  await telemetry.close()
  rmSync(folder, { recursive: true, force: true })
}
