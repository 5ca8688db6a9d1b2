// Listeners: credentials of an organisation that are told what happens at one topic, and publish nothing.
import { LISTENER, notifyTopic } from '#domain/notification/listener.ts'
import type { Records } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { allPapers } from '#domain/registry/list-all.ts'

const NOTIFY = notifyTopic('')

export type OrganisationListeners = {
  isListener(userName: Id): boolean
  /** Whether it may be sent this topic, or subscribe to it. */
  mayHear(userName: Id, topic: string): boolean
  /** Reads them again; rejects when the records are away. */
  reload(): Promise<void>
}

/** Whether a topic is for listeners: no device may hear it, whatever its id. */
export const isNotifyTopic = (topic: string): boolean => topic.startsWith(NOTIFY)

export function createOrganisationListeners(records: Records): OrganisationListeners {
  let topics = new Map<Id, string>()
  return {
    isListener: (userName) => topics.has(userName),
    mayHear: (userName, topic) => topics.get(userName) === topic,
    async reload() {
      const found = new Map<Id, string>()
      for await (const { id, body } of allPapers(records, { organisation: null }, LISTENER, { states: ['on'] }))
        found.set(id, notifyTopic(body.organisation))
      topics = found
    },
  }
}
