// Whether an organisation may steer a device, or renew its firmware, today; and in words why not.
import { maySteer, type SteerAnswer, type SteerGround } from '#domain/twin/may-steer.ts'
import { Failure } from '#domain/failure.ts'
import type { Agreement, Device, Id, Premises } from '#domain/registry/bundle.ts'
import { ALL, listAll } from '#domain/registry/list-all.ts'
import { pickName } from '#domain/writing/names.ts'
import type { RouteParts } from '#api/parts.ts'
import { localDate } from '#api/views/premises-summary.ts'

type Parts = Pick<RouteParts, 'records' | 'now'>
export type Task = 'steer' | 'patch'
/** Asks for one device after the other of the same premises; the premises' agreements are read once. */
export type Steering = (organisation: Id | null, device: Device) => SteerAnswer

export async function steeringOf(task: Task, premises: Id, { records, now }: Parts): Promise<Steering> {
  const stored = await records.getObject(ALL, 'premises', premises)
  const agreements: Agreement[] = []
  for await (const agreement of listAll(records, 'agreements', { premises })) agreements.push(agreement)
  return (organisation, device) => {
    // A device whose premises is gone is steered by nobody but the operator.
    const place: Premises = stored?.value ?? { id: premises, name: {}, timeZone: 'UTC', landlord: '' }
    return maySteer(task, organisation, { premises: place, agreements, device }, localDate(now(), place.timeZone))
  }
}

const VERB: Record<Task, string> = { steer: 'steered', patch: 'given new firmware' }

/** Why it is refused, with the names of those who may. */
export async function whyNot(
  task: Task,
  { reason, organisations }: SteerAnswer & { allowed: false },
  { records }: Parts,
): Promise<string> {
  const names: string[] = []
  for (const id of organisations) {
    const stored = await records.getObject(ALL, 'organisations', id)
    names.push(pickName(stored?.value.name, 'en', id).text)
  }
  const who = names.join(', ')
  switch (reason) {
    case 'matrix':
      return `By the agreement in force this device is ${VERB[task]} by ${who}.`
    case 'access':
      return `This device lets people in: it is ${VERB[task]} only by ${who}.`
    case 'not-theirs':
      return `No agreement lets you do this: the device is ${VERB[task]} by ${who}. The responsibility matrix of the agreement can give it to you.`
  }
}

/** @throws Failure 'not-allowed' that says who may. */
export async function mustSteer(
  task: Task,
  organisation: Id | null,
  device: Device,
  parts: Parts,
): Promise<SteerGround> {
  const answer = (await steeringOf(task, device.premises, parts))(organisation, device)
  if (answer.allowed) return answer.ground
  const message = await whyNot(task, answer, parts)
  throw new Failure('not-allowed', message, {
    problems: [{ pointer: '', code: `not-allowed-${answer.reason}`, message }],
  })
}
