// Commands to devices, whatever they speak, and what became of them.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, orNull, pageOf } from './common.ts'

export const DownlinkWanted = closed({
  name: Type.String({ minLength: 1, maxLength: 128 }),
  /** JSON by the device's family (docs/PROTOCOL.md, Commands); absent: {}. */
  params: Type.Optional(Type.Unknown()),
  /** From then on the device is not to do it. */
  expiresAt: Type.Optional(Instant),
})
export const DownlinkShown = closed({
  id: Id,
  device: Id,
  name: Type.String(),
  params: Type.Unknown(),
  state: Type.Union([
    Type.Literal('under-way'),
    Type.Literal('sent'),
    Type.Literal('done'),
    Type.Literal('failed'),
    Type.Literal('not-sent'),
    Type.Literal('expired'),
  ]),
  via: orNull(Type.String()),
  topic: orNull(Type.String()),
  answer: Type.Unknown(),
  createdAt: Instant,
  createdBy: Type.String(),
  answeredAt: orNull(Instant),
  expiresAt: orNull(Instant),
})
export const DownlinkPage = pageOf(DownlinkShown)

export type DownlinkWanted = Static<typeof DownlinkWanted>
export type DownlinkShown = Static<typeof DownlinkShown>
export type DownlinkPage = Static<typeof DownlinkPage>
