// Lets the service pages open without a network: the shell, the words, the task page, and the tasks of the list.
import { taskPath } from '#dashboard/client/service-queries.ts'

const SCOPE = '/service'
/** Tasks whose newest state the worker keeps. */
const KEPT_TASKS = 50

/** Resolves when the worker has been told what to keep. */
export const keepService = async (tasks: readonly string[]): Promise<void> => {
  if (!('serviceWorker' in navigator)) return
  await Promise.all([import('./TaskPage.tsx'), import('./TaskList.tsx')])
  const registration = await navigator.serviceWorker.register('/sw.js', { scope: SCOPE })
  const worker = registration.active ?? registration.waiting ?? registration.installing
  const loaded = performance
    .getEntriesByType('resource')
    .map(({ name }) => new URL(name))
    .filter(({ pathname }) => pathname.startsWith('/assets/'))
    .map(({ href }) => href)
  worker?.postMessage({
    keep: [...new Set(loaded)],
    facts: ['/api/v1/session', ...tasks.slice(0, KEPT_TASKS).map(taskPath)],
  })
}
