// OpenAPI 3.1 from the contract at /api/openapi.json, and a reader at /api/docs under the same strict policy as everything else.
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import { describeWho } from '#api/access/who.ts'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** To be called before any route is registered. */
export async function addOpenApi(app: FastifyInstance): Promise<void> {
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
          ...schema,
          description: [schema?.description, `Who: ${describeWho(who)}.`].filter(Boolean).join('\n\n'),
          security: who === 'open' ? [] : [{ token: [] }, { session: [] }],
          'x-who': who,
        },
      }
    },
  })
  app.get('/api/openapi.json', { config: { who: 'open' }, schema: { hide: true } }, () =>
    withComponents(app.swagger() as unknown as Json),
  )
}

/** The document with recursive schemas among its components. */
function withComponents(document: Json): Json {
  const schemas: Record<string, Json> = {}
  const moved = moveDefinitions(document, schemas) as { components?: Record<string, Json> }
  return { ...moved, components: { ...moved.components, schemas } } as Json
}

/** The reader; to be called after the routes. */
export async function addReader(app: FastifyInstance): Promise<void> {
  await app.register(swaggerUi, { routePrefix: '/api/docs', uiConfig: { deepLinking: true, tryItOutEnabled: false } })
}

/** Lifts `$defs` of recursive schemas to components.schemas, where references of OpenAPI look for them. */
function moveDefinitions(value: Json, schemas: Record<string, Json>): Json {
  if (Array.isArray(value)) return value.map((one) => moveDefinitions(one, schemas))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).flatMap(([key, inner]): [string, Json][] => {
    if (key === '$defs' && inner !== null && typeof inner === 'object' && !Array.isArray(inner)) {
      for (const [name, definition] of Object.entries(inner)) {
        if (name in schemas) continue
        schemas[name] = null
        const { $id: _id, ...plain } = definition as { [key: string]: Json }
        schemas[name] = moveDefinitions(plain, schemas)
      }
      return []
    }
    if (key === '$ref' && typeof inner === 'string' && !inner.startsWith('#'))
      return [[key, `#/components/schemas/${inner}`]]
    return [[key, moveDefinitions(inner, schemas)]]
  })
  return Object.fromEntries(entries)
}
