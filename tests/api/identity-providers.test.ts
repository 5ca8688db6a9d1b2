// Sign-in by OpenID Connect, against a real provider on a loopback port: groups become roles, and nobody gets in without one.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider } from 'oidc-provider'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { IdentityProviderShown } from '#contract/identity-providers.ts'
import type { Session } from '#contract/session.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
let issuer: string
let server: Server
let answerOfPut: Answer
/** Who signs in at the provider next, and the groups it tells of them. */
let person: { sub: string; groups: unknown } = { sub: 'aino', groups: [] }

const wanted = () => ({
  name: { fi: 'Kunnan kirjautuminen' },
  organisation: 'kunta',
  issuer,
  clientId: 'samtila',
  clientSecret: 'provider-secret-1',
  groupsClaim: 'groups',
  roleMapping: [
    { group: 'talous', roles: ['controller', 'viewer'] },
    { group: 'kiinteistö', roles: ['manager'] },
  ],
  enabled: true,
})
beforeAll(async () => {
  api = await startApi()
  await api.fill(twoHouses)
  operator = await api.token(null, ['admin'])
  server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: 'samtila',
        client_secret: 'provider-secret-1',
        redirect_uris: ['http://127.0.0.1:8080/api/v1/oidc/kunta-id/callback'],
      },
    ],
    claims: { openid: ['sub', 'groups'], profile: ['name', 'preferred_username'] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    findAccount: (_context, id) => ({
      accountId: id,
      claims: () => ({ sub: id, name: `Nimi ${id}`, preferred_username: id, groups: person.groups as string }),
    }),
    interactions: { url: () => '/login' },
    features: { devInteractions: { enabled: false } },
  })
  const callback = provider.callback()
  server.on('request', (request, response) => {
    if (!(request.url ?? '').startsWith('/login')) return void callback(request, response)
    // The provider's own page: whoever `person` is has signed in and agreed.
    const finish = async () => {
      const details = await provider.interactionDetails(request, response)
      const grant = new provider.Grant({ accountId: person.sub, clientId: 'samtila' })
      grant.addOIDCScope('openid profile email')
      grant.addOIDCClaims(['groups', 'name', 'preferred_username'])
      const grantId = await grant.save()
      void details
      await provider.interactionFinished(request, response, { login: { accountId: person.sub }, consent: { grantId } })
    }
    void finish()
  })
  const put = await api.request(operator, 'PUT', '/identity-providers/kunta-id', wanted())
  answerOfPut = put
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await api.close()
})

/** A browser that goes where it is sent, with its cookies, until it is back at the platform. */
async function roundTrip(cookie = '', start = '/oidc/kunta-id/start?next=%2Fcosts') {
  const begun = await api.request(null, 'GET', start, undefined, cookie === '' ? {} : { cookie })
  const trip = String(begun.headers['set-cookie']).split(';')[0] ?? ''
  const jar = new Map<string, string>()
  let at = String(begun.headers['location'])
  for (let i = 0; i < 10 && at.startsWith(issuer); i++) {
    const answer = await fetch(at, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';')
      jar.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
    }
    at = new URL(answer.headers.get('location') ?? '/', at).href
  }
  return { trip, callback: new URL(at) }
}
const comeBack = (callback: URL, trip: string) =>
  api.request(null, 'GET', callback.pathname + callback.search, undefined, { cookie: trip })
const sessionOf = (answer: { headers: Record<string, unknown> }): string => {
  const cookies = [answer.headers['set-cookie']].flat().map(String)
  return cookies.find((one) => one.startsWith('samtila_session='))?.split(';')[0] ?? ''
}
const show = async (cookie: string) =>
  (await api.request(null, 'GET', '/session', undefined, { cookie })).json<Session>()

describe('sign-in by an identity provider', () => {
  test('its secret is never shown, and where to send people back is', () => {
    expect(answerOfPut.status).toBe(200)
    expect(answerOfPut.json<IdentityProviderShown>().redirectUri).toBe(
      'http://127.0.0.1:8080/api/v1/oidc/kunta-id/callback',
    )
    expect(answerOfPut.text).not.toContain('provider-secret-1')
  })

  test('where it will send people back is told before it is added', async () => {
    const list = (await api.request(operator, 'GET', '/identity-providers')).json<{ redirectUri: string }>()
    expect(list.redirectUri).toBe('http://127.0.0.1:8080/api/v1/oidc/{id}/callback')
  })

  test('a person with a group gets its roles in that organisation; the next time as their groups are then', async () => {
    person = { sub: 'aino', groups: ['talous', 'muu'] }
    const { callback, trip } = await roundTrip()
    const back = await comeBack(callback, trip)
    expect([back.status, back.text.includes('url=/costs')]).toEqual([200, true])
    const session = await show(sessionOf(back))
    expect(session).toMatchObject({
      organisation: 'kunta',
      roles: ['controller', 'viewer'],
      user: { name: 'Nimi aino', hasPassword: false },
    })
    expect(session.memberships).toHaveLength(1)
    person = { sub: 'aino', groups: ['kiinteistö'] }
    const again = await roundTrip()
    const second = await show(sessionOf(await comeBack(again.callback, again.trip)))
    expect([second.user.id, second.roles]).toEqual([session.user.id, ['manager']])
    // What groups no longer give has ended for the sessions from before too.
    expect((await show(sessionOf(back))).roles).toEqual(['manager'])
  })

  test('without a group that counts there is no session, and the roles from before are gone', async () => {
    for (const groups of [['tuntematon'], [], 'x', null, { talous: true }]) {
      person = { sub: 'aino', groups }
      const { callback, trip } = await roundTrip()
      const back = await comeBack(callback, trip)
      expect([back.status, back.headers['location']]).toEqual([302, '/sign-in?problem=not-allowed&next=%2Fcosts'])
      expect(sessionOf(back)).toBe('')
    }
    const user = await api.records.findExternalUser('kunta-id', 'aino')
    expect(user?.memberships).toEqual([])
  })

  test('a return is good in its own browser, once, and unchanged', async () => {
    person = { sub: 'eero', groups: ['talous'] }
    const { callback, trip } = await roundTrip()
    const forged = new URL(callback)
    forged.searchParams.set('state', 'x')
    const refused = '/sign-in?problem=provider-refused'
    for (const [url, cookie, page] of [
      [callback, '', refused],
      [callback, 'samtila_oidc=v1.AAAA', refused],
      [forged, trip, `${refused}&next=%2Fcosts`],
    ] as const)
      expect((await comeBack(url, cookie)).headers['location']).toBe(page)
    expect((await comeBack(callback, trip)).status).toBe(200)
    expect((await comeBack(callback, trip)).headers['location']).toBe(`${refused}&next=%2Fcosts`)
    const late = await roundTrip()
    api.clock.now += 11 * 60_000
    expect((await comeBack(late.callback, late.trip)).headers['location']).toBe(`${refused}&next=%2Fcosts`)
    api.clock.now -= 11 * 60_000
  })

  test('whoever the provider knows is asked again where that is wanted; a new user reads the language of the page', async () => {
    person = { sub: 'vendla', groups: ['talous'] }
    const start = '/oidc/kunta-id/start?next=%2Fcosts%3Flang%3Dsv'
    const asked = async (path: string) => String((await api.request(null, 'GET', path)).headers['location'])
    expect(new URL(await asked(start)).searchParams.get('prompt')).toBeNull()
    expect(new URL(await asked(`${start}&anew=true`)).searchParams.get('prompt')).toBe('login')
    const { callback, trip } = await roundTrip('', start)
    const session = await show(sessionOf(await comeBack(callback, trip)))
    expect(session.user.language).toBe('sv')
  })

  test('who is signed in joins the person to their own user; a like login joins nobody', async () => {
    const local = await api.signIn('kunta-id:maija', 'poliisi', ['viewer'])
    const own = await api.signIn('pekka', 'poliisi', ['controller'])
    person = { sub: 'pekka-ext', groups: ['talous'] }
    const joined = await roundTrip(own.cookie)
    const session = await show(sessionOf(await comeBack(joined.callback, joined.trip)))
    expect(session.user.id).toBe(own.user)
    expect(session.memberships.map(({ organisation }) => organisation).toSorted()).toEqual(['kunta', 'poliisi'])
    const offered = async (headers: Record<string, string>) =>
      (await api.request(null, 'GET', '/identity-providers/offered', undefined, headers)).json<{ items: object[] }>()
        .items
    expect([(await offered({})).length, (await offered({ cookie: own.cookie })).length]).toEqual([1, 0])
    person = { sub: 'maija', groups: ['talous'] }
    const taken = await roundTrip()
    const refused = await comeBack(taken.callback, taken.trip)
    expect(sessionOf(refused)).toBe('')
    expect((await api.records.getUser(local.user))?.memberships).toEqual([
      { organisation: 'poliisi', roles: ['viewer'] },
    ])
    // Another's person cannot be joined to a second user.
    person = { sub: 'pekka-ext', groups: ['talous'] }
    const thief = await api.signIn('varas', 'poliisi', ['viewer'])
    const stolen = await roundTrip(thief.cookie)
    expect((await comeBack(stolen.callback, stolen.trip)).headers['location']).toBe('/account?problem=not-allowed')
  })

  test('only addresses of the dashboard are gone on to', async () => {
    person = { sub: 'next', groups: ['talous'] }
    for (const next of ['https://evil.example/', '//evil.example', '/\\evil.example', '/a"><script>']) {
      const { callback, trip } = await roundTrip('', `/oidc/kunta-id/start?next=${encodeURIComponent(next)}`)
      const back = await comeBack(callback, trip)
      expect(back.text).not.toMatch(/evil|<script/)
      expect(back.status).toBe(200)
    }
  })

  test('the operator sets providers up; an organisation’s administrator maps its own groups only', async () => {
    const [town, police] = [await api.token('kunta', ['admin']), await api.token('poliisi', ['admin'])]
    const { clientSecret: _secret, ...mapped } = wanted()
    const put = (token: string, body: object, version: string) =>
      api.request(token, 'PUT', '/identity-providers/kunta-id', body, { 'if-match': version })
    expect((await put(police, mapped, '"v1"')).status).toBe(404)
    expect((await put(town, { ...mapped, issuer: 'https://evil.example' }, '"v1"')).status).toBe(403)
    expect((await put(town, wanted(), '"v1"')).status).toBe(403)
    const changed = { ...mapped, roleMapping: [{ group: 'uusi', roles: ['viewer'] }] }
    expect((await put(town, changed, '"v1"')).status).toBe(200)
    expect((await put(town, changed, '"v1"')).status).toBe(412)
    const list = async (token: string) =>
      (await api.request(token, 'GET', '/identity-providers')).json<{ items: object[] }>().items
    expect([(await list(town)).length, (await list(police)).length]).toEqual([1, 0])
    expect((await put(operator, { ...mapped, issuer: 'http://example.org' }, '"v2"')).status).toBe(400)
    expect((await api.request(town, 'DELETE', '/identity-providers/kunta-id')).status).toBe(403)
    expect((await put(operator, { ...changed, enabled: false }, '"v2"')).status).toBe(200)
    expect((await api.request(null, 'GET', '/identity-providers/offered')).json()).toEqual({ items: [] })
    expect((await api.request(null, 'GET', '/oidc/kunta-id/start')).status).toBe(404)
  })

  test('a provider that is away is said, and nothing hangs', async () => {
    const away = { ...wanted(), issuer: 'http://127.0.0.1:1' }
    expect((await api.request(operator, 'PUT', '/identity-providers/poissa', away)).status).toBe(200)
    const begun = await api.request(null, 'GET', '/oidc/poissa/start')
    expect([begun.status, begun.problem().code]).toEqual([401, 'provider-refused'])
    const html = { accept: 'text/html' }
    const followed = await api.request(null, 'GET', '/oidc/poissa/start?next=%2F%3Flang%3Dsv', undefined, html)
    expect([followed.status, followed.headers['location']]).toEqual([302, '/sign-in?problem=provider-refused&lang=sv'])
  })
})
