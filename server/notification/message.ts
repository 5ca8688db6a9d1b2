// What programs are told, by webhook and by MQTT: one JSON message for each occurrence, in words and ids that a program can act on.
import type { Described } from '#domain/notification/sentence.ts'
import { titleOf } from '#domain/notification/sentence.ts'
import type { Thing } from '#domain/notification/occurrence.ts'
import { messageType } from '#domain/notification/webhook.ts'
import { formatInstant } from '#domain/quantity/instant.ts'

/** `{"type","timestamp","data"}` as Standard Webhooks recommends; names are those that the organisation sees. */
export function messageOf(thing: Thing, described: Described, publicUrl: string): { type: string; body: string } {
  const { premises, device, space, value, what, severity, isOver, path } = described
  const type = messageType(thing.kind)
  return {
    type,
    body: JSON.stringify({
      type,
      timestamp: formatInstant(thing.at),
      data: {
        occurrence: thing.id,
        severity,
        title: { fi: titleOf(described, 'fi'), sv: titleOf(described, 'sv'), en: titleOf(described, 'en') },
        about: thing.paper,
        name: what,
        premises: premises === null ? null : { id: premises.id, name: premises.name },
        device,
        space,
        value,
        over: isOver,
        responsible: thing.responsible,
        url: `${publicUrl}${path}`,
      },
    }),
  }
}
