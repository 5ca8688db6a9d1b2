// The alarms of a running server: the engine, and the job of the rules that look at many readings.
import type { AlarmsPart } from '#api/parts.ts'
import type { BudgetLook } from '#api/alarms/slow-looks.ts'
import { createAlarmEngine, type EngineParts } from './engine.ts'
import { createSlowRules } from './slow-rules.ts'

export type OpenAlarms = AlarmsPart & {
  /** Begins to watch; what fails is told in the log, and the server runs on. */
  start(): void
  /** One run of the job. */
  look(now: number): Promise<number>
  stop(): Promise<void>
}

export function openAlarms(parts: EngineParts): OpenAlarms {
  const engine = createAlarmEngine(parts)
  let budgets: BudgetLook | null = null
  const slow = createSlowRules(parts, engine, () => budgets)
  let starting: Promise<void> = Promise.resolve()
  return {
    counts: () => engine.counts(),
    useBudgets(look) {
      budgets = look
    },
    start() {
      starting = engine.start().catch((error: unknown) => {
        parts.log.error('alarm rules do not watch', { error: error instanceof Error ? error.message : String(error) })
      })
    },
    async look(now) {
      await starting
      return slow.run(now)
    },
    async stop() {
      await starting
      await engine.stop()
    },
  }
}
