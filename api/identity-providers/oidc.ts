// The OpenID Connect side of a sign-in: where to send the browser, and who came back (authorization code with PKCE, state and nonce).
import * as client from 'openid-client'
import { Failure } from '#domain/failure.ts'
import type { Sealer } from '#domain/ports/sealer.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { groupsOf, secretPurpose, type IdentityProvider } from './provider.ts'

const SCOPE = 'openid profile email'
const TIMEOUT_SECONDS = 10
/** How long what a provider says of itself is taken as it was. */
const DISCOVERY_MS = 3_600_000
const PROVIDERS_KEPT = 1_000

/** What the browser carries, sealed, from the start to the return. */
export type OidcTrip = {
  provider: Id
  state: string
  nonce: string
  verifier: string
  next: string
  user: Id | null
  at: number
}
export type ExternalPerson = { subject: string; name: string; login: string; groups: string[] }

/** Plain http is for this machine only. */
export const isUsableIssuer = (issuer: string): boolean => {
  if (!URL.canParse(issuer)) return false
  const { protocol, hostname } = new URL(issuer)
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
}

export const createOidc = ({ sealer, now }: { sealer: Sealer; now: () => number }) => {
  const discovered = new Map<string, { at: number; configuration: Promise<client.Configuration> }>()

  const configurationOf = (id: Id, version: number, provider: IdentityProvider): Promise<client.Configuration> => {
    const key = `${id} ${version}`
    const known = discovered.get(key)
    if (known !== undefined && now() - known.at < DISCOVERY_MS) return known.configuration
    const secret = provider.clientSecret === null ? undefined : sealer.open(provider.clientSecret, secretPurpose(id))
    const configuration = client.discovery(new URL(provider.issuer), provider.clientId, secret, undefined, {
      timeout: TIMEOUT_SECONDS,
      execute: provider.issuer.startsWith('http:') ? [client.allowInsecureRequests] : [],
    })
    if (discovered.size >= PROVIDERS_KEPT) discovered.clear()
    discovered.set(key, { at: now(), configuration })
    // What failed is asked anew.
    configuration.catch(() => discovered.delete(key))
    return configuration
  }
  /** A provider that does not answer, or answers nonsense, is not our failure and not the person's. */
  const fromProvider = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (cause) {
      throw new Failure('provider-refused', 'The identity provider did not confirm the sign-in.', { cause })
    }
  }

  return {
    /** The address to send the browser to, and what it must bring back; `anew`: whoever the provider knows is asked again. */
    async start(
      stored: { id: Id; version: number; provider: IdentityProvider; redirectUri: string },
      trip: { next: string; user: Id | null },
      anew: boolean,
    ): Promise<{ url: string; trip: OidcTrip }> {
      const configuration = await fromProvider(configurationOf(stored.id, stored.version, stored.provider))
      const verifier = client.randomPKCECodeVerifier()
      const state = client.randomState()
      const nonce = client.randomNonce()
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: stored.redirectUri,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(anew ? { prompt: 'login' } : {}),
      })
      return { url: url.href, trip: { provider: stored.id, state, nonce, verifier, ...trip, at: now() } }
    },

    /** Who came back. @throws Failure 'provider-refused' when the provider does not vouch for it. */
    async finish(
      stored: { id: Id; version: number; provider: IdentityProvider },
      returned: URL,
      trip: OidcTrip,
    ): Promise<ExternalPerson> {
      const configuration = await fromProvider(configurationOf(stored.id, stored.version, stored.provider))
      const tokens = await fromProvider(
        client.authorizationCodeGrant(configuration, returned, {
          pkceCodeVerifier: trip.verifier,
          expectedState: trip.state,
          expectedNonce: trip.nonce,
          idTokenExpected: true,
        }),
      )
      const claims = tokens.claims()
      if (claims === undefined) throw new Failure('provider-refused', 'The identity provider sent no ID token.')
      const info =
        configuration.serverMetadata().userinfo_endpoint === undefined
          ? {}
          : await fromProvider(client.fetchUserInfo(configuration, tokens.access_token, claims.sub))
      const told: Record<string, unknown> = { ...info, ...claims }
      const text = (name: string): string | null =>
        typeof told[name] === 'string' && told[name] !== '' ? told[name] : null
      const login = (text('preferred_username') ?? text('email') ?? claims.sub).slice(0, 200)
      return {
        subject: claims.sub,
        login,
        name: (text('name') ?? login).slice(0, 200),
        groups: groupsOf(told[stored.provider.groupsClaim]),
      }
    },
  }
}
