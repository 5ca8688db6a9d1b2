// Named places at which a test makes the process die as by `kill -9`: SAMTILA_CRASH_AT=name or name:n for its n-th passing.

/** Every place, in the order of a reading's life. */
export const CRASH_POINTS = [
  'migrate',
  'log-written',
  'log-committed',
  'chunks-written',
  'chunks-committed',
  'log-deleted',
  'merge-written',
  'merge-committed',
  'drop-written',
  'drop-committed',
] as const
export type CrashPoint = (typeof CRASH_POINTS)[number]

const [wanted, times] = (process.env['SAMTILA_CRASH_AT'] ?? '').split(':')
let left = Number(times ?? 1)

/** Ends the whole process at once when this is the place asked for; otherwise does nothing. */
export function crashPoint(name: CrashPoint): void {
  if (name === wanted && --left <= 0) process.kill(process.pid, 'SIGKILL')
}
