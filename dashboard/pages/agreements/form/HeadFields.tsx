// The head of a draft: names, parties in order, period, what it replaces, and the note to the parties.
import { Textarea } from 'suomifi-ui-components'
import type { AgreementRecorded } from '#contract/agreements.ts'
import type { ProposalDraft } from '#contract/proposals.ts'
import { addDays } from '#dashboard/format/zone.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { compact, fieldId, movedUp, useDraftFacts, useProblemAt, without } from './draft-context.ts'
import { AddChoice, ChoiceField, ProblemOf, RemoveButton, TextField, UpButton } from './fields.tsx'

type Props = {
  draft: ProposalDraft
  onChange: (draft: ProposalDraft) => void
  /** Agreements of the premises; the one that the draft changes is among them. */
  agreements: readonly AgreementRecorded[]
}
export const HeadFields = ({ draft, onChange, agreements }: Props) => {
  const words = useWords(agreementPages)
  const { language } = useText()
  const { agreement, version } = draft
  const standing = agreements.find(({ id }) => id === agreement.id)
  const others = agreements.filter(({ id }) => id !== agreement.id)
  const put = (part: Partial<ProposalDraft['agreement']>) =>
    onChange({ ...draft, agreement: compact({ ...agreement, ...part }) })
  const labels = { fi: words.nameFi, sv: words.nameSv, en: words.nameEn }
  const fromProblem = useProblemAt('/version/from')
  const toProblem = useProblemAt('/version/to')
  const name = agreement.name ?? {}
  return (
    <Stack $gap={3}>
      {standing === undefined ? (
        <TextField
          at="/agreement/id"
          label={words.agreementId}
          hint={words.agreementIdHint}
          value={agreement.id}
          onChange={(id) => put({ id })}
        />
      ) : null}
      <Row $gap={2} $end id={fieldId('/agreement/name')}>
        {(['fi', 'sv', 'en'] as const).map((one) => (
          <TextField
            key={one}
            at={`/agreement/name/${one}`}
            label={labels[one]}
            value={name[one] ?? ''}
            onChange={(text) => {
              const next = compact({ ...name, [one]: text === '' ? undefined : text })
              put({ name: (Object.keys(next).length === 0 ? undefined : next) as typeof name })
            }}
          />
        ))}
      </Row>
      <Row $gap={2} $end id={fieldId('/version')}>
        <DateField
          id={fieldId('/version/from')}
          label={words.periodFrom}
          value={version.from}
          error={fromProblem}
          onChange={(from) => (from === '' ? undefined : onChange({ ...draft, version: { ...version, from } }))}
        />
        <DateField
          id={fieldId('/version/to')}
          label={words.periodTo}
          value={version.to === null ? '' : addDays(version.to, -1)}
          error={toProblem}
          onChange={(last) =>
            onChange({ ...draft, version: { ...version, to: last === '' ? null : addDays(last, 1) } })
          }
        />
      </Row>
      <ProblemOf at="/version" />
      <PartiesField draft={draft} fixed={standing !== undefined} onChange={(parties) => put({ parties })} />
      {standing !== undefined || others.length === 0 ? null : (
        <Stack $gap={1}>
          <ChoiceField
            at="/replaces"
            label={words.replaces}
            value={draft.replaces ?? ''}
            empty={words.replacesNone}
            options={others.map(({ id, name: names }) => ({ value: id, text: pickName(names, language, id).text }))}
            onChange={(id) => {
              const { replaces: _, ...rest } = draft
              onChange(id === '' ? rest : { ...rest, replaces: id })
            }}
          />
          <Small>{words.replacesHint}</Small>
        </Stack>
      )}
      <Textarea
        fullWidth
        labelText={words.note}
        hintText={words.noteHint}
        value={draft.note ?? ''}
        maxLength={2000}
        onChange={(event) => onChange({ ...draft, note: event.target.value })}
      />
    </Stack>
  )
}

type PartiesProps = { draft: ProposalDraft; fixed: boolean; onChange: (parties: string[]) => void }
const PartiesField = ({ draft, fixed, onChange }: PartiesProps) => {
  const words = useWords(agreementPages)
  const { organisations } = useDraftFacts()
  const { parties } = draft.agreement
  const nameOf = (id: string) => organisations.find((one) => one.value === id)?.text ?? id
  return (
    <Stack $gap={1} id={fieldId('/agreement/parties')}>
      <h3>{words.parties}</h3>
      {fixed ? <Small>{words.partiesFixed}</Small> : null}
      <Stack as="ol" $gap={0}>
        {parties.map((id, i) => (
          <li key={id}>
            <Row $gap={1}>
              <span>
                {i + 1}. {nameOf(id)}
              </span>
              {fixed || i === 0 ? null : <UpButton what={nameOf(id)} onClick={() => onChange(movedUp(parties, i))} />}
              {fixed ? null : <RemoveButton what={nameOf(id)} onClick={() => onChange(without(parties, i))} />}
            </Row>
            <ProblemOf at={`/agreement/parties/${i}`} />
          </li>
        ))}
      </Stack>
      <ProblemOf at="/agreement/parties" />
      {fixed ? null : (
        <AddChoice
          label={words.addParty}
          options={organisations.filter((one) => !parties.includes(one.value))}
          onAdd={(id) => onChange([...parties, id])}
        />
      )}
    </Stack>
  )
}
