// What a technician did and could not be sent yet: kept in IndexedDB with its photos, sent in order, each once (Idempotency-Key).
import { apiPath, sendFile, sendOnce } from './http.ts'
import { RequestError } from './problem.ts'

export type OutboxEntry = {
  /** Also the Idempotency-Key, so that a send whose answer was lost is not done twice. */
  key: string
  user: string
  path: string
  body: Record<string, unknown>
  photos: Blob[]
  /** What it is called in the list. */
  title: string
  /** When it was done, in milliseconds since 1970. */
  at: number
  /** Why it was refused for good; null while it waits. */
  refused: string | null
}
export type Sent = { key: string; answer: unknown }

const NAME = 'samtila-install'
const STORE = 'outbox'

const open = (): Promise<IDBDatabase> =>
  new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1)
    request.addEventListener('upgradeneeded', () => request.result.createObjectStore(STORE, { keyPath: 'key' }))
    request.addEventListener('success', () => resolve(request.result))
    request.addEventListener('error', () => reject(request.error ?? new Error(NAME)))
  })

const inStore = async <T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> => {
  const database = await open()
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(STORE, mode)
      const request = work(transaction.objectStore(STORE))
      // Resolved when it is on the disk, not when it was asked for.
      transaction.addEventListener('complete', () => resolve(request.result))
      transaction.addEventListener('abort', () => reject(transaction.error ?? new Error(NAME)))
    })
  } finally {
    database.close()
  }
}

/** The oldest first. */
export const listOutbox = async (user: string): Promise<OutboxEntry[]> =>
  (await inStore<OutboxEntry[]>('readonly', (store) => store.getAll()))
    .filter((entry) => entry.user === user)
    .toSorted((a, b) => a.at - b.at)
export const putOutbox = (entry: OutboxEntry): Promise<unknown> => inStore('readwrite', (store) => store.put(entry))
export const deleteOutbox = (key: string): Promise<unknown> => inStore('readwrite', (store) => store.delete(key))

/** Refusals that pass: no network, a server that is away or busy, a session that has to be opened again. */
const passes = (error: unknown): boolean =>
  !(error instanceof RequestError) ||
  error.status === 0 ||
  error.status === 401 ||
  error.status === 429 ||
  // What may have been done already is not done again by itself: a person looks first.
  (error.status >= 500 && error.code !== 'outcome-unknown') ||
  (error.status === 403 && error.code === 'bad-csrf-token')

/** Sends what waits, in order, until something does not go through. Gives what was sent. */
export const sendOutbox = async (user: string): Promise<Sent[]> => {
  const sent: Sent[] = []
  for (const entry of await listOutbox(user)) {
    if (entry.refused !== null) continue
    try {
      const photos: string[] = []
      for (const [index, photo] of entry.photos.entries())
        photos.push(await sendFile(new File([photo], `photo-${index + 1}.jpg`, { type: photo.type })))
      const body = photos.length === 0 ? entry.body : { ...entry.body, photos }
      sent.push({ key: entry.key, answer: await sendOnce(apiPath(entry.path), body, entry.key) })
      await deleteOutbox(entry.key)
    } catch (error) {
      if (passes(error)) return sent
      await putOutbox({ ...entry, refused: error instanceof RequestError ? error.detail || error.code : String(error) })
    }
  }
  return sent
}
