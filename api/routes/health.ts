// Whether the process lives and whether it can serve; open, and says no more than that.
import { Health, Readiness } from '#contract/health.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'

export function addHealthRoutes(app: ApiApp, { telemetry, records }: RouteParts): void {
  app.get(
    '/healthz',
    {
      config: { who: 'open', rateLimit: false },
      schema: { tags: ['health'], summary: 'The process lives', response: { 200: Health } },
    },
    () => ({ status: 'ok' as const }),
  )
  app.get(
    '/readyz',
    {
      config: { who: 'open', rateLimit: false },
      schema: {
        tags: ['health'],
        summary: 'Stores take and give',
        response: { 200: Readiness, 503: Readiness },
      },
    },
    async (_request, reply) => {
      const { state } = telemetry.state()
      const answers = await records.getMeta('readiness').then(
        () => true,
        () => false,
      )
      // With the telemetry server away readings are still taken, into the spool: whoever asks must not cut the devices off.
      const ready = (state === 'ready' || state === 'away') && answers
      return reply.code(ready ? 200 : 503).send({ ready, telemetry: state, records: answers ? 'ready' : 'failed' })
    },
  )
}
