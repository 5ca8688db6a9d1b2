// Documents and photos of devices and spaces, with their versions.
import { Type, type Static } from 'typebox'
import { closed, Id, Instant, LocalDate, orNull, pageOf, pageQuery } from './common.ts'

const Digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })
const Title = Type.String({ minLength: 1, maxLength: 200 })
const Name = Type.String({ minLength: 1, maxLength: 200 })
const Note = Type.String({ minLength: 1, maxLength: 500 })
export const DocumentKind = Type.Union([
  Type.Literal('manual'),
  Type.Literal('certificate'),
  Type.Literal('warranty'),
  Type.Literal('photo'),
  Type.Literal('plan'),
  Type.Literal('inspection'),
])
const ClassificationWord = Type.Union([Type.Literal('public'), Type.Literal('parties'), Type.Literal('owner')])
const head = {
  title: Title,
  kind: DocumentKind,
  /** `owner`: of a device its owners, holder and maintainer; of a space the landlord and its tenants. */
  classification: ClassificationWord,
  validUntil: Type.Optional(LocalDate),
}
/** The file was sent to POST /files before. */
const file = { digest: Digest, name: Name, note: Type.Optional(Note) }
export const DeviceDocumentNew = closed({
  /** Either a device, or a space with its premises. */
  of: Type.Union([closed({ device: Id }), closed({ premises: Id, space: Id })]),
  ...head,
  file: closed(file),
})
export const DeviceDocumentHead = closed(head)
export const DeviceDocumentFile = closed(file)
export const DeviceDocumentShown = closed({
  id: Id,
  version: Type.Integer(),
  state: Type.Union([Type.Literal('kept'), Type.Literal('removed')]),
  premises: Id,
  device: orNull(Id),
  space: orNull(Id),
  ...head,
  /** The newest last; each is downloaded by its number. */
  files: Type.Array(
    closed({ number: Type.Integer(), name: Name, at: Instant, by: Type.String(), note: orNull(Type.String()) }),
  ),
  /** Whether the asker may replace, change and remove it. */
  mayChange: Type.Boolean(),
})
export const DeviceDocumentPage = pageOf(DeviceDocumentShown)
/** Of a device, of a space, or of the whole premises. */
export const DeviceDocumentQuery = pageQuery({
  device: Type.Optional(Id),
  premises: Type.Optional(Id),
  space: Type.Optional(Id),
  kind: Type.Optional(DocumentKind),
})
export const FileNumberParams = closed({ id: Id, number: Type.Integer({ minimum: 1, maximum: 100_000 }) })
export type DeviceDocumentShown = Static<typeof DeviceDocumentShown>
export type DeviceDocumentPage = Static<typeof DeviceDocumentPage>
export type DeviceDocumentNew = Static<typeof DeviceDocumentNew>
export type DeviceDocumentHead = Static<typeof DeviceDocumentHead>
