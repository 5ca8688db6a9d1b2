// Lets the technician's pages open without a network: registers the worker for them alone and gives it what the page is made of.

/** Pages that the worker controls; all others are as they were. */
const SCOPES = ['/install', '/c/']

/** Resolves when the shell is kept; without workers (a private window, plain HTTP) the page works as long as it stays open. */
export const keepShell = async (): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  // What is loaded later is kept too: the reader of QR codes for phones that have none.
  await import('qr/decode.js')
  for (const scope of SCOPES) {
    const registration = await navigator.serviceWorker.register('/sw.js', { scope })
    const worker = registration.active ?? registration.waiting ?? registration.installing
    const loaded = performance
      .getEntriesByType('resource')
      .map(({ name }) => name)
      .filter((name) => new URL(name).pathname.startsWith('/assets/'))
    worker?.postMessage({ keep: [...new Set(loaded)] })
  }
}
