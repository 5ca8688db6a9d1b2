// The faults of the demonstration: one that waits for an answer, one in work after it was handed on, one repaired; and codes for the public page.
import { createApiClient, type ApiClient } from '#sim/api-client.ts'
import { DEMO_PREMISES } from './demo-bundle.ts'
import { personOf } from './prepare.ts'

type Fault = { id: string; keeper: string; handTo: string[] }
const CARE = 'talohuolto'

/** Once, after the facts are imported. Each step is taken by whoever would take it. */
export async function makeFaults(api: ApiClient, httpUrl: string): Promise<void> {
  const tokens: string[] = []
  const clients = new Map<string, ApiClient>()
  const as = async (organisation: string): Promise<ApiClient> => {
    const known = clients.get(organisation)
    if (known !== undefined) return known
    const { id, token } = await api.request<{ id: string; token: string }>('POST', '/tokens', {
      name: personOf(organisation),
      roles: ['technician', 'manager'],
      organisation,
    })
    tokens.push(id)
    const client = createApiClient(httpUrl, token)
    clients.set(organisation, client)
    return client
  }
  const report = async (by: string, wanted: object): Promise<Fault> => {
    const { fault } = await (
      await as(by)
    ).request<{ fault: Fault }>('POST', '/faults', {
      premises: DEMO_PREMISES,
      language: by === 'vero' ? 'sv' : 'fi',
      ...wanted,
    })
    return fault
  }
  const step = async ({ id, keeper }: Fault, body: object): Promise<Fault> =>
    (await as(keeper)).request<Fault>('POST', `/faults/${id}/steps`, body)
  try {
    await report('vero', {
      device: 'door-main',
      choice: 'does-not-close',
      what: 'Dörren blir på glänt när det blåser.',
    })
    const noisy = await report('poliisi', { device: 'ahu-1', choice: 'noise', what: 'Kone ulvoo aamuisin.' })
    const accepted = await step(await toCare(noisy), { step: 'accept' })
    await step(accepted, {
      step: 'work',
      text: 'Hihna kireällä, laakeri tilattu.',
      hours: '1.5',
      parts: [{ name: 'Hihna', quantity: '1' }],
    })
    const leak = await report('poliisi', { what: 'Pesuhuoneen hana tippuu.', choice: 'leak' })
    const taken = await step(await toCare(leak), { step: 'accept' })
    const worked = await step(taken, { step: 'work', text: 'Tiiviste vaihdettu.', hours: '0.5' })
    await step(worked, { step: 'done', text: 'Hana pitää.' })
    await (await as('kuusamo')).request('POST', '/report-codes', { premises: DEMO_PREMISES, all: 'both' })
  } finally {
    for (const id of tokens) await api.request('DELETE', `/tokens/${id}`)
  }

  /** Whoever has it hands it to the company that looks after the house. */
  async function toCare(fault: Fault): Promise<Fault> {
    return fault.keeper === CARE
      ? fault
      : step(fault, { step: 'decline', text: 'Kuuluu kiinteistöhuollolle.', to: CARE })
  }
}
