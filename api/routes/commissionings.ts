// Putting devices into use, with a claim or without; and the records of it: who, when, where, photos, first values.
import {
  CodeParams,
  CommissioningPage,
  CommissioningQuery,
  Installed,
  InstalledAnswer,
  type InstalledAnswer as Answer,
  type Installed as Wanted,
} from '#contract/claims.ts'
import { COMMISSIONING, type ClaimPaper, type Commissioning } from '#domain/claims/claim.ts'
import { installedDevice, putIntoUse, type InstalledFacts } from '#domain/claims/put-into-use.ts'
import { Failure } from '#domain/failure.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { actorOf, identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { createId } from '#api/access/secrets.ts'
import { mustBeOpen, type Claims } from '#api/claims/claims.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { instantOf, iso, notFound, pageOfQuery, pageShown, problems } from './answers.ts'
import { latestOf } from './series.ts'

const TECHNICIANS = { who: ['technician' as const, 'manager' as const] }
/** What was done at the place may have waited long for a network, but not for ever, and not from the future. */
const OLDEST_MS = 90 * 86_400_000
const AHEAD_MS = 300_000

export function addCommissioningRoutes(app: ApiApp, parts: RouteParts, claims: Claims): void {
  const { records, telemetry, now } = parts
  const tags = ['claims']

  async function install(identity: Identity, claim: ClaimPaper | null, wanted: Wanted): Promise<Answer> {
    const scope = { organisation: identity.organisation }
    const { device: named, id: newId, premises: place, space, at, photos = [], note = '', ...facts } = wanted
    const bound = claim?.body.device ?? null
    if (bound !== null && named !== undefined && named !== bound)
      throw new Failure('conflict', `This label is for the device ${bound}.`)
    const knownId = bound ?? named ?? null
    const known = knownId === null ? null : await records.getObject(scope, 'devices', knownId)
    if (knownId !== null && known === null) throw notFound()
    const premises = known?.value.premises ?? place ?? claim?.premises ?? null
    if (premises === null)
      throw new Failure('invalid-body', 'Say in which premises the device is.', {
        problems: [{ pointer: '/premises', code: 'missing', message: 'Name the premises.' }],
      })
    // A label that was printed for one building must not quietly end up on a device of another.
    const printedFor = claim?.premises ?? null
    if (printedFor !== null && printedFor !== premises)
      throw new Failure(
        'conflict',
        `This label was printed for the premises ${printedFor}, and the device is one of ${premises}. Use a label of ${premises}, or choose a device of ${printedFor}.`,
        {
          problems: [
            {
              pointer: known === null ? '/premises' : '/device',
              code: 'other-premises',
              message: `The label is one of ${printedFor}.`,
            },
          ],
        },
      )
    if (place !== undefined && place !== premises)
      throw new Failure('conflict', `The device is one of ${premises}; it is moved by its own form, not here.`)
    const id = knownId ?? newId ?? (await freeId(facts, records))
    const device: Device = installedDevice(known?.value ?? null, { id, premises, space }, facts as InstalledFacts)
    await checkMayChange(identity, { devices: [device] }, records)
    const doneAt = at === undefined ? now() : instantOf(at, 'at')
    if (doneAt > now() + AHEAD_MS || doneAt < now() - OLDEST_MS)
      throw new Failure('invalid-body', 'When it was done lies in the future, or more than 90 days ago.', {
        problems: [{ pointer: '/at', code: 'out-of-range', message: 'Give the instant at which it was put into use.' }],
      })
    const record = createId('commissioning')
    const body: Commissioning = {
      device: id,
      space: device.space ?? null,
      claim: claim?.id ?? null,
      by: identity.name,
      at: doneAt,
      note,
      values: known === null ? [] : await valuesOf(known.value),
    }
    const result = await putIntoUse(
      { device, known, claim, record: { id: record, body, photos } },
      { records, telemetry, now: now(), actor: actorOf(identity) },
    )
    if (!result.ok)
      throw new Failure('invalid-bundle', 'The device would not be right; nothing was changed.', {
        problems: result.problems,
      })
    return { device: id, created: known === null, commissioning: record }
  }

  async function valuesOf(device: Device): Promise<Commissioning['values']> {
    const series = telemetry
      .seriesOfDevice(device.id)
      .map(({ point: key }) => ({ device, key, point: device.points?.find((point) => point.key === key) ?? null }))
    return (await latestOf(series, telemetry)).map(({ point, unit, at, value, simulated }) => ({
      point,
      unit,
      at: Date.parse(at),
      value,
      simulated,
    }))
  }

  app.post(
    '/claims/:code/take',
    {
      config: TECHNICIANS,
      schema: {
        tags,
        summary: 'Use a claim: put its device, or a new one, into use at a place; the code is used up',
        params: CodeParams,
        body: Installed,
        response: { 200: InstalledAnswer, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { claim } = await claims.find(identity, request.params.code, request.ip)
      mustBeOpen(claim, now())
      return install(identity, claim, request.body)
    },
  )

  app.post(
    '/commissionings',
    {
      config: TECHNICIANS,
      schema: {
        tags,
        summary: 'Put a device into use without a claim',
        body: Installed,
        response: { 200: InstalledAnswer, ...problems },
      },
    },
    async (request) => install(identityOf(request), null, request.body),
  )

  app.get(
    '/commissionings',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Who put which device into use, when and where, with photos and first values',
        querystring: CommissioningQuery,
        response: { 200: CommissioningPage, ...problems },
      },
    },
    async (request) => {
      const { premises, device } = request.query
      const page = await records.listPapers(scopeOf(request), COMMISSIONING, {
        ...pageOfQuery(request.query),
        newestFirst: true,
        ...(premises === undefined ? {} : { premises }),
        ...(device === undefined ? {} : { text: `"device":"${device}"` }),
      })
      return pageShown(page, ({ id, premises: place, body, files, createdAt }) => ({
        id,
        device: body.device,
        premises: place,
        space: body.space,
        claimed: body.claim !== null,
        by: body.by,
        at: iso(body.at),
        receivedAt: iso(createdAt),
        note: body.note,
        photos: [...files],
        values: body.values.map((value) => ({ ...value, at: iso(value.at) })),
      }))
    },
  )
}

/** An id made of name or type, with a number where it is taken. */
async function freeId(facts: Partial<InstalledFacts>, records: RouteParts['records']): Promise<Id> {
  const base =
    Object.values(facts.name ?? {})
      .concat(facts.type ?? '', 'laite')
      .map((text) =>
        text
          .normalize('NFD')
          .replace(/\p{M}/gu, '')
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .slice(0, 52)
          .replace(/^-+|-+$/g, ''),
      )
      .find((text) => text !== '') ?? 'laite'
  for (let number = 1; ; number++) {
    const id = number === 1 ? base : `${base}-${number}`
    if ((await records.getObject({ organisation: null }, 'devices', id)) === null) return id
  }
}
