// The life of a device: its states with who recorded them and when, and the step to a further one.
import { IdParams } from '#contract/common.ts'
import { LifecycleShown, LifecycleStep, LifecycleStepParams } from '#contract/lifecycle.ts'
import { Failure } from '#domain/failure.ts'
import { lifecycleOn, lifecycleSteps, moveOn, nextStates, withoutLastStep } from '#domain/lifecycle/lifecycle.ts'
import type { Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { namesOfActors } from '#api/views/recorded-by.ts'
import { todayOf } from '#api/views/today.ts'
import { dateOf, iso, notFound, problems } from './answers.ts'

export function addLifecycleRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, telemetry, now } = parts
  const tags = ['devices']

  const shown = async (scope: Scope, id: Id): Promise<LifecycleShown> => {
    const versions = await records.objectHistory(scope, 'devices', id)
    const device = versions.at(-1)?.value
    if (device === undefined) throw notFound()
    const steps = lifecycleSteps(versions)
    const nameOf = await namesOfActors(
      records,
      steps.map(({ recordedBy }) => recordedBy),
    )
    return {
      state: lifecycleOn(device, await todayOf(device.premises, parts)),
      rows: steps.map(({ state, from, note, recordedAt, recordedBy }) => ({
        state,
        from,
        note: note ?? null,
        recordedAt: iso(recordedAt),
        recordedBy,
        recordedByName: nameOf(recordedBy),
      })),
      next: [...nextStates(device)],
    }
  }

  app.get(
    '/devices/:id/lifecycle',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Its states from plan to scrap, with who recorded each and when',
        params: IdParams,
        response: { 200: LifecycleShown, ...problems },
      },
    },
    async (request) => shown(scopeOf(request), request.params.id),
  )

  app.post(
    '/devices/:id/lifecycle',
    {
      config: { who: ['manager', 'technician'] },
      schema: {
        tags,
        summary: 'The next state of a device: its owner, holder or maintainer, or the landlord says it',
        params: IdParams,
        body: LifecycleStep,
        response: { 200: LifecycleShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const stored = await records.getObject(scopeOf(request), 'devices', request.params.id)
      if (stored === null) throw notFound()
      await checkMayChange(identity, { devices: [stored.value] }, records)
      const { state, note } = request.body
      const from =
        request.body.from === undefined
          ? await todayOf(stored.value.premises, parts)
          : dateOf(request.body.from, 'from')
      const moved = moveOn(stored.value, { state, from, ...(note === undefined ? {} : { note }) })
      if (!moved.ok) throw refused(moved.reason, state, nextStates(stored.value))
      const result = await importBundle(
        { devices: [moved.device] },
        {
          records,
          telemetry,
          now: now(),
          actor: actorOf(identity),
          action: `lifecycle.${state}`,
          expectedVersions: new Map([[`devices/${stored.value.id}`, stored.version]]),
        },
      )
      if (!result.ok)
        throw new Failure('invalid-bundle', 'The device would not be right in this state.', {
          problems: result.problems,
        })
      return shown(scopeOf(request), request.params.id)
    },
  )

  app.delete(
    '/devices/:id/lifecycle/:from',
    {
      config: { who: ['manager', 'technician'] },
      schema: {
        tags,
        summary: 'Withdraw its last state while that is still to come, such as a retirement; `from` is its day',
        params: LifecycleStepParams,
        response: { 200: LifecycleShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { id, from } = request.params
      const stored = await records.getObject(scopeOf(request), 'devices', id)
      if (stored === null) throw notFound()
      await checkMayChange(identity, { devices: [stored.value] }, records)
      const withdrawn = withoutLastStep(stored.value, await todayOf(stored.value.premises, parts))
      if (withdrawn === null || withdrawn.row.from !== from)
        throw new Failure('conflict', 'Only the last state can be withdrawn, and only before its day.')
      const result = await importBundle(
        { devices: [withdrawn.device] },
        {
          records,
          telemetry,
          now: now(),
          actor: actorOf(identity),
          action: 'lifecycle.withdraw',
          expectedVersions: new Map([[`devices/${id}`, stored.version]]),
        },
      )
      if (!result.ok)
        throw new Failure('invalid-bundle', 'The device would not be right without this state.', {
          problems: result.problems,
        })
      return shown(scopeOf(request), id)
    },
  )
}

const refused = (reason: 'not-after' | 'before-last', state: string, next: readonly string[]): Failure => {
  const [pointer, message] =
    reason === 'not-after'
      ? ['/state', next.length === 0 ? 'Nothing comes after its last state.' : `Only ${next.join(', ')} can come next.`]
      : ['/from', 'It must begin after the day on which its last state began.']
  return new Failure('invalid-body', `${state}: ${message}`, { problems: [{ pointer, code: reason, message }] })
}
