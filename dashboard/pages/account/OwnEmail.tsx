// Where one's own reminders go.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { Session, SessionChange } from '#contract/session.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { sessionQuery } from '#dashboard/client/queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { EmailField, isEmail } from '#dashboard/components/EmailField.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'

export const OwnEmail = () => {
  const words = useWords(adminWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const { user } = useSession()
  const [email, setEmail] = useState(user.email ?? '')
  const [tried, setTried] = useState(false)
  const send = useMutation({
    mutationFn: (change: SessionChange) => sendJson<Session>('PATCH', apiPath('/session'), change),
    onSuccess: async () => {
      announce(words.emailSaved)
      await client.invalidateQueries({ queryKey: sessionQuery.queryKey })
    },
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isEmail(email)) send.mutate({ email: email.trim() === '' ? null : email.trim() })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={3}>
        <h2>{words.email}</h2>
        <EmailField value={email} onChange={setEmail} tried={tried} />
        {send.error === null ? null : <Refusal error={send.error} />}
        {send.isSuccess ? <p>{words.emailSaved}</p> : null}
        <Row>
          <Button type="submit" disabled={send.isPending}>
            {words.emailSave}
          </Button>
          <AppLink to="/notifications/settings">{words.howTold}</AppLink>
        </Row>
      </Stack>
    </form>
  )
}
