// Reads an IFC file in a process of its own, bounded in time, memory and number: no file can hurt the program.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Failure } from '#domain/failure.ts'
import type { IfcAnswer, IfcModel } from './model.ts'

export type IfcProcessLimits = { spaces: number; heapMib: number; engineMib: number; timeMs: number; processes: number }

const PROJECT = fileURLToPath(new URL('../../', import.meta.url))
const CHILD = fileURLToPath(new URL('./ifc-child.ts', import.meta.url))
/** Its own code and the engine's; no other file, no network, no process, no thread, no native add-on. */
const READABLE = ['package.json', 'api/ifc/', 'node_modules/web-ifc/']
/** A page of the engine's memory (WebAssembly). */
const PAGES_PER_MIB = 16
const WORDS_CHARACTERS = 2_000
const START = 'ISO-10303-21;'

let running = 0

/** Whether bytes are an IFC file as text (STEP, ISO 10303-21), whatever its name. */
export function isIfc(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200))
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart()
    .startsWith(START)
}

/** @throws Failure 'invalid-body' for a broken file, 'too-large' for what takes too long or too much, 'too-many-requests'. */
export async function readIfc(bytes: Uint8Array, limits: IfcProcessLimits): Promise<IfcModel> {
  if (running >= limits.processes)
    throw new Failure('too-many-requests', `${limits.processes} building models are being read; try again soon.`, {
      retryAfterMs: 5_000,
    })
  running += 1
  try {
    const answer = await ask(bytes, limits)
    if ('model' in answer) return answer.model
    throw failureOf(answer, limits)
  } finally {
    running -= 1
  }
}

function ask(bytes: Uint8Array, limits: IfcProcessLimits): Promise<IfcAnswer> {
  const child = fork(CHILD, [String(limits.spaces)], {
    env: {},
    stdio: ['pipe', 'ignore', 'pipe', 'ipc'],
    serialization: 'advanced',
    execArgv: [
      '--permission',
      ...READABLE.map((path) => `--allow-fs-read=${PROJECT}${path}`),
      // node_modules may be a symbolic link: its files are read by the names that are allowed above.
      '--preserve-symlinks',
      '--disable-proto=delete',
      '--disable-warning=ExperimentalWarning',
      `--max-old-space-size=${limits.heapMib}`,
      `--wasm-max-mem-pages=${limits.engineMib * PAGES_PER_MIB}`,
    ],
  })
  const { promise, resolve, reject } = Promise.withResolvers<IfcAnswer>()
  let words = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    words = `${words}${text}`.slice(-WORDS_CHARACTERS)
  })
  const timer = setTimeout(
    () =>
      reject(
        new Failure(
          'too-large',
          `Reading the model takes more than ${limits.timeMs / 1000} s. Export fewer storeys, or spaces only.`,
        ),
      ),
    limits.timeMs,
  )
  child.once('message', (answer: IfcAnswer) => resolve(answer))
  child.once('error', (error) =>
    reject(new Failure('internal', 'The reader of building models did not start.', { cause: error })),
  )
  child.once('close', (code, signal) =>
    reject(
      /out of memory|Out of bounds|memory|heap/i.test(words) || signal === 'SIGABRT' || code === 134
        ? new Failure(
            'too-large',
            'Reading the model takes more memory than it is given. Export fewer storeys, or spaces only.',
          )
        : new Failure(
            'invalid-body',
            'The file is damaged: the reader of models gave up on it. Export it again as IFC4 or IFC2x3.',
            {
              cause: words,
            },
          ),
    ),
  )
  // What is left of the file is not wanted any more when the process has ended.
  child.stdin?.on('error', () => {})
  child.stdin?.end(bytes)
  return promise.finally(() => {
    clearTimeout(timer)
    child.kill('SIGKILL')
  })
}

function failureOf(answer: Exclude<IfcAnswer, { model: IfcModel }>, { spaces, engineMib }: IfcProcessLimits): Failure {
  switch (answer.wrong) {
    case 'no-spaces':
      return new Failure(
        'invalid-body',
        'The model has no spaces (IfcSpace). Export it with its rooms: in most programs that is an option of the export.',
      )
    case 'too-many-spaces':
      return new Failure(
        'too-large',
        `The model has ${answer.detail} spaces; ${spaces} are taken. Split it by building or storey.`,
      )
    default:
      return /memory|Aborted|allocat/i.test(answer.detail)
        ? new Failure(
            'too-large',
            `Reading the model takes more than ${engineMib} MiB. Export fewer storeys, or spaces only.`,
          )
        : new Failure(
            'invalid-body',
            `The file cannot be read as an IFC model${answer.detail === '' ? '' : `: ${answer.detail}`}. Export it again as IFC4 or IFC2x3.`,
          )
  }
}
