// Ends rotations of credentials: once the device has come in with the new one, or at the date, the old ones are revoked and cut off.
import { ROTATION, rotationEnd } from '#domain/credentials/rotation.ts'
import type { Actor, Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'

const ALL = { organisation: null }
const AT_ONCE = 200
const ROTATOR: Actor = { kind: 'system', id: 'rotation', name: 'Samtila', organisation: null }

type Parts = {
  records: Records
  /** When a credential was last used since this start. */
  usedAt(device: Id, credential: Id): number | null
}

/** One run. Gives how many rotations ended. */
export async function endRotations({ records, usedAt }: Parts, now: number): Promise<number> {
  let ended = 0
  for (let after: string | null | undefined; after !== null;) {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(records, after)
    for (const paper of page.items) {
      const { device, fresh, old } = paper.body
      const valid = await records.credentialsOf(device)
      const gone = !valid.some(({ id }) => id === fresh)
      const why = rotationEnd(paper, usedAt(device, fresh), now)
      // A new one that was revoked meanwhile ends the rotation without ending what is in use.
      if (why === null && !gone) continue
      const ending = gone ? [] : valid.filter(({ id }) => old.includes(id))
      if (ending.length > 0)
        await records.putCredentials(
          ending.map((credential) => ({ ...credential, revokedAt: now })),
          ROTATOR,
        )
      const { id, premises, audience, version, body } = paper
      await records.changePapers(
        {
          papers: [
            {
              kind: ROTATION,
              paper: {
                id,
                premises,
                audience,
                state: 'ended',
                dueAt: null,
                body: { ...body, endedBy: gone ? null : why },
              },
              expectedVersion: version,
            },
          ],
        },
        ROTATOR,
        'credential.rotated',
      )
      ended++
    }
    after = page.next
  }
  return ended
}

const readPage = (records: Records, after: string | undefined) =>
  records.listPapers(ALL, ROTATION, { states: ['running'], limit: AT_ONCE, ...(after === undefined ? {} : { after }) })
