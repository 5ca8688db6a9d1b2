// An alarm rule in plain sentences.
import type { AlarmRuleShown } from '#contract/alarm-rules.ts'
import type { Names } from '#contract/common.ts'
import { conditionSentences, ruleSentences } from '#domain/writing/alarm-sentence.ts'
import { useRuleNames } from './alarm-names.ts'

type Props = {
  rule: Pick<AlarmRuleShown, 'on' | 'target' | 'condition' | 'season' | 'maintenance' | 'latching'>
  /** The name of what it watches, where it is known. */
  targetName?: Names | null
  /** Only when it raises and when that ends, not what it watches. */
  short?: boolean
}
export const RuleSentences = ({ rule, targetName = null, short = false }: Props) => {
  const names = useRuleNames({ target: rule.target, condition: rule.condition, targetName })
  return <span>{(short ? conditionSentences(rule.condition, names) : ruleSentences(rule, names)).join(' ')}</span>
}
