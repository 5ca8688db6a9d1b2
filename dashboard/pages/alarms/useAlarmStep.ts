// A step with an alarm: sent, everything that shows alarms asked anew, and said.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { refreshAlarms, sendAlarmStep, type AlarmStep } from '#dashboard/client/alarm-queries.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'

type Step = { step: AlarmStep; body?: object; said: string }
/** Sends a step of this alarm; the sentence is said when it is done. */
export const useAlarmStep = (id: string) => {
  const client = useQueryClient()
  const announce = useAnnounce()
  return useMutation({
    mutationFn: ({ step, body }: Step) => sendAlarmStep(id, step, body),
    onSuccess: async (_answer, { said }) => {
      await refreshAlarms(client)
      announce(said)
    },
  })
}
