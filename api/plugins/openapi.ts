// OpenAPI 3.1 from the contract at /api/openapi.json, and a reader at /api/docs under the same strict policy as everything else.
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { describeWho } from '#api/access/who.ts'

/** To be called before any route is registered. Gives the document, which is whole once the server is ready. */
export async function addOpenApi(app: FastifyInstance): Promise<() => object> {
  const schemas = new Map<string, unknown>()
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Samtila',
        version: '1',
        description:
          'Devices, telemetry and cost sharing of premises that several public bodies share. Errors are problem+json (docs/ERRORS.md).',
        license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
      },
      components: {
        securitySchemes: {
          token: { type: 'http', scheme: 'bearer', description: 'API token `samtila_…`' },
          session: {
            type: 'apiKey',
            in: 'cookie',
            name: 'samtila_session',
            description: 'With header x-csrf-token on changes',
          },
        },
      },
    },
    transform: ({ schema, url, route }) => {
      const who = route.config?.who ?? 'open'
      return {
        url,
        schema: {
          ...(liftDefinitions(schema, schemas) as typeof schema),
          description: [schema?.description, `Who: ${describeWho(who)}.`].filter(Boolean).join('\n\n'),
          security: who === 'open' ? [] : [{ token: [] }, { session: [] }],
          'x-who': who,
        },
      }
    },
  })
  let document: object | null = null
  const read = (): object => (document ??= withComponents(app.swagger(), schemas))
  app.get('/api/openapi.json', { config: { who: 'open' }, schema: { hide: true } }, read)
  return read
}

/** The reader; to be called after the routes. */
export async function addReader(app: FastifyInstance, read: () => object): Promise<void> {
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    uiConfig: { deepLinking: true, tryItOutEnabled: false },
    transformSpecification: () => read() as Record<string, unknown>,
  })
}

/** Stands for `$ref` while the document is put together: the generator would rename references that it does not know. */
const REFERENCE = 'x-reference'

/** Lifts `$defs` of recursive schemas out, to be components of the document. */
function liftDefinitions(value: unknown, schemas: Map<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => liftDefinitions(one, schemas))
  if (value === null || typeof value !== 'object') return value
  const { $defs, $ref, $id: _id, ...rest } = value as Record<string, unknown>
  for (const [name, definition] of Object.entries($defs ?? {})) {
    if (schemas.has(name)) continue
    schemas.set(name, null) // it names itself
    schemas.set(name, liftDefinitions(definition, schemas))
  }
  const plain = Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, liftDefinitions(inner, schemas)]))
  return typeof $ref === 'string' ? { ...plain, [REFERENCE]: $ref } : plain
}

/** The document with the lifted schemas, and references to them. */
function withComponents(document: object, schemas: ReadonlyMap<string, unknown>): object {
  const { components } = document as { components?: object }
  const whole = { ...document, components: { ...components, schemas: Object.fromEntries(schemas) } }
  return JSON.parse(JSON.stringify(whole), (_key, value: unknown) => {
    const name = value !== null && typeof value === 'object' ? (value as Record<string, unknown>)[REFERENCE] : undefined
    return typeof name === 'string' ? { $ref: `#/components/schemas/${name}` } : value
  }) as object
}
