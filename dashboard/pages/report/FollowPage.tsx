// What becomes of a report, by the secret link of whoever sent it; and a place to add something.
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { styled } from 'styled-components'
import type { FollowedShown } from '#contract/reports.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { getFollowed, sendNote } from '#dashboard/client/report.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { Loading, Refusal } from '#dashboard/components/QueryStates.tsx'
import { reportWords } from '#dashboard/text/report/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Big, SendButton, TextField } from './fields.tsx'

const REFRESH_MS = 30_000
const MAX_TEXT = 1000

export const FollowPage = () => {
  const words = useWords(reportWords)
  const { secret = '' } = useParams()
  const followed = useQuery({
    queryKey: ['followed', secret],
    queryFn: () => getFollowed(secret),
    refetchInterval: REFRESH_MS,
  })
  const { error } = followed
  const isGone = error instanceof RequestError && (error.status === 404 || error.status === 400)
  return (
    <Big>
      <Page title={isGone ? words.followGone : words.followTitle}>
        {isGone ? (
          <p>{words.followGoneText}</p>
        ) : followed.data !== undefined ? (
          <Shown secret={secret} followed={followed.data} reload={() => void followed.refetch()} />
        ) : error !== null ? (
          <Refusal error={error} retry={() => void followed.refetch()} />
        ) : (
          <Loading />
        )}
      </Page>
    </Big>
  )
}

const Event = styled.li`
  border-left: 4px solid var(--line-strong);
  padding: 4px 0 4px 16px;
  p {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`
type Props = { secret: string; followed: FollowedShown; reload: () => void }
const Shown = ({ secret, followed, reload }: Props) => {
  const words = useWords(reportWords)
  const { format, language } = useText()
  const { state, keeper, premisesName, subject, choice, dueAt, timeZone, reportedAt, entries, opensUntil } = followed
  const who = pickName(keeper, language, '–').text
  const about = [
    subject === null ? null : pickName(subject, language, '').text,
    choice === null ? null : words.choices[choice],
    pickName(premisesName, language, '').text,
  ].filter((one) => one !== null && one !== '')
  return (
    <Stack $gap={4}>
      <Panel>
        <Stack $gap={1}>
          <p>{about.join(' · ')}</p>
          <h2>
            {words.now}: {words.states[state].toLowerCase()}
          </h2>
          <p>{words.nowTexts[state](who)}</p>
          {dueAt === null ? null : <p>{words.answerBy(format.instant(dueAt, timeZone))}</p>}
          <p>{words.reportedOn(format.instant(reportedAt, timeZone))}</p>
        </Stack>
      </Panel>
      <Stack>
        <h2>{words.happened}</h2>
        <Stack as="ol" $gap={2}>
          {entries.map(({ at, kind, organisation, text }, index) => (
            <Event key={`${at} ${index}`}>
              <span>{words.events[kind](organisation === null ? who : pickName(organisation, language, '').text)}</span>
              <br />
              <Small>{format.instant(at, timeZone)}</Small>
              {text === '' ? null : <p>{text}</p>}
            </Event>
          ))}
        </Stack>
      </Stack>
      {followed.mayAdd ? <Note secret={secret} onSent={reload} /> : null}
      {opensUntil === null ? null : (
        <p className="hint">{words.opensUntil(format.instant(opensUntil, timeZone, 'day'))}</p>
      )}
    </Stack>
  )
}

const Note = ({ secret, onSent }: { secret: string; onSent: () => void }) => {
  const words = useWords(reportWords)
  const [text, setText] = useState('')
  const send = useMutation({
    mutationFn: () => sendNote(secret, text.trim()),
    onSuccess: () => {
      setText('')
      onSent()
    },
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    if (text.trim() !== '' && !send.isPending) send.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <TextField label={words.add} hint={words.addHint} value={text} onChange={setText} maxLength={MAX_TEXT} rows />
        <output>{send.isSuccess && text === '' ? words.added : ''}</output>
        {send.error === null ? null : (
          <p className="wrong" role="alert">
            {send.error instanceof RequestError && send.error.status === 429 ? words.busy : words.failed}
          </p>
        )}
        <SendButton type="submit">{words.addSend}</SendButton>
      </Stack>
    </form>
  )
}
