// What changed since an instant: alarms raised and cleared, devices that went silent, faults reported. For the first page of a manager.
import { Changes, ChangesQuery } from '#contract/overview.ts'
import { ALARM } from '#domain/alarms/alarm.ts'
import { Failure } from '#domain/failure.ts'
import { FAULT } from '#domain/faults/fault.ts'
import { isToBeHeard, lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import type { Scope } from '#domain/ports/records.ts'
import { allPapers, listAll } from '#domain/registry/list-all.ts'
import { scopeOf } from '#api/access/identity.ts'
import { createAlarmSight } from '#api/alarms/sight.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { localDate } from '#api/views/premises-summary.ts'
import { instantOf, iso, problems } from './answers.ts'

const LONGEST_MS = 31 * 86_400_000
/** Alarms that are looked at, the newest first: an older one that ended lately is not counted beyond them. */
const MAX_LOOKED_AT = 2_000

export function addChangesRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, broker, now } = parts
  app.get(
    '/overview/changes',
    {
      config: { who: 'viewer' },
      schema: {
        tags: ['overview'],
        summary: 'What changed since an instant',
        querystring: ChangesQuery,
        response: { 200: Changes, ...problems },
      },
    },
    async (request) => {
      const since = instantOf(request.query.since, 'since')
      if (since < now() - LONGEST_MS) throw new Failure('bad-request', 'since lies at most 31 days back.')
      const scope = scopeOf(request)
      return {
        since: iso(since),
        ...(await alarmsSince(scope, since)),
        devicesSilent: await silentSince(scope, since),
        faultsReported: await faultsSince(scope, since),
      }
    },
  )

  const alarmsSince = async (scope: Scope, since: number) => {
    const mayRead = createAlarmSight(records, scope)
    let [alarmsRaised, alarmsCleared, looked] = [0, 0, 0]
    for await (const { body } of allPapers(records, scope, ALARM, { newestFirst: true })) {
      if (++looked > MAX_LOOKED_AT) break
      if (!(await mayRead(body))) continue
      if (body.raisedAt >= since) alarmsRaised++
      if (body.clearedAt !== null && body.clearedAt >= since) alarmsCleared++
    }
    return { alarmsRaised, alarmsCleared, complete: looked <= MAX_LOOKED_AT }
  }
  const silentSince = async (scope: Scope, since: number): Promise<number> => {
    let count = 0
    const todayAt = new Map<string, string>()
    for await (const { id, timeZone } of listAll(records, 'premises', {}, scope))
      todayAt.set(id, localDate(now(), timeZone))
    for await (const device of listAll(records, 'devices', {}, scope)) {
      const { state, lastHeardAt } = broker.presence(device.id)
      if ((state === 'stale' || state === 'offline') && lastHeardAt !== null && lastHeardAt >= since)
        if (isToBeHeard(lifecycleOn(device, todayAt.get(device.premises) ?? ''))) count++
    }
    return count
  }
  const faultsSince = async (scope: Scope, since: number): Promise<number> => {
    let count = 0
    for await (const { createdAt } of allPapers(records, scope, FAULT, { newestFirst: true })) {
      if (createdAt < since) break
      count++
    }
    return count
  }
}
