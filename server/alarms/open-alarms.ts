// The alarms of a running server: the engine, and the job of the rules that look at many readings. Of several nodes the leading one watches.
import type { AlarmCounts, AlarmsPart } from '#api/parts.ts'
import type { BudgetLook } from '#api/alarms/slow-looks.ts'
import { createAlarmEngine, type AlarmEngine, type EngineParts } from './engine.ts'
import { createSlowRules, type SlowRules } from './slow-rules.ts'

export type OpenAlarms = AlarmsPart & {
  /** Watches while this node leads; what fails is told in the log and tried again, and the server runs on. */
  follow(leads: () => boolean): void
  /** One run of the job. */
  look(now: number): Promise<number>
  stop(): Promise<void>
}

/** How soon a node that came to lead takes up watching. */
const LOOK_MS = 1_000
const NOTHING: AlarmCounts = {
  rules: 0,
  watches: 0,
  standing: { info: 0, warning: 0, major: 0, critical: 0 },
  raised: 0,
  cleared: 0,
  waiting: 0,
  writeMs: 0,
  lagMs: 0,
}

type Watching = { engine: AlarmEngine; slow: SlowRules }

export function openAlarms(parts: EngineParts): OpenAlarms {
  let budgets: BudgetLook | null = null
  let watching: Watching | null = null
  let changing: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout | undefined
  let isChanging = false

  function turn(leads: boolean): void {
    if (isChanging || leads === (watching !== null)) return
    isChanging = true
    changing = (leads ? begin() : end(false))
      .catch((error: unknown) => {
        parts.log.error('alarm rules do not watch; it is tried again', {
          error: error instanceof Error ? error.message : String(error),
        })
      })
      .finally(() => {
        isChanging = false
      })
  }
  async function begin(): Promise<void> {
    const engine = createAlarmEngine(parts)
    try {
      await engine.start()
    } catch (error) {
      await engine.stop(false)
      throw error
    }
    watching = { engine, slow: createSlowRules(parts, engine, () => budgets) }
  }
  /** Whoever leads no more keeps nothing: the next one has read it by now. */
  async function end(keeps: boolean): Promise<void> {
    const before = watching
    watching = null
    before?.slow.stop()
    await before?.engine.stop(keeps)
  }

  return {
    counts: () => watching?.engine.counts() ?? NOTHING,
    useBudgets(look) {
      budgets = look
    },
    follow(leads) {
      turn(leads())
      timer = setInterval(() => turn(leads()), LOOK_MS).unref()
    },
    async look(now) {
      await changing
      return (await watching?.slow.run(now)) ?? 0
    },
    async stop() {
      clearInterval(timer)
      await changing
      await end(true)
    },
  }
}
