// One change of one registered object by a person: role, If-Match, rights over it, and the same checks as an import.
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Failure } from '#domain/failure.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import type { Bundle, Id, ObjectKind, ObjectOf } from '#domain/registry/bundle.ts'
import type { Changed } from '#contract/change.ts'
import { actorOf, identityOf } from '#api/access/identity.ts'
import { checkMayChange, checkOwnApprovals } from '#api/access/may-change.ts'
import type { RouteParts } from '#api/parts.ts'
import { checkVersion, notFound, setEtag } from './answers.ts'

/**
 * Stores the object under the id of the path.
 * @throws Failure 'precondition-required' without If-Match for an existing one, 'changed-meanwhile' when it is at another version,
 * 'invalid-bundle' with JSON Pointers into the object when it does not fit the other facts.
 */
export async function changeObject<K extends ObjectKind>(
  kind: K,
  id: Id,
  value: ObjectOf<K>,
  request: FastifyRequest,
  reply: FastifyReply,
  { records, telemetry, now }: RouteParts,
): Promise<Changed> {
  if (value.id !== id)
    throw new Failure('invalid-body', 'The id in the body is not that of the path.', {
      problems: [{ pointer: '/id', code: 'other-id', message: `should be ${id}` }],
    })
  const identity = identityOf(request)
  const stored = await records.getObject({ organisation: null }, kind, id)
  if (stored !== null && (await records.getObject({ organisation: identity.organisation }, kind, id)) === null)
    throw notFound()
  checkVersion(request, stored?.version ?? null)
  const bundle: Bundle = { [kind]: [value] }
  try {
    await checkMayChange(identity, bundle, records)
    if (bundle.agreements?.[0] !== undefined) await checkOwnApprovals(identity, bundle.agreements[0], records)
    const result = await importBundle(bundle, {
      records,
      telemetry,
      now: now(),
      actor: actorOf(identity),
      action: stored === null ? 'create' : 'change',
      expectedVersions: new Map([[`${kind}/${id}`, stored?.version ?? 0]]),
    })
    if (!result.ok)
      throw new Failure('invalid-bundle', 'It does not fit the other facts; nothing was changed.', {
        problems: result.problems,
      })
  } catch (error) {
    throw error instanceof Failure && error.problems.length > 0 ? withinObject(error, kind) : error
  }
  const version = (await records.getObject({ organisation: null }, kind, id))?.version ?? 1
  setEtag(reply, version)
  reply.code(stored === null ? 201 : 200)
  return { created: stored === null, version }
}

/** The body is one object of the bundle: pointers start at it. */
export function withinObject(failure: Failure, kind: ObjectKind): Failure {
  const start = `/${kind}/0`
  const problems = failure.problems.map((problem) =>
    problem.pointer.startsWith(start) ? { ...problem, pointer: problem.pointer.slice(start.length) } : problem,
  )
  return new Failure(failure.code, failure.message, { problems, cause: failure })
}
