// What several commands say in the same way: paths, queries, files that are sent and saved.
import { createWriteStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, extname } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { need } from '#cli/arguments.ts'
import { jsonOf, textOf, type Client } from '#cli/client.ts'

const TYPES: Record<string, string> = {
  '.pdf': 'application/pdf',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.csv': 'text/csv',
  '.json': 'application/json',
  '.txt': 'text/plain',
}
export const typeOf = (file: string): string => TYPES[extname(file).toLowerCase()] ?? 'application/octet-stream'
/** An argument as a segment of a path; refused where it is missing. */
export const idOf = (text: string | undefined, what: string): string => encodeURIComponent(need(text, what))
/** What was given of the options. */
export const given = (wanted: Record<string, string | undefined>): Record<string, string> =>
  Object.fromEntries(Object.entries(wanted).filter((pair): pair is [string, string] => pair[1] !== undefined))
export const query = (wanted: Record<string, string | undefined>): string =>
  new URLSearchParams(given(wanted)).toString()

/** A file of this machine to the platform. */
export async function sendFile(client: Client, file: string): Promise<{ digest: string; name: string }> {
  const name = basename(file)
  const answer = await client.request('POST', `/files?${query({ name })}`, await readFile(file), typeOf(file))
  return { digest: ((await jsonOf(answer)) as { digest: string }).digest, name }
}

/** An answer into a file that only its owner reads. */
export async function saveFile(client: Client, path: string, file: string): Promise<void> {
  const answer = await client.request('GET', path)
  if (answer.status >= 400) await textOf(answer)
  await pipeline(answer.body, createWriteStream(file, { mode: 0o600 }))
}

/** A path of these segments, each as it is. */
export const pathOf = (...segments: string[]): string => `/${segments.map(encodeURIComponent).join('/')}`
