// Disputing a line of an issued month, or the whole: why, with what attached, and who must answer.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { Button } from 'suomifi-ui-components'
import type { Attachment, DisputeShown, DisputeWanted } from '#contract/disputes.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import type { SettlementDetails } from '#contract/settlements.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { TOUCHED_BY_A_STEP } from '#dashboard/client/month-queries.ts'
import { premisesQuery, settlementDetailsQuery } from '#dashboard/client/queries.ts'
import { AttachmentField } from '#dashboard/components/Attachments.tsx'
import { useAddress, useGo } from '#dashboard/components/AppLink.tsx'
import { useItemName } from '#dashboard/components/ItemName.tsx'
import { itemPath } from '#dashboard/components/item-path.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { WordsField } from '#dashboard/components/WordsField.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Facts, Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

const REASONS = ['amount', 'share', 'readings', 'not-ours', 'payer-or-vat', 'period', 'other'] as const

export const DisputeForm = () => {
  const { premises = '', month = '' } = useParams()
  const known = useQuery(premisesQuery(premises))
  const details = useQuery(settlementDetailsQuery(premises, month))
  return (
    <PageWhenLoaded query={known}>
      {(data) => <PageWhenLoaded query={details}>{(found) => <Form premises={data} details={found} />}</PageWhenLoaded>}
    </PageWhenLoaded>
  )
}

const Form = ({ premises, details }: { premises: PremisesRecorded; details: SettlementDetails }) => {
  const words = useWords(monthWords)
  const { text, format, language } = useText()
  const { get } = useAddress()
  const nameOf = useOrganisationNames()
  const itemName = useItemName(details)
  const announce = useAnnounce()
  const go = useGo()
  const client = useQueryClient()
  const party = useSession().organisation ?? ''
  const { settlement } = details
  const line = settlement.items.find(({ id }) => id === get('item')) ?? null
  const concerned = [
    ...new Set([
      ...(line === null ? [] : [line.payer]),
      premises.landlord,
      ...settlement.statements.map((one) => one.party),
    ]),
  ].filter((id) => id !== party)
  const [reason, setReason] = useState<DisputeWanted['reason']>('amount')
  const [why, setWhy] = useState('')
  const [files, setFiles] = useState<Attachment[]>([])
  const [owner, setOwner] = useState(concerned[0] ?? premises.landlord)
  const [tried, setTried] = useState(false)
  const send = useMutation({
    mutationFn: () =>
      sendJson<DisputeShown>(
        'POST',
        apiPath(`/premises/${segment(premises.id)}/settlements/${settlement.period}/disputes`),
        { party, item: line?.id ?? null, reason, text: why.trim(), files, owner } satisfies DisputeWanted,
      ),
    onSuccess: async (made) => {
      announce(words.disputedNow)
      await client.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED_BY_A_STEP.includes(String(queryKey[0])) })
      if (made !== null) await go(`/disputes/${made.id}`)
    },
  })
  const name = pickName(premises.name, language, premises.id).text
  const title = line === null ? words.disputeWhole : `${words.disputeLine}: ${itemName(line)}`
  const share = line?.shares.find((one) => one.party === party)?.net
  return (
    <Page
      title={title}
      crumbs={[
        { to: `/costs/${premises.id}/${settlement.period}`, text: `${name}, ${format.month(settlement.period)}` },
        ...(line === null ? [] : [{ to: itemPath(premises.id, settlement.period, line.id), text: itemName(line) }]),
      ]}
    >
      <Panel>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            setTried(true)
            if (why.trim() !== '') send.mutate()
          }}
        >
          <Stack $gap={3}>
            {line === null ? null : (
              <Facts
                facts={[
                  [text.costs.net, format.money(line.net)],
                  [text.costs.shareOf(nameOf(party)), format.money(share ?? null)],
                  [text.costs.payer, nameOf(line.payer)],
                ]}
              />
            )}
            <div>
              <Select
                label={words.reason}
                value={reason}
                options={REASONS.map((value) => ({ value, text: words.reasons[value] }))}
                onChange={setReason}
              />
            </div>
            <WordsField
              label={words.why}
              hint={words.whyHint}
              value={why}
              onChange={setWhy}
              error={tried && why.trim() === '' ? words.needText : null}
            />
            <AttachmentField files={files} onChange={setFiles} />
            <div>
              <Select
                label={words.owner}
                value={owner}
                options={concerned.map((id) => ({ value: id, text: nameOf(id) }))}
                onChange={setOwner}
              />
            </div>
            {send.error === null ? null : <Refusal error={send.error} />}
            <Stack $gap={1}>
              <div>
                <Button type="submit" disabled={send.isPending}>
                  {words.disputeNow}
                </Button>
              </div>
              <Small>{words.disputeEffect(String(details.answerDays))}</Small>
            </Stack>
          </Stack>
        </form>
      </Panel>
    </Page>
  )
}
