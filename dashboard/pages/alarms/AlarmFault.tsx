// From an alarm to a fault: it goes to whoever repairs the device.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from 'suomifi-ui-components'
import type { AlarmDetail } from '#contract/alarms.ts'
import { makeFault, refreshAlarms } from '#dashboard/client/alarm-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Soft, Stack } from '#dashboard/ui/Layout.tsx'

export const AlarmFault = ({ alarm }: { alarm: AlarmDetail }) => {
  const { one: words } = useWords(alarmWords)
  const { language } = useText()
  const client = useQueryClient()
  const announce = useAnnounce()
  const make = useMutation({
    mutationFn: () => makeFault(alarm.id, language),
    onSuccess: async () => {
      await refreshAlarms(client)
      announce(words.faultMade)
    },
  })
  return (
    <Stack $gap={1}>
      <h3>{words.fault}</h3>
      <Soft as="p">{alarm.fault === null ? words.faultText : words.faultMade}</Soft>
      {make.error === null ? null : <Refusal error={make.error} />}
      <div>
        {alarm.fault === null ? (
          <Button variant="secondary" disabled={make.isPending} onClick={() => make.mutate()}>
            {words.fault}
          </Button>
        ) : (
          <AppLink to={`/faults/${alarm.fault}`}>{words.openFault}</AppLink>
        )}
      </div>
    </Stack>
  )
}
