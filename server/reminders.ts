// Reminds by e-mail those for whom something waits: one mail a person, in that person's language, each thing once for each agreed day.
import { createHash } from 'node:crypto'
import { CERTIFICATE } from '#domain/certificates/certificate.ts'
import { DEVICE_DOCUMENT } from '#domain/device-documents/device-document.ts'
import { Failure } from '#domain/failure.ts'
import type { Notifier } from '#domain/ports/notifier.ts'
import type { PaperChange } from '#domain/ports/papers.ts'
import type { Actor, Records, User } from '#domain/ports/records.ts'
import type { Agreement, Device, Id, Premises } from '#domain/registry/bundle.ts'
import { allPapers, listAll } from '#domain/registry/list-all.ts'
import { dueReminder, REMINDER, reminderKey, type DueReminder } from '#domain/reminders/due.ts'
import {
  equipmentDates,
  type DatedPaper,
  type EquipmentDate,
  type EquipmentDateKind,
} from '#domain/reminders/equipment-dates.ts'
import { writeReminder, type RemindedOf } from '#domain/reminders/write-reminder.ts'
import { localDate } from '#domain/writing/date.ts'
import { waitingOf } from '#api/settlement/waiting.ts'
import { dataRequestsWaiting } from '#api/data-requests/waiting.ts'
import { meterChangesWaiting } from '#api/meter-changes/waiting.ts'
import { serviceWaiting } from '#api/service/waiting.ts'
import { faultsWaiting } from '#api/faults/waiting.ts'
import { transfersWaiting } from '#api/transfers/waiting.ts'
import type { Log } from './log.ts'

const ALL = { organisation: null }
const REMINDER_ACTOR: Actor = { kind: 'system', id: 'reminders', name: 'Samtila', organisation: null }

type Parts = { records: Records; notifier: Notifier; publicUrl: string; now: () => number; log: Log }
type ToRemind = { user: User; due: { reminder: DueReminder; premises: Premises }[] }

/** One run. Gives how many mails the server took. Without a mail server nothing is looked at. */
export async function sendReminders(parts: Parts): Promise<number> {
  const { notifier, log } = parts
  if (notifier.state().from === null) return 0
  let sent = 0
  for (const person of await personsToRemind(parts)) {
    try {
      if (await remind(parts, person)) sent += 1
    } catch (error) {
      // Another process was quicker, or the mail server is away: the next run looks again.
      const message = error instanceof Error ? error.message : String(error)
      log.warn('a reminder was not sent', { user: person.user.id, error: message })
    }
  }
  return sent
}

async function personsToRemind({ records, now }: Parts): Promise<ToRemind[]> {
  const persons = new Map<string, ToRemind>()
  const usersOf = new Map<string, User[]>()
  const certificates = await certificateEnds(records)
  for await (const premises of listAll(records, 'premises')) {
    const things = [
      ...(await waitingOf({ records, now }, premises, null)),
      ...(await transfersWaiting(records, ALL, premises.id)),
      ...(await faultsWaiting({ records, now }, ALL, premises.id)),
      ...(await serviceWaiting({ records, now }, ALL, premises.id)),
      ...(await meterChangesWaiting(records, ALL, premises.id)),
      ...(await dataRequestsWaiting(records, ALL, premises.id)),
      ...(await equipmentDatesOf(records, premises, certificates, now())),
    ]
    for (const waiting of things) {
      const due = dueReminder(waiting, now())
      const reminder = due === null ? null : await asSeen(records, due)
      if (reminder === null) continue
      const organisation = waiting.waitsFor
      const users = usersOf.get(organisation) ?? (await records.listUsers({ organisation }))
      usersOf.set(organisation, users)
      for (const user of users.filter((one) => mayAct(one, organisation, reminder))) {
        const known = persons.get(user.id) ?? { user, due: [] }
        known.due.push({ reminder, premises })
        persons.set(user.id, known)
      }
    }
  }
  return [...persons.values()]
}

/** What of a device a date tells; a document has a level of its own, and that a device has a certificate is no secret. */
const FIELD_OF: Record<EquipmentDateKind, 'security' | 'readings' | 'money' | null> = {
  'support-ends': 'security',
  'warranty-ends': 'money',
  'service-contract-ends': 'money',
  'insurance-ends': 'money',
  'verification-due': 'readings',
  'document-ends': null,
  'certificate-ends': null,
}

/** A date of equipment with the devices that whoever is told sees; null where there is nothing left. */
async function asSeen(records: Records, reminder: DueReminder): Promise<DueReminder | null> {
  const { waiting } = reminder
  if (!('devices' in waiting)) return reminder
  const field = FIELD_OF[waiting.kind]
  const devices: EquipmentDate['devices'] = []
  for (const { id } of waiting.devices) {
    const stored = await records.getObject({ organisation: waiting.waitsFor }, 'devices', id)
    if (stored !== null && (field === null || stored.hidden?.includes(field) !== true))
      devices.push({ id, name: stored.value.name ?? null })
  }
  return devices.length + waiting.spaces.length === 0 ? null : { ...reminder, waiting: { ...waiting, devices } }
}

/** When the last client certificate of each device ends, in milliseconds since 1970. One that was renewed is not told. */
async function certificateEnds(records: Records): Promise<Map<Id, number>> {
  const ends = new Map<Id, number>()
  for await (const { state, body } of allPapers(records, ALL, CERTIFICATE, {}))
    if (state === 'issued') ends.set(body.device, Math.max(body.validTo, ends.get(body.device) ?? 0))
  return ends
}

/** Dated documents of the premises' devices and spaces, and client certificates of the devices. */
async function datedPapers(
  records: Records,
  { id: premises, timeZone }: Premises,
  devices: readonly Device[],
  certificates: ReadonlyMap<Id, number>,
): Promise<{ ofDevices: Map<Id, DatedPaper[]>; ofSpaces: Map<Id, DatedPaper[]> }> {
  const [ofDevices, ofSpaces] = [new Map<Id, DatedPaper[]>(), new Map<Id, DatedPaper[]>()]
  const add = (to: Map<Id, DatedPaper[]>, id: Id, paper: DatedPaper): void =>
    void to.getOrInsertComputed(id, () => []).push(paper)
  for await (const { body } of allPapers(records, ALL, DEVICE_DOCUMENT, { premises, states: ['kept'] })) {
    const { of, validUntil: on, classification } = body
    if (on === undefined) continue
    const paper: DatedPaper = { kind: 'document-ends', on, keepersOnly: classification === 'owner' }
    if ('device' in of) add(ofDevices, of.device, paper)
    else add(ofSpaces, of.space, paper)
  }
  for (const { id } of devices) {
    const end = certificates.get(id)
    if (end !== undefined)
      add(ofDevices, id, { kind: 'certificate-ends', on: localDate(end, timeZone), keepersOnly: false })
  }
  return { ofDevices, ofSpaces }
}

async function equipmentDatesOf(
  records: Records,
  premises: Premises,
  certificates: ReadonlyMap<Id, number>,
  now: number,
): Promise<EquipmentDate[]> {
  const own = { premises: premises.id }
  const [devices, agreements]: [Device[], Agreement[]] = [[], []]
  for await (const device of listAll(records, 'devices', own)) devices.push(device)
  for await (const agreement of listAll(records, 'agreements', own)) agreements.push(agreement)
  const { ofDevices, ofSpaces } = await datedPapers(records, premises, devices, certificates)
  const facts = { premises, agreements }
  return equipmentDates(devices, facts, localDate(now, premises.timeZone), ofDevices, ofSpaces)
}

/** Somebody with an address who may take the step for the organisation. */
function mayAct({ disabled, email, memberships }: User, organisation: string, { waiting }: DueReminder): boolean {
  if (disabled || email === undefined || email === null) return false
  const roles = memberships.find((one) => one.organisation === organisation)?.roles ?? []
  // Equipment is kept by those who keep it, not by those who sign.
  if ('devices' in waiting) return roles.includes('manager') || roles.includes('technician')
  // Work at the place is for those who do it or have it done.
  if (waiting.kind === 'service-task-due' || waiting.kind === 'inspection-due')
    return roles.includes('manager') || roles.includes('technician')
  if (roles.includes('signatory')) return true
  if (waiting.kind === 'proposal-to-approve' || waiting.kind === 'transfer-to-answer') return false
  if (waiting.kind === 'fault-to-answer' || waiting.kind === 'meter-change-to-witness')
    return roles.includes('manager') || roles.includes('technician')
  if (waiting.kind === 'data-request-to-answer') return roles.includes('manager')
  return roles.includes('controller') || (waiting.kind === 'loan-to-return' && roles.includes('manager'))
}

/** Recorded as on its way first, so that not even a crash sends it twice; true when the mail server took it. */
async function remind({ records, notifier, publicUrl, now, log }: Parts, { user, due }: ToRemind): Promise<boolean> {
  const fresh: { change: (state: string) => PaperChange; thing: RemindedOf }[] = []
  for (const { reminder, premises } of due) {
    const key = reminderKey(user.id, reminder)
    const id = `reminder-${createHash('sha256').update(key).digest('hex').slice(0, 40)}`
    const known = await records.getPaper(ALL, REMINDER, id)
    if (known !== null && known.state !== 'failed') continue
    const organisation = await records.getObject(ALL, 'organisations', reminder.waiting.waitsFor)
    const body = { user: user.id, key, daysBefore: reminder.daysBefore }
    let version = known?.version ?? 0
    fresh.push({
      change: (state) => ({
        kind: REMINDER,
        paper: { id, premises: premises.id, audience: 'operator', state, dueAt: null, body },
        expectedVersion: version++,
      }),
      thing: {
        ...reminder.waiting,
        premisesName: premises.name,
        timeZone: premises.timeZone,
        organisationName: organisation?.value.name ?? {},
      },
    })
  }
  if (fresh.length === 0) return false
  const record = async (state: string): Promise<void> =>
    void (await records.changePapers(
      { papers: fresh.map(({ change }) => change(state)) },
      REMINDER_ACTOR,
      `reminder.${state}`,
    ))
  try {
    await record('sending')
  } catch (error) {
    if (error instanceof Failure && error.code === 'changed-meanwhile') return false
    throw error
  }
  const mail = writeReminder(
    user,
    fresh.map(({ thing }) => thing),
    { publicUrl, now: now() },
  )
  const keys = fresh.map(({ thing }) => JSON.stringify(thing)).join('\n')
  const id = createHash('sha256').update(`${user.id}\n${now()}\n${keys}`).digest('hex').slice(0, 40)
  try {
    await notifier.send({ id, to: user.email ?? '', language: user.language, ...mail })
  } catch (error) {
    await record('failed')
    throw error
  }
  await record('sent')
  log.info('reminder sent', { user: user.id, things: fresh.length })
  return true
}
