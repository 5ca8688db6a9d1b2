// The form of a draft: head, rules, terms, matrix, accounts; errors stand at their fields, and saving keeps what can't be proposed yet.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState, type FormEvent } from 'react'
import { useParams } from 'react-router'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { AgreementRecorded } from '#contract/agreements.ts'
import type { ProposalDraft, ProposalShown } from '#contract/proposals.ts'
import { proposalQuery, PROPOSALS } from '#dashboard/client/agreement-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { agreementsQuery } from '#dashboard/client/queries.ts'
import { AppLink, useGo } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { Loading, Refusal } from '#dashboard/components/QueryStates.tsx'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { compact, DraftContext, fieldId } from './form/draft-context.ts'
import { HeadFields } from './form/HeadFields.tsx'
import { MatrixField } from './form/MatrixField.tsx'
import { RulesField } from './form/RulesField.tsx'
import {
  AccountFields,
  BandFields,
  DaysField,
  EstimateFields,
  UnapprovedFields,
  UnusualFields,
} from './form/TermsFields.tsx'
import { useDraftChoices } from './form/useDraftChoices.ts'
import { ProblemList, WarningList } from './ProposalNotes.tsx'

export const EditProposal = () => {
  const { id = '' } = useParams()
  const proposal = useQuery(proposalQuery(id))
  return <PageWhenLoaded query={proposal}>{(data) => <Loaded key={data.id} proposal={data} />}</PageWhenLoaded>
}

const draftOf = ({ content, note }: ProposalShown): ProposalDraft => {
  const { number: _, ...draft } = content
  return { ...draft, note }
}

const Loaded = ({ proposal }: { proposal: ProposalShown }) => {
  const agreements = useQuery(agreementsQuery(proposal.premises))
  return agreements.data === undefined ? (
    <Loading />
  ) : (
    <DraftForm proposal={proposal} agreements={agreements.data.items} />
  )
}

type Props = { proposal: ProposalShown; agreements: readonly AgreementRecorded[] }
const DraftForm = ({ proposal, agreements }: Props) => {
  const words = useWords(agreementPages)
  const { text, language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const [draft, setDraft] = useState(() => draftOf(proposal))
  const [changed, setChanged] = useState(false)
  const choices = useDraftChoices(proposal.premises, draft.agreement.parties)
  const save = useMutation({
    mutationFn: (body: ProposalDraft) =>
      sendJson<ProposalShown>('PUT', apiPath(`/proposals/${segment(proposal.id)}`), body, proposal.version),
    onSuccess: async (after) => {
      setChanged(false)
      announce(words.savedNow)
      if (after !== null) client.setQueryData(proposalQuery(proposal.id).queryKey, after)
      await client.invalidateQueries({
        predicate: ({ queryKey }) => queryKey[0] === PROPOSALS && queryKey[1] !== proposal.id,
      })
      if (proposal.state === 'proposed') await go(`/agreements/proposals/${proposal.id}`)
    },
  })
  const refused = save.error instanceof RequestError ? save.error.problems : []
  const problems = refused.length > 0 ? refused : proposal.problems
  const change = (next: ProposalDraft) => {
    setDraft(next)
    setChanged(true)
  }
  const { version, agreement } = draft
  const terms = version.terms ?? {}
  const changeTerms = (next: typeof terms) =>
    change({
      ...draft,
      version: compact({
        ...version,
        terms: Object.keys(next).length === 0 ? undefined : next,
      }) as ProposalDraft['version'],
    })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(draft)
  }
  const title = words.titleOf(pickName(agreement.name, language, agreement.id).text, proposal.number)
  if (choices === null) return <Loading />
  return (
    <Page
      title={words.editTitle}
      crumbs={[
        { to: '/agreements', text: text.nav.agreements },
        { to: `/agreements/proposals/${proposal.id}`, text: title },
      ]}
      lead={title}
    >
      <DraftContext value={{ ...choices, problems: [...problems] }}>
        <form onSubmit={submit} noValidate>
          <Stack $gap={3}>
            {save.error === null || refused.length > 0 ? null : <Refusal error={save.error} />}
            <ProblemList problems={[...problems]} rules={version.rules} idOf={fieldId} />
            <WarningList warnings={proposal.warnings} />
            <Panel>
              <Stack>
                <h2>{words.head}</h2>
                <HeadFields draft={draft} onChange={change} agreements={agreements} />
              </Stack>
            </Panel>
            <Panel>
              <Stack>
                <h2>{words.rules}</h2>
                <RulesField
                  premises={proposal.premises}
                  rules={version.rules}
                  onChange={(rules) => change({ ...draft, version: { ...version, rules } })}
                />
              </Stack>
            </Panel>
            <Panel>
              <Stack $gap={3}>
                <h2>{words.terms}</h2>
                <Row $gap={3} $end>
                  <DaysField
                    at="/agreement/commentDays"
                    label={words.commentDays}
                    value={agreement.commentDays}
                    onChange={(commentDays) =>
                      change({
                        ...draft,
                        agreement: compact({ ...agreement, commentDays }) as ProposalDraft['agreement'],
                      })
                    }
                  />
                  <DaysField
                    at="/version/terms/reminderDays"
                    label={words.reminderDays}
                    value={terms.reminderDays}
                    onChange={(reminderDays) => changeTerms(compact({ ...terms, reminderDays }) as typeof terms)}
                  />
                  <DaysField
                    at="/version/terms/answerDays"
                    label={words.answerDays}
                    value={terms.answerDays}
                    onChange={(answerDays) => changeTerms(compact({ ...terms, answerDays }) as typeof terms)}
                  />
                  <DaysField
                    at="/version/terms/faultHours"
                    label={words.faultHours}
                    value={terms.faultHours}
                    onChange={(faultHours) => changeTerms(compact({ ...terms, faultHours }) as typeof terms)}
                  />
                </Row>
                <UnusualFields terms={terms} onChange={changeTerms} />
                <EstimateFields terms={terms} onChange={changeTerms} />
                <BandFields terms={terms} onChange={changeTerms} />
                <UnapprovedFields terms={terms} onChange={changeTerms} />
              </Stack>
            </Panel>
            <Panel>
              <Stack>
                <h2>{words.matrix}</h2>
                <MatrixField
                  rows={terms.responsibilities ?? []}
                  onChange={(rows) =>
                    changeTerms(
                      compact({ ...terms, responsibilities: rows.length === 0 ? undefined : rows }) as typeof terms,
                    )
                  }
                />
              </Stack>
            </Panel>
            <Panel>
              <Stack>
                <h2>{words.accounts}</h2>
                <AccountFields terms={terms} onChange={changeTerms} />
              </Stack>
            </Panel>
            <Panel>
              <Stack $gap={1}>
                {proposal.state === 'proposed' ? <InlineAlert status="warning">{words.saveVoids}</InlineAlert> : null}
                <Row $gap={2}>
                  <Button type="submit" disabled={save.isPending}>
                    {proposal.state === 'proposed' ? words.saveProposed : words.save}
                  </Button>
                  <AppLink to={`/agreements/proposals/${proposal.id}`}>{words.text}</AppLink>
                  {changed ? <Small as="output">{words.unsaved}</Small> : null}
                </Row>
              </Stack>
            </Panel>
          </Stack>
        </form>
      </DraftContext>
    </Page>
  )
}
