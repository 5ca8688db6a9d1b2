// Whether a command fits its device: known to it, with parameters in their ranges, in a time that it may have.
import { Failure, type Problem } from '#domain/failure.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { commandOfType, commandsOfType, COMMAND_TYPES, isAccessType } from '#domain/twin/command-types.ts'
import { checkFields, type JsonObject } from '#domain/twin/field.ts'
import type { ApiLimits } from '#api/limits.ts'

const HOUR_MS = 3_600_000
const PARAMS_BYTES = 8_192

/** Problems of name and parameters with JSON Pointers below `at`; names that the platform does not know are the maker's own words. */
export function commandProblems(device: Device, name: string, params: JsonObject, at: string): Problem[] {
  if (Buffer.byteLength(JSON.stringify(params)) > PARAMS_BYTES)
    return [{ pointer: `${at}/params`, code: 'too-long', message: `should be ${PARAMS_BYTES} bytes at most` }]
  const type = commandOfType(device.type, name)
  if (type !== null) return checkFields(params, type.params, `${at}/params`)
  const isOurs = COMMAND_TYPES.some((one) => one.name === name)
  if (!isOurs && !isAccessType(device.type)) return []
  const known = commandsOfType(device.type).map((one) => one.name)
  return [
    {
      pointer: `${at}/name`,
      code: 'unknown-command',
      message: `is no command of such a device; there are: ${known.join(', ')}`,
    },
  ]
}

/** Whether doing it twice is the same as once; the sender's word counts for the maker's own commands only. */
export const isRepeatable = (device: Device, name: string, said: boolean): boolean =>
  commandOfType(device.type, name)?.repeatable ?? said

/** When it expires, in milliseconds since 1970. @throws Failure 'invalid-body' for a time that it may not have. */
export function expiryOf(device: Device, wanted: number | null, now: number, limits: ApiLimits): number {
  const isAccess = isAccessType(device.type)
  const most = now + (isAccess ? limits.accessCommandSeconds * 1000 : limits.commandDays * 24 * HOUR_MS)
  const at = wanted ?? Math.min(most, now + limits.commandHours * HOUR_MS)
  if (at > now && at <= most) return at
  const message = isAccess
    ? `A door, booth or lock is not opened later: at most ${limits.accessCommandSeconds} seconds from now.`
    : `should be in the future, and ${limits.commandDays} days from now at most`
  throw new Failure(
    'invalid-body',
    at <= now ? 'The command is over before it is sent.' : 'The command would wait too long.',
    {
      problems: [{ pointer: '/expiresAt', code: at <= now ? 'past' : 'too-late', message }],
    },
  )
}
