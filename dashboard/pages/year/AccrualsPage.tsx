// Accruals of a party at a year's end: drafted, posted, reversed, and what the months came to.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { AccrualShown, AccrualWanted } from '#contract/accruals.ts'
import { sendJson } from '#dashboard/client/http.ts'
import { accrualPath, accrualsPath, accrualsQuery } from '#dashboard/client/year-queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { addDays, addMonths } from '#dashboard/format/zone.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { yearWords } from '#dashboard/text/year/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'
import { AccrualLines } from './AccrualLines.tsx'
import { YearPage, type YearOf } from './YearPage.tsx'

export const AccrualsPage = () => <YearPage tab="accruals">{(of) => <OfParty {...of} />}</YearPage>

const OfParty = ({ premises: { id, timeZone }, year, party }: YearOf) => {
  const words = useWords(yearWords)
  const { language } = useText()
  const session = useSession()
  const accruals = useQuery(accrualsQuery(id, year, party, language))
  const mayDo = session.organisation === party && session.roles.includes('controller')
  return (
    <WhenLoaded query={accruals}>
      {({ accrual }) => (
        <Panel>
          <Stack>
            <h2>{words.accruals}</h2>
            <Soft as="p">{words.accrualsIntro}</Soft>
            {accrual === null ? <Empty title={words.noAccruals} /> : <Voucher accrual={accrual} mayDo={mayDo} />}
            {mayDo && (accrual === null || accrual.state === 'draft') ? (
              <Draft premises={id} timeZone={timeZone} year={year} accrual={accrual} />
            ) : null}
          </Stack>
        </Panel>
      )}
    </WhenLoaded>
  )
}

/** What a draft is computed anew with. */
const wantedOf = ({ cutOff, lines, liabilityAccount, receivableAccount }: AccrualShown): AccrualWanted => ({
  cutOff,
  leftOut: lines.flatMap(({ key, leftOut }) => (leftOut === null ? [] : [{ key, reason: leftOut }])),
  ...(liabilityAccount === null ? {} : { liabilityAccount }),
  ...(receivableAccount === null ? {} : { receivableAccount }),
})

const useYearChanged = () => {
  const client = useQueryClient()
  const announce = useAnnounce()
  return async (sentence: string) => {
    announce(sentence)
    await client.invalidateQueries({ queryKey: ['year'] })
  }
}

type DraftProps = { premises: string; timeZone: string; year: number; accrual: AccrualShown | null }
const Draft = ({ premises, timeZone, year, accrual }: DraftProps) => {
  const words = useWords(yearWords)
  const { format } = useText()
  const changed = useYearChanged()
  const today = localDate(useNow(), timeZone)
  const ends = Array.from({ length: 12 }, (_, i) => addDays(`${addMonths(`${year}-12`, 1 - i)}-01`, -1)).filter(
    (end) => end < today,
  )
  const [cutOff, setCutOff] = useState(accrual?.cutOff ?? ends[0] ?? '')
  const draft = useMutation({
    mutationFn: () =>
      sendJson('POST', accrualsPath(premises, year), accrual === null ? { cutOff } : { ...wantedOf(accrual), cutOff }),
    onSuccess: () => changed(words.drafted),
  })
  if (ends.length === 0) return null
  return (
    <Stack className="no-print">
      {draft.error === null ? null : <Refusal error={draft.error} />}
      <Row $end>
        <Select
          label={words.cutOff}
          value={cutOff}
          options={ends.map((value) => ({ value, text: format.date(value) }))}
          onChange={setCutOff}
        />
        <Button
          variant={accrual === null ? 'default' : 'secondary'}
          onClick={() => draft.mutate()}
          disabled={draft.isPending}
        >
          {accrual === null ? words.draft : words.redraft}
        </Button>
      </Row>
    </Stack>
  )
}

const Voucher = ({ accrual, mayDo }: { accrual: AccrualShown; mayDo: boolean }) => {
  const { language, format } = useText()
  const words = useWords(yearWords)
  const nameOf = useOrganisationNames()
  const changed = useYearChanged()
  const { id, version, state, posted, reversed, premises, year } = accrual
  const [leaving, setLeaving] = useState<string | null>(null)
  const [reason, setReason] = useState('')
  const leave = useMutation({
    mutationFn: ({ key, why }: { key: string; why: string | null }) => {
      const wanted = wantedOf(accrual)
      const others = (wanted.leftOut ?? []).filter((one) => one.key !== key)
      return sendJson('POST', accrualsPath(premises, year), {
        ...wanted,
        leftOut: why === null ? others : [...others, { key, reason: why }],
      })
    },
    onSuccess: async () => {
      setLeaving(null)
      setReason('')
      await changed(words.drafted)
    },
  })
  const step = useMutation({
    mutationFn: (what: { step: 'post' | 'reverse'; date?: string }) =>
      sendJson(
        'POST',
        accrualPath(id, what.step),
        what.step === 'post' ? undefined : what.date === undefined ? {} : { date: what.date },
        what.step === 'post' ? version : undefined,
      ),
    onSuccess: () => changed(words.done),
  })
  const error = leave.error ?? step.error
  const files = (reversal: boolean) =>
    (['csv', 'xlsx'] as const).map((form) => (
      <a
        key={form}
        href={accrualPath(id, 'file', { format: form, language, reversal: String(reversal) })}
        download
        aria-label={`${reversal ? words.reversalFile : words.voucherFile}, ${form.toUpperCase()}`}
      >
        {`${reversal ? words.reversalFile : words.voucherFile} (${form.toUpperCase()})`}
      </a>
    ))
  return (
    <Stack>
      <p>
        <strong>{`${nameOf(accrual.party)}, ${format.date(accrual.cutOff)}: ${words.accrualStates[state]}`}</strong>
      </p>
      {posted === null ? null : <p>{words.posted(posted.number, format.date(posted.date))}</p>}
      {reversed === null ? null : <p>{words.reversed(reversed.number, format.date(reversed.date))}</p>}
      {accrual.lines.length === 0 ? (
        <p>{words.nothing}</p>
      ) : (
        <AccrualLines
          accrual={accrual}
          {...(mayDo && state === 'draft'
            ? { leaveOut: setLeaving, takeIn: (key: string) => leave.mutate({ key, why: null }) }
            : {})}
        />
      )}
      {leaving === null ? null : (
        <Row $end>
          <TextInput
            labelText={words.leftOutReason}
            value={reason}
            onChange={(value) => setReason(String(value ?? ''))}
          />
          <Button
            disabled={reason.trim() === '' || leave.isPending}
            onClick={() => leave.mutate({ key: leaving, why: reason.trim() })}
          >
            {words.leaveOut}
          </Button>
          <Button variant="secondary" onClick={() => setLeaving(null)}>
            {words.takeIn}
          </Button>
        </Row>
      )}
      <p>{words.balanced(format.money(accrual.debit), format.money(accrual.credit))}</p>
      {error === null ? null : <Refusal error={error} />}
      <Row className="no-print">
        {files(false)}
        {reversed === null ? null : files(true)}
      </Row>
      {mayDo && state === 'draft' && accrual.debit !== '0.00' ? (
        <InlineAlert status="neutral">
          <Stack $gap={1}>
            <p>{words.postSure}</p>
            <Row>
              <Button onClick={() => step.mutate({ step: 'post' })} disabled={step.isPending}>
                {words.post}
              </Button>
            </Row>
          </Stack>
        </InlineAlert>
      ) : null}
      {mayDo && state === 'posted' ? (
        <Stack $gap={1} className="no-print">
          <Row>
            <Button onClick={() => step.mutate({ step: 'reverse' })} disabled={step.isPending}>
              {words.reverse}
            </Button>
            <Button
              variant="secondary"
              onClick={() => step.mutate({ step: 'reverse', date: accrual.cutOff })}
              disabled={step.isPending}
            >
              {words.withdraw}
            </Button>
          </Row>
          <Soft as="p">{words.withdrawHint}</Soft>
        </Stack>
      ) : null}
    </Stack>
  )
}
