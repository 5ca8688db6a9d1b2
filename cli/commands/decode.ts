// `samtila decode`: what the codecs read from a payload; needs no server and stores nothing.
import { createInterface } from 'node:readline'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments } from '#cli/arguments.ts'
import { CommandError } from '#cli/client.ts'
import { createMappingPool } from '#broker/codecs/mapped/mapping-pool.ts'
import { decodeMapped, decodePayload } from '#broker/codecs/registry.ts'
import type { DecodeAnswer, DecodeRequest, PayloadEncoding } from '#broker/codecs/registry.ts'
import { brokerLimits } from '#broker/limits.ts'

const ENCODINGS: readonly PayloadEncoding[] = ['text', 'json', 'hex', 'base64']
const encodingOf = (text: unknown): PayloadEncoding | undefined => ENCODINGS.find((one) => one === text)

export async function decode(args: string[], _settings: ServerSettings): Promise<number> {
  const { values } = readArguments(args, {
    topic: { type: 'string' },
    codec: { type: 'string' },
    encoding: { type: 'string' },
    mapping: { type: 'string' },
    ndjson: { type: 'boolean' },
  })
  const given = {
    ...(values.codec === undefined ? {} : { codec: values.codec }),
    ...(values.mapping === undefined ? {} : { mapping: values.mapping }),
  }
  const pool = createMappingPool(brokerLimits(), (line) => process.stderr.write(`${line}\n`))
  const read: Read = async ({ mapping, ...request }) =>
    mapping === undefined
      ? decodePayload(request, Date.now())
      : decodeMapped({ ...request, mapping }, Date.now(), pool.run)
  try {
    await decodeInput(values, given, read)
    return 0
  } finally {
    pool.close()
  }
}

type Given = { codec?: string; mapping?: string }
type Read = (request: DecodeRequest & Given) => Promise<DecodeAnswer>

async function decodeInput(
  values: { topic?: string; encoding?: string; ndjson?: boolean },
  given: Given,
  read: Read,
): Promise<void> {
  const print = (answer: object): void => void process.stdout.write(`${JSON.stringify(answer)}\n`)
  if (values.ndjson === true) {
    for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY }))
      if (line.trim() !== '') print(await answerLine(line, given, read))
    return
  }
  const encoding = encodingOf(values.encoding ?? 'text')
  if (encoding === undefined)
    throw new CommandError(`--encoding is "${values.encoding}", but it should be one of ${ENCODINGS.join(', ')}.`)
  const topic = need(values.topic, '--topic')
  const payload = Buffer.concat(await process.stdin.toArray())
  // Text goes as its bytes: a binary payload piped in stays what it is.
  const asked =
    encoding === 'text'
      ? { payload: payload.toString('hex'), encoding: 'hex' as const }
      : { payload: payload.toString('utf8'), encoding }
  print(await read({ topic, ...asked, ...given }))
}

/** One line `{"topic","payload","encoding","codec","mapping"}`; what is wrong with the line itself is a problem too. */
async function answerLine(line: string, given: Given, read: Read): Promise<object> {
  const refuse = (code: string, message: string): object => ({
    codec: null,
    readings: [],
    ignored: [],
    problems: [{ code, message }],
  })
  let asked: { topic?: unknown; payload?: unknown; encoding?: unknown; codec?: unknown; mapping?: unknown }
  try {
    asked = JSON.parse(line) as typeof asked
  } catch (error) {
    return refuse('wrong-line', `the line is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const encoding = encodingOf(asked.encoding ?? (typeof asked.payload === 'string' ? 'text' : 'json'))
  if (encoding === undefined) return refuse('wrong-line', `encoding should be one of ${ENCODINGS.join(', ')}`)
  return read({
    payload: asked.payload,
    encoding,
    ...given,
    ...(typeof asked.topic === 'string' ? { topic: asked.topic } : {}),
    ...(typeof asked.codec === 'string' ? { codec: asked.codec } : {}),
    ...(typeof asked.mapping === 'string' ? { mapping: asked.mapping } : {}),
  })
}
