// What is wrong with an alarm rule, with JSON Pointers into it: what could never watch anything is refused when it is made.
import type { Problem } from '#domain/failure.ts'
import { parseLocalDate } from '#domain/quantity/local-date.ts'
import type { Device, PointRef, Premises } from '#domain/registry/bundle.ts'
import { alarmDurationMs } from './duration.ts'
import { parseExpression } from './expression.ts'
import type { AlarmRule } from './rule.ts'
import { PREMISES_KINDS } from './watched.ts'

/** `devices` are those of the premises that the asker sees with their readings. */
export function checkRule(rule: AlarmRule, premises: Premises, devices: readonly Device[]): Problem[] {
  const problems: Problem[] = []
  const wrong = (pointer: string, code: string, message: string): void => void problems.push({ pointer, code, message })
  const known = new Set(devices.map(({ id }) => id))
  const { target, condition } = rule
  if (target.kind === 'device' && !known.has(target.device))
    wrong('/target/device', 'unknown-id', `there is no device ${target.device} in ${premises.id}`)
  if (target.kind === 'space' && !(premises.spaces ?? []).some(({ id }) => id === target.space))
    wrong('/target/space', 'unknown-id', `there is no space ${target.space} in ${premises.id}`)
  if (PREMISES_KINDS.has(condition.kind) && target.kind !== 'premises')
    wrong('/target', 'wrong-target', `a rule of kind ${condition.kind} watches the premises as a whole`)

  const durations: [pointer: string, text: string | undefined][] = [
    ['/condition/for', 'for' in condition ? condition.for : undefined],
    ['/condition/within', condition.kind === 'rate' ? condition.within : undefined],
    ['/flapping/within', rule.flapping?.within],
  ]
  for (const [pointer, text] of durations)
    if (text !== undefined && alarmDurationMs(text) === null)
      wrong(pointer, 'no-duration', 'should be a duration of up to 90 days, such as PT5M, PT90S or P3D')

  const meter = (ref: PointRef, pointer: string): void => {
    if (!known.has(ref.device)) wrong(pointer, 'unknown-id', `there is no device ${ref.device} in ${premises.id}`)
  }
  switch (condition.kind) {
    case 'threshold': {
      const { above, below, hysteresis = '0' } = condition
      if (above === undefined && below === undefined) wrong('/condition', 'no-limit', 'needs above, below or both')
      if (
        above !== undefined &&
        below !== undefined &&
        Number(below) + Number(hysteresis) > Number(above) - Number(hysteresis)
      )
        wrong(
          '/condition/below',
          'no-room',
          'leaves nothing between below and above, with the hysteresis on both sides',
        )
      break
    }
    case 'night-base-load':
      if (condition.above === undefined && condition.overUsualPercent === undefined)
        wrong('/condition', 'no-limit', 'needs above (kW), overUsualPercent or both')
      break
    case 'peak-forecast':
      meter(condition.meter, '/condition/meter/device')
      break
    case 'main-against-subs':
      meter(condition.main, '/condition/main/device')
      for (const [i, sub] of condition.subs.entries()) meter(sub, `/condition/subs/${i}/device`)
      break
    case 'expression': {
      const read = parseExpression(condition.expression)
      if (!read.ok)
        wrong('/condition/expression', 'no-expression', `${read.problem.message}, at character ${read.problem.at + 1}`)
      break
    }
    default:
  }
  for (const [i, { from, to }] of (rule.maintenance ?? []).entries()) {
    if (parseLocalDate(from) === null) wrong(`/maintenance/${i}/from`, 'no-date', `there is no ${from}`)
    else if (parseLocalDate(to) === null) wrong(`/maintenance/${i}/to`, 'no-date', `there is no ${to}`)
    else if (to <= from)
      wrong(`/maintenance/${i}/to`, 'not-after', 'should be after from: it is the first day that is over')
  }
  return problems
}
