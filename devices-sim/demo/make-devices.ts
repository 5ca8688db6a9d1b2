// The virastotalo’s devices: one line for each (…-lines.ts), and one template for each type.
import type { Acquisition, Device, RoleRow } from '#domain/registry/bundle.ts'
import type { Bought, Line } from './device-line.ts'
import { TEMPLATES } from './device-templates.ts'
import { METERS } from './meter-lines.ts'
import { OUTSIDE, PLANT, SENSORS } from './plant-lines.ts'
import { SERVICE } from './service-lines.ts'

/** All devices with dates relative to the start; `holders` gives who holds a space. */
export function makeDevices(holders: ReadonlyMap<string, string>): Device[] {
  return [...METERS, ...PLANT, ...SERVICE, ...SENSORS, ...OUTSIDE].map((each, index) => {
    const template = TEMPLATES[each.type]
    if (template === undefined) throw new RangeError(`no template for ${each.type}`)
    const owners = each.owners ?? { kuusamo: '1' }
    const firstOwner = Object.keys(owners)[0] ?? 'kuusamo'
    const holder = (each.space === null ? undefined : holders.get(each.space)) ?? firstOwner
    return {
      id: each.id,
      name: each.name,
      premises: 'virastotalo',
      space: each.space,
      type: each.type,
      brick: each.brick ?? template.brick,
      manufacturer: template.manufacturer,
      model: template.model,
      serial: `KVT-${String(index + 1).padStart(3, '0')}`,
      ownership: [{ from: '@-40', to: null, shares: owners }],
      roles: roles(each, holder, firstOwner),
      ...(each.bought === undefined ? {} : { acquisition: acquisition(each.bought, each.payer ?? firstOwner) }),
      points: each.points ?? template.points,
      expectedInterval: each.interval ?? template.expectedInterval,
      simulated: true,
    }
  })
}

function roles(each: Line, holder: string, owner: string): RoleRow[] {
  const row = (role: RoleRow['role'], organisation: string): RoleRow => ({ role, organisation, from: '@0', to: null })
  const shared = !['electricity-meter', 'heat-meter', 'water-meter', 'ventilation-unit'].includes(each.type)
  const users = each.users ?? (shared && holder === owner ? ['kuusamo', 'poliisi', 'vero', 'kela'] : [holder])
  return [
    row('holder', holder),
    row('maintainer', each.maintainer ?? 'talohuolto'),
    row('acquirer', each.payer ?? owner),
    row('payer', holder),
    row('dataHolder', owner),
    ...users.map((user) => row('user', user)),
  ]
}

function acquisition(bought: Bought, payer: string): Acquisition {
  return {
    cost: bought.cost,
    ...(bought.residual === undefined ? {} : { residual: bought.residual }),
    date: bought.date,
    usefulLifeMonths: bought.months,
    payer,
    ...(bought.category === undefined ? {} : { category: bought.category }),
    vat: { category: 'O', rate: '0', basis: 'Kustannusten jako ilman myyntiä / kostnadsfördelning utan försäljning' },
  }
}
