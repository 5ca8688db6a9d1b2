// Files that papers carry: photos, attachments, uploads.
import { Type } from 'typebox'

/** What a file may be: pictures, documents and tables. Others are refused with 415. */
export const FILE_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
  'text/csv',
  'text/plain',
  'text/calendar',
  'application/xml',
  'text/xml',
  'text/turtle',
  'application/ld+json',
  'application/octet-stream',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const

export const FileParams = Type.Object({ digest: Type.String({ pattern: '^sha256:[0-9a-f]{64}$' }) })
export const FileQuery = Type.Object(
  { name: Type.String({ minLength: 1, maxLength: 200, description: 'The name of the file, as people know it' }) },
  { additionalProperties: false },
)
export const FileStored = Type.Object({ digest: Type.String(), bytes: Type.Integer() })
