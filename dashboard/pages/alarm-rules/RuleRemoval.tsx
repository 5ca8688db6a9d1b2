// Removing a rule: shown what happens, then done.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { AlarmRuleShown } from '#contract/alarm-rules.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Dialog } from '#dashboard/ui/Dialog.tsx'
import { Row } from '#dashboard/ui/Layout.tsx'

export const RuleRemoval = ({ rule: { id, premises, standing } }: { rule: AlarmRuleShown }) => {
  const { form: words } = useWords(alarmWords)
  const [isOpen, setIsOpen] = useState(false)
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const remove = useMutation({
    mutationFn: () => sendJson('DELETE', apiPath(`/alarm-rules/${segment(id)}`)),
    onSuccess: async () => {
      announce(words.deleted)
      await go(`/alarm-rules?premises=${premises}`)
      client.removeQueries({ queryKey: ['alarm-rules', id] })
      await client.invalidateQueries({
        predicate: ({ queryKey }) => ['alarm-rules', 'alarms'].includes(String(queryKey[0])),
      })
    },
  })
  return (
    <>
      <Button variant="secondaryNoBorder" onClick={() => setIsOpen(true)}>
        {words.delete}
      </Button>
      {isOpen ? (
        <Dialog title={words.delete} onClose={() => setIsOpen(false)}>
          <p>{words.deleteSure}</p>
          {standing > 0 ? <p>{words.standing(standing)}</p> : null}
          {remove.error === null ? null : <Refusal error={remove.error} />}
          <Row>
            <Button disabled={remove.isPending} onClick={() => remove.mutate()}>
              {words.deleteNow}
            </Button>
            <Button variant="secondary" onClick={() => setIsOpen(false)}>
              {words.keep}
            </Button>
          </Row>
        </Dialog>
      ) : null}
    </>
  )
}
