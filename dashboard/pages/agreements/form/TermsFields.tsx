// The terms of a draft besides the matrix: reminder, estimates, remainder bands, unapproved meters, accounts.
import type { ProposalDraft } from '#contract/proposals.ts'
import { addDays } from '#dashboard/format/zone.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { compact, fieldId, replaced, useDraftFacts, useProblemAt, without } from './draft-context.ts'
import { AddButton, ChoiceField, NumberField, PercentField, ProblemOf, RemoveButton, TextField } from './fields.tsx'

type Terms = NonNullable<ProposalDraft['version']['terms']>
type Props = { terms: Terms; onChange: (terms: Terms) => void }
const AT = '/version/terms'
const ALL = '*'

/** A list that is empty is not there. */
const filled = <T,>(list: T[]): T[] | undefined => (list.length === 0 ? undefined : list)

export const EstimateFields = ({ terms, onChange }: Props) => {
  const words = useWords(agreementPages)
  const estimates = terms.estimates
  return (
    <Row $gap={3} $end>
      <PercentField
        at={`${AT}/estimates/most`}
        label={words.estimatesMost}
        value={estimates?.most ?? ''}
        width={220}
        onChange={(most) =>
          onChange(
            compact({
              ...terms,
              estimates: most === '' ? undefined : { most, beyond: estimates?.beyond ?? ('block' as const) },
            }) as Terms,
          )
        }
      />
      {estimates === undefined ? null : (
        <ChoiceField
          at={`${AT}/estimates/beyond`}
          label={words.estimatesBeyond}
          value={estimates.beyond}
          options={(['block', 'show'] as const).map((value) => ({ value, text: words.beyond[value] }))}
          onChange={(beyond) =>
            onChange({ ...terms, estimates: { ...estimates, beyond: beyond === 'show' ? 'show' : 'block' } })
          }
        />
      )}
    </Row>
  )
}

/** Both thresholds or none: what is left empty keeps its usual figure. */
export const UnusualFields = ({ terms, onChange }: Props) => {
  const words = useWords(agreementPages)
  const { part = '', euros = '' } = terms.unusualChange ?? {}
  const put = (next: { part: string; euros: string }) =>
    onChange(compact({ ...terms, unusualChange: next.part === '' && next.euros === '' ? undefined : next }) as Terms)
  return (
    <Row $gap={3} $end>
      <PercentField
        at={`${AT}/unusualChange/part`}
        label={words.unusualPart}
        value={part}
        width={220}
        onChange={(typed) => put({ part: typed, euros: euros === '' ? '50' : euros })}
      />
      <NumberField
        at={`${AT}/unusualChange/euros`}
        label={words.unusualEuros}
        value={euros}
        onChange={(typed) => put({ part: part === '' && typed !== '' ? '0.3' : part, euros: typed })}
      />
    </Row>
  )
}

export const BandFields = ({ terms, onChange }: Props) => {
  const words = useWords(agreementPages)
  const { text } = useText()
  const { categories, meters } = useDraftFacts()
  const bands = terms.remainderBands ?? []
  const put = (list: typeof bands) => onChange(compact({ ...terms, remainderBands: filled(list) }) as Terms)
  const options = [
    { value: `category ${ALL}`, text: text.rules.others },
    ...categories.map((one) => ({ value: `category ${one.value}`, text: one.text })),
    ...meters.map((one) => ({ value: `meter ${one.value}`, text: one.text })),
  ]
  const read = (choice: string): (typeof bands)[number]['of'] => {
    const meter = meters.find((one) => `meter ${one.value}` === choice)
    return meter === undefined
      ? { category: choice.replace(/^category /, '') }
      : { meter: { device: meter.device, point: meter.point } }
  }
  return (
    <Stack $gap={2} id={fieldId(`${AT}/remainderBands`)}>
      <h3>{words.bands}</h3>
      {bands.map((band, i) => {
        const at = `${AT}/remainderBands/${i}`
        const value =
          'meter' in band.of ? `meter ${band.of.meter.device}/${band.of.meter.point}` : `category ${band.of.category}`
        const title = options.find((one) => one.value === value)?.text ?? value
        return (
          // eslint-disable-next-line react/no-array-index-key
          <Row key={i} $gap={2} $end>
            <ChoiceField
              at={`${at}/of`}
              label={words.bandOf}
              value={value}
              options={options}
              onChange={(choice) => put(replaced(bands, i, { ...band, of: read(choice) }))}
            />
            <PercentField
              at={`${at}/least`}
              label={words.bandLeast}
              value={band.least}
              width={240}
              onChange={(least) => put(replaced(bands, i, { ...band, least }))}
            />
            <PercentField
              at={`${at}/most`}
              label={words.bandMost}
              value={band.most}
              width={240}
              onChange={(most) => put(replaced(bands, i, { ...band, most }))}
            />
            <RemoveButton what={title} onClick={() => put(without(bands, i))} />
          </Row>
        )
      })}
      <AddButton onClick={() => put([...bands, { of: { category: ALL }, least: '0', most: '0.15' }])}>
        {words.addBand}
      </AddButton>
    </Stack>
  )
}

export const UnapprovedFields = ({ terms, onChange }: Props) => {
  const words = useWords(agreementPages)
  const { meters } = useDraftFacts()
  const rows = terms.unapprovedMeters ?? []
  const put = (list: typeof rows) => onChange(compact({ ...terms, unapprovedMeters: filled(list) }) as Terms)
  const free = meters.filter((one) => !rows.some(({ meter }) => `${meter.device}/${meter.point}` === one.value))
  return (
    <Stack $gap={2} id={fieldId(`${AT}/unapprovedMeters`)}>
      <h3>{words.unapproved}</h3>
      <Small>{words.unapprovedHint}</Small>
      {rows.map((row, i) => {
        const at = `${AT}/unapprovedMeters/${i}`
        const value = `${row.meter.device}/${row.meter.point}`
        return (
          // eslint-disable-next-line react/no-array-index-key
          <Row key={i} $gap={2} $end>
            <ChoiceField
              at={`${at}/meter`}
              label={words.meter}
              value={value}
              options={meters}
              onChange={(choice) => {
                const meter = meters.find((one) => one.value === choice)
                if (meter !== undefined)
                  put(replaced(rows, i, { ...row, meter: { device: meter.device, point: meter.point } }))
              }}
            />
            <TextField
              at={`${at}/reason`}
              label={words.reason}
              value={row.reason ?? ''}
              onChange={(reason) =>
                put(replaced(rows, i, compact({ ...row, reason: reason === '' ? undefined : reason }) as typeof row))
              }
            />
            <UntilField
              at={`${at}/to`}
              value={row.to ?? null}
              onChange={(to) => put(replaced(rows, i, { ...row, to }))}
            />
            <RemoveButton what={value} onClick={() => put(without(rows, i))} />
          </Row>
        )
      })}
      {free[0] === undefined ? null : (
        <AddButton onClick={() => put([...rows, { meter: { device: free[0]!.device, point: free[0]!.point } }])}>
          {words.addUnapproved}
        </AddButton>
      )}
    </Stack>
  )
}
/** People name the last day, facts the day after it. */
const UntilField = ({
  at,
  value,
  onChange,
}: {
  at: string
  value: string | null
  onChange: (to: string | null) => void
}) => {
  const words = useWords(agreementPages)
  const problem = useProblemAt(at)
  return (
    <DateField
      id={fieldId(at)}
      label={words.until}
      value={value === null ? '' : addDays(value, -1)}
      error={problem}
      onChange={(last) => onChange(last === '' ? null : addDays(last, 1))}
    />
  )
}

export const AccountFields = ({ terms, onChange }: Props) => {
  const words = useWords(agreementPages)
  const { text } = useText()
  const { parties, categories } = useDraftFacts()
  const rows = terms.accounts ?? []
  const put = (list: typeof rows) => onChange(compact({ ...terms, accounts: filled(list) }) as Terms)
  return (
    <Stack $gap={2} id={fieldId(`${AT}/accounts`)}>
      <Small>{words.accountsHint}</Small>
      {rows.map((row, i) => {
        const at = `${AT}/accounts/${i}`
        const change = (part: Partial<typeof row>) => put(replaced(rows, i, compact({ ...row, ...part }) as typeof row))
        return (
          // eslint-disable-next-line react/no-array-index-key
          <Stack key={i} $gap={0} id={fieldId(at)}>
            <Row $gap={2} $end>
              <ChoiceField
                at={`${at}/party`}
                label={words.party}
                value={row.party}
                options={parties}
                onChange={(party) => change({ party })}
              />
              <ChoiceField
                at={`${at}/category`}
                label={words.category}
                value={row.category}
                options={[{ value: ALL, text: text.rules.others }, ...categories]}
                onChange={(category) => change({ category })}
              />
              <TextField
                at={`${at}/account`}
                label={words.account}
                width={140}
                value={row.account ?? ''}
                onChange={(account) => change({ account: account === '' ? undefined : account } as Partial<typeof row>)}
              />
              <TextField
                at={`${at}/costCentre`}
                label={words.costCentre}
                width={160}
                value={row.costCentre ?? ''}
                onChange={(costCentre) =>
                  change({ costCentre: costCentre === '' ? undefined : costCentre } as Partial<typeof row>)
                }
              />
              <RemoveButton what={`${row.party} ${row.category} ${i + 1}`} onClick={() => put(without(rows, i))} />
            </Row>
            <ProblemOf at={at} />
          </Stack>
        )
      })}
      <AddButton onClick={() => put([...rows, { party: parties[0]?.value ?? '', category: ALL, account: '' }])}>
        {words.addAccount}
      </AddButton>
    </Stack>
  )
}

export const DaysField = ({
  at,
  label,
  value,
  onChange,
}: {
  at: string
  label: string
  value: number | undefined
  onChange: (days: number | undefined) => void
}) => (
  <NumberField
    at={at}
    label={label}
    width={320}
    value={value === undefined ? '' : String(value)}
    onChange={(typed) => onChange(/^\d{1,3}$/.test(typed) ? Number(typed) : undefined)}
  />
)
