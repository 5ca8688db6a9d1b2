// Alarms as they change: what shows them is asked anew at once, and what is new is said politely.
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { LiveSnapshot } from '#dashboard/client/live.ts'
import { refreshAlarms } from '#dashboard/client/alarm-queries.ts'

/** Asks for alarms anew whenever the feed told of one. */
export const useAlarmChanges = ({ alarms }: Pick<LiveSnapshot, 'alarms'>): void => {
  const client = useQueryClient()
  const seen = useRef(alarms)
  useEffect(() => {
    if (seen.current === alarms) return
    seen.current = alarms
    void refreshAlarms(client)
  }, [alarms, client])
}
