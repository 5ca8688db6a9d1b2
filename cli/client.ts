// How a command talks to Samtila: always the HTTP API, over the network or, when no server runs on the data folder, inside this process.
import { Readable } from 'node:stream'
import type { ReadableStream as WebStream } from 'node:stream/web'
import type { ServerSettings } from '#server/limits.ts'
import { readLocalAccess } from '#server/local-access.ts'

export type Answer = { status: number; body: Readable }
export type Client = {
  /** Sends one request below /api/v1; a body that is a Buffer goes as it is (JSON, unless `mediaType` says another). */
  request(
    method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE',
    path: string,
    body?: unknown,
    mediaType?: string,
    /** The version of an existing object that is changed (If-Match). */
    version?: number,
  ): Promise<Answer>
  /** Where the requests go, for messages. */
  place: string
  close(): Promise<void>
}

/** A sentence for the person at the keyboard; the command ends with exit code 1. */
export class CommandError extends Error {}

/** Opens the way to the server: --url with --token, else the server that runs on the data folder (as the operator, or with --token as whose token it is), else the folder itself. */
export async function openClient(
  options: { url?: string | undefined; token?: string | undefined },
  settings: ServerSettings,
): Promise<Client> {
  if (options.url !== undefined) {
    if (options.token === undefined)
      throw new CommandError('--url needs --token: make one with `samtila token create` on the server.')
    return remoteClient(options.url, options.token)
  }
  const running = readLocalAccess(settings.dataFolder)
  if (running !== null) return remoteClient(running.url, options.token ?? running.token)
  if (options.token !== undefined)
    throw new CommandError('--token needs a running server: start it, or name it with --url.')
  return folderClient(settings)
}

function remoteClient(url: string, token: string): Client {
  return {
    place: url,
    async request(method, path, body, mediaType = 'application/json', version = 0) {
      const response = await fetch(new URL(`/api/v1${path}`, url), {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(version === 0 ? {} : { 'if-match': `"v${version}"` }),
          ...(body === undefined ? {} : { 'content-type': mediaType }),
        },
        ...(body === undefined ? {} : { body: payloadOf(body) }),
      }).catch((cause: unknown) => {
        throw new CommandError(
          `${url} does not answer: ${cause instanceof Error ? (cause.cause instanceof Error ? cause.cause.message : cause.message) : String(cause)}`,
        )
      })
      return {
        status: response.status,
        body: response.body === null ? Readable.from([]) : Readable.fromWeb(response.body as WebStream<Uint8Array>),
      }
    },
    close: async () => {},
  }
}

async function folderClient(settings: ServerSettings): Promise<Client> {
  // Loaded only here: most commands talk to a running server and should start quickly.
  const { openServer } = await import('#server/open-server.ts')
  const server = await openServer(settings, { listen: false })
  return {
    place: settings.dataFolder,
    async request(method, path, body, mediaType = 'application/json', version = 0) {
      const response = await server.app.inject({
        method,
        url: `/api/v1${path}`,
        headers: {
          authorization: `Bearer ${server.localToken}`,
          ...(version === 0 ? {} : { 'if-match': `"v${version}"` }),
          ...(body === undefined ? {} : { 'content-type': mediaType }),
        },
        ...(body === undefined ? {} : { payload: payloadOf(body) }),
      })
      return { status: response.statusCode, body: Readable.from([response.rawPayload]) }
    },
    close: () => server.close(),
  }
}

const payloadOf = (body: unknown): string | Buffer<ArrayBuffer> =>
  Buffer.isBuffer(body) ? Buffer.from(body) : JSON.stringify(body)

/** The whole body of a good answer as text; an error answer becomes a CommandError with its problems. */
export async function textOf(answer: Answer): Promise<string> {
  const text = Buffer.concat(await answer.body.toArray()).toString('utf8')
  if (answer.status >= 400) throw new CommandError(sentenceOf(answer.status, text))
  return text
}

/** The JSON of a good answer. */
export async function jsonOf(answer: Answer): Promise<unknown> {
  const text = await textOf(answer)
  return text === '' ? null : JSON.parse(text)
}

/** What the server said was wrong, in lines a person can act on. */
export function sentenceOf(status: number, text: string): string {
  try {
    const problem: unknown = JSON.parse(text)
    if (typeof problem === 'object' && problem !== null && 'title' in problem) {
      const { title, detail, code, problems } = problem as {
        title: unknown
        detail?: unknown
        code?: unknown
        problems?: { pointer: string; message: string }[]
      }
      const lines = (problems ?? []).map((one) => `  ${one.pointer || '/'}: ${one.message}`)
      return [`${String(detail ?? title)} (${typeof code === 'string' ? code : status})`, ...lines].join('\n')
    }
  } catch {
    // not JSON: shown as it is
  }
  return `The server answered ${status}: ${text.slice(0, 500)}`
}
