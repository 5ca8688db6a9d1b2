// Statutory inspections: registered with their law and interval, recorded with their certificate, ended with the equipment.
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL } from '#domain/registry/list-all.ts'
import { serviceAudience } from '#domain/service/audience.ts'
import { INSPECTION, inspectionDue, type Inspection, type InspectionState } from '#domain/service/inspection.ts'
import { findInspectionTemplate } from '#domain/service/inspection-library.ts'
import type { InspectionMade, InspectionWanted } from '#contract/inspections.ts'
import { Failure } from '#domain/failure.ts'
import { actorOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import type { RouteParts } from '#api/parts.ts'
import { dateOf, notFound } from '#api/routes/answers.ts'
import {
  bodyNow,
  decides,
  endOf,
  mustDecide,
  mustExist,
  placeOf,
  responsibleAt,
  seenDevice,
  seenPremises,
  wrong,
  type ServicePlace,
} from './service-facts.ts'

export type StoredInspection = StoredPaper<Inspection>

export function createInspections({ records, now }: Pick<RouteParts, 'records' | 'now'>) {
  const stored = async (identity: Identity, id: Id): Promise<StoredInspection> => {
    const found = await records.getPaper({ organisation: identity.organisation }, INSPECTION, id)
    if (found === null) throw notFound()
    return found
  }
  const deviceOf = async (id: Id | null) =>
    id === null ? null : ((await records.getObject(ALL, 'devices', id))?.value ?? null)
  const write = async (
    identity: Identity,
    place: ServicePlace,
    { id, version, state, body, files }: Pick<StoredInspection, 'id' | 'version' | 'state' | 'body' | 'files'>,
    action: string,
  ): Promise<void> => {
    const device = await deviceOf(body.device)
    const doers = [responsibleAt(place, device, body.space).organisation, body.contractor]
    const dueAt = state === 'current' ? endOf(place.premises, inspectionDue(body)) : null
    const paper = {
      id,
      premises: place.premises.id,
      audience: serviceAudience(device, doers, place.today),
      state,
      dueAt,
      body,
    }
    const papers = [{ kind: INSPECTION, paper, expectedVersion: version, files }]
    await records.changePapers({ papers }, actorOf(identity), action)
  }

  return {
    stored,

    /** Registers one (`id` null), or changes what is asked for; what was recorded stays. Gives its id. */
    async put(identity: Identity, wanted: InspectionWanted, id: Id | null, version: number): Promise<Id> {
      await seenPremises(records, identity, wanted.premises)
      const known = id === null ? null : await stored(identity, id)
      if (known !== null && (known.premises !== wanted.premises || known.body.device !== (wanted.device ?? null)))
        throw wrong('/device', 'conflict', 'What is inspected stays: register a new inspection.')
      const place = await placeOf(records, wanted.premises, now())
      const device = wanted.device == null ? null : await seenDevice(records, identity, wanted.device, wanted.premises)
      const space = device?.space ?? wanted.space ?? null
      mustDecide(identity, place, responsibleAt(place, device, space).organisation)
      const template = wanted.template == null ? null : findInspectionTemplate(wanted.template)
      if (wanted.template != null && template === null)
        throw wrong('/template', 'unknown-id', 'There is no such template.')
      const title = wanted.title ?? template?.title
      const law = wanted.law ?? template?.law
      const intervalMonths = wanted.intervalMonths ?? template?.intervalMonths
      if (title === undefined) throw wrong('/title', 'missing', 'Give a title, or a template.')
      if (law === undefined) throw wrong('/law', 'missing', 'Name the law or contract that asks for it.')
      if (intervalMonths === undefined) throw wrong('/intervalMonths', 'missing', 'Give the interval in months.')
      await mustExist(records, wanted.contractor, '/contractor')
      const firstDue =
        wanted.firstDue === undefined ? (known?.body.firstDue ?? place.today) : dateOf(wanted.firstDue, 'firstDue')
      const body: Inspection = {
        template: template?.id ?? null,
        device: device?.id ?? null,
        space,
        title,
        law,
        intervalMonths,
        firstDue,
        contractor: wanted.contractor ?? null,
        records: known?.body.records ?? [],
      }
      const made = id ?? createId('inspection')
      const state: InspectionState = wanted.state ?? 'current'
      await write(
        identity,
        place,
        { id: made, version, state, body, files: known?.files ?? [] },
        known === null ? 'inspection.register' : 'inspection.change',
      )
      return made
    },

    /** Adds one that was made; the next is due by it. */
    async record(identity: Identity, id: Id, made: InspectionMade): Promise<void> {
      const known = await stored(identity, id)
      const place = await placeOf(records, known.premises ?? '', now())
      if (!mayRecord(identity, known, place, await deviceOf(known.body.device)))
        throw new Failure(
          'not-allowed',
          'An inspection is recorded by a manager of who maintains it, of the landlord, or by its contractor.',
        )
      if (known.state !== 'current') throw new Failure('conflict', 'This inspection has ended.')
      if (dateOf(made.on, 'on') > place.today) throw wrong('/on', 'out-of-range', 'It lies in the future.')
      if (made.nextDue != null && dateOf(made.nextDue, 'nextDue') <= made.on)
        throw wrong('/nextDue', 'out-of-range', 'The next one is after this one.')
      const certificate = made.certificate ?? null
      const body: Inspection = {
        ...known.body,
        records: [
          ...known.body.records,
          {
            on: made.on,
            result: made.result,
            inspector: made.inspector,
            remarks: made.remarks ?? '',
            certificate,
            nextDue: made.nextDue ?? null,
            recordedAt: now(),
            recordedBy: identity.name,
          },
        ],
      }
      const files = certificate === null ? known.files : [...new Set([...known.files, certificate.digest])]
      await write(identity, place, { ...known, body, files }, 'inspection.record')
    },
  }
}

/** Who decides on it, or the contractor that inspects. */
function mayRecord(
  identity: Identity,
  { body }: StoredInspection,
  place: ServicePlace,
  device: Parameters<typeof responsibleAt>[1],
): boolean {
  const own = identity.organisation
  return (
    decides(identity, place, responsibleAt(place, device, body.space).organisation) ||
    (own !== null && own === bodyNow(place, body.contractor))
  )
}
