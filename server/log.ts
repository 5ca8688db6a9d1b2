// The log: one JSON line per event on standard error, with a level, an instant and no secrets.
export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent'
export type Log = Record<Exclude<LogLevel, 'silent'>, (message: string, details?: Record<string, unknown>) => void>

const ORDER: LogLevel[] = ['debug', 'info', 'warn', 'error', 'silent']

/**
 * Writes lines of the given level and above. Control characters in values are escaped by JSON, so that no value can forge a line.
 * `traceId` gives the trace in which the line is written, or null.
 */
export function createLog(least: LogLevel, traceId: () => string | null = () => null): Log {
  const write =
    (level: LogLevel) =>
    (message: string, details: Record<string, unknown> = {}): void => {
      if (ORDER.indexOf(level) < ORDER.indexOf(least)) return
      const id = traceId()
      const trace = id === null ? {} : { trace: id }
      process.stderr.write(
        `${JSON.stringify({ at: new Date().toISOString(), level, message, ...trace, ...details })}\n`,
      )
    }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}
