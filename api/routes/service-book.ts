// The service book (huoltokirja) of a premises or one device: to search, as CSV, and as a tagged PDF.
import { DEFAULT_PAGE, IdParams, Streamed } from '#contract/common.ts'
import { BookFileQuery, BookPage, BookQuery } from '#contract/inspections.ts'
import type { BookFileQuery as Asked } from '#contract/inspections.ts'
import { Failure } from '#domain/failure.ts'
import type { Id, Language, Premises } from '#domain/registry/bundle.ts'
import { ALL, listAll } from '#domain/registry/list-all.ts'
import { bookContent, SERVICE_WORDS, type BookEntry, type BookNames } from '#domain/service/book.ts'
import { pickName } from '#domain/writing/names.ts'
import { identityOf, scopeOf } from '#api/access/identity.ts'
import { csvText } from '#api/documents/csv.ts'
import { logExport } from '#api/documents/log-export.ts'
import { contentPdf } from '#api/documents/pdf.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { readBook } from '#api/service/book.ts'
import { localDate } from '#api/views/premises-summary.ts'
import { iso, notFound, problems } from './answers.ts'

const tags = ['service']
type Request = Parameters<typeof identityOf>[0]

export function addServiceBookRoutes(app: ApiApp, { records, now }: RouteParts): void {
  /** The premises, and a device of it that is asked for. @throws Failure 'not-found' for what the asker does not see. */
  const seen = async (request: Request, id: Id, device: Id | undefined): Promise<Premises> => {
    const premises = await records.getObject(scopeOf(request), 'premises', id)
    if (premises === null) throw notFound()
    if (device !== undefined) {
      const found = await records.getObject(scopeOf(request), 'devices', device)
      if (found?.value.premises !== id) throw notFound()
    }
    return premises.value
  }
  const read = async (request: Request, premises: Premises, asked: Asked) => {
    const { device, year, kind, q, language = 'fi' } = asked
    return readBook(records, scopeOf(request), {
      premises: premises.id,
      timeZone: premises.timeZone,
      language,
      ...(device === undefined ? {} : { device }),
      ...(year === undefined ? {} : { year }),
      ...(kind === undefined ? {} : { kind }),
      ...(q === undefined ? {} : { q }),
    })
  }
  const namesFor = async (request: Request, premises: Premises, language: Language): Promise<BookNames> => {
    const devices = new Map<Id, string>()
    for await (const device of listAll(records, 'devices', { premises: premises.id }, scopeOf(request)))
      devices.set(device.id, pickName(device.name, language, device.id).text)
    const organisations = new Map<Id, string>()
    for await (const one of listAll(records, 'organisations', {}, ALL))
      organisations.set(one.id, pickName(one.name, language, one.id).text)
    const spaces = new Map((premises.spaces ?? []).map((one) => [one.id, pickName(one.name, language, one.id).text]))
    return {
      premises: pickName(premises.name, language, premises.id).text,
      device: (id) => (id === null ? '' : (devices.get(id) ?? id)),
      space: (id) => (id === null ? '' : (spaces.get(id) ?? '')),
      organisation: (id) => (id === null ? '' : (organisations.get(id) ?? '')),
    }
  }

  app.get(
    '/premises/:id/service-book',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Everything done to a premises and its devices: service, inspections, repairs; the newest first',
        params: IdParams,
        querystring: BookQuery,
        response: { 200: BookPage, ...problems },
      },
    },
    async (request) => {
      const { limit = DEFAULT_PAGE, after, ...asked } = request.query
      const from = after === undefined ? 0 : Number(after)
      if (!Number.isSafeInteger(from) || from < 0)
        throw new Failure('bad-request', 'after is the next of the page before.')
      const premises = await seen(request, request.params.id, asked.device)
      const { entries, years } = await read(request, premises, asked)
      const items = []
      for (const { at, device, what, photos, certificate, ...entry } of entries.slice(from, from + limit)) {
        const stored = device === null ? null : await records.getObject(scopeOf(request), 'devices', device)
        items.push({
          ...entry,
          at: iso(at),
          device: device === null ? null : { id: device, name: stored?.value.name ?? null },
          what: [...what],
          photos: [...photos],
          certificate: certificate === null ? null : { ...certificate },
        })
      }
      return { items, next: from + limit < entries.length ? String(from + limit) : null, years }
    },
  )

  app.get(
    '/premises/:id/service-book.csv',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The service book as CSV',
        params: IdParams,
        querystring: BookFileQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { language = 'fi', device } = request.query
      const premises = await seen(request, id, device)
      const { entries } = await read(request, premises, request.query)
      const names = await namesFor(request, premises, language)
      await logExport(records, identityOf(request), 'service-book.csv', id, id)
      reply.header('content-disposition', `attachment; filename="service-book-${id}.csv"`)
      reply.type('text/csv; charset=utf-8')
      return csvText([headsOf(language), ...entries.map((entry) => rowOf(entry, language, names))], language)
    },
  )

  app.get(
    '/premises/:id/service-book.pdf',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The service book as a tagged PDF',
        params: IdParams,
        querystring: BookFileQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const { language = 'fi', device, year = null, kind = null, q = null } = request.query
      const premises = await seen(request, id, device)
      const { entries } = await read(request, premises, request.query)
      const names = await namesFor(request, premises, language)
      await logExport(records, identityOf(request), 'service-book.pdf', id, id)
      const content = bookContent(entries, language, names, {
        device: device === undefined ? null : names.device(device),
        year,
        kind,
        q,
        today: localDate(now(), premises.timeZone),
      })
      reply.header('content-disposition', `attachment; filename="service-book-${id}.pdf"`)
      reply.type('application/pdf')
      return contentPdf(content, now())
    },
  )
}

const headsOf = (language: Language): string[] => {
  const { date, kind, title, device, space, result, by, organisation, what, photos, certificate, id } =
    SERVICE_WORDS[language]
  return [date, kind, title, device, space, result, by, organisation, what, photos, certificate, id]
}
const rowOf = (entry: BookEntry, language: Language, names: BookNames): string[] => {
  const words = SERVICE_WORDS[language]
  return [
    entry.on,
    words.kinds[entry.kind],
    pickName(entry.title, language, entry.id).text,
    names.device(entry.device),
    names.space(entry.space),
    words.results[entry.result],
    entry.by,
    names.organisation(entry.organisation),
    entry.what.join('; '),
    String(entry.photos.length),
    entry.certificate?.name ?? '',
    entry.id,
  ]
}
