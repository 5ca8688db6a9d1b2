// The port over any way of calling the engine: adds the listeners, and lets them know before the caller goes on.
import type { Records } from '#domain/ports/records.ts'
import type { RecordsEvent } from './context.ts'
import { ENGINE_METHODS } from './engine.ts'
import type { Answer, EngineMethod } from './engine.ts'

export type EngineCall = (method: EngineMethod, values: unknown[]) => Promise<Answer>

type Listener<M extends 'onChange' | 'onCredentials' | 'onPapers'> = Parameters<Records[M]>[0]

/** `backup` and `close` are the technology's own. `tell` lets the listeners know of what another node has changed. */
export const createPort = (
  call: EngineCall,
  own: Pick<Records, 'backup' | 'close'>,
): { records: Records; tell: (events: readonly RecordsEvent[]) => void } => {
  const changeListeners = new Set<Listener<'onChange'>>()
  const credentialListeners = new Set<Listener<'onCredentials'>>()
  const paperListeners = new Set<Listener<'onPapers'>>()
  const tell = (events: readonly RecordsEvent[]): void => {
    for (const event of events) {
      if (event.on === 'change') for (const listener of changeListeners) listener(event.changed)
      else if (event.on === 'papers') for (const listener of paperListeners) listener(event.changed)
      else for (const listener of credentialListeners) listener(event.devices)
    }
  }
  const method =
    (name: EngineMethod) =>
    async (...values: unknown[]): Promise<unknown> => {
      const { result, events } = await call(name, values)
      tell(events)
      return result
    }
  const methods = Object.fromEntries(ENGINE_METHODS.map((name) => [name, method(name)])) as Pick<Records, EngineMethod>
  const records: Records = {
    ...methods,
    onChange(listener) {
      changeListeners.add(listener)
      return () => void changeListeners.delete(listener)
    },
    onCredentials(listener) {
      credentialListeners.add(listener)
      return () => void credentialListeners.delete(listener)
    },
    onPapers(listener) {
      paperListeners.add(listener)
      return () => void paperListeners.delete(listener)
    },
    ...own,
  }
  return { records, tell }
}
