// Alarm rules of a premises: listed, made, changed, removed, tried on history, and suggested.
import {
  AlarmRulePage,
  AlarmRuleQuery,
  AlarmRuleSaved,
  AlarmRuleShown,
  AlarmRulesSuggested,
  AlarmRulesTake,
  AlarmRulesTaken,
  AlarmRuleWanted,
  AlarmTryAnswer,
  AlarmTryWanted,
} from '#contract/alarm-rules.ts'
import { IdParams, Nothing } from '#contract/common.ts'
import { PremisesParams } from '#contract/premises.ts'
import { ALARM_RULE, type AlarmRule } from '#domain/alarms/rule.ts'
import { watchedDevices } from '#domain/alarms/watched.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import { actorOf, identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { checkChange, ruleOf, ruleShown, ruleView, saveRule, type RuleView } from '#api/alarms/rules.ts'
import { standingAlarms } from '#api/alarms/standing.ts'
import { suggestedFor, takeSuggested } from '#api/alarms/suggested.ts'
import { tryRule } from '#api/alarms/try-rule.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, notFound, pageOfQuery, problems, setEtag } from './answers.ts'

const tags = ['alarms']
const EVERYONE = 'viewer' as const
const MANAGER = ['manager'] as const

export function addAlarmRuleRoutes(app: ApiApp, parts: RouteParts): void {
  const { records } = parts

  app.get(
    '/alarm-rules',
    {
      config: { who: EVERYONE },
      schema: {
        tags,
        summary: 'Alarm rules, of a premises or all that you see',
        querystring: AlarmRuleQuery,
        response: { 200: AlarmRulePage, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { premises, device, on, q } = request.query
      const page = await records.listPapers(scopeOf(request), ALARM_RULE, {
        ...pageOfQuery(request.query),
        ...(premises === undefined ? {} : { premises }),
        ...(on === undefined ? {} : { states: [on ? 'on' : 'off'] }),
        ...(q === undefined ? {} : { text: q }),
      })
      const items = await shownRules(parts, identity, page.items)
      if (device === undefined) return { items, next: page.next }
      const watching = new Set<string>()
      const views = new Map<string, RuleView>()
      for (const { id, premises: place, body } of page.items) {
        const view = views.get(place ?? '') ?? (await ruleView(parts, identity, place ?? ''))
        views.set(place ?? '', view)
        if (watchedDevices(body, view.seen, view.today).some((one) => one.id === device)) watching.add(id)
      }
      return { items: items.filter(({ id }) => watching.has(id)), next: page.next }
    },
  )

  app.get(
    '/alarm-rules/:id',
    {
      config: { who: EVERYONE },
      schema: { tags, summary: 'An alarm rule', params: IdParams, response: { 200: AlarmRuleShown, ...problems } },
    },
    async (request, reply) => {
      const paper = await records.getPaper(scopeOf(request), ALARM_RULE, request.params.id)
      const [shown] = paper === null ? [] : await shownRules(parts, identityOf(request), [paper])
      if (shown === undefined) throw notFound()
      setEtag(reply, shown.version)
      return shown
    },
  )

  app.put(
    '/alarm-rules/:id',
    {
      config: { who: MANAGER },
      schema: {
        tags,
        summary: 'Make or change an alarm rule',
        params: IdParams,
        body: AlarmRuleWanted,
        response: { 200: AlarmRuleSaved, 201: AlarmRuleSaved, ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const identity = identityOf(request)
      const before = await known(identity, id)
      const view = await ruleView(parts, identity, request.body.premises)
      if (before !== null && before.premises !== request.body.premises)
        throw new Failure('conflict', 'A rule stays in its premises: make a new one there.')
      checkVersion(request, before?.version ?? null)
      const version = await saveRule(parts, identity, { id, rule: ruleOf(request.body), before, view })
      setEtag(reply, version)
      return reply.code(before === null ? 201 : 200).send({ created: before === null, version })
    },
  )

  app.delete(
    '/alarm-rules/:id',
    {
      config: { who: MANAGER },
      schema: {
        tags,
        summary: 'Remove an alarm rule; its alarms that stand are cleared',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const before = await known(identity, request.params.id)
      if (before === null) throw notFound()
      checkChange(identity, before.body, await ruleView(parts, identity, before.premises ?? ''))
      await records.deletePapers(ALARM_RULE, [before.id], actorOf(identity), 'alarm-rule.remove')
      return reply.code(204).send(null)
    },
  )

  app.post(
    '/alarm-rules/try',
    {
      config: { who: EVERYONE },
      handlerTimeout: 60_000,
      schema: {
        tags,
        summary: 'The alarms that a rule, saved or not, would have raised in a time that is past',
        body: AlarmTryWanted,
        response: { 200: AlarmTryAnswer, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { id, premises, rule, from, to } = request.body
      if ((id === undefined) === (rule === undefined) || (rule === undefined) !== (premises === undefined))
        throw new Failure('invalid-body', 'Give either the id of a rule, or a rule with its premises.')
      const saved = id === undefined ? null : await known(identity, id)
      if (id !== undefined && saved === null) throw notFound()
      const view = await ruleView(parts, identity, saved?.premises ?? premises ?? '')
      return tryRule(parts, view, saved?.body ?? (rule as AlarmRule), { from, to })
    },
  )

  app.get(
    '/premises/:id/alarm-rules/suggested',
    {
      config: { who: EVERYONE },
      schema: {
        tags,
        summary: 'Rules that fit what is installed in a premises, and whether they are there',
        params: PremisesParams,
        response: { 200: AlarmRulesSuggested, ...problems },
      },
    },
    async (request) => ({
      items: await suggestedFor(parts, await ruleView(parts, identityOf(request), request.params.id)),
    }),
  )

  app.post(
    '/premises/:id/alarm-rules/suggested',
    {
      config: { who: MANAGER },
      schema: {
        tags,
        summary: 'Switch on the suggested rules that are not there yet, or those that are named',
        params: PremisesParams,
        body: AlarmRulesTake,
        response: { 200: AlarmRulesTaken, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const view = await ruleView(parts, identity, request.params.id)
      return { created: await takeSuggested(parts, identity, view, request.body.only ?? null) }
    },
  )

  const known = (identity: Identity, id: string): Promise<StoredPaper<AlarmRule> | null> =>
    records.getPaper({ organisation: identity.organisation }, ALARM_RULE, id)
}

/** Rules of several premises; those of one that the asker does not see any more are left out. */
async function shownRules(
  parts: RouteParts,
  identity: Identity,
  papers: readonly StoredPaper<AlarmRule>[],
): Promise<AlarmRuleShown[]> {
  const scope = { organisation: identity.organisation }
  const views = new Map<string, RuleView>()
  const counts = new Map<string, number>()
  for (const premises of new Set(papers.map((paper) => paper.premises ?? ''))) {
    views.set(premises, await ruleView(parts, identity, premises))
    for (const { body } of await standingAlarms(parts.records, scope, premises))
      counts.set(body.rule, (counts.get(body.rule) ?? 0) + 1)
  }
  return papers.flatMap((paper) => {
    const view = views.get(paper.premises ?? '')
    return view === undefined ? [] : [ruleShown(paper, view, identity, counts.get(paper.id) ?? 0)]
  })
}
