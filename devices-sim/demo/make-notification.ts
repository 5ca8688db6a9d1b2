// The notification of the demonstration: who of the house's care is on call with a substitute, how one of them wants to be told, and a webhook
// of the town that is switched off: nothing leaves the machine.
import { createApiClient, type ApiClient } from '#sim/api-client.ts'
import { DEMO_PREMISES } from './demo-bundle.ts'
import type { Login } from './prepare.ts'

const CARE = { organisation: 'talohuolto', name: 'Jari Leskelä', roles: ['manager', 'technician'] }
const TOWN = { organisation: 'kuusamo', name: 'Aino Niskala', roles: ['admin'] }
/** On call in turn with the technician of the house's care. */
const SUBSTITUTE = 'varalla'
const DAY_MS = 86_400_000

/** Once. `logins` are those made at this start: a person's own wishes are said with the person's own session. */
export async function makeNotification(api: ApiClient, httpUrl: string, logins: readonly Login[]): Promise<void> {
  const tokens: string[] = []
  const as = async (who: typeof CARE): Promise<ApiClient> => {
    const made = await api.request<{ id: string; token: string }>('POST', '/tokens', who)
    tokens.push(made.id)
    return createApiClient(httpUrl, made.token)
  }
  try {
    const { items } = await api.request<{ items: { id: string; login: string }[] }>('GET', '/users')
    const idOf = (login: string): string | undefined => items.find((one) => one.login === login)?.id
    const [technician, substitute] = [idOf(CARE.organisation), idOf(SUBSTITUTE)]
    const care = await as(CARE)
    const { items: calendars } = await care.request<{ items: unknown[] }>('GET', '/on-call')
    if (technician !== undefined && substitute !== undefined && calendars.length === 0)
      await care.request('POST', '/on-call', calendar(technician, substitute, Date.now()))
    await makeWebhook(await as(TOWN))
    const password = logins.find(({ login }) => login === CARE.organisation)?.password
    if (password != null && substitute !== undefined) await wish(httpUrl, CARE.organisation, password, substitute)
  } finally {
    for (const id of tokens) await api.request('DELETE', `/tokens/${id}`)
  }
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** A week each in turn; three weeks from now the two change a weekend. */
const calendar = (first: string, second: string, now: number): object => ({
  name: { fi: 'Virastotalon päivystys', sv: 'Ämbetshusets jour', en: 'Office building on call' },
  enabled: true,
  premises: DEMO_PREMISES,
  timeZone: 'Europe/Helsinki',
  covers: 'all',
  from: 'major',
  wakesFrom: 'critical',
  rotation: { people: [first, second], from: day(now - 21 * DAY_MS), days: 7, handover: '08:00' },
  turns: [
    {
      from: `${day(now + 19 * DAY_MS)}T16:00`,
      to: `${day(now + 22 * DAY_MS)}T08:00`,
      person: second,
      substitute: first,
    },
  ],
  steps: [
    { afterMinutes: 0, tell: 'on-call' },
    { afterMinutes: 15, tell: 'substitute' },
    { afterMinutes: 30, tell: 'managers' },
  ],
})

async function makeWebhook(town: ApiClient): Promise<void> {
  const { items } = await town.request<{ items: unknown[] }>('GET', '/webhooks')
  if (items.length > 0) return
  await town.request('POST', '/webhooks', {
    name: 'Huoltokirjaohjelma',
    url: 'https://huoltokirja.kuusamo.example/samtila',
    enabled: false,
    families: ['alarm', 'fault', 'service'],
    from: 'warning',
    premises: null,
  })
}

/** Quiet at night, warnings gathered in the morning, and who stands in on a holiday. */
async function wish(httpUrl: string, login: string, password: string, deputy: string): Promise<void> {
  const path = (rest: string): URL => new URL(`/api/v1${rest}`, httpUrl)
  const json = { 'content-type': 'application/json' }
  const signedIn = await fetch(path('/session'), {
    method: 'POST',
    headers: json,
    body: JSON.stringify({ login, password }),
  })
  if (!signedIn.ok) throw new Error(`${login} cannot sign in: ${signedIn.status}`)
  const { csrfToken } = (await signedIn.json()) as { csrfToken: string }
  const cookie = (signedIn.headers.getSetCookie()[0] ?? '').split(';')[0] ?? ''
  const headers = { ...json, cookie, 'x-csrf-token': csrfToken }
  const now = Date.now()
  const wishes = {
    timeZone: 'Europe/Helsinki',
    ways: { critical: 'at-once', major: 'at-once', warning: 'daily', info: 'in-product' },
    dailyAt: 7,
    quiet: { from: '21:00', to: '06:30', days: null },
    subscriptions: null,
    absences: [{ from: day(now + 30 * DAY_MS), to: day(now + 37 * DAY_MS), deputy }],
  }
  const put = await fetch(path('/notifications/wishes'), { method: 'PUT', headers, body: JSON.stringify(wishes) })
  if (!put.ok) throw new Error(`the wishes of ${login} are refused: ${await put.text()}`)
  await fetch(path('/session'), { method: 'DELETE', headers })
}
