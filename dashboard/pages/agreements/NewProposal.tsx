// A draft begins: which premises, from which template or from what is in force, and from when.
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { Button } from 'suomifi-ui-components'
import type { AgreementRecorded } from '#contract/agreements.ts'
import type { ProposalDraft, ProposalShown } from '#contract/proposals.ts'
import { getTemplate } from '#dashboard/client/agreement-queries.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { agreementsQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { useAddress, useGo } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Loading, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { addMonths } from '#dashboard/format/zone.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'

const STARTS = ['standing', 'office', 'joint-service-point', 'customer-service-area'] as const
type Start = (typeof STARTS)[number]

export const NewProposal = () => {
  const words = useWords(agreementPages)
  const { text } = useText()
  const { get, set } = useAddress()
  const { all, nameOf } = usePremisesNames()
  const premises = get('premises') ?? all[0]?.id ?? ''
  const agreements = useQuery({ ...agreementsQuery(premises), enabled: premises !== '' })
  return (
    <Page title={words.newTitle} crumbs={[{ to: '/agreements', text: text.nav.agreements }]} lead={words.newLead}>
      <Panel style={{ maxWidth: 640 }}>
        {premises === '' ? (
          <Loading />
        ) : (
          <WhenLoaded query={agreements}>
            {({ items }) => (
              <Stack $gap={3}>
                <Select
                  label={words.choosePremises}
                  value={premises}
                  options={all.map(({ id }) => ({ value: id, text: nameOf(id) }))}
                  onChange={(one) => set({ premises: one, agreement: null })}
                />
                <StartForm
                  key={premises}
                  premises={premises}
                  standing={items.find(({ id }) => id === get('agreement')) ?? items.find(isStanding) ?? null}
                />
              </Stack>
            )}
          </WhenLoaded>
        )}
      </Panel>
    </Page>
  )
}

const isStanding = ({ states }: AgreementRecorded): boolean => states.some(({ inForce }) => inForce)

const StartForm = ({ premises, standing }: { premises: string; standing: AgreementRecorded | null }) => {
  const words = useWords(agreementPages)
  const go = useGo()
  const { timeZoneOf } = usePremisesNames()
  const today = localDate(useNow(), timeZoneOf(premises))
  const [start, setStart] = useState<Start>(standing === null ? 'office' : 'standing')
  const [from, setFrom] = useState(`${addMonths(today.slice(0, 7), 1)}-01`)
  const make = useMutation({
    mutationFn: async () => {
      const draft =
        start === 'standing' && standing !== null
          ? draftOfStanding(standing, from)
          : await getTemplate(premises, start, from)
      return sendJson<ProposalShown>('POST', apiPath('/proposals'), draft)
    },
    onSuccess: (made) => go(`/agreements/proposals/${made?.id ?? ''}/edit`),
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    make.mutate()
  }
  const options = STARTS.filter((one) => one !== 'standing' || standing !== null)
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={3}>
        {make.error === null ? null : <Refusal error={make.error} />}
        <Stack $gap={1}>
          <Select
            label={words.startFrom}
            value={start}
            options={options.map((value) => ({ value, text: words.starts[value] }))}
            onChange={setStart}
          />
          <Small>{words.startTexts[start]}</Small>
        </Stack>
        <DateField id="start-from" label={words.startDate} value={from} onChange={setFrom} />
        <div>
          <Button type="submit" disabled={make.isPending || from === ''}>
            {words.makeDraft}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

/** The rules and terms of the version in force (or the newest), from the chosen day on. */
const draftOfStanding = (agreement: AgreementRecorded, from: string): ProposalDraft => {
  const inForce = agreement.states.find((one) => one.inForce)?.version
  const newest = agreement.versions.toSorted((a, b) => b.version - a.version)
  const version = newest.find((one) => one.version === inForce) ?? newest[0]
  return {
    agreement: {
      id: agreement.id,
      premises: agreement.premises,
      parties: agreement.parties,
      ...(agreement.name === undefined ? {} : { name: agreement.name }),
      ...(agreement.commentDays === undefined ? {} : { commentDays: agreement.commentDays }),
    },
    version: {
      from,
      to: null,
      rules: version?.rules ?? [],
      ...(version?.terms === undefined ? {} : { terms: version.terms }),
    },
  }
}
