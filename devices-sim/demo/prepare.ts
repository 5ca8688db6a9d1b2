// Brings the demonstration into a running Samtila through its API: facts, logins, credentials; at later starts only what is new.
import type { Bundle } from '#domain/registry/bundle.ts'
import { ApiError, type ApiClient } from '#sim/api-client.ts'
import type { DeviceCredential } from '#sim/live/start-simulator.ts'
import { DEMO_PREMISES, demoBundle, demoFacts, demoStart } from './demo-bundle.ts'
import { LIFT_COMPANY } from './make-service.ts'
import type { DemoState } from './state.ts'

export type Login = { login: string; password: string | null; text: string }
/** `bundle` has at least the facts that a fleet needs. */
export type Prepared = { state: DemoState; bundle: Bundle; logins: Login[] }

/** One person of each party, in the language that it uses, two of the property care, and one of a contractor. */
const USERS = [
  {
    login: 'kuusamo',
    name: 'Aino Niskala',
    language: 'fi',
    organisation: 'kuusamo',
    roles: ['manager', 'controller', 'signatory', 'technician'],
    text: 'Town of Kuusamo: landlord',
  },
  {
    login: 'poliisi',
    name: 'Heikki Määttä',
    language: 'fi',
    organisation: 'poliisi',
    roles: ['controller', 'signatory'],
    text: 'Police licence services: tenant',
  },
  {
    login: 'vero',
    name: 'Maria Lindqvist',
    language: 'sv',
    organisation: 'vero',
    roles: ['controller', 'signatory'],
    text: 'Tax Administration: tenant, in Swedish',
  },
  {
    login: 'kela',
    name: 'Sami Karjalainen',
    language: 'en',
    organisation: 'kela',
    roles: ['manager', 'controller', 'signatory'],
    text: 'Kela: tenant, in English',
  },
  {
    login: 'talohuolto',
    name: 'Jari Leskelä',
    language: 'fi',
    organisation: 'talohuolto',
    roles: ['technician'],
    text: 'Property care: maintains the devices',
  },
  {
    login: 'varalla',
    name: 'Riikka Halonen',
    language: 'fi',
    organisation: 'talohuolto',
    roles: ['technician'],
    text: 'Property care: on call in turn with the other',
  },
  {
    login: 'hissihuolto',
    name: 'Tiina Oja',
    language: 'fi',
    organisation: 'hissihuolto',
    roles: ['technician'],
    text: 'Lift company: a contractor that sees its tasks and nothing else',
  },
] as const

/** The name of the first of an organisation's people. */
export const personOf = (organisation: string): string =>
  USERS.find((one) => one.organisation === organisation)?.name ?? organisation

/**
 * First start (no state, or the premises are gone from the store): imports everything and makes logins and credentials.
 * Later starts: only looks, so that they are quick; what has come since is imported afterwards. Both can be repeated without harm.
 */
export async function prepareDemo(api: ApiClient, saved: DemoState | null, now: Date): Promise<Prepared> {
  const known = saved !== null && (await exists(api, `/premises/${DEMO_PREMISES}`))
  if (saved !== null && known) {
    return { state: saved, bundle: demoFacts(saved.start), logins: [] }
  }
  const start = saved?.start ?? demoStart(now)
  const bundle = demoBundle(now, start)
  await api.request('POST', '/import', bundle)
  await api.request('POST', '/import', { organisations: [LIFT_COMPANY] })
  const credentials = await api.request<DeviceCredential[]>('POST', '/credentials', {
    devices: (bundle.devices ?? []).map((device) => device.id),
  })
  return { state: { start, filledUntil: start, credentials }, bundle, logins: await makeLogins(api) }
}

/** Somebody took the demonstration out: it is not brought back. */
export const isRemoved = async (api: ApiClient): Promise<boolean> =>
  (await api.request<{ removedAt: string | null }>('GET', '/demonstration/removed')).removedAt !== null

async function exists(api: ApiClient, path: string): Promise<boolean> {
  try {
    await api.request('GET', path)
    return true
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return false
    throw error
  }
}

async function makeLogins(api: ApiClient): Promise<Login[]> {
  const logins: Login[] = []
  for (const { login, name, language, organisation, roles, text } of USERS) {
    try {
      const made = await api.request<{ login: string; password: string | null }>('POST', '/users', {
        login,
        name,
        language,
        // Nothing is sent: the demonstration has no mail server, and the addresses lead nowhere.
        email: `${login}@${organisation}.example`,
        memberships: [{ organisation, roles: [...roles] }],
        mustChangePassword: false,
      })
      logins.push({ login: made.login, password: made.password, text })
    } catch (error) {
      // Someone has made that login already: it keeps its password.
      if (!(error instanceof ApiError) || error.status !== 409) throw error
    }
  }
  return logins
}
