// Every named limit that is a setting: the broker's, the API's and the stores'.
import type { Settings } from '#config'
import { API_LIMITS } from '#api/limits.ts'
import { BROKER_LIMITS } from '#broker/limits.ts'
import { ALARM_LIMITS } from './alarms/limits.ts'

const STORE_LIMITS = {
  spoolBytes: {
    default: 1_073_741_824,
    description:
      'Bytes of acknowledged readings that wait on the disk while the telemetry server is away; beyond, nothing is acknowledged.',
  },
} as const

export const LIMITS = { ...BROKER_LIMITS, ...API_LIMITS, ...ALARM_LIMITS, ...STORE_LIMITS } as const

/** The settings of a whole Samtila, with all its limits. */
export type ServerSettings = Settings<keyof typeof LIMITS>
