// Lets the service pages open without a network: the shell, the words, the task page, and the tasks of the list.
import { keepOffline } from '#dashboard/client/keep-offline.ts'
import { taskPath } from '#dashboard/client/service-queries.ts'

const SCOPE = '/service'
/** Tasks whose newest state the worker keeps. */
const KEPT_TASKS = 50

/** True when page and tasks open without a network. */
export const keepService = async (tasks: readonly string[]): Promise<boolean> => {
  await Promise.all([import('./TaskPage.tsx'), import('./TaskList.tsx')])
  return keepOffline(SCOPE, ['/api/v1/session', ...tasks.slice(0, KEPT_TASKS).map(taskPath)])
}
