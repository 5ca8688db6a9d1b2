// Which credentials of a device are in use, and which are on their way out: for the list of its credentials.
import { ROTATION } from '#domain/credentials/rotation.ts'
import type { Credential } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { RouteParts } from '#api/parts.ts'
import { isoOrNull } from '#api/routes/answers.ts'

export type CredentialUse = { lastUsedAt: string | null; connected: boolean; endsAt: string | null; fresh: boolean }

/** The paper of the rotation that a new credential began. */
export const rotationIdOf = (credential: Id): Id => credential.replace(/^credential/, 'rotation')

export async function usesOf(
  device: Id,
  credentials: readonly Credential[],
  { records, broker }: Pick<RouteParts, 'records' | 'broker'>,
): Promise<(credential: Id) => CredentialUse> {
  const ids = credentials.map(({ id }) => rotationIdOf(id))
  const rotations =
    ids.length === 0
      ? []
      : (await records.listPapers({ organisation: null }, ROTATION, { ids, states: ['running'], limit: ids.length }))
          .items
  return (id) => {
    const { lastUsedAt, connected } = broker.useOfCredential(device, id)
    return {
      lastUsedAt: isoOrNull(lastUsedAt),
      connected,
      endsAt: isoOrNull(rotations.find(({ body }) => body.old.includes(id))?.dueAt ?? null),
      fresh: rotations.some(({ body }) => body.fresh === id),
    }
  }
}
