// Removing a rule: shown what happens, then done.
import { useQueryClient } from '@tanstack/react-query'
import type { AlarmRuleShown } from '#contract/alarm-rules.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'

export const RuleRemoval = ({ rule: { id, premises, standing } }: { rule: AlarmRuleShown }) => {
  const { form: words } = useWords(alarmWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const remove = async () => {
    await sendJson('DELETE', apiPath(`/alarm-rules/${segment(id)}`))
    announce(words.deleted)
    await go(`/alarm-rules?premises=${premises}`)
    client.removeQueries({ queryKey: ['alarm-rules', id] })
    await client.invalidateQueries({
      predicate: ({ queryKey }) => ['alarm-rules', 'alarms'].includes(String(queryKey[0])),
    })
  }
  return (
    <SureButton
      variant="secondaryNoBorder"
      text={words.delete}
      effect={
        <>
          <p>{words.deleteSure}</p>
          {standing > 0 ? <p>{words.standing(standing)}</p> : null}
        </>
      }
      act={remove}
    />
  )
}
