// A party's answer to one line of an issued month: accept, comment or dispute it, and what was said of it so far.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { PartyResponseWanted, SettlementDetails } from '#contract/settlements.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { TOUCHED_BY_A_STEP } from '#dashboard/client/month-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { WordsField } from '#dashboard/components/WordsField.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'

type Props = { details: SettlementDetails; item: string; timeZone: string }
export const LineAnswer = ({ details, item, timeZone }: Props) => {
  const words = useWords(monthWords)
  const session = useSession()
  const said = details.responses.filter((one) => one.item === item || one.item === null)
  const own = details.acceptances.find(({ party }) => party === session.organisation)
  const mayAnswer =
    details.settlement.status === 'issued' && own !== undefined && hasRole(session, 'controller', 'signatory')
  if (!mayAnswer && said.length === 0) return null
  return (
    <Panel>
      <Stack>
        <h2>{mayAnswer ? words.answerLine : words.comments}</h2>
        {mayAnswer ? <Answer details={details} item={item} party={own.party} /> : null}
        <Said said={said} timeZone={timeZone} />
      </Stack>
    </Panel>
  )
}

const Answer = ({ details, item, party }: { details: SettlementDetails; item: string; party: string }) => {
  const words = useWords(monthWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [comment, setComment] = useState<string | null>(null)
  const { premises, period } = details.settlement
  const own = details.acceptances.find((one) => one.party === party)
  const lastWord = details.responses.findLast(
    (one) =>
      one.party === party &&
      one.issue === details.issue &&
      one.answer !== 'comment' &&
      (one.item === item || one.item === null),
  )
  const isDisputed = own?.disputedItems.some((one) => one === item || one === '*') === true
  const isAccepted = !isDisputed && lastWord?.answer === 'accepted'
  const respond = useMutation({
    mutationFn: (body: PartyResponseWanted) =>
      sendJson('POST', apiPath(`/premises/${segment(premises)}/settlements/${period}/responses`), body),
    onSuccess: async (_answer, { answer }) => {
      announce(answer === 'comment' ? words.lineCommented : words.lineAccepted)
      setComment(null)
      await client.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED_BY_A_STEP.includes(String(queryKey[0])) })
    },
  })
  return (
    <Stack $gap={2} className="no-print">
      <Small as="p">{words.answerLineText}</Small>
      {isDisputed || isAccepted ? (
        <div>
          <StateMark state={isDisputed ? 'disputed' : 'accepted'} />
        </div>
      ) : null}
      {respond.error === null ? null : <Refusal error={respond.error} />}
      <Row $gap={2}>
        {isAccepted || isDisputed ? null : (
          <Button disabled={respond.isPending} onClick={() => respond.mutate({ party, item, answer: 'accepted' })}>
            {words.acceptLine}
          </Button>
        )}
        {comment === null ? (
          <Button variant="secondary" onClick={() => setComment('')}>
            {words.commentLine}
          </Button>
        ) : null}
        {isDisputed ? null : (
          <AppLink to={`/costs/${premises}/${period}/dispute?item=${encodeURIComponent(item)}`}>
            {words.disputeLine}
          </AppLink>
        )}
      </Row>
      {comment === null ? null : (
        <Stack $gap={1}>
          <WordsField label={words.saySomething} value={comment} onChange={setComment} />
          <div>
            <Button
              disabled={comment.trim() === '' || respond.isPending}
              onClick={() => respond.mutate({ party, item, answer: 'comment', text: comment.trim() })}
            >
              {words.send}
            </Button>
          </div>
        </Stack>
      )}
    </Stack>
  )
}

const Said = ({ said, timeZone }: { said: SettlementDetails['responses']; timeZone: string }) => {
  const words = useWords(monthWords)
  const { format } = useText()
  if (said.length === 0) return null
  return (
    <Stack $gap={1}>
      <ul>
        {said.map((one) => (
          <li key={`${one.at} ${one.party} ${one.answer} ${one.item ?? ''}`}>
            <strong>
              <OrganisationName id={one.party} />
            </strong>{' '}
            {words.answers[one.answer]}
            {one.item === null ? ` (${words.wholeMonth})` : ''}
            {one.text === '' ? '' : `: ${one.text}`} <Small>{format.instant(one.at, timeZone)}</Small>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
