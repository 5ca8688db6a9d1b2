// Dates of equipment that are told before they come: of support, covers, verification, dated documents and certificates. Those of a day are told together.
import { responsibleFor, type ResponsibleFacts } from '#domain/agreement/responsible.ts'
import { keepsThing } from '#domain/device-documents/device-document.ts'
import { isKeeper } from '#domain/lifecycle/classification.ts'
import { lifecycleOn } from '#domain/lifecycle/lifecycle.ts'
import type { Device, Id, LocalDate, Names, ResponsibilityTask } from '#domain/registry/bundle.ts'

export const EQUIPMENT_DATE_KINDS = [
  'support-ends',
  'warranty-ends',
  'service-contract-ends',
  'insurance-ends',
  'verification-due',
  'document-ends',
  'certificate-ends',
] as const
export type EquipmentDateKind = (typeof EQUIPMENT_DATE_KINDS)[number]

/** Whose task it is by the agreement's matrix, else the holder's, else the landlord's; and how many days before it is told. */
const TOLD: Record<EquipmentDateKind, { task: ResponsibilityTask; days: readonly number[] }> = {
  // What takes its place must be bought by tender.
  'support-ends': { task: 'renew', days: [365, 90] },
  'warranty-ends': { task: 'repair', days: [60, 14] },
  'service-contract-ends': { task: 'maintain', days: [90, 30] },
  'insurance-ends': { task: 'insure', days: [60, 14] },
  'verification-due': { task: 'renew', days: [180, 30] },
  'document-ends': { task: 'maintain', days: [60, 14] },
  // Without a new one the device can't come in any more.
  'certificate-ends': { task: 'maintain', days: [30, 7] },
}

/** `on` is the last day, of a verification the first day on which it is over. */
export type EquipmentDate = {
  kind: EquipmentDateKind
  on: LocalDate
  premises: Id
  waitsFor: Id
  devices: { id: Id; name: Names | null }[]
  /** Spaces whose documents it is about. */
  spaces: { id: Id; name: Names | null }[]
  /** The start of `on` in the premises' zone, in milliseconds since 1970. */
  dueAt: number
  reminderDays: readonly number[]
  period: null
  subject: null
}

/** What is not a fact of the device or space itself: a dated document (`keepersOnly` where only its keepers see it), the client certificate. */
export type DatedPaper = { kind: 'document-ends' | 'certificate-ends'; on: LocalDate; keepersOnly: boolean }

/**
 * Dates of the devices and spaces of one premises that are not over on `day`; retired devices have none. `papers` by device,
 * `spacePapers` by space; one that only keepers see is not told to others.
 */
export function equipmentDates(
  devices: readonly Device[],
  facts: Omit<ResponsibleFacts, 'device' | 'space'>,
  day: LocalDate,
  papers: ReadonlyMap<Id, readonly DatedPaper[]> = new Map(),
  spacePapers: ReadonlyMap<Id, readonly DatedPaper[]> = new Map(),
): EquipmentDate[] {
  const found = new Map<string, EquipmentDate>()
  const { id: premises, timeZone } = facts.premises
  const dateOf = (kind: EquipmentDateKind, on: LocalDate, waitsFor: Id): EquipmentDate =>
    found.getOrInsertComputed(`${kind} ${on} ${waitsFor}`, () => ({
      kind,
      on,
      premises,
      waitsFor,
      devices: [],
      spaces: [],
      dueAt: Temporal.PlainDate.from(on).toZonedDateTime(timeZone).epochMilliseconds,
      reminderDays: TOLD[kind].days,
      period: null,
      subject: null,
    }))
  for (const device of devices) {
    if (lifecycleOn(device, day) === 'retired') continue
    const own = papers.get(device.id) ?? []
    const dates: [EquipmentDateKind, LocalDate | undefined, boolean?][] = [
      ['support-ends', device.firmware?.supportUntil],
      ['warranty-ends', device.warranty?.until],
      ['service-contract-ends', device.serviceContract?.until],
      ['insurance-ends', device.insurance?.until],
      ['verification-due', device.meter?.verifiedUntil],
      ...own.map(({ kind, on, keepersOnly }): [EquipmentDateKind, LocalDate, boolean] => [kind, on, keepersOnly]),
    ]
    for (const [kind, on, keepersOnly = false] of dates) {
      if (on === undefined || on < day) continue
      const { task } = TOLD[kind]
      const waitsFor = responsibleFor(task, { ...facts, device, space: device.space ?? null }, day).organisation
      if (keepersOnly && !isKeeper(device, new Set([waitsFor]), day)) continue
      const date = dateOf(kind, on, waitsFor)
      // Several documents of a device may end on one day.
      if (!date.devices.some(({ id }) => id === device.id))
        date.devices.push({ id: device.id, name: device.name ?? null })
    }
  }
  for (const { id, name = null } of facts.premises.spaces ?? [])
    for (const { kind, on, keepersOnly } of spacePapers.get(id) ?? []) {
      if (on < day) continue
      const waitsFor = responsibleFor(TOLD[kind].task, { ...facts, device: null, space: id }, day).organisation
      const keeps = keepsThing({ space: id, premises: facts.premises }, new Set([waitsFor]), day)
      if (keepersOnly && !keeps) continue
      const date = dateOf(kind, on, waitsFor)
      if (!date.spaces.some((one) => one.id === id)) date.spaces.push({ id, name })
    }
  return [...found.values()]
}
