// After the confirmation: saved or waiting, the first readings, a credential where the device needs one, and the next device.
import { useMutation } from '@tanstack/react-query'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { CredentialMade } from '#contract/credentials.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { MadeCredential } from '#dashboard/pages/connect/MadeCredential.tsx'
import { installWords } from '#dashboard/text/install/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { FirstReadings } from './FirstReadings.tsx'

export type Outcome = { key: string; title: string; sent: boolean; device: string | null }

export const Done = ({ outcome, restart }: { outcome: Outcome; restart: () => void }) => {
  const words = useWords(installWords)
  const mayCredential = hasRole(useSession(), 'technician')
  const make = useMutation({
    mutationFn: (device: string) => sendJson<CredentialMade[]>('POST', apiPath('/credentials'), { devices: [device] }),
  })
  const made = make.data?.[0] ?? null
  const { device } = outcome
  return (
    <Stack $gap={3}>
      {outcome.sent ? (
        <InlineAlert labelText={words.savedTitle} status="neutral">
          {words.saved(outcome.title)}
        </InlineAlert>
      ) : (
        <InlineAlert labelText={words.queuedTitle} status="warning">
          {words.queued}
        </InlineAlert>
      )}
      {outcome.sent && device !== null ? (
        <>
          <AppLink to={`/devices/${device}`}>{words.openDevice}</AppLink>
          <FirstReadings device={device} />
          {!mayCredential ? null : made === null ? (
            <Stack>
              <Soft as="p">{words.credentialText}</Soft>
              {make.error === null ? null : <Refusal error={make.error} />}
              <Button variant="secondary" fullWidth onClick={() => make.mutate(device)}>
                {words.credential}
              </Button>
            </Stack>
          ) : (
            <MadeCredential made={made} close={() => make.reset()} />
          )}
        </>
      ) : null}
      <Button fullWidth onClick={restart}>
        {words.next}
      </Button>
    </Stack>
  )
}
