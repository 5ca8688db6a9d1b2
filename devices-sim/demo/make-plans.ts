// The storey plans of the demonstration, with its devices on them; the landlord makes them.
import { createApiClient, type ApiClient } from '#sim/api-client.ts'
import { DEMO_PREMISES } from './demo-bundle.ts'
import { drawStorey } from './draw-storeys.ts'

type Space = { id: string; storey?: string; use: string; type?: string; areaM2: string }
type Device = { id: string; space: string | null }

/** Once, after the facts are imported; storeys that have a plan keep it. */
export async function makePlans(api: ApiClient, httpUrl: string): Promise<void> {
  const { id: token, token: secret } = await api.request<{ id: string; token: string }>('POST', '/tokens', {
    name: 'Aino Niskala',
    roles: ['manager', 'technician'],
    organisation: 'kuusamo',
  })
  try {
    const landlord = createApiClient(httpUrl, secret)
    const { spaces = [] } = await landlord.request<{ spaces?: Space[] }>('GET', `/premises/${DEMO_PREMISES}`)
    const { items: made } = await landlord.request<{ items: { storey: string }[] }>(
      'GET',
      `/premises/${DEMO_PREMISES}/plans`,
    )
    const { items: devices } = await landlord.request<{ items: Device[] }>(
      'GET',
      `/devices?premises=${DEMO_PREMISES}&limit=200`,
    )
    for (const [storey, here] of Map.groupBy(spaces, (space) => space.storey ?? '')) {
      if (storey === '' || made.some((plan) => plan.storey === storey)) continue
      const rooms = here.map((space) => ({ ...space, type: space.type ?? '', areaM2: Number(space.areaM2) }))
      const { svg, outlines, placesIn } = drawStorey(rooms)
      const { plan } = await landlord.request<{ plan: { id: string } }>(
        'POST',
        `/premises/${DEMO_PREMISES}/plans?storey=${storey}&name=kerros-${storey}.svg&from=2020-01-01`,
        new Blob([svg], { type: 'image/svg+xml' }),
      )
      await landlord.request('PUT', `/plans/${plan.id}`, { outlines }, '"v1"')
      const place = [...Map.groupBy(devices, ({ space }) => space ?? '')].flatMap(([space, inside]) => {
        const places = placesIn(space, inside.length)
        return inside.flatMap(({ id }, i) => (places[i] === undefined ? [] : [{ device: id, at: places[i] }]))
      })
      await landlord.request('PUT', `/plans/${plan.id}/placements`, { place }, '"v2"')
    }
  } finally {
    await api.request('DELETE', `/tokens/${token}`)
  }
}
