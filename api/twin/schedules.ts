// Runs what is scheduled: each occurrence once, under an id of its own, also over restarts; one that is too late is written down as missed.
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Actor } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import { SCENE, SCENE_RUN, type SceneRun } from '#domain/twin/scene.ts'
import {
  occurrences,
  PLACE,
  SCHEDULE,
  type Occurrence,
  type Schedule,
  type Surroundings,
} from '#domain/twin/schedule.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Scenes } from './scenes.ts'
import { onceId } from './twins.ts'

export type SchedulePaper = StoredPaper<Schedule>
export type Schedules = {
  surroundingsOf(premises: Id): Promise<Surroundings>
  /** Looks what is due and runs it. Asked of the node that leads; one that comes to lead looks back first. */
  tick(): Promise<void>
  start(): void
  stop(): Promise<void>
}
type Planned = Occurrence & { schedule: SchedulePaper }

const HOUR_MS = 3_600_000
/** How far ahead occurrences are worked out, and how far back it is looked for missed ones at the start. */
const AHEAD_MS = 25 * HOUR_MS
const BACK_MS = 24 * HOUR_MS
const SYSTEM: Actor = { kind: 'system', id: 'schedules', name: 'Samtila', organisation: null }

export function createSchedules({ records, limits, now, log }: RouteParts, scenes: Scenes): Schedules {
  let planned: Planned[] = []
  let plannedUntil = 0
  let checkedUntil = 0
  let isStale = true
  let running: Promise<void> | null = null
  const stops: (() => void)[] = []

  async function surroundingsOf(premises: Id): Promise<Surroundings> {
    const stored = await records.getObject(ALL, 'premises', premises)
    const place = await records.getPaper(ALL, PLACE, premises)
    return { timeZone: stored?.value.timeZone ?? 'UTC', position: place?.body ?? null }
  }

  async function plan(): Promise<void> {
    isStale = false
    const until = now() + AHEAD_MS
    const found: Planned[] = []
    for await (const schedule of allPapers(records, ALL, SCHEDULE, { states: ['on'] })) {
      const surroundings = await surroundingsOf(schedule.premises ?? '')
      // What lay before the schedule became what it is was never due.
      const from = Math.max(checkedUntil, schedule.changedAt)
      if (from < until)
        for (const one of occurrences(schedule.body, from, until, surroundings)) found.push({ ...one, schedule })
    }
    planned = found.toSorted((a, b) => a.at - b.at)
    plannedUntil = until
  }

  const runIdOf = ({ schedule, trigger, at }: Planned): Id => onceId('run', schedule.id, trigger, at)

  async function runOne(one: Planned): Promise<void> {
    const id = runIdOf(one)
    if ((await records.getPaper(ALL, SCENE_RUN, id)) !== null) return
    const { schedule } = one
    const organisation = schedule.body.organisation
    const scene = await records.getPaper(ALL, SCENE, one.scene)
    if (scene?.state !== 'ready' || now() - one.at > limits.scheduleLateMs)
      return missed(id, one, scene?.body.name ?? schedule.body.name)
    const actor: Actor = { ...SYSTEM, id: schedule.id, organisation }
    try {
      await scenes.run({ id, scene, organisation, schedule: schedule.id, actor })
    } catch (error) {
      // Another process, or the one before a crash, was quicker.
      if (!(error instanceof Failure && error.code === 'changed-meanwhile')) throw error
    }
  }

  async function missed(id: Id, { schedule, scene }: Planned, sceneName: SceneRun['sceneName']): Promise<void> {
    const { organisation } = schedule.body
    const body: SceneRun = {
      scene,
      sceneName,
      by: SYSTEM.name,
      organisation,
      schedule: schedule.id,
      undoes: null,
      undoneBy: null,
      parts: [],
    }
    const paper = { id, premises: schedule.premises, audience: 'operator' as const, state: 'missed', dueAt: null, body }
    await records.changePapers({ papers: [{ kind: SCENE_RUN, paper, expectedVersion: 0 }] }, SYSTEM, 'schedule.missed')
  }

  async function look(): Promise<void> {
    if (isStale || now() + HOUR_MS > plannedUntil) await plan()
    const until = now()
    // A node that did not lead for long does not look at all of it again.
    checkedUntil = Math.max(checkedUntil, until - BACK_MS)
    while (planned[0] !== undefined && planned[0].at <= until) {
      const [one] = planned
      try {
        await runOne(one)
      } catch (error) {
        log.error('a scheduled scene failed', {
          schedule: one.schedule.id,
          error: error instanceof Error ? error.message : String(error),
        })
        // The store may be away: it is tried again until it would be too late.
        if (until - one.at <= limits.scheduleLateMs) return
      }
      planned.shift()
    }
    checkedUntil = until
  }

  function tick(): Promise<void> {
    running ??= look().finally(() => (running = null))
    return running
  }

  return {
    surroundingsOf,
    tick,
    start() {
      checkedUntil = now() - BACK_MS
      stops.push(
        records.onPapers((changed) => {
          if (changed.some(({ kind }) => kind === SCHEDULE || kind === PLACE)) isStale = true
        }),
        records.onChange((changed) => {
          if (changed.some(({ kind }) => kind === 'premises')) isStale = true
        }),
      )
    },
    async stop() {
      for (const stop of stops.splice(0)) stop()
      await running?.catch(() => {})
    },
  }
}
