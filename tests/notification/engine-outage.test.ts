// A server of the installation that is away: the operator's people are told once, by notice and mail, and that it is back.
import { expect, test } from 'vitest'
import { ENGINE_OUTAGE } from '#domain/notification/engine-outage.ts'
import type { TelemetryState } from '#domain/ports/telemetry.ts'
import { watchEngine } from '#server/engine-outage.ts'
import { startTelling } from './start-telling.ts'

test('away for a minute is told once to the operator, over a start too, then that it is back; a short one is not', async () => {
  const telling = await startTelling()
  try {
    const { records } = telling.api
    const admin = await telling.person('operaattori', null, ['admin'], { language: 'en' })
    const anna = await telling.person('anna', 'kunta', ['admin'])
    await telling.after(0)
    let state: TelemetryState['state'] = 'ready'
    const telemetry = { state: (): TelemetryState => ({ state, reason: null, readings: 0, bytes: 0, queued: 0 }) }
    const look = watchEngine(records, telemetry)
    const looks = async (watch: typeof look, ...times: number[]): Promise<void> => {
      for (const at of times) await watch(at)
      await telling.after(0)
      await telling.after(400_000)
    }
    state = 'away'
    await look(0)
    await look(55_000)
    state = 'ready'
    await looks(look, 58_000)
    expect(await telling.notices(admin)).toEqual([])

    state = 'away'
    await looks(look, 100_000, 130_000, 160_000, 165_000)
    await looks(watchEngine(records, telemetry), 170_000, 240_000)
    expect((await telling.notices(admin)).map(({ kind }) => kind)).toEqual(['system-away'])
    state = 'ready'
    await looks(look, 300_000, 305_000)
    expect((await telling.notices(admin)).map(({ kind }) => kind).toSorted()).toEqual(['system-away', 'system-back'])
    expect(await telling.notices(anna)).toEqual([])
    expect(telling.mail.received.map(({ to, subject }) => [to, subject])).toEqual([
      ['operaattori@example.fi', 'A server does not answer: telemetry server'],
      ['operaattori@example.fi', 'A server answers again: telemetry server'],
    ])
    const stored = await records.getPaper({ organisation: null }, ENGINE_OUTAGE, 'telemetry')
    expect(stored?.body).toEqual({ engine: 'telemetry', since: 100_000, until: 300_000 })
  } finally {
    await telling.close()
  }
})
