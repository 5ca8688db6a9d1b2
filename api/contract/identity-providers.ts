// Identity providers: OpenID Connect, one or more per organisation; groups there become roles here.
import { Type, type Static } from 'typebox'
import { closed, Id, itemsOf, Names, orNull, recorded, RoleName, Text } from './common.ts'
import { patterned } from './patterned.ts'

export const RoleMapping = closed({ group: Text, roles: Type.Array(RoleName, { minItems: 1, maxItems: 6 }) })
const provider = {
  name: Names,
  /** The organisation whose people it knows; null is the platform's operator. */
  organisation: orNull(Id),
  /** https; http on this machine only, for trying out. */
  issuer: Type.String({ minLength: 8, maxLength: 500, format: 'uri' }),
  clientId: Text,
  /** The claim of the ID token or of the user info that lists a person's groups. */
  groupsClaim: patterned('^[A-Za-z0-9_:/.-]{1,200}$', 'the name of a claim, without spaces'),
  /** Who is in none of these groups does not get in. */
  roleMapping: Type.Array(RoleMapping, { minItems: 1, maxItems: 100 }),
  enabled: Type.Boolean(),
}
export const IdentityProviderWanted = closed({
  ...provider,
  /** Kept sealed and never shown; absent: the one there is stays. */
  clientSecret: Type.Optional(Type.String({ minLength: 1, maxLength: 500 })),
})
export const IdentityProviderShown = closed({
  id: Id,
  ...provider,
  hasSecret: Type.Boolean(),
  /** To be entered at the provider. */
  redirectUri: Type.String(),
  ...recorded,
})
export const IdentityProviderList = closed({
  items: Type.Array(IdentityProviderShown),
  /** The `redirectUri` of one that is to be added, with `{id}` in place of its id: providers ask for it first. */
  redirectUri: Type.String(),
})
/** Which providers the sign-in page offers; to those signed in, the ones they have not joined. */
export const OfferedProviders = itemsOf(closed({ id: Id, name: Names }))
export const OidcStartQuery = closed({
  /** The page to open afterwards. */
  next: Type.Optional(Type.String({ maxLength: 1000 })),
  /** The provider asks who one is even if it knows somebody: the one it knows has no rights here. */
  anew: Type.Optional(Type.Boolean()),
})

export type RoleMapping = Static<typeof RoleMapping>
export type IdentityProviderWanted = Static<typeof IdentityProviderWanted>
export type IdentityProviderShown = Static<typeof IdentityProviderShown>
export type IdentityProviderList = Static<typeof IdentityProviderList>
export type OfferedProviders = Static<typeof OfferedProviders>
