// A house for one run of the roles' tasks: what each task changes is its own, so that the same task can be done several times.
import type { Bundle } from '#domain/registry/bundle.ts'
import { done, type People } from './start-dashboard.ts'
import { call, type Program } from '#tests/process/program.ts'

/** The people of the roles; each has this one role. */
export const ROLE_PEOPLE: People = {
  hanna: [{ organisation: 'kuusamo', roles: ['manager'] }],
  kari: [{ organisation: 'poliisi', roles: ['controller'] }],
  paula: [{ organisation: 'poliisi', roles: ['viewer'] }],
  teppo: [{ organisation: 'kuusamo', roles: ['technician'] }],
  niina: [{ organisation: 'kuusamo', roles: ['manager', 'controller'] }],
  yllapito: [{ organisation: null, roles: ['admin'] }],
}
export const ACCEPTED_MONTH = '2026-03'
export const DISPUTED_MONTH = '2026-04'

export type House = { id: string; name: string; task: string; fault: string; device: string }
/** The names are the same in every language: what is looked for is what people wrote. */
export const houseOf = (run: string): House => ({
  id: `talo-${run}`,
  name: `Talo ${run}`,
  task: `Suodattimet ${run}`,
  fault: `Ovi ${run}`,
  device: `Anturi ${run}`,
})

const bundleOf = ({ id, name, device }: House): Bundle => {
  const from = '2026-01-01'
  return {
    premises: [{ id, name: { fi: name, sv: name, en: name }, timeZone: 'Europe/Helsinki', landlord: 'kuusamo' }],
    devices: [
      {
        id: `anturi-${id}`,
        name: { fi: device, sv: device, en: device },
        premises: id,
        type: 'room-sensor',
        ownership: [{ from, to: null, shares: { kuusamo: '1' } }],
        roles: [{ role: 'maintainer', organisation: 'kuusamo', from, to: null }],
        points: [{ key: 'temperature', unit: 'Cel', kind: 'gauge' }],
      },
    ],
    agreements: [
      {
        id: `sopimus-${id}`,
        premises: id,
        parties: ['kuusamo', 'poliisi'],
        versions: [
          {
            version: 1,
            from,
            to: null,
            rules: [{ category: '*', method: { by: 'equal' } }],
            approvals: ['kuusamo', 'poliisi'].map((organisation) => ({ organisation, decision: '§ 7' })),
          },
        ],
      },
    ],
    invoices: [ACCEPTED_MONTH, DISPUTED_MONTH].map((month, i) => ({
      id: `siivous-${id}-${month}`,
      premises: id,
      payer: 'kuusamo',
      supplier: 'Siivouspalvelu Oy',
      number: `${id}-${month}`,
      category: 'cleaning',
      net: `${1200 + i}.00`,
      vat: { category: 'S' as const, rate: '25.5' },
      serviceFrom: `${month}-01`,
      serviceTo: i === 0 ? '2026-04-01' : '2026-05-01',
    })),
  }
}

/** The house with two issued months, a service task and a fault, each made by the body that may. */
export const makeHouse = async (program: Program, house: House): Promise<void> => {
  await done(program, '/import', bundleOf(house))
  const { body } = await call(program, 'POST', '/tokens', {
    name: 'Testi',
    organisation: 'kuusamo',
    roles: ['controller', 'manager', 'technician'],
    scopes: ['read', 'write'],
  })
  const kuusamo = { ...program, token: (body as { token: string }).token }
  for (const month of [ACCEPTED_MONTH, DISPUTED_MONTH])
    await done(kuusamo, `/premises/${house.id}/settlements/${month}/issue`, {})
  await done(kuusamo, '/service/tasks', {
    premises: house.id,
    device: null,
    title: { fi: house.task, sv: house.task, en: house.task },
    dueOn: '2027-12-31',
  })
  await done(kuusamo, '/faults', { premises: house.id, language: 'fi', what: house.fault, files: [] })
}
