// The rotation of a credential: the new one beside the old, until the device has used the new one or a date has come; then the old ends.
import { paperKind } from '#domain/ports/papers.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'

/** A paper per rotation; `dueAt` is when the old credentials end at the latest. */
export type Rotation = { device: Id; fresh: Id; old: Id[]; endedBy: 'use' | 'date' | null }
export const ROTATION = paperKind<Rotation>('credential-rotation')
export type RotationPaper = StoredPaper<Rotation>

/** Why a running rotation ends now, or null while it goes on. */
export const rotationEnd = (
  { dueAt }: Pick<RotationPaper, 'dueAt'>,
  freshUsedAt: number | null,
  now: number,
): 'use' | 'date' | null => (freshUsedAt !== null ? 'use' : dueAt !== null && now >= dueAt ? 'date' : null)
