// Alarms: listed, read, and what people do about them.
import {
  AlarmAssignment,
  AlarmComment,
  AlarmDetail,
  AlarmFileQuery,
  AlarmIds,
  AlarmPage,
  AlarmQuery,
  AlarmsAcknowledged,
  AlarmSnooze,
  AlarmsStanding,
  AlarmsStandingQuery,
  AlarmWords,
} from '#contract/alarms.ts'
import { IdParams, Streamed } from '#contract/common.ts'
import { Failure } from '#domain/failure.ts'
import { identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { alarmCsv } from '#api/alarms/csv.ts'
import { listAlarms } from '#api/alarms/list.ts'
import { alarmDetail, concernedOf } from '#api/alarms/shown.ts'
import { standingAlarms } from '#api/alarms/standing.ts'
import { seenAlarm, takeStep } from '#api/alarms/steps.ts'
import { logExport } from '#api/documents/log-export.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { instantOf, pageOfQuery, problems, setEtag } from './answers.ts'

const tags = ['alarms']
const ACTING = ['technician', 'manager'] as const

export function addAlarmRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, now } = parts

  app.get(
    '/alarms',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Alarms, the newest first; a page may be short although there are more',
        querystring: AlarmQuery,
        response: { 200: AlarmPage, ...problems },
      },
    },
    (request) => listAlarms(parts, identityOf(request), request.query, pageOfQuery(request.query)),
  )

  app.get(
    '/alarms/standing',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'How many alarms stand now, by severity',
        querystring: AlarmsStandingQuery,
        response: { 200: AlarmsStanding, ...problems },
      },
    },
    async (request) => {
      const { premises, device } = request.query
      const standing = await standingAlarms(records, scopeOf(request), premises)
      const bySeverity = { info: 0, warning: 0, major: 0, critical: 0 }
      let [total, unacknowledged] = [0, 0]
      for (const { state, body } of standing) {
        if (device !== undefined && body.device !== device && !body.affected.includes(device)) continue
        total++
        bySeverity[body.severity]++
        if (state === 'raised') unacknowledged++
      }
      return { total, unacknowledged, bySeverity }
    },
  )

  app.get(
    '/alarms/file',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'The alarms of a filter as CSV, the newest first',
        querystring: AlarmFileQuery,
        response: { 200: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { language = 'fi', ...filter } = request.query
      const identity = identityOf(request)
      const text = await alarmCsv(parts, identity, filter, language)
      await logExport(records, identity, 'alarms.csv', filter.premises ?? 'all', filter.premises ?? null)
      reply.header('content-disposition', 'attachment; filename="alarms.csv"')
      reply.type('text/csv; charset=utf-8')
      return text
    },
  )

  app.get(
    '/alarms/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'An alarm with its entries, its rule, and what you may do',
        params: IdParams,
        response: { 200: AlarmDetail, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const paper = await seenAlarm(parts, identity, request.params.id)
      setEtag(reply, paper.version)
      return alarmDetail(parts, identity, paper)
    },
  )

  app.post(
    '/alarms/:id/acknowledge',
    {
      config: { who: ACTING },
      schema: {
        tags,
        summary: 'Acknowledge an alarm: somebody has seen it',
        params: IdParams,
        body: AlarmWords,
        response: { 200: AlarmDetail, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      return alarmDetail(parts, identity, await acknowledge(identity, request.params.id, request.body.text))
    },
  )
  const acknowledge = (identity: Identity, id: string, text = ''): ReturnType<typeof takeStep> =>
    takeStep(parts, identity, id, 'alarm.acknowledge', ({ state }, entry) => {
      if (state === 'cleared') throw over()
      return state === 'raised' ? { state: 'acknowledged', changes: {}, entry: entry('acknowledged', text) } : null
    })

  app.post(
    '/alarms/acknowledge',
    {
      config: { who: ACTING },
      schema: {
        tags,
        summary: 'Acknowledge up to 200 alarms; what is refused of some does not hold up the others',
        body: AlarmIds,
        response: { 200: AlarmsAcknowledged, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { ids, text } = request.body
      const refused: AlarmsAcknowledged['refused'] = []
      for (const id of ids)
        try {
          await acknowledge(identity, id, text)
        } catch (error) {
          if (!(error instanceof Failure)) throw error
          refused.push({ id, code: error.code, message: error.message })
        }
      return { acknowledged: ids.length - refused.length, refused }
    },
  )

  app.post(
    '/alarms/:id/assign',
    {
      config: { who: ACTING },
      schema: {
        tags,
        summary: 'Assign an alarm to an organisation with a role there, and to one of its people',
        params: IdParams,
        body: AlarmAssignment,
        response: { 200: AlarmDetail, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { id } = request.params
      const { organisation, person: wanted = null, text = '' } = request.body
      const concerned = await concernedOf(parts, await seenAlarm(parts, identity, id))
      if (!concerned.includes(organisation)) throw notThere('/organisation', 'has no role towards the device')
      const person = wanted === null ? null : await personOf(organisation, wanted)
      const assigned = await takeStep(parts, identity, id, 'alarm.assign', ({ state }, entry) => {
        if (state === 'cleared') throw over()
        return {
          state: 'assigned',
          changes: { assignee: { organisation, person } },
          entry: entry('assigned', [person?.name ?? organisation, text].filter(Boolean).join(': ')),
        }
      })
      return alarmDetail(parts, identity, assigned)
    },
  )
  const personOf = async (organisation: string, id: string): Promise<{ id: string; name: string }> => {
    const user = await records.getUser(id)
    const works = user?.memberships.some((one) => one.organisation === organisation) === true
    if (user === null || !works || user.disabled) throw notThere('/person', `is nobody of ${organisation}`)
    return { id: user.id, name: user.name }
  }

  app.post(
    '/alarms/:id/comment',
    {
      config: { who: ACTING },
      schema: {
        tags,
        summary: 'Say something about an alarm, also when it is over',
        params: IdParams,
        body: AlarmComment,
        response: { 200: AlarmDetail, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { text } = request.body
      const paper = await takeStep(parts, identity, request.params.id, 'alarm.comment', (_paper, entry) => ({
        changes: {},
        entry: entry('comment', text),
      }))
      return alarmDetail(parts, identity, paper)
    },
  )

  app.post(
    '/alarms/:id/snooze',
    {
      config: { who: ACTING },
      schema: {
        tags,
        summary: 'Hear nothing of an alarm until an instant; null wakes it',
        params: IdParams,
        body: AlarmSnooze,
        response: { 200: AlarmDetail, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { text = '' } = request.body
      const until = request.body.until === null ? null : instantOf(request.body.until, 'until')
      if (until !== null && (until <= now() || until > now() + MAX_SNOOZE_MS))
        throw new Failure('invalid-body', 'An alarm sleeps for 90 days at most.', {
          problems: [{ pointer: '/until', code: 'wrong-time', message: 'should be within the next 90 days' }],
        })
      const paper = await takeStep(parts, identity, request.params.id, 'alarm.snooze', ({ state, body }, entry) => {
        if (state === 'cleared') throw over()
        return body.snoozedUntil === until ? null : { changes: { snoozedUntil: until }, entry: entry('snoozed', text) }
      })
      return alarmDetail(parts, identity, paper)
    },
  )

  app.post(
    '/alarms/:id/clear',
    {
      config: { who: ACTING },
      schema: {
        tags,
        summary:
          'Clear an alarm; one whose cause lasts needs a reason, and is raised again only after it was right once',
        params: IdParams,
        body: AlarmWords,
        response: { 200: AlarmDetail, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { text = '' } = request.body
      const paper = await takeStep(parts, identity, request.params.id, 'alarm.clear', ({ state, body }, entry) => {
        if (state === 'cleared') return null
        if (body.conditionClearedAt === null && text.trim() === '')
          throw new Failure('invalid-body', 'What raised it is not over: say why it is cleared.', {
            problems: [{ pointer: '/text', code: 'required', message: 'should say why' }],
          })
        return {
          state: 'cleared',
          changes: { clearedAt: now(), snoozedUntil: null },
          entry: entry('cleared', text),
        }
      })
      return alarmDetail(parts, identity, paper)
    },
  )
}

const MAX_SNOOZE_MS = 90 * 86_400_000
const over = (): Failure => new Failure('conflict', 'The alarm is cleared.')
const notThere = (pointer: string, message: string): Failure =>
  new Failure('invalid-body', 'The alarm cannot be assigned so.', {
    problems: [{ pointer, code: 'not-there', message }],
  })
