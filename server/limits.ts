// Every named limit that is a setting: the broker's and the API's.
import type { Settings } from '#config'
import { API_LIMITS } from '#api/limits.ts'
import { BROKER_LIMITS } from '#broker/limits.ts'

export const LIMITS = { ...BROKER_LIMITS, ...API_LIMITS } as const

/** The settings of a whole Samtila, with all its limits. */
export type ServerSettings = Settings<keyof typeof LIMITS>
