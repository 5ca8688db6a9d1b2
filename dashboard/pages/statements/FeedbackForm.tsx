// Feedback on accessibility: what did not work, and where to answer if an answer is wanted.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert, Textarea, TextInput } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { FeedbackTaken, FeedbackWanted } from '#contract/feedback.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { statementWords } from '#dashboard/text/statements/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'

/** Not for people: a program that fills in every field shows itself here. */
const Trap = styled.div`
  position: absolute;
  left: -10000px;
`
const SHORTEST = 5

export const FeedbackForm = () => {
  const { form: words } = useWords(statementWords)
  const [text, setText] = useState('')
  const [contact, setContact] = useState('')
  const [website, setWebsite] = useState('')
  const [short, setShort] = useState(false)
  const send = useMutation({
    mutationFn: (body: FeedbackWanted) => sendJson<FeedbackTaken>('POST', apiPath('/feedback'), body),
    onSuccess: () => setText(''),
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    const tooShort = text.trim().length < SHORTEST
    setShort(tooShort)
    if (tooShort) return
    send.mutate({
      text: text.trim(),
      ...(contact.trim() === '' ? {} : { contact: contact.trim() }),
      ...(website === '' ? {} : { website }),
    })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={3}>
        {send.error === null ? null : <Refusal error={send.error} />}
        <output>{send.data == null ? null : <InlineAlert>{words.sent(send.data.id)}</InlineAlert>}</output>
        <Textarea
          labelText={words.text}
          hintText={words.textHint}
          value={text}
          onChange={(event) => setText(event.target.value)}
          {...(short ? { status: 'error' as const, statusText: words.short } : {})}
        />
        <TextInput
          labelText={words.contact}
          type="email"
          autoComplete="email"
          value={contact}
          onChange={(value) => setContact(String(value ?? ''))}
        />
        <Trap aria-hidden="true">
          <label>
            {words.website}
            <input
              tabIndex={-1}
              autoComplete="off"
              value={website}
              onChange={(event) => setWebsite(event.target.value)}
            />
          </label>
        </Trap>
        <div>
          <Button type="submit" aria-disabled={send.isPending}>
            {words.send}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
