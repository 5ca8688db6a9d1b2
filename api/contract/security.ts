// Firmware and known vulnerabilities: of a device, of everything in sight, and the import of a list.
import { Type, type Static } from 'typebox'
import { FirmwareFacts } from './bundle.ts'
import { closed, Decimal, Id, Instant, LocalDate, Names, orNull, pageOf, pageQuery } from './common.ts'

export const SeverityWord = Type.Union([
  Type.Literal('critical'),
  Type.Literal('high'),
  Type.Literal('medium'),
  Type.Literal('low'),
  Type.Literal('none'),
  Type.Literal('unknown'),
])
export const VulnerabilityShown = closed({
  id: Id,
  code: Type.String(),
  title: Type.String(),
  severity: SeverityWord,
  /** CVSS base score. */
  score: orNull(Decimal),
  /** What to do about it. */
  remedy: orNull(Type.String()),
  published: orNull(LocalDate),
  url: orNull(Type.String()),
  importedAt: Instant,
  importedBy: Type.String(),
})
/** `unknown-version`: some versions are affected, and which one the device has is not recorded. */
export const MatchWord = Type.Union([Type.Literal('affected'), Type.Literal('unknown-version')])
export const DeviceSecurity = closed({
  firmware: FirmwareFacts,
  /** Who says the version: the device itself, which goes before what is recorded. */
  versionBy: orNull(Type.Union([Type.Literal('device'), Type.Literal('record')])),
  /** The asker does not see the firmware: nothing of it is shown. */
  hidden: Type.Boolean(),
  warnings: Type.Array(
    closed({
      code: Type.Union([Type.Literal('support-ends'), Type.Literal('support-ended'), Type.Literal('no-ce')]),
      on: orNull(LocalDate),
    }),
  ),
  /** The worst first. */
  vulnerabilities: Type.Array(closed({ ...VulnerabilityShown.properties, match: MatchWord })),
  /** Who keeps its firmware current: by the agreement's matrix, else the holder, else the landlord. */
  responsible: closed({
    organisation: Id,
    ground: Type.Union([Type.Literal('matrix'), Type.Literal('holder'), Type.Literal('landlord')]),
  }),
})
export const VulnerabilityQuery = pageQuery({
  premises: Type.Optional(Id),
  /** A part of its code, title, product or remedy. */
  q: Type.Optional(Type.String({ maxLength: 200 })),
  severity: Type.Optional(SeverityWord),
  /** Only those that affect, or may affect, a device in sight. */
  affecting: Type.Optional(Type.Literal('true')),
})
export const VulnerabilityPage = pageOf(
  closed({
    ...VulnerabilityShown.properties,
    products: Type.Array(Type.String()),
    /** Of the devices that the asker sees. */
    devices: Type.Array(closed({ id: Id, name: orNull(Names), match: MatchWord })),
  }),
)
export const VulnerabilityUpload = closed({
  name: Type.String({ minLength: 1, maxLength: 200, description: 'The name of the file, as people know it' }),
  apply: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
})
export const VulnerabilityImported = closed({
  applied: Type.Boolean(),
  form: Type.Union([Type.Literal('csaf'), Type.Literal('cve'), Type.Literal('csv')]),
  created: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  withdrawn: Type.Integer(),
  /** Devices in sight that something of the list affects. */
  devices: Type.Integer(),
  problems: Type.Array(
    closed({ row: Type.Integer(), field: orNull(Type.String()), code: Type.String(), message: Type.String() }),
  ),
})
export type DeviceSecurity = Static<typeof DeviceSecurity>
export type VulnerabilityPage = Static<typeof VulnerabilityPage>
export type VulnerabilityShown = Static<typeof VulnerabilityShown>
export type VulnerabilityImported = Static<typeof VulnerabilityImported>
