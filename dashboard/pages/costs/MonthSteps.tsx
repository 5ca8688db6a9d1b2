// Where the month is, what waits for whom, and the next step for those who may take it.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { PartyResponseWanted, SettlementCondition, SettlementDetails } from '#contract/settlements.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'

type Props = { details: SettlementDetails; timeZone: string }
export const MonthSteps = ({ details, timeZone }: Props) => {
  const { text, format } = useText()
  const { settlement, acceptances, commentsUntil, force } = details
  return (
    <Panel>
      <Stack>
        <h2>{settlement.status === 'draft' ? text.costs.nextStep : text.costs.acceptances}</h2>
        {settlement.status === 'draft' ? <p>{text.costs.next.draft}</p> : null}
        {settlement.status === 'draft' ? null : (
          <Row as="ul" $gap={3}>
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

const Hindrances = ({ conditions, step }: { conditions: readonly SettlementCondition[]; step: 'issue' | 'close' }) => {
  const { text } = useText()
  const nameOf = useOrganisationNames()
  const hindering = conditions.filter(({ hinders, code }) => hinders.includes(step) && code !== 'already-closed')
  if (hindering.length === 0) return null
  return (
    <Stack $gap={1}>
      <h3>{text.costs.hinders[step]}</h3>
      <ul>
        {hindering.map(({ code, message, parties }) => (
          <li key={code}>
            {conditionWords(text.costs.conditions, code) ?? <span lang="en">{message}</span>}
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
      predicate: ({ queryKey }) => ['settlement', 'settlements', 'overview'].includes(String(queryKey[0])),
    })
  }
  const issue = useMutation({
    mutationFn: () => sendJson('POST', apiPath(`${path}/issue`), {}),
    onSuccess: () => done(text.costs.issuedNow),
  })
  const close = useMutation({
    mutationFn: () => sendJson('POST', apiPath(`${path}/close`), {}),
    onSuccess: () => done(text.costs.closedNow),
  })
  const respond = useMutation({
    mutationFn: (body: PartyResponseWanted) => sendJson('POST', apiPath(`${path}/responses`), body),
    onSuccess: () => done(text.costs.acceptedNow),
  })
  const free = (step: 'issue' | 'close') => !details.conditions.some(({ hinders }) => hinders.includes(step))
  const mayIssue = status === 'draft' && free('issue') && hasRole(session, 'controller')
  const mayClose = status === 'issued' && free('close') && hasRole(session, 'controller')
  const own = details.acceptances.find(({ party }) => party === session.organisation)
  const mayAccept = status === 'issued' && own?.accepted === false && hasRole(session, 'controller', 'signatory')
  const error = issue.error ?? close.error ?? respond.error
  if (!mayIssue && !mayClose && !mayAccept && error === null) return null
  return (
    <Stack $gap={2} className="no-print">
      {status === 'draft' ? null : <h3>{text.costs.nextStep}</h3>}
      {error === null ? null : <Refusal error={error} />}
      {mayIssue ? (
        <Stack $gap={1}>
          <div>
            <Button onClick={() => issue.mutate()}>{text.costs.issue}</Button>
          </div>
          <Small>{text.costs.issueEffect}</Small>
        </Stack>
      ) : null}
      {mayAccept && own !== undefined ? (
        <Stack $gap={1}>
          <div>
            <Button onClick={() => respond.mutate({ party: own.party, item: null, answer: 'accepted' })}>
              {text.costs.accept}
            </Button>
          </div>
          <Small>{text.costs.acceptEffect(nameOf(own.party))}</Small>
        </Stack>
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
