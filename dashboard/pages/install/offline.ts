// Lets the technician's pages open without a network: the pages of the scopes alone.
import { keepOffline } from '#dashboard/client/keep-offline.ts'

/** Pages that the worker controls; all others are as they were. */
const SCOPES = ['/install', '/c/']

/** True when the shell is kept; without workers (a private window, plain HTTP) the page works as long as it stays open. */
export const keepShell = async (): Promise<boolean> => {
  // What is loaded later is kept too: the reader of QR codes for phones that have none.
  await import('qr/decode.js')
  const kept = await Promise.all(SCOPES.map((scope) => keepOffline(scope)))
  return kept.every(Boolean)
}
