// What a payload would be read as, without storing anything.
import { CodecList, Decoded, DecodeWanted } from '#contract/decode.ts'
import { Failure } from '#domain/failure.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { isoOrNull, problems, valueShown } from './answers.ts'

export function addDecodeRoutes(app: ApiApp, { broker, now }: RouteParts): void {
  app.get(
    '/codecs',
    {
      config: { who: ['technician'] },
      schema: { tags: ['decode'], summary: 'The payload families by name', response: { 200: CodecList, ...problems } },
    },
    async () => ({ items: [...broker.codecs()] }),
  )
  app.post(
    '/decode',
    {
      config: { who: ['technician'] },
      schema: {
        tags: ['decode'],
        summary: 'Read a payload without storing it',
        body: DecodeWanted,
        response: { 200: Decoded, ...problems },
      },
    },
    async (request) => {
      const { topic, payload, encoding, codec, mapping } = request.body
      const { readings, ...decoded } = await broker.decode({
        topic,
        payload: bytesOf(payload, encoding ?? 'text'),
        codec: codec ?? null,
        mapping: mapping?.expression ?? null,
        receivedAt: now(),
      })
      return {
        ...decoded,
        readings: readings.map((reading) => ({
          ...reading,
          value: valueShown(reading.value),
          at: isoOrNull(reading.at),
        })),
      }
    },
  )
}

function bytesOf(payload: string, encoding: 'text' | 'json' | 'hex' | 'base64'): Uint8Array {
  const digits = payload.replaceAll(/\s/g, '')
  if (encoding === 'hex' && !/^(?:[0-9a-fA-F]{2})*$/.test(digits)) refuse('hexadecimal')
  if (encoding === 'base64' && !/^[A-Za-z0-9+/_-]*={0,2}$/.test(digits)) refuse('base64')
  return encoding === 'hex' || encoding === 'base64' ? Buffer.from(digits, encoding) : Buffer.from(payload, 'utf8')
}
function refuse(form: string): never {
  throw new Failure('invalid-body', `payload is not ${form}.`, {
    problems: [{ pointer: '/payload', code: 'encoding', message: `is not ${form}` }],
  })
}
