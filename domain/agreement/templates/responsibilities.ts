// A responsibility matrix to start from: who does what today, by the roles of the devices that stand in the premises.
import { RESPONSIBILITY_TASKS } from '#domain/registry/bundle.ts'
import type { Device, Id, ResponsibilityRow, ResponsibilityTask } from '#domain/registry/bundle.ts'
import { holderOf, type Situation } from './premises-situation.ts'

/** One row for a type of devices, and one more for each device of it that another body answers for. */
export function responsibilitiesOf({ devices, date, premises }: Situation): ResponsibilityRow[] {
  const byType = Map.groupBy(
    devices.filter(({ type }) => type !== undefined && type !== ''),
    ({ type }) => type ?? '',
  )
  return [...byType]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([deviceType, members]) => {
      const rows = members.map((device) => ({ device, tasks: tasksOf(device, date, premises.landlord) }))
      const counted = Map.groupBy(rows, ({ tasks }) => textOf(tasks))
      const most = [...counted.values()].toSorted((a, b) => b.length - a.length)[0]!
      const others = rows.filter(({ tasks }) => textOf(tasks) !== textOf(most[0]!.tasks))
      return [
        { of: { deviceType }, tasks: most[0]!.tasks },
        ...others.map(({ device, tasks }) => ({ of: { device: device.id }, tasks })),
      ]
    })
}

const textOf = (tasks: ResponsibilityRow['tasks']): string =>
  RESPONSIBILITY_TASKS.map((task) => tasks[task] ?? '').join(' ')

/** Whoever owns buys, insures and renews; whoever maintains repairs and patches, whoever holds steers; the landlord where nobody is known. */
function tasksOf(device: Device, date: string, landlord: Id): Record<ResponsibilityTask, Id> {
  const owner = holderOf(device, 'owner', date) ?? landlord
  const maintainer = holderOf(device, 'maintainer', date) ?? owner
  const payer = holderOf(device, 'payer', date) ?? owner
  const holder = holderOf(device, 'holder', date) ?? owner
  return {
    buy: owner,
    insure: owner,
    maintain: maintainer,
    repair: maintainer,
    renew: owner,
    pay: payer,
    patch: maintainer,
    data: holderOf(device, 'dataHolder', date) ?? holder,
    steer: holder,
  }
}
