// Statutory inspections: the library with the laws, what is registered, what was made, and the due days as a calendar.
import { IdParams, Streamed } from '#contract/common.ts'
import {
  CalendarQuery,
  InspectionList,
  InspectionMade,
  InspectionQuery,
  InspectionShown,
  InspectionTemplates,
  InspectionWanted,
} from '#contract/inspections.ts'
import { allPapers } from '#domain/registry/list-all.ts'
import { INSPECTION, inspectionDue } from '#domain/service/inspection.ts'
import { INSPECTION_TEMPLATES } from '#domain/service/inspection-library.ts'
import { pickName } from '#domain/writing/names.ts'
import { Failure } from '#domain/failure.ts'
import { identityOf, scopeOf } from '#api/access/identity.ts'
import { inspectionCalendar, type CalendarRow } from '#api/documents/inspection-calendar.ts'
import { logExport } from '#api/documents/log-export.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { createInspections, type StoredInspection } from '#api/service/inspections.ts'
import { createShown } from '#api/service/shown.ts'
import { checkVersion, notFound, pageOfQuery, problems, setEtag } from './answers.ts'

const tags = ['service']

export function addInspectionRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, now, settings } = parts
  const inspections = createInspections(parts)
  const shownOf = async (request: Parameters<typeof identityOf>[0], id: string): Promise<InspectionShown> => {
    const identity = identityOf(request)
    return createShown(records, identity, now).inspection(await inspections.stored(identity, id))
  }

  app.get(
    '/inspections/templates',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary:
          'Statutory inspections of the usual equipment, with the law and interval of each; all of it can be changed',
        response: { 200: InspectionTemplates, ...problems },
      },
    },
    async () => ({ items: INSPECTION_TEMPLATES.map((one) => ({ ...one, deviceTypes: [...one.deviceTypes] })) }),
  )
  app.get(
    '/inspections',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Inspections that the organisation sees; what is due first comes first, the overdue before all',
        querystring: InspectionQuery,
        response: { 200: InspectionList, ...problems },
      },
    },
    async (request) => {
      const { premises, device, overdue, state = 'current' } = request.query
      const { limit, after } = pageOfQuery(request.query)
      const from = after === undefined ? 0 : Number(after)
      if (!Number.isSafeInteger(from) || from < 0)
        throw new Failure('bad-request', 'after is the next of the page before.')
      const shown = createShown(records, identityOf(request), now)
      const found: StoredInspection[] = []
      for await (const paper of allPapers(records, scopeOf(request), INSPECTION, {
        ...(premises === undefined ? {} : { premises }),
        states: [state],
      }))
        if (device === undefined || paper.body.device === device) found.push(paper)
      found.sort((a, b) => (inspectionDue(a.body) < inspectionDue(b.body) ? -1 : 1))
      const items: InspectionShown[] = []
      for (const paper of found) {
        const one = await shown.inspection(paper)
        if (overdue === undefined || one.overdue === overdue) items.push(one)
      }
      return { items: items.slice(from, from + limit), next: from + limit < items.length ? String(from + limit) : null }
    },
  )
  app.get(
    '/inspections/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'One inspection with all that were made',
        params: IdParams,
        response: { 200: InspectionShown, ...problems },
      },
    },
    async (request, reply) => {
      const one = await shownOf(request, request.params.id)
      setEtag(reply, one.version)
      return one
    },
  )
  app.post(
    '/inspections',
    {
      config: { who: ['manager'] },
      schema: {
        tags,
        summary: 'Register an inspection of a device or of the premises',
        body: InspectionWanted,
        response: { 201: InspectionShown, ...problems },
      },
    },
    async (request, reply) => {
      const id = await inspections.put(identityOf(request), request.body, null, 0)
      return reply.code(201).send(await shownOf(request, id))
    },
  )
  app.put(
    '/inspections/:id',
    {
      config: { who: ['manager'] },
      schema: {
        tags,
        summary: 'Change what an inspection asks for, or end it (If-Match); what was recorded stays',
        params: IdParams,
        body: InspectionWanted,
        response: { 200: InspectionShown, ...problems },
      },
    },
    async (request, reply) => {
      const known = await inspections.stored(identityOf(request), request.params.id)
      checkVersion(request, known.version)
      await inspections.put(identityOf(request), request.body, known.id, known.version)
      const one = await shownOf(request, known.id)
      setEtag(reply, one.version)
      return one
    },
  )
  app.post(
    '/inspections/:id/records',
    {
      config: { who: ['technician', 'manager'] },
      schema: {
        tags,
        summary:
          'Record that it was made, with its certificate; the next is due by the interval, or as the inspector set it',
        params: IdParams,
        body: InspectionMade,
        response: { 201: InspectionShown, ...problems },
      },
    },
    async (request, reply) => {
      await inspections.record(identityOf(request), request.params.id, request.body)
      return reply.code(201).send(await shownOf(request, request.params.id))
    },
  )
  app.get(
    '/premises/:id/inspections.ics',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The due days of the inspections of a premises as a calendar (iCalendar)',
        params: IdParams,
        querystring: CalendarQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { language = 'fi' } = request.query
      const premises = await records.getObject(scopeOf(request), 'premises', id)
      if (premises === null) throw notFound()
      const shown = createShown(records, identityOf(request), now)
      const rows: CalendarRow[] = []
      for await (const paper of allPapers(records, scopeOf(request), INSPECTION, {
        premises: id,
        states: ['current'],
      })) {
        const { title, law, dueOn, device } = await shown.inspection(paper)
        const name = device === null ? null : pickName(device.name ?? undefined, language, device.id).text
        rows.push({ id: paper.id, title, law, dueOn, device: name, changedAt: paper.changedAt })
      }
      await logExport(records, identityOf(request), 'inspections.ics', id, id)
      reply.header('content-disposition', `attachment; filename="inspections-${id}.ics"`)
      reply.type('text/calendar; charset=utf-8')
      return inspectionCalendar(rows, language, {
        premises: pickName(premises.value.name, language, id).text,
        address: (one) => `${settings.publicUrl}/service/inspections/${one}`,
      })
    },
  )
}
