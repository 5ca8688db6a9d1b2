// Lets pages open without a network: registers their worker, tells it what to keep, and says when everything is kept.

/** What the worker answers when it has tried to keep what it was given. */
interface Kept {
  readonly kept: boolean
}

/** True once the worker of `scope` is at work and holds what this page is made of and `facts` (addresses of the API); false without workers. */
export async function keepOffline(scope: string, facts: readonly string[] = []): Promise<boolean> {
  if (!('serviceWorker' in navigator)) return false
  const registration = await navigator.serviceWorker.register('/sw.js', { scope })
  const worker = registration.installing ?? registration.waiting ?? registration.active
  if (worker === null) return false
  const keep = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ pathname }) => pathname.startsWith('/assets/'))
    .map(({ href }) => href)
  const [kept] = await Promise.all([asked(worker, { keep: [...new Set(keep)], facts }), atWork(worker)])
  return kept
}

function asked(worker: ServiceWorker, wish: unknown): Promise<boolean> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.addEventListener('message', ({ data }: MessageEvent<Kept>) => {
      port1.close()
      resolve(data.kept)
    })
    port1.start()
    worker.postMessage(wish, [port2])
  })
}

/** Only a worker that is activated answers for the pages of its scope. */
function atWork(worker: ServiceWorker): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      if (worker.state === 'activated') resolve()
      else if (worker.state === 'redundant') reject(new Error('The worker was replaced.'))
    }
    worker.addEventListener('statechange', look)
    look()
  })
}
