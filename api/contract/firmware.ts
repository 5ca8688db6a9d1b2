// Firmware: keys of makers, signed images, campaigns in waves, and how far each device is.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, itemsOf, LongText, Names, orNull } from './common.ts'
import { patterned } from './patterned.ts'

const Digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })
const Version = patterned('^[A-Za-z0-9][A-Za-z0-9._+-]*$', 'letters a–z, digits and . _ + - only', {
  minLength: 1,
  maxLength: 64,
})
const Word = Type.String({ minLength: 1, maxLength: 200 })
export const FirmwareKeyWanted = closed({
  name: Word,
  manufacturer: Type.Optional(Word),
  /** An Ed25519 key: PEM, or its 32 bytes in base64. */
  publicKey: Type.String({ minLength: 40, maxLength: 1000 }),
})
export const FirmwareKeyShown = closed({
  id: Id,
  name: Type.String(),
  manufacturer: orNull(Type.String()),
  organisation: orNull(Id),
  publicKey: Type.String(),
  state: Type.Union([Type.Literal('valid'), Type.Literal('withdrawn')]),
  createdAt: Instant,
  createdBy: Type.String(),
})
export const FirmwareKeyList = itemsOf(FirmwareKeyShown)

export const FirmwareImageWanted = closed({
  version: Version,
  /** The digest that /files answered. */
  file: Digest,
  /** The digest that the maker tells, when it is to be compared. */
  digest: Type.Optional(Digest),
  signature: Type.String({ minLength: 80, maxLength: 100 }),
  key: Id,
  deviceType: Type.Optional(Word),
  model: Type.Optional(Word),
  notes: Type.Optional(LongText),
})
export const FirmwareImageShown = closed({
  id: Id,
  version: Type.String(),
  file: Type.String(),
  bytes: Type.Integer(),
  signature: Type.String(),
  key: Id,
  deviceType: orNull(Type.String()),
  manufacturer: orNull(Type.String()),
  model: orNull(Type.String()),
  organisation: orNull(Id),
  notes: Type.String(),
  state: Type.Union([Type.Literal('ready'), Type.Literal('withdrawn')]),
  createdAt: Instant,
  createdBy: Type.String(),
})
export const FirmwareImageList = itemsOf(FirmwareImageShown)

const Wave = closed({
  size: Type.Union([
    closed({ count: Type.Integer({ minimum: 1, maximum: 100_000 }) }),
    closed({ percent: Type.Integer({ minimum: 1, maximum: 100 }) }),
  ]),
  successPercent: Type.Integer({ minimum: 0, maximum: 100 }),
  failuresAllowed: Type.Integer({ minimum: 0, maximum: 100_000 }),
  waitMinutes: Type.Integer({ minimum: 0, maximum: 43_200 }),
})
export const CampaignWanted = closed({
  name: Names,
  premises: Id,
  image: Id,
  /** All devices of the premises that fit; empty lists do not narrow. */
  filter: closed({
    type: Type.Optional(Word),
    versions: Type.Optional(Type.Array(Version, { maxItems: 100 })),
    devices: Type.Optional(Type.Array(Id, { maxItems: 5_000 })),
  }),
  waves: Type.Array(Wave, { minItems: 1, maxItems: 20 }),
  attempts: Type.Optional(Type.Integer({ minimum: 1, maximum: 10 })),
})
const LeftOut = closed({
  device: Id,
  deviceName: orNull(Names),
  code: Type.Union([
    Type.Literal('has-version'),
    Type.Literal('other-type'),
    Type.Literal('other-model'),
    Type.Literal('other-manufacturer'),
    Type.Literal('not-allowed'),
  ]),
  reason: Type.String(),
})
export const CampaignPreview = closed({
  targets: Type.Array(
    closed({ device: Id, deviceName: orNull(Names), wave: Type.Integer(), fromVersion: orNull(Type.String()) }),
  ),
  leftOut: Type.Array(LeftOut),
})
export const UpdateStateWord = Type.Union([
  Type.Literal('waiting'),
  Type.Literal('offered'),
  Type.Literal('downloading'),
  Type.Literal('verified'),
  Type.Literal('installed'),
  Type.Literal('failed'),
  Type.Literal('rolled-back'),
  Type.Literal('aborted'),
])
export const UpdateShown = closed({
  device: Id,
  deviceName: orNull(Names),
  wave: Type.Integer(),
  state: UpdateStateWord,
  fromVersion: orNull(Type.String()),
  version: orNull(Type.String()),
  receivedBytes: Type.Integer(),
  attempts: Type.Integer(),
  via: orNull(Type.Union([Type.Literal('http'), Type.Literal('mqtt')])),
  error: orNull(Type.String()),
  connected: Type.Boolean(),
  steps: Type.Array(closed({ at: Instant, state: UpdateStateWord, error: orNull(Type.String()) })),
})
const Counts = closed({
  waiting: Type.Integer(),
  underWay: Type.Integer(),
  installed: Type.Integer(),
  failed: Type.Integer(),
  rolledBack: Type.Integer(),
  aborted: Type.Integer(),
})
export const CampaignShown = closed({
  id: Id,
  name: Names,
  premises: orNull(Id),
  organisation: orNull(Id),
  image: Id,
  version: Type.String(),
  bytes: Type.Integer(),
  state: Type.Union([
    Type.Literal('draft'),
    Type.Literal('running'),
    Type.Literal('paused'),
    Type.Literal('done'),
    Type.Literal('aborted'),
  ]),
  pausedBecause: orNull(Type.Union([Type.Literal('person'), Type.Literal('failures')])),
  wave: Type.Integer(),
  waves: Type.Array(closed({ ...Wave.properties, devices: Type.Integer(), counts: Counts })),
  counts: Counts,
  devices: Type.Integer(),
  attempts: Type.Integer(),
  createdAt: Instant,
  createdBy: Type.String(),
  startedAt: orNull(Instant),
  endedAt: orNull(Instant),
})
export const CampaignList = itemsOf(CampaignShown)
export const CampaignDetail = closed({ campaign: CampaignShown, updates: Type.Array(UpdateShown) })
export const RetryWanted = closed({ devices: Type.Optional(Type.Array(Id, { maxItems: 5_000 })) })
export const RetryAnswer = closed({ retried: Type.Integer() })
export const CampaignQuery = closed({ premises: Id })

export type FirmwareKeyShown = Static<typeof FirmwareKeyShown>
export type FirmwareKeyList = Static<typeof FirmwareKeyList>
export type FirmwareImageShown = Static<typeof FirmwareImageShown>
export type FirmwareImageList = Static<typeof FirmwareImageList>
export type CampaignWanted = Static<typeof CampaignWanted>
export type CampaignPreview = Static<typeof CampaignPreview>
export type CampaignShown = Static<typeof CampaignShown>
export type CampaignList = Static<typeof CampaignList>
export type CampaignDetail = Static<typeof CampaignDetail>
export type UpdateShown = Static<typeof UpdateShown>
