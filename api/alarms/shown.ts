// Alarms as they are shown: with the names of what they speak of, as far as the asker sees them.
import type { AlarmDetail, AlarmShown } from '#contract/alarms.ts'
import type { Alarm, AlarmState } from '#domain/alarms/alarm.ts'
import { ALARM_RULE } from '#domain/alarms/rule.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Records, Scope } from '#domain/ports/records.ts'
import { listChunked } from '#domain/registry/list-all.ts'
import type { Device, Id, Names } from '#domain/registry/bundle.ts'
import { concernedBy, mayActOnAlarm } from '#api/access/may-alarm.ts'
import type { Identity } from '#api/access/identity.ts'
import { hasRole } from '#api/access/who.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, isoOrNull } from '#api/routes/answers.ts'
import { localDate } from '#api/views/premises-summary.ts'

type Parts = Pick<RouteParts, 'records' | 'now'>
type AlarmPaper = StoredPaper<Alarm>
/** What alarms are shown with; made for one answer. */
type AlarmNames = {
  premises: ReadonlyMap<Id, Names>
  organisations: ReadonlyMap<Id, Names>
  /** As the asker sees them. */
  devices: ReadonlyMap<Id, Device>
}

export async function alarmNames(records: Records, scope: Scope, papers: readonly AlarmPaper[]): Promise<AlarmNames> {
  const devices = new Map<Id, Device>()
  const ids = new Set(papers.flatMap(({ body }) => (body.device === null ? [] : [body.device])))
  for await (const one of listChunked(records, 'devices', [...ids], (chunk) => ({ ids: chunk }), scope))
    devices.set(one.id, one)
  const named = async (kind: 'premises' | 'organisations', wanted: readonly (Id | null)[]): Promise<Map<Id, Names>> => {
    const names = new Map<Id, Names>()
    const known = [...new Set(wanted)].filter((id) => id !== null)
    // Who has something to do is told to everyone who sees the alarm, whether or not they know that body otherwise.
    for await (const one of listChunked(records, kind, known, (chunk) => ({ ids: chunk }))) names.set(one.id, one.name)
    return names
  }
  return {
    devices,
    premises: await named(
      'premises',
      papers.map((paper) => paper.premises),
    ),
    organisations: await named(
      'organisations',
      papers.flatMap(({ body }) => [
        body.assignee?.organisation ?? null,
        ...body.entries.map((one) => one.organisation),
      ]),
    ),
  }
}

export function alarmShown({ id, version, premises, state, body }: AlarmPaper, names: AlarmNames): AlarmShown {
  const { reason, assignee } = body
  const device = body.device === null ? undefined : names.devices.get(body.device)
  return {
    id,
    version,
    premises: premises ?? '',
    premisesName: names.premises.get(premises ?? '') ?? {},
    rule: body.rule,
    ruleName: body.name,
    condition: body.condition,
    severity: body.severity,
    state: state as AlarmState,
    device: body.device,
    deviceName: device?.name ?? null,
    gateway: body.gateway,
    point: reason.point,
    pointName: device?.points?.find(({ key }) => key === reason.point)?.name ?? null,
    value: reason.value,
    limit: reason.limit,
    unit: reason.unit,
    at: isoOrNull(reason.at),
    raisedAt: iso(body.raisedAt),
    conditionClearedAt: isoOrNull(body.conditionClearedAt),
    clearedAt: isoOrNull(body.clearedAt),
    assignee:
      assignee === null
        ? null
        : {
            organisation: assignee.organisation,
            organisationName: names.organisations.get(assignee.organisation) ?? {},
            person: assignee.person,
          },
    snoozedUntil: isoOrNull(body.snoozedUntil),
    affectedCount: body.affected.length,
    flapping: body.flapping,
    returns: body.returns,
    fault: body.fault,
  }
}

/** Devices by which an alarm took others down that an answer names. */
const MAX_AFFECTED_SHOWN = 1_000

export async function alarmDetail(
  { records, now }: Parts,
  identity: Identity,
  paper: AlarmPaper,
): Promise<AlarmDetail> {
  const scope: Scope = { organisation: identity.organisation }
  const names = await alarmNames(records, scope, [paper])
  const { body, state } = paper
  const rule = await records.getPaper(scope, ALARM_RULE, body.rule)
  const concerned = await concernedOf({ records, now }, paper)
  const affected = new Map<Id, Names | null>()
  const shownIds = body.affected.slice(0, MAX_AFFECTED_SHOWN)
  for await (const one of listChunked(records, 'devices', shownIds, (chunk) => ({ ids: chunk }), scope))
    affected.set(one.id, one.name ?? null)
  const may = mayActOnAlarm(identity, concerned)
  const isStanding = state !== 'cleared'
  const organisations = new Map<Id, Names>()
  for await (const one of listChunked(records, 'organisations', concerned, (ids) => ({ ids })))
    organisations.set(one.id, one.name)
  const people = may && identity.organisation !== null ? await records.listUsers(scope) : []
  return {
    ...alarmShown(paper, names),
    entries: body.entries.map((entry) => ({
      ...entry,
      at: iso(entry.at),
      organisationName: entry.organisation === null ? null : (names.organisations.get(entry.organisation) ?? null),
    })),
    ruleNow: rule === null ? null : { ...rule.body },
    affected: shownIds.flatMap((id) => (affected.has(id) ? [{ id, name: affected.get(id) ?? null }] : [])),
    may: {
      acknowledge: may && state === 'raised',
      assign: may && isStanding,
      comment: may,
      snooze: may && isStanding,
      clear: may && isStanding,
      fault: may && body.fault === null && hasRole(identity, ['technician', 'manager']),
    },
    assignees: may
      ? concerned.map((organisation) => ({
          organisation,
          name: organisations.get(organisation) ?? {},
          people:
            organisation === identity.organisation
              ? people.filter(({ disabled }) => !disabled).map(({ id, name }) => ({ id, name }))
              : [],
        }))
      : [],
  }
}

/** The bodies that an alarm concerns today. */
export async function concernedOf({ records, now }: Parts, { premises, body }: AlarmPaper): Promise<Id[]> {
  const stored = await records.getObject({ organisation: null }, 'premises', premises ?? '')
  if (stored === null) return []
  const ids = body.device === null ? body.affected : [body.device, ...body.affected]
  const devices = new Map<Id, Device>()
  for await (const one of listChunked(records, 'devices', ids, (chunk) => ({ ids: chunk }))) devices.set(one.id, one)
  return concernedBy(body, stored.value, devices, localDate(now(), stored.value.timeZone))
}
