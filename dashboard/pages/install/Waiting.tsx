// What waits to be sent, always in sight; what the server refused for good is told with its reason.
import { useSyncExternalStore } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { installWords } from '#dashboard/text/install/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import type { useOutbox } from './useOutbox.ts'

const subscribe = (changed: () => void) => {
  addEventListener('online', changed)
  addEventListener('offline', changed)
  return () => {
    removeEventListener('online', changed)
    removeEventListener('offline', changed)
  }
}

export const Waiting = ({ outbox }: { outbox: ReturnType<typeof useOutbox> }) => {
  const words = useWords(installWords)
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const waiting = outbox.entries.filter(({ refused }) => refused === null)
  const refused = outbox.entries.filter((entry) => entry.refused !== null)
  if (online && outbox.entries.length === 0) return null
  return (
    <Stack>
      {waiting.length === 0 && online ? null : (
        <InlineAlert status="warning" labelText={online ? words.waiting(waiting.length) : words.offline}>
          <Stack $gap={1}>
            {online ? null : <p>{words.waiting(waiting.length)}</p>}
            <ul>
              {waiting.map(({ key, title }) => (
                <li key={key}>{title}</li>
              ))}
            </ul>
            {waiting.length === 0 ? null : (
              <Button variant="secondary" onClick={() => void outbox.send()}>
                {words.sendNow}
              </Button>
            )}
          </Stack>
        </InlineAlert>
      )}
      {refused.length === 0 ? null : (
        <InlineAlert status="error" labelText={words.refused}>
          <ul>
            {refused.map((entry) => (
              <li key={entry.key}>
                <Row $gap={1}>
                  <span>{entry.title}</span>
                  <SaidByServer>{entry.refused ?? ''}</SaidByServer>
                  <Button variant="secondaryNoBorder" onClick={() => void outbox.remove(entry.key)}>
                    {words.discard}
                  </Button>
                </Row>
              </li>
            ))}
          </ul>
        </InlineAlert>
      )}
    </Stack>
  )
}
