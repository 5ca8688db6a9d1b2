// `samtila decode`: what the codecs read from a payload; needs no server and stores nothing.
import { createInterface } from 'node:readline'
import type { Settings } from '#config'
import { need, readArguments } from '#cli/arguments.ts'
import { CommandError } from '#cli/client.ts'
import { decodePayload, type PayloadEncoding } from '#broker/codecs/registry.ts'

const ENCODINGS: readonly PayloadEncoding[] = ['text', 'json', 'hex', 'base64']

export async function decode(args: string[], _settings: Settings): Promise<number> {
  const { values } = readArguments(args, {
    topic: { type: 'string' },
    codec: { type: 'string' },
    encoding: { type: 'string' },
    ndjson: { type: 'boolean' },
  })
  const print = (topic: string, payload: string, encoding: string): void => {
    const known = ENCODINGS.find((one) => one === encoding)
    const result =
      known === undefined
        ? {
            codec: null,
            readings: [],
            ignored: [],
            problems: [`encoding is "${encoding}", but it should be one of ${ENCODINGS.join(', ')}`],
          }
        : decodePayload({
            topic,
            payload,
            encoding: known,
            ...(values.codec === undefined ? {} : { codec: values.codec }),
          })
    process.stdout.write(`${JSON.stringify(result)}\n`)
  }
  if (values.ndjson !== true) {
    if (values.encoding !== undefined && !ENCODINGS.some((one) => one === values.encoding))
      throw new CommandError(`--encoding is "${values.encoding}", but it should be one of ${ENCODINGS.join(', ')}.`)
    const topic = need(values.topic, '--topic')
    print(topic, Buffer.concat(await process.stdin.toArray()).toString('utf8'), values.encoding ?? 'text')
    return 0
  }
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue
    try {
      const { topic, payload, encoding } = JSON.parse(line) as {
        topic?: unknown
        payload?: unknown
        encoding?: unknown
      }
      print(
        typeof topic === 'string' ? topic : '',
        typeof payload === 'string' ? payload : JSON.stringify(payload ?? ''),
        typeof encoding === 'string' ? encoding : 'text',
      )
    } catch (error) {
      process.stdout.write(
        `${JSON.stringify({ codec: null, readings: [], ignored: [], problems: [`the line is not JSON: ${error instanceof Error ? error.message : String(error)}`] })}\n`,
      )
    }
  }
  return 0
}
