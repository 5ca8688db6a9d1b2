// The trace of one message in many, from its bytes to its PUBACK: read, durable, answered. It tells how long, how much and how it ended.
import type { Span, Trace } from '#domain/ports/trace.ts'
import type { Telegram } from './telegram.ts'

export type MessageTrace = {
  /** Its readings are decoded, decided about and given to the store. */
  read(readings: number): void
  durable(): void
  /** It is answered, by PUBACK or by ending the connection. */
  ended(failed: string | null): void
}

export function beginMessageTrace(
  trace: Trace | null,
  telegram: Pick<Telegram, 'payload' | 'qos'>,
): MessageTrace | null {
  const span = trace?.beginMessage() ?? null
  return span === null ? null : traceOf(span, telegram)
}

function traceOf(span: Span, { payload, qos }: Pick<Telegram, 'payload' | 'qos'>): MessageTrace {
  const clock = (): number => performance.timeOrigin + performance.now()
  let at = clock()
  const part = (name: string): void => {
    const from = at
    at = clock()
    span.part(name, from, at)
  }
  span.set({ 'messaging.system': 'mqtt', 'messaging.message.body.size': payload.length, 'mqtt.qos': qos })
  return {
    read(readings) {
      part('decode')
      span.set({ 'samtila.readings': readings })
    },
    durable: () => part('durable'),
    ended(failed) {
      part(failed === null ? 'acknowledge' : 'refuse')
      span.end(failed === null ? undefined : { failed })
    },
  }
}
