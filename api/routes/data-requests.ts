// The Data Act (EU) 2023/2854 for a device: who holds its data, who has a right to them, requests as letters, and their log.
import { Changed } from '#contract/change.ts'
import { IdParams, Streamed } from '#contract/common.ts'
import {
  DataAct,
  DataHolderWanted,
  DataRequestAnswer,
  DataRequestPage,
  DataRequestQuery,
  DataRequestShown,
  DataRequestWanted,
  LetterQuery,
} from '#contract/data-requests.ts'
import {
  ANSWER_DAYS,
  DATA_REQUEST,
  dataHolderOn,
  dataUsers,
  type DataRequest,
  type DataRequestEvent,
} from '#domain/data-act/data-request.ts'
import { dataLetter, letterText } from '#domain/data-act/letter.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { actorOf, identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import { hasRole } from '#api/access/who.ts'
import { contentPdf } from '#api/documents/pdf.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { todayOf } from '#api/views/today.ts'
import { dateOf, iso, isoOrNull, notFound, pageOfQuery, problems } from './answers.ts'
import { changeObject } from './change-object.ts'

const tags = ['data-act']
const ALL = { organisation: null }
const DAY_MS = 86_400_000
const ASKERS = ['manager', 'signatory'] as const
/** Requests that the page of a device shows. */
const SHOWN = 100

type Stored = StoredPaper<DataRequest>

export function addDataRequestRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, now } = parts

  /** Who asked records what came; a holder that is here answers itself. */
  const mayAnswer = (identity: Identity, { state, body }: Stored): boolean =>
    state === 'sent' &&
    hasRole(identity, [...ASKERS]) &&
    (identity.organisation === body.by ||
      (identity.organisation !== null && identity.organisation === body.holder.organisation))
  const shownOf = async (identity: Identity, stored: Stored): Promise<DataRequestShown> => {
    const { id, state, dueAt, body } = stored
    const device = await records.getObject({ organisation: identity.organisation }, 'devices', body.device)
    return {
      id,
      state: state as DataRequestShown['state'],
      device: body.device,
      deviceName: device?.value.name ?? null,
      by: body.by,
      holder: body.holder,
      wanted: body.wanted,
      dueAt: isoOrNull(dueAt),
      overdue: dueAt !== null && dueAt <= now(),
      events: body.events,
      mayAnswer: mayAnswer(identity, stored),
    }
  }
  const get = async (identity: Identity, id: Id): Promise<Stored> => {
    const stored = await records.getPaper({ organisation: identity.organisation }, DATA_REQUEST, id)
    if (stored === null) throw notFound()
    return stored
  }
  const nameOf = async (id: Id | null, fallback: string, language: 'fi' | 'sv' | 'en'): Promise<string> => {
    const found = id === null ? null : await records.getObject(ALL, 'organisations', id)
    return pickName(found?.value.name, language, fallback).text
  }
  const deviceOf = async (identity: Identity, id: Id): Promise<Device> => {
    const stored = await records.getObject({ organisation: identity.organisation }, 'devices', id)
    if (stored === null) throw notFound()
    return stored.value
  }
  const event = (what: DataRequestEvent['what'], identity: Identity, note: string | null): DataRequestEvent => ({
    what,
    at: iso(now()),
    by: identity.name,
    organisation: identity.organisation,
    note,
  })

  app.get(
    '/devices/:id/data-act',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Who holds the data of the product, who has a right to them, and the requests that you see',
        params: IdParams,
        response: { 200: DataAct, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const device = await deviceOf(identity, request.params.id)
      const today = await todayOf(device.premises, parts)
      const users = dataUsers(device, today)
      const { items } = await records.listPapers(scopeOf(request), DATA_REQUEST, {
        text: device.id,
        newestFirst: true,
        limit: SHOWN,
      })
      const own = items.filter(({ body }) => body.device === device.id)
      return {
        holder: dataHolderOn(device, today),
        recorded: device.dataHolder ?? null,
        users,
        mayRequest:
          hasRole(identity, [...ASKERS]) && users.some(({ organisation }) => organisation === identity.organisation),
        requests: await Promise.all(own.map((stored) => shownOf(identity, stored))),
      }
    },
  )

  app.put(
    '/devices/:id/data-holder',
    {
      config: { who: ['manager'] },
      schema: {
        tags,
        summary:
          'Who holds the data of the product outside the parties; null: nobody is recorded. If-Match as for the device',
        params: IdParams,
        body: DataHolderWanted,
        response: { 200: Changed, ...problems },
      },
    },
    async (request, reply) => {
      const device = await deviceOf(identityOf(request), request.params.id)
      const { dataHolder: _before, ...rest } = device
      const { holder } = request.body
      const changed = holder === null ? rest : { ...rest, dataHolder: holder }
      return changeObject('devices', device.id, changed, request, reply, parts)
    },
  )

  app.post(
    '/devices/:id/data-requests',
    {
      config: { who: [...ASKERS] },
      schema: {
        tags,
        summary:
          'Record a request of your organisation as a user of the product; its letter is at /data-requests/:id/letter',
        params: IdParams,
        body: DataRequestWanted,
        response: { 201: DataRequestShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const device = await deviceOf(identity, request.params.id)
      const today = await todayOf(device.premises, parts)
      const by = identity.organisation
      if (by === null || !dataUsers(device, today).some(({ organisation }) => organisation === by))
        throw new Failure(
          'not-allowed',
          'Only a user of the product asks for its data: who owns it, holds it or uses it.',
        )
      const named = dataHolderOn(device, today)
      if (named === null)
        throw new Failure('conflict', 'It is not recorded who holds the data of this device. Record it first.')
      const wanted = request.body
      if ((wanted.article === 5) !== (wanted.thirdParty !== undefined))
        throw wrong('/thirdParty', 'By article 5 the data go to a third party, by article 4 to the user itself.')
      if ((wanted.from === undefined) !== (wanted.to === undefined))
        throw wrong('/from', 'Give the first and the last day, or neither.')
      if (wanted.from !== undefined && dateOf(wanted.from, 'from') > dateOf(wanted.to ?? '', 'to'))
        throw wrong('/to', 'The last day comes after the first.')
      const holder = { ...named, name: await nameOf(named.organisation, named.name, wanted.language) }
      const id = createId('data-request')
      const body: DataRequest = { device: device.id, by, holder, wanted, events: [event('sent', identity, null)] }
      const audience = [by, ...(holder.organisation === null ? [] : [holder.organisation])]
      const dueAt = now() + ANSWER_DAYS * DAY_MS
      const paper = { id, premises: device.premises, audience, state: 'sent', dueAt, body }
      await records.changePapers(
        { papers: [{ kind: DATA_REQUEST, paper, expectedVersion: 0 }] },
        actorOf(identity),
        'data-request.send',
      )
      return reply.code(201).send(await shownOf(identity, await get(identity, id)))
    },
  )

  app.get(
    '/data-requests',
    {
      config: { who: 'viewer', saw: 'data-requests' },
      schema: {
        tags,
        summary: 'The log of requests of your organisation and to it, the newest first',
        querystring: DataRequestQuery,
        response: { 200: DataRequestPage, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { device } = request.query
      const page = await records.listPapers(scopeOf(request), DATA_REQUEST, {
        ...pageOfQuery(request.query),
        newestFirst: true,
        ...(device === undefined ? {} : { text: device }),
      })
      const items = page.items.filter(({ body }) => device === undefined || body.device === device)
      return { items: await Promise.all(items.map((stored) => shownOf(identity, stored))), next: page.next }
    },
  )

  app.post(
    '/data-requests/:id/answer',
    {
      config: { who: [...ASKERS] },
      schema: {
        tags,
        summary: 'Record what became of a request: received, partly, refused, withdrawn',
        params: IdParams,
        body: DataRequestAnswer,
        response: { 200: DataRequestShown, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const stored = await get(identity, request.params.id)
      const { outcome, note = null } = request.body
      if (stored.state !== 'sent') throw new Failure('conflict', 'It has been answered already.')
      if (!mayAnswer(identity, stored) || (outcome === 'withdrawn' && identity.organisation !== stored.body.by))
        throw new Failure(
          'not-allowed',
          'The asker records what came, or the data holder answers. Nobody acts for another.',
        )
      if (outcome === 'refused' && note === null) throw wrong('/note', 'A refusal has its reason.')
      const body = { ...stored.body, events: [...stored.body.events, event(outcome, identity, note)] }
      const { id, premises, audience } = stored
      const paper = { id, premises, audience, state: outcome, dueAt: null, body }
      await records.changePapers(
        { papers: [{ kind: DATA_REQUEST, paper, expectedVersion: stored.version }] },
        actorOf(identity),
        `data-request.${outcome}`,
      )
      return shownOf(identity, await get(identity, id))
    },
  )

  app.get(
    '/data-requests/:id/letter',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The request as a letter, PDF or plain text, in the language of the request or another',
        params: IdParams,
        querystring: LetterQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const stored = await get(identity, request.params.id)
      const { format = 'pdf', language = stored.body.wanted.language } = request.query
      const body = { ...stored.body, wanted: { ...stored.body.wanted, language } }
      const device = (await records.getObject(ALL, 'devices', body.device))?.value
      const premises = (await records.getObject(ALL, 'premises', device?.premises ?? ''))?.value
      if (device === undefined || premises === undefined) throw notFound()
      const day = (at: number): string => localDate(at, premises.timeZone)
      const content = dataLetter(
        body,
        device,
        {
          organisation: await nameOf(body.by, body.by, language),
          holder: await nameOf(body.holder.organisation, body.holder.name, language),
          device: pickName(device.name, language, device.id).text,
          premises: pickName(premises.name, language, premises.id).text,
        },
        { sent: day(stored.createdAt), answerBy: day(stored.createdAt + ANSWER_DAYS * DAY_MS) },
      )
      if (format === 'text') {
        reply.type('text/plain; charset=utf-8')
        return letterText(content)
      }
      reply.header('content-disposition', `attachment; filename="${stored.id}-${language}.pdf"`)
      reply.type('application/pdf')
      return contentPdf(content, stored.createdAt)
    },
  )
}

const wrong = (pointer: string, message: string): Failure =>
  new Failure('invalid-body', message, { problems: [{ pointer, code: 'invalid-choice', message }] })
