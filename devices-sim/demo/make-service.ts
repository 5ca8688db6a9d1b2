// The service of the demonstration: plans, a few tasks that were done, one that is late, and inspections of which one is overdue.
// Each step is taken by whoever would take it: the landlord plans, the contractors do.
import { createApiClient, type ApiClient } from '#sim/api-client.ts'
import { DEMO_PREMISES } from './demo-bundle.ts'

const LANDLORD = { organisation: 'kuusamo', name: 'Aino Niskala', roles: ['manager'] }
const CARE = { organisation: 'talohuolto', name: 'Jari Leskelä', roles: ['technician'] }
const LIFTS = { organisation: 'hissihuolto', name: 'Tiina Oja', roles: ['technician'] }

/** A contractor without any role in the premises: it sees its tasks and nothing else. */
export const LIFT_COMPANY = {
  id: LIFTS.organisation,
  name: { fi: 'Koillis-Hissi Oy (esimerkki)', sv: 'Koillis-Hissi Ab (exempel)', en: 'Koillis Lifts Ltd (example)' },
  kind: 'service-company',
}

type Task = { id: string; place: { device: { id: string } | null } }

/** Once, after the facts are imported. */
export async function makeService(api: ApiClient, httpUrl: string, now: number): Promise<void> {
  const tokens: string[] = []
  const as = async ({ organisation, name, roles }: typeof LANDLORD): Promise<ApiClient> => {
    const made = await api.request<{ id: string; token: string }>('POST', '/tokens', { name, roles, organisation })
    tokens.push(made.id)
    return createApiClient(httpUrl, made.token)
  }
  try {
    // A demonstration that began before there was any service does not know it yet.
    await api.request('POST', '/import', { organisations: [LIFT_COMPANY] })
    const landlord = await as(LANDLORD)
    const day = (days: number): string =>
      Temporal.Instant.fromEpochMilliseconds(now)
        .toZonedDateTimeISO('Europe/Helsinki')
        .toPlainDate()
        .add({ days })
        .toString()
    await plan(landlord, { deviceType: 'ventilation-unit' }, 'ventilation-filters', day(9), CARE.organisation)
    await plan(landlord, { deviceType: 'ev-charger' }, 'ev-charger-check', day(-60), CARE.organisation)
    await plan(landlord, { device: 'lift-1' }, 'lift-service', day(-50), LIFTS.organisation)
    await plan(landlord, { device: 'lift-1' }, 'lift-trips', day(0), LIFTS.organisation)
    await plan(landlord, { device: 'pv-1' }, 'pv-check', day(0), null)
    await finish(await as(CARE), now - 58 * DAY_MS, CHARGERS)
    await finish(await as(LIFTS), now - 49 * DAY_MS, LIFT)
    await landlord.request('POST', '/service/tasks', {
      premises: DEMO_PREMISES,
      device: 'door-main',
      title: { fi: 'Ovipumpun säätö', sv: 'Justering av dörrstängaren', en: 'Adjust the door closer' },
      dueOn: day(-3),
      contractor: CARE.organisation,
      instructions: 'Avain vahtimestarilta, arkisin 8–15.',
    })
    for (const [wanted, made] of inspections(day)) {
      const { id } = await landlord.request<{ id: string }>('POST', '/inspections', {
        premises: DEMO_PREMISES,
        ...wanted,
      })
      if (made !== null) await landlord.request('POST', `/inspections/${id}/records`, made)
    }
  } finally {
    for (const id of tokens) await api.request('DELETE', `/tokens/${id}`)
  }
}

const DAY_MS = 86_400_000
const plan = (
  landlord: ApiClient,
  of: { device: string } | { deviceType: string },
  template: string,
  startsOn: string,
  contractor: string | null,
): Promise<unknown> =>
  landlord.request('POST', '/service/plans', { premises: DEMO_PREMISES, of, template, startsOn, contractor })

type Said = { answers: { item: string; value: boolean | string }[]; hours: string; note?: string }
const ticked = (...items: string[]) => items.map((item) => ({ item, value: true }))
const CHARGERS = (device: string): Said =>
  device === 'ev-3'
    ? {
        answers: [...ticked('cable', 'rcd', 'display'), { item: 'cover', value: false }],
        hours: '0.5',
        note: 'Kotelon kansi on naarmuuntunut, ei vaikuta käyttöön.',
      }
    : { answers: ticked('cable', 'cover', 'rcd', 'display'), hours: '0.25' }
const LIFT = (): Said => ({
  answers: ticked('doors', 'levelling', 'emergency-call', 'pit'),
  hours: '1.5',
  note: 'Ovien ohjaimet puhdistettu ja voideltu.',
})

/** What the contractor has to do that was due by then, as it did it. */
async function finish(contractor: ApiClient, at: number, say: (device: string) => Said): Promise<void> {
  const until = Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO('Europe/Helsinki')
    .toPlainDate()
    .add({ days: 7 })
  const { items } = await contractor.request<{ items: Task[] }>(
    'GET',
    `/service/tasks?whose=mine&until=${until.toString()}`,
  )
  for (const { id, place } of items)
    await contractor.request('POST', `/service/tasks/${id}/completion`, {
      at: new Date(at).toISOString(),
      result: 'done',
      ...say(place.device?.id ?? ''),
    })
}

function inspections(day: (days: number) => string): [object, object | null][] {
  const inspector = 'Tarkastuslaitos (esimerkki)'
  return [
    // Overdue: nobody has ordered it.
    [{ template: 'electricity-1', firstDue: day(-20) }, null],
    [
      { template: 'lift', device: 'lift-1', firstDue: day(-600) },
      { on: day(-600), result: 'passed', inspector },
    ],
    [
      { template: 'extinguishers', firstDue: day(-335) },
      { on: day(-335), result: 'remarks', inspector, remarks: 'Yksi sammutin vaihdettu, 2. kerros.' },
    ],
    [
      {
        template: 'fire-alarm',
        firstDue: day(-700),
      },
      { on: day(-700), result: 'passed', inspector },
    ],
  ]
}
