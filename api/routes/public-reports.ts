// The public page: no sign-in, no personal data needed. A report is let in by its solved puzzle before a byte of its body is read.
import type { FastifyRequest } from 'fastify'
import { Nothing } from '#contract/common.ts'
import {
  FollowedShown,
  FollowWanted,
  NoteWanted,
  ReportCodeParams,
  ReportSubject,
  ReportTaken,
  ReportWanted,
} from '#contract/reports.ts'
import type { FaultState } from '#contract/faults.ts'
import { findDeviceType } from '#domain/device-types/library.ts'
import { choicesFor } from '#domain/faults/choices.ts'
import { isOpenFault, keeperOf } from '#domain/faults/fault.ts'
import { REPORTER } from '#domain/faults/join.ts'
import { localDate } from '#api/views/premises-summary.ts'
import { createSecret } from '#api/access/secrets.ts'
import { createChallenges } from '#api/faults/challenges.ts'
import type { Faults } from '#api/faults/faults.ts'
import { createPublicReports } from '#api/faults/public-reports.ts'
import { createReportCodes, publicSubject, type StoredCode } from '#api/faults/report-codes.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, isoOrNull, notFound, problems } from './answers.ts'

const ALL = { organisation: null }
/** Open faults that one page names. */
const MOST_OPEN = 5
/** What stands around the photo in a body. */
const BODY_BYTES = 32_768

export function addPublicReportRoutes(app: ApiApp, parts: RouteParts, faults: Faults): void {
  const { records, limits, settings, now } = parts
  const tags = ['public page']
  const codes = createReportCodes(parts)
  const challenges = createChallenges(parts)
  const reports = createPublicReports(parts, faults)
  const admitted = new WeakMap<FastifyRequest, { code: StoredCode; secret: string; leave: () => void }>()
  const leave = async (request: FastifyRequest): Promise<void> => admitted.get(request)?.leave()
  const placeOf = async ({ premises: id, body }: StoredCode) => {
    const premises = (await records.getObject(ALL, 'premises', id ?? ''))?.value
    const device = body.device === null ? null : ((await records.getObject(ALL, 'devices', body.device))?.value ?? null)
    const space = premises?.spaces?.find((one) => one.id === body.space) ?? null
    if (premises === undefined || (body.device !== null && device === null) || (body.space !== null && space === null))
      throw notFound()
    return { premises, device, space }
  }

  app.get(
    '/reports/:code',
    {
      config: { who: 'open' },
      schema: {
        tags,
        summary: 'What a printed code is of, as far as the public may know it, and the puzzle of a report',
        params: ReportCodeParams,
        response: { 200: ReportSubject, ...problems },
      },
    },
    async (request) => {
      const code = await codes.find(request.params.code, request.ip)
      const { premises, device, space } = await placeOf(code)
      const { name, type, spaceName } = publicSubject(premises, device, space)
      const open = await faults.openOf({ premises: premises.id, ...code.body })
      const today = localDate(now(), premises.timeZone)
      const { token, bits, expiresAt } = challenges.make(code.id)
      return {
        of: device === null ? ('space' as const) : ('device' as const),
        name,
        type: findDeviceType(type)?.name ?? null,
        spaceName,
        premisesName: premises.name,
        address: premises.address ?? null,
        choices: choicesFor(device === null ? 'space' : { device: { type } }),
        open: open.slice(0, MOST_OPEN).map(({ id, state, createdAt, body }) => ({
          ref: id,
          choice: body.choice,
          state: state as FaultState,
          reportedAt: iso(createdAt),
          today: localDate(createdAt, premises.timeZone) === today,
        })),
        joins: device !== null && open.length > 0,
        photoBytes: limits.reportPhotoBytes,
        challenge: { token, bits, expiresAt: iso(expiresAt) },
      }
    },
  )

  app.post(
    '/reports/:code',
    {
      config: { who: 'open', showsSecret: true },
      bodyLimit: Math.ceil((limits.reportPhotoBytes * 4) / 3) + BODY_BYTES,
      preParsing: async (request) => {
        const { code: text } = request.params as { code: string }
        const code = await codes.find(text, request.ip)
        const secret = challenges.check(code.id, request.headers['x-report-proof'])
        reports.take(request.ip, code.id)
        admitted.set(request, { code, secret, leave: reports.enter() })
      },
      onResponse: leave,
      onRequestAbort: leave,
      schema: {
        tags,
        summary: 'Report a fault without signing in; the header x-report-proof holds the solved puzzle, token.number',
        params: ReportCodeParams,
        body: ReportWanted,
        response: { 201: ReportTaken, ...problems },
      },
    },
    async (request, reply) => {
      const entry = admitted.get(request)
      if (entry === undefined) throw notFound()
      const addressOf = (secret: string): string => `${settings.publicUrl}/f/${secret}`
      // Who fills in the field that people don't see is answered as if all were well.
      if (request.body.website !== undefined && request.body.website !== '') {
        const follow = createSecret()
        return reply.code(201).send({ follow, address: addressOf(follow), joined: false })
      }
      const { joined } = await reports.report(entry.code, entry.secret, request.body)
      return reply.code(201).send({ follow: entry.secret, address: addressOf(entry.secret), joined })
    },
  )

  app.post(
    '/reports/followed',
    {
      config: { who: 'open' },
      schema: {
        tags,
        summary: 'What happens with a reported fault, by the secret of its link',
        body: FollowWanted,
        response: { 200: FollowedShown, ...problems },
      },
    },
    async (request) => {
      const { follower, fault } = await reports.followed(request.body.secret)
      const { body } = fault
      const nameOf = async (id: string | null) =>
        id === null ? null : ((await records.getObject(ALL, 'organisations', id))?.value.name ?? { fi: id })
      const stored = (await records.getObject(ALL, 'premises', fault.premises ?? ''))?.value
      if (stored === undefined) throw notFound()
      const device =
        body.device === null ? null : ((await records.getObject(ALL, 'devices', body.device))?.value ?? null)
      const space = stored.spaces?.find(({ id }) => id === body.space) ?? null
      const entries = []
      for (const { at, kind, organisation, text, by, shownToReporter } of body.entries) {
        if (!shownToReporter || kind === 'split' || kind === 'cost') continue
        const isNote = kind === 'message' && by === REPORTER
        // What other reporters wrote, and why somebody passed it on, is not shown to this one.
        const isOfUs = organisation !== null && kind !== 'reported' && kind !== 'joined' && kind !== 'declined'
        entries.push({
          at: iso(at),
          kind: isNote ? ('note' as const) : kind,
          organisation: kind === 'escalated' ? null : await nameOf(organisation),
          text: isOfUs ? text : '',
        })
      }
      return {
        state: fault.state as FaultState,
        choice: body.choice,
        subject: publicSubject(stored, device, space).name,
        premisesName: stored.name,
        timeZone: stored.timeZone,
        reportedAt: iso(follower.createdAt),
        keeper: (await nameOf(keeperOf(body)?.organisation ?? null)) ?? {},
        dueAt: fault.state === 'offered' ? isoOrNull(fault.dueAt) : null,
        entries,
        mayAdd: isOpenFault(fault.state) || fault.state === 'done',
        opensUntil: isoOrNull(follower.dueAt),
      }
    },
  )

  app.post(
    '/reports/notes',
    {
      config: { who: 'open' },
      schema: {
        tags,
        summary: 'A note of the reporter, by the secret of the link',
        body: NoteWanted,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      await reports.addNote(request.body.secret, request.body.text.trim())
      return reply.code(204).send(null)
    },
  )
}
