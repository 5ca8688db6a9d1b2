// Where the month is, what waits for whom, and the next step for those who may take it.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { styled } from 'styled-components'
import { Button } from 'suomifi-ui-components'
import type { SettlementCondition, SettlementDetails } from '#contract/settlements.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { TOUCHED_BY_A_STEP } from '#dashboard/client/month-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { AcceptMonth } from './AcceptMonth.tsx'
import { MonthWaits } from './MonthWaits.tsx'

type Props = { details: SettlementDetails; timeZone: string }
export const MonthSteps = ({ details, timeZone }: Props) => {
  const { text, format } = useText()
  const words = useWords(monthWords)
  const { settlement, acceptances, commentsUntil, force } = details
  return (
    <Panel>
      <Stack>
        <h2>{words.standing}</h2>
        <Stages status={settlement.status} />
        {settlement.status === 'draft' ? <p>{text.costs.next.draft}</p> : null}
        {settlement.status === 'draft' ? null : (
          <Row as="ul" $gap={3} aria-label={text.costs.acceptances}>
            {acceptances.map(({ party, accepted, at, disputedItems }) => (
              <li key={party}>
                <Row $gap={1}>
                  <OrganisationName id={party} />
                  <StateMark state={disputedItems.length > 0 ? 'disputed' : accepted ? 'accepted' : 'waiting'} />
                  {at === null ? null : <Small>{format.instant(at, timeZone, 'day')}</Small>}
                </Row>
              </li>
            ))}
          </Row>
        )}
        {commentsUntil === null || settlement.status === 'closed' ? null : (
          <p>{text.costs.commentsUntil(format.instant(commentsUntil, timeZone))}</p>
        )}
        {force === null ? null : <p>{text.costs.forced(force.reason, force.by)}</p>}
        {settlement.status === 'closed' ? null : (
          <MonthWaits premises={settlement.premises} period={settlement.period} timeZone={timeZone} />
        )}
        {settlement.status === 'closed' ? null : (
          <Hindrances conditions={details.conditions} step={settlement.status === 'draft' ? 'issue' : 'close'} />
        )}
        {settlement.digest === null ? null : (
          <Small as="p">
            {text.costs.digest}: <code>{settlement.digest}</code>
          </Small>
        )}
        <NextStep details={details} />
      </Stack>
    </Panel>
  )
}

const STAGES = ['draft', 'issued', 'closed'] as const
/** The three stages of a month in a row; the present one is marked, also for those who don't see it. */
const Stages = ({ status }: Pick<SettlementDetails['settlement'], 'status'>) => {
  const words = useWords(monthWords)
  return (
    <StageList>
      {STAGES.map((stage) => (
        <li key={stage} aria-current={stage === status ? 'step' : undefined}>
          {words.steps[stage]}
        </li>
      ))}
    </StageList>
  )
}
const StageList = styled.ol`
  display: flex;
  flex-wrap: wrap;
  gap: 4px 8px;
  padding: 0;
  list-style: none;
  counter-reset: stage;
  li {
    counter-increment: stage;
    padding: 4px 12px;
    border-bottom: 4px solid var(--line);
    color: var(--ink-soft);
  }
  li::before {
    content: counter(stage) '. ';
  }
  li[aria-current] {
    border-color: var(--link);
    color: var(--ink);
    font-weight: 600;
  }
`

const Hindrances = ({ conditions, step }: { conditions: readonly SettlementCondition[]; step: 'issue' | 'close' }) => {
  const { text } = useText()
  const words = useWords(monthWords)
  const nameOf = useOrganisationNames()
  const hindering = conditions.filter(({ hinders, code }) => hinders.includes(step) && code !== 'already-closed')
  if (hindering.length === 0) return null
  return (
    <Stack $gap={1}>
      <h3>{text.costs.hinders[step]}</h3>
      <ul>
        {hindering.map(({ code, message, parties }) => (
          <li key={code}>
            {conditionWords(words.conditions, code) ?? conditionWords(text.costs.conditions, code) ?? (
              <SaidByServer>{message}</SaidByServer>
            )}
            {parties.length === 0 ? null : <Soft> {parties.map(nameOf).join(', ')}</Soft>}
          </li>
        ))}
      </ul>
    </Stack>
  )
}
const conditionWords = (words: Readonly<Record<string, string>>, code: string): string | undefined =>
  Object.hasOwn(words, code) ? words[code] : undefined

const NextStep = ({ details }: { details: SettlementDetails }) => {
  const { text } = useText()
  const words = useWords(monthWords)
  const session = useSession()
  const nameOf = useOrganisationNames()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [sure, setSure] = useState(false)
  const { premises, period, status } = details.settlement
  const path = `/premises/${segment(premises)}/settlements/${period}`
  const done = async (sentence: string) => {
    announce(sentence)
    setSure(false)
    await client.invalidateQueries({
      predicate: ({ queryKey }) => TOUCHED_BY_A_STEP.includes(String(queryKey[0])),
    })
  }
  const send = () => sendJson('POST', apiPath(`${path}/issue`), {})
  const issue = useMutation({
    mutationFn: send,
    onSuccess: () => done(text.costs.issuedNow),
  })
  const close = useMutation({
    mutationFn: () => sendJson('POST', apiPath(`${path}/close`), {}),
    onSuccess: () => done(text.costs.closedNow),
  })
  const free = (step: 'issue' | 'close') => !details.conditions.some(({ hinders }) => hinders.includes(step))
  const mayIssue = status !== 'closed' && free('issue') && hasRole(session, 'controller', 'admin')
  const mayClose = status === 'issued' && free('close') && hasRole(session, 'controller', 'admin')
  const own = details.acceptances.find(({ party }) => party === session.organisation)
  const mayDispute = status === 'issued' && own !== undefined && own.disputedItems.length === 0
  const mayAccept = status === 'issued' && own?.accepted === false && hasRole(session, 'controller', 'signatory')
  const error = issue.error ?? close.error
  if (!mayIssue && !mayClose && !mayAccept && !mayDispute && error === null) return null
  return (
    <Stack $gap={2} className="no-print">
      {status === 'draft' ? null : <h3>{text.costs.nextStep}</h3>}
      {error === null ? null : <Refusal error={error} />}
      {mayIssue ? (
        <Stack $gap={1}>
          <div>
            {status === 'draft' ? (
              <Button onClick={() => issue.mutate()}>{text.costs.issue}</Button>
            ) : (
              <SureButton
                text={words.issueAnew}
                effect={words.issueAnewEffect}
                act={async () => {
                  await send()
                  await done(text.costs.issuedNow)
                }}
              />
            )}
          </div>
          <Small>{status === 'draft' ? text.costs.issueEffect : words.issueAnewEffect}</Small>
        </Stack>
      ) : null}
      {mayAccept && own !== undefined ? (
        <Stack $gap={1}>
          <div>
            <AcceptMonth details={details} party={own.party} done={() => done(text.costs.acceptedNow)} />
          </div>
          <Small>{text.costs.acceptEffect(nameOf(own.party))}</Small>
        </Stack>
      ) : null}
      {mayDispute && hasRole(session, 'controller', 'signatory') ? (
        <div>
          <AppLink to={`/costs/${premises}/${period}/dispute`}>{words.disputeWhole}</AppLink>
        </div>
      ) : null}
      {mayClose ? (
        <Stack $gap={1}>
          <Row $gap={1}>
            {sure ? (
              <>
                <Button onClick={() => close.mutate()}>{text.costs.closeMonth}</Button>
                <Button variant="secondary" onClick={() => setSure(false)}>
                  {text.common.cancel}
                </Button>
              </>
            ) : (
              <Button variant="secondary" onClick={() => setSure(true)}>
                {text.costs.closeMonth}
              </Button>
            )}
          </Row>
          <Small role={sure ? 'alert' : undefined}>{text.costs.closeEffect}</Small>
        </Stack>
      ) : null}
    </Stack>
  )
}
