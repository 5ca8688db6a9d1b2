// Reports by people who have not signed in: what stands in their way is small for one and large for a thousand.
import { createHash } from 'node:crypto'
import { Failure } from '#domain/failure.ts'
import { FOLLOWER, REPORTER_CONTACT, type FaultFile, type Follower } from '#domain/faults/fault.ts'
import { REPORTER } from '#domain/faults/join.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Actor } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { ReportWanted } from '#contract/reports.ts'
import type { RouteParts } from '#api/parts.ts'
import { NOTHING_HERE } from '#api/schema-compilers.ts'
import { cleanPhoto } from './clean-photo.ts'
import type { Faults, StoredFault } from './faults.ts'
import type { StoredCode } from './report-codes.ts'
import { createWindowCount } from './window-count.ts'

const ALL = { organisation: null }
const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
/** A contact is kept for a year at most, whatever becomes of the fault. */
const CONTACT_MS = 365 * DAY_MS
/** Faults that were joined one into another. */
const MAX_JOINS = 20
const SOMEBODY: Actor = { kind: 'system', id: 'public-page', name: REPORTER, organisation: null }

export type PublicReports = {
  /** Counts one report. @throws Failure 'too-many-requests' for too many of the address, of the code, or of all together. */
  take(address: string, code: string): void
  /** A place among those whose bodies are read; gives the way to leave it. @throws Failure 'too-many-requests' when all are taken. */
  enter(): () => void
  /** Keeps a report under the secret of its solved puzzle; the same one again gives the same link and changes nothing. */
  report(code: StoredCode, secret: string, wanted: ReportWanted): Promise<{ joined: boolean }>
  /** The fault that a link follows. @throws Failure 'not-found'. */
  followed(secret: string): Promise<{ follower: StoredPaper<Follower>; fault: StoredFault }>
  addNote(secret: string, text: string): Promise<void>
}

/** The paper of a link; 236 bits of a hash of 256 random bits. */
const followerId = (secret: string): Id =>
  `f${createHash('sha256').update(`samtila-follow ${secret}`).digest('hex').slice(0, 59)}`

export function createPublicReports(parts: RouteParts, faults: Faults): PublicReports {
  const { records, limits, now } = parts
  const [ofAddress, ofCode, ofLink] = [
    createWindowCount(HOUR_MS),
    createWindowCount(HOUR_MS),
    createWindowCount(HOUR_MS),
  ]
  const ofAll = createWindowCount(MINUTE_MS, 1)
  let reading = 0

  const followed: PublicReports['followed'] = async (secret) => {
    const follower = await records.getPaper(ALL, FOLLOWER, followerId(secret))
    if (follower === null || (follower.dueAt !== null && follower.dueAt <= now()))
      throw new Failure('not-found', NOTHING_HERE)
    let fault = await faults.find(follower.body.fault)
    for (let joins = 0; fault.body.joinedInto !== null && joins < MAX_JOINS; joins += 1)
      fault = await faults.find(fault.body.joinedInto)
    return { follower, fault }
  }

  return {
    take(address, code) {
      const at = now()
      const full = [
        { count: ofAddress, key: address, most: limits.reportsPerAddressPerHour },
        { count: ofCode, key: code, most: limits.reportsPerCodePerHour },
        { count: ofAll, key: '', most: limits.reportsPerMinute },
      ]
      for (const { count, key, most } of full)
        if (count.count(key, at) >= most)
          throw new Failure('too-many-requests', 'Many reports have come just now; try again a little later.', {
            retryAfterMs: count.opensIn(key, at),
          })
      for (const { count, key } of full) count.add(key, at)
    },
    enter() {
      if (reading >= limits.reportsReading)
        throw new Failure('too-many-requests', 'Many reports come just now; try again in a moment.', {
          retryAfterMs: 2_000,
        })
      reading += 1
      let isIn = true
      return () => {
        if (isIn) reading -= 1
        isIn = false
      }
    },
    async report(code, secret, wanted) {
      const id = followerId(secret)
      if ((await records.getPaper(ALL, FOLLOWER, id)) !== null) return { joined: false }
      const { what = '', choice = null, language, contact = '', photo, same = null } = wanted
      if (what.trim() === '' && choice === null && same === null)
        throw new Failure('invalid-body', 'Say what is wrong, in words or by a choice.', {
          problems: [{ pointer: '/what', code: 'missing', message: 'say what is wrong' }],
        })
      const files = photo === undefined ? [] : [await keepPhoto(photo)]
      const { device, space } = code.body
      const premises = code.premises ?? ''
      const { joined } = await faults.report(
        {
          premises,
          device,
          space,
          what: what.trim(),
          choice,
          source: 'public',
          alarm: null,
          language,
          files,
          followers: [id],
          same,
          apart: false,
        },
        SOMEBODY,
        (fault, keeper) => [
          {
            kind: FOLLOWER,
            paper: {
              id,
              premises,
              audience: 'operator' as const,
              state: 'open',
              dueAt: now() + limits.followDays * DAY_MS,
              body: { fault, language },
            },
            expectedVersion: 0,
          },
          ...(contact.trim() === ''
            ? []
            : [
                {
                  kind: REPORTER_CONTACT,
                  paper: {
                    id: `k${id.slice(1)}`,
                    premises,
                    audience: [keeper],
                    state: 'kept',
                    dueAt: now() + CONTACT_MS,
                    body: { fault, contact: contact.trim() },
                  },
                  expectedVersion: 0,
                },
              ]),
        ],
      )
      return { joined }
    },
    followed,
    async addNote(secret, text) {
      const { follower, fault } = await followed(secret)
      if (ofLink.count(follower.id, now()) >= limits.notesPerLinkPerHour)
        throw new Failure('too-many-requests', 'Many notes have come by this link; try again later.', {
          retryAfterMs: ofLink.opensIn(follower.id, now()),
        })
      ofLink.add(follower.id, now())
      const said = { at: now(), by: REPORTER, organisation: null, text, files: [], shownToReporter: true }
      await faults.note(fault, said, SOMEBODY)
    },
  }

  /** Only the picture is kept. Its media type says that it came from outside: it is given as a download only. */
  async function keepPhoto(base64: string): Promise<FaultFile> {
    const given = Buffer.from(base64, 'base64')
    if (given.length > limits.reportPhotoBytes)
      throw new Failure('too-large', `A photo may have ${limits.reportPhotoBytes} bytes.`)
    const { mediaType, bytes } = cleanPhoto(given, limits.reportPhotoPixels)
    const name = `photo.${mediaType === 'image/jpeg' ? 'jpg' : mediaType.slice('image/'.length)}`
    const digest = await records.putFile({ mediaType: `${mediaType}; from=public`, name, bytes })
    return { digest, name }
  }
}
