// The person who asks, where only people have something: what they are told, their wishes, their calendar.
import { Failure } from '#domain/failure.ts'
import type { User } from '#domain/ports/records.ts'
import { identityOf } from '#api/access/identity.ts'

/** A person, not a program. @throws Failure 'not-allowed' */
export function personOf(request: Parameters<typeof identityOf>[0]): User {
  const { user } = identityOf(request)
  if (user === null) throw new Failure('not-allowed', 'People are told, tokens are not: use a webhook or a listener.')
  return user
}
