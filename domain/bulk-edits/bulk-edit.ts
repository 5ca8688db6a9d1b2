// One change of many devices: what is wanted, what it means for each of them, and why it cannot be for some.
import { moveOn } from '#domain/lifecycle/lifecycle.ts'
import { paperKind } from '#domain/ports/papers.ts'
import type { ClassifiedField, Device, Id, LifecycleState, LocalDate, RoleRow } from '#domain/registry/bundle.ts'
import { tagFacet } from '#domain/search/findable.ts'

/** Everything that is given is done; `null` takes a fact away. A role or state without a date begins on the day of the act. */
export type DeviceEdit = {
  addTags?: string[]
  removeTags?: string[]
  space?: Id | null
  type?: string | null
  brick?: string | null
  manufacturer?: string | null
  model?: string | null
  expectedInterval?: string | null
  role?: { role: RoleRow['role']; organisation: Id; from?: LocalDate }
  state?: { state: LifecycleState; from?: LocalDate; note?: string }
}
const FACTS = ['space', 'type', 'brick', 'manufacturer', 'model', 'expectedInterval'] as const
export const EDITED_FIELDS = ['tags', ...FACTS, 'role', 'state'] as const
export type EditedField = (typeof EDITED_FIELDS)[number]
export type FieldChange = { field: EditedField; before: string | null; after: string | null }

/** Why a device stays as it is: a word for people in their language, and what the check said where one did. */
export type EditRefusal = {
  reason: 'nothing' | 'classified' | 'not-after' | 'before-last' | 'not-allowed' | 'invalid' | 'changed' | 'gone'
  message: string | null
}
export type EditRow = {
  device: Id
  /** The version that was looked at; what it became stands in `became`. */
  version: number
  changes: FieldChange[]
  refusal: EditRefusal | null
  became: number | null
  /** Why it could not be taken back. */
  kept: EditRefusal | null
}
export type BulkEdit = {
  edit: DeviceEdit
  by: string
  rows: EditRow[]
  /** What went wrong as a whole. */
  failure: string | null
}
/** States: checking → checked → applying → applied → undoing → undone; failed. Audience: the organisation that does it. */
export const BULK_EDIT = paperKind<BulkEdit>('bulk-edit')
export const BULK_STATES = ['checking', 'checked', 'applying', 'applied', 'undoing', 'undone', 'failed'] as const
export type BulkState = (typeof BULK_STATES)[number]

/** Which classified field hides what is edited. */
const HIDES: { readonly [F in EditedField]?: ClassifiedField } = {
  tags: 'type',
  space: 'place',
  type: 'type',
  brick: 'type',
  manufacturer: 'model',
  model: 'model',
  expectedInterval: 'readings',
}

/** Tags that differ in case or signs only are one. */
const withTags = (before: readonly string[], { addTags = [], removeTags = [] }: DeviceEdit): string[] => {
  const gone = new Set(removeTags.map(tagFacet))
  const kept = before.filter((tag) => !gone.has(tagFacet(tag)))
  const there = new Set(kept.map(tagFacet))
  for (const tag of addTags.map((one) => one.trim()).filter((one) => one !== '')) {
    if (there.has(tagFacet(tag))) continue
    there.add(tagFacet(tag))
    kept.push(tag)
  }
  return kept
}

/** The role is this organisation's alone from that day on: what holds then ends, what would begin later is gone. */
const withRole = (device: Device, role: RoleRow['role'], organisation: Id, from: LocalDate): Device => {
  const rows = (device.roles ?? []).flatMap((row): RoleRow[] => {
    if (row.role !== role) return [row]
    if (row.from >= from) return []
    return [row.to === null || row.to > from ? { ...row, to: from } : row]
  })
  return { ...device, roles: [...rows, { role, organisation, from, to: null }] }
}
const holdersOn = (device: Device, role: string, day: LocalDate): string | null =>
  (device.roles ?? [])
    .filter((row) => row.role === role && row.from <= day && (row.to === null || row.to > day))
    .map((row) => row.organisation)
    .join(', ') || null

export type Edited = { ok: true; device: Device; changes: FieldChange[] } | { ok: false; refusal: EditRefusal }
const refuse = (reason: EditRefusal['reason'], message: string | null = null): Edited => ({
  ok: false,
  refusal: { reason, message },
})

/** What the edit makes of a device; `hidden` are the classified fields that whoever does it does not see, `today` is the day there. */
export function editDevice(
  before: Device,
  edit: DeviceEdit,
  today: LocalDate,
  hidden: readonly ClassifiedField[] = [],
): Edited {
  const changes: FieldChange[] = []
  let device: Device = before
  if (edit.addTags !== undefined || edit.removeTags !== undefined) {
    const tags = withTags(device.tags ?? [], edit)
    const [was, is] = [(before.tags ?? []).join(', '), tags.join(', ')]
    if (was !== is) {
      changes.push({ field: 'tags', before: was || null, after: is || null })
      const { tags: _tags, ...rest } = device
      device = tags.length === 0 ? rest : { ...rest, tags }
    }
  }
  for (const field of FACTS) {
    const value = edit[field]
    if (value === undefined || (value ?? null) === (before[field] ?? null)) continue
    changes.push({ field, before: before[field] ?? null, after: value })
    const { [field]: _value, ...rest } = device
    device = value === null ? (rest as Device) : { ...(rest as Device), [field]: value }
  }
  if (edit.role !== undefined) {
    const { role, organisation, from = today } = edit.role
    const was = holdersOn(before, role, from)
    const later = (before.roles ?? []).some((row) => row.role === role && row.from > from)
    if (was !== organisation || later) {
      changes.push({ field: 'role', before: was, after: `${organisation} ${from}` })
      device = withRole(device, role, organisation, from)
    }
  }
  if (edit.state !== undefined) {
    const { state, from = today, note } = edit.state
    const last = before.lifecycle?.at(-1)
    if ((last?.state ?? 'in-use') !== state) {
      const moved = moveOn(device, { state, from, ...(note === undefined ? {} : { note }) })
      if (!moved.ok) return refuse(moved.reason)
      changes.push({ field: 'state', before: last?.state ?? 'in-use', after: `${state} ${from}` })
      device = moved.device
    }
  }
  if (changes.length === 0) return refuse('nothing')
  const classified = changes.find(({ field }) => {
    const by = HIDES[field]
    return by !== undefined && hidden.includes(by)
  })
  return classified === undefined ? { ok: true, device, changes } : refuse('classified', classified.field)
}
