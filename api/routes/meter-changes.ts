// Changes of meters: seen first, proposed, confirmed or refused by the witness of the other side, and the protocol as PDF.
import { IdParams, Streamed } from '#contract/common.ts'
import {
  MeterChangeOffer,
  MeterChangePage,
  MeterChangeQuery,
  MeterChangeRefusal,
  MeterChangeShown,
  ProtocolQuery,
  WitnessList,
} from '#contract/meter-changes.ts'
import { changeDocument, changePhotos } from '#domain/metering/change-document.ts'
import { METER_CHANGE, type MeterChangeProtocol } from '#domain/metering/meter-change.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import { pickName } from '#domain/writing/names.ts'
import { identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { contentPdf, isPrintable, type Picture } from '#api/documents/pdf.ts'
import { createMeterChanges, mayDo, type ChangeGround, type StoredChange } from '#api/meter-changes/meter-changes.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { notFound, pageOfQuery, problems, setEtag } from './answers.ts'

const tags = ['meters']

export function addMeterChangeRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts
  const changes = createMeterChanges(parts)

  const shownOf = (
    identity: Identity,
    { device, premises }: ChangeGround,
    body: MeterChangeProtocol,
    stored: StoredChange | null,
  ): MeterChangeShown => ({
    id: stored?.id ?? null,
    state: (stored?.state ?? 'preview') as MeterChangeShown['state'],
    version: stored?.version ?? 0,
    device: body.device,
    deviceName: device.value.visibility?.name === 'owner' ? null : (device.value.name ?? null),
    premises: premises.id,
    premisesName: premises.name,
    timeZone: premises.timeZone,
    wanted: body.wanted,
    by: body.by,
    effect: body.effect,
    events: body.events,
    refusal: body.refusal,
    may: stored === null ? [] : mayDo(identity, stored),
  })
  const shown = async (identity: Identity, id: Id): Promise<MeterChangeShown> => {
    const stored = await changes.get(identity, id)
    return shownOf(identity, await changes.groundOf(stored.body.device), stored.body, stored)
  }

  app.get(
    '/devices/:id/witnesses',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Other organisations that have to do with its premises: who may witness a meter change',
        params: IdParams,
        response: { 200: WitnessList, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const device = await records.getObject(scopeOf(request), 'devices', request.params.id)
      if (device === null) throw notFound()
      const items: WitnessList['items'] = []
      for await (const { id, name } of listAll(records, 'organisations', {}))
        if (id !== identity.organisation && (await records.seesPremises({ organisation: id }, device.value.premises)))
          items.push({ id, name })
      return { items }
    },
  )

  app.post(
    '/devices/:id/meter-changes',
    {
      config: { who: ['technician', 'manager'] },
      schema: {
        tags,
        summary: 'See what a meter change does to the month, or propose it to the witness of the other side',
        params: IdParams,
        body: MeterChangeOffer,
        response: { 200: MeterChangeShown, 201: MeterChangeShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { wanted, apply } = request.body
      const planned = await changes.preview(identity, request.params.id, wanted)
      if (!apply) return shownOf(identity, planned.ground, planned.protocol, null)
      const id = await changes.propose(identity, planned)
      return reply.code(201).send(await shown(identity, id))
    },
  )

  app.get(
    '/meter-changes',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Meter changes, the newest first',
        querystring: MeterChangeQuery,
        response: { 200: MeterChangePage, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { device, premises, state } = request.query
      const page = await records.listPapers(scopeOf(request), METER_CHANGE, {
        ...pageOfQuery(request.query),
        newestFirst: true,
        ...(premises === undefined ? {} : { premises }),
        ...(state === undefined ? {} : { states: [state] }),
        ...(device === undefined ? {} : { text: device }),
      })
      const items: MeterChangeShown[] = []
      for (const stored of page.items)
        if (device === undefined || stored.body.device === device)
          items.push(shownOf(identity, await changes.groundOf(stored.body.device), stored.body, stored))
      return { items, next: page.next }
    },
  )

  app.get(
    '/meter-changes/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One meter change: both registers, its effect on the month, and who did what',
        params: IdParams,
        response: { 200: MeterChangeShown, ...problems },
      },
    },
    async (request, reply) => {
      const found = await shown(identityOf(request), request.params.id)
      setEtag(reply, found.version)
      return found
    },
  )

  app.post(
    '/meter-changes/:id/confirmation',
    {
      config: { who: ['technician', 'manager', 'signatory'] },
      schema: {
        tags,
        summary: 'Confirm it as witness for your own organisation: only now it stands in the facts',
        params: IdParams,
        response: { 200: MeterChangeShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      await changes.act(identity, await changes.get(identity, request.params.id), 'confirm', null)
      return shown(identity, request.params.id)
    },
  )

  app.post(
    '/meter-changes/:id/refusal',
    {
      config: { who: ['technician', 'manager', 'signatory'] },
      schema: {
        tags,
        summary: 'Refuse it as witness for your own organisation, with the reason',
        params: IdParams,
        body: MeterChangeRefusal,
        response: { 200: MeterChangeShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      await changes.act(identity, await changes.get(identity, request.params.id), 'refuse', request.body.reason)
      return shown(identity, request.params.id)
    },
  )

  app.post(
    '/meter-changes/:id/undo',
    {
      config: { who: ['technician', 'manager'] },
      schema: {
        tags,
        summary: 'Take back what your organisation proposed, before the witness has answered',
        params: IdParams,
        response: { 200: MeterChangeShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      await changes.act(identity, await changes.get(identity, request.params.id), 'undo', null)
      return shown(identity, request.params.id)
    },
  )

  app.get(
    '/meter-changes/:id/protocol',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The protocol as PDF',
        params: IdParams,
        querystring: ProtocolQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const stored = await changes.get(identityOf(request), request.params.id)
      const { device, premises } = await changes.groundOf(stored.body.device)
      const { language = 'fi' } = request.query
      const organisations = new Map<Id, string>()
      for (const { organisation } of stored.body.events) {
        if (organisation === null) continue
        const found = await records.getObject({ organisation: null }, 'organisations', organisation)
        organisations.set(organisation, pickName(found?.value.name, language, organisation).text)
      }
      const point = device.value.points?.find(({ key }) => key === stored.body.wanted.point)
      const name = device.value.visibility?.name === 'owner' ? undefined : device.value.name
      const pictures: (Picture & { file: string })[] = []
      for (const { name: title, file } of changePhotos(language, stored.body)) {
        const found = await records.getFile(scopeOf(request), file)
        if (found !== null && isPrintable(found.bytes)) pictures.push({ name: title, file, bytes: found.bytes })
      }
      const content = changeDocument(language, stored.body, stored.state as 'proposed', {
        premises: pickName(premises.name, language, premises.id).text,
        device: pickName(name, language, device.value.id).text,
        point: pickName(point?.name, language, stored.body.wanted.point).text,
        timeZone: premises.timeZone,
        organisation: (id) => organisations.get(id ?? '') ?? id ?? '',
        printed: new Set(pictures.map(({ file }) => file)),
      })
      reply.header('content-disposition', `attachment; filename="${stored.id}-${language}.pdf"`)
      reply.type('application/pdf')
      return contentPdf(content, stored.changedAt, pictures)
    },
  )
}
