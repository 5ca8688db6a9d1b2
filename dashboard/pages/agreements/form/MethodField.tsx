// Choosing a split method: nine of them, two of which hold others within.
import { Checkbox } from 'suomifi-ui-components'
import type { SplitMethod } from '#contract/bundle.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Grid, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { compact, fieldId, replaced, useDraftFacts, without } from './draft-context.ts'
import { AddButton, AddChoice, ChoiceField, Chips, Nested, NumberField, ProblemOf, RemoveButton } from './fields.tsx'

type By = SplitMethod['by']
type Of<B extends By> = Extract<SplitMethod, { by: B }>
const METHODS = [
  'area',
  'headcount',
  'fixed',
  'equal',
  'metered',
  'usage',
  'ownership',
  'direct',
  'mix',
] as const satisfies By[]
/** Deeper nesting is refused by the API long after nobody understands it any more; the form offers this much. */
const NESTING_MAX = 5

type Props<M = SplitMethod> = { at: string; value: M; onChange: (value: SplitMethod) => void; depth: number }

export const MethodField = ({ at, value, onChange, depth, label }: Props & { label?: string }) => {
  const words = useWords(agreementPages)
  const { parties } = useDraftFacts()
  const offered = depth < NESTING_MAX ? METHODS : METHODS.filter((by) => by !== 'metered' && by !== 'mix')
  return (
    <Stack $gap={2}>
      <ChoiceField
        at={`${at}/by`}
        label={label ?? words.method}
        value={value.by}
        options={offered.map((by) => ({ value: by, text: words.methods[by] }))}
        onChange={(by) => onChange(startOf(by as By, parties[0]?.value ?? ''))}
      />
      <Details at={at} value={value} onChange={onChange} depth={depth} />
      <ProblemOf at={at} />
    </Stack>
  )
}

/** What a method says when it has just been chosen. */
const startOf = (by: By, party: string): SplitMethod => {
  switch (by) {
    case 'fixed':
      return { by, shares: {} }
    case 'direct':
      return { by, party }
    case 'metered':
      return { by, meters: {}, remainder: { by: 'area' } }
    case 'mix':
      return {
        by,
        parts: [
          { weight: '60', method: { by: 'area' } },
          { weight: '40', method: { by: 'headcount' } },
        ],
      }
    default:
      return { by }
  }
}

const Details = ({ at, value, onChange, depth }: Props) => {
  switch (value.by) {
    case 'fixed':
      return <FixedDetails at={at} value={value} onChange={onChange} depth={depth} />
    case 'area':
      return <AreaDetails at={at} value={value} onChange={onChange} depth={depth} />
    case 'usage':
      return <UsageDetails at={at} value={value} onChange={onChange} depth={depth} />
    case 'direct':
      return <DirectDetails at={at} value={value} onChange={onChange} depth={depth} />
    case 'metered':
      return <MeteredDetails at={at} value={value} onChange={onChange} depth={depth} />
    case 'mix':
      return <MixDetails at={at} value={value} onChange={onChange} depth={depth} />
    default:
      return null
  }
}

/** An empty share is none. */
const withMember = (members: Record<string, string>, key: string, value: string): Record<string, string> => {
  const { [key]: _, ...others } = members
  return value === '' ? others : { ...members, [key]: value }
}

const FixedDetails = ({ at, value, onChange }: Props<Of<'fixed'>>) => {
  const words = useWords(agreementPages)
  const { parties } = useDraftFacts()
  const known = new Set(parties.map((party) => party.value))
  const gone = Object.keys(value.shares).filter((id) => !known.has(id))
  return (
    <Stack $gap={1} id={fieldId(`${at}/shares`)}>
      <Row $gap={2} $end>
        {[...parties, ...gone.map((id) => ({ value: id, text: id }))].map((party) => (
          <NumberField
            key={party.value}
            at={`${at}/shares/${party.value}`}
            label={words.share(party.text)}
            value={value.shares[party.value] ?? ''}
            onChange={(share) => onChange({ ...value, shares: withMember(value.shares, party.value, share) })}
          />
        ))}
      </Row>
      <ProblemOf at={`${at}/shares`} />
    </Stack>
  )
}

const AreaDetails = ({ at, value, onChange }: Props<Of<'area'>>) => {
  const words = useWords(agreementPages)
  const { spaceTypes } = useDraftFacts()
  const weights = value.useWeights ?? {}
  const change = (type: string, weight: string) => {
    const next = withMember(weights, type, weight)
    onChange(Object.keys(next).length === 0 ? { by: 'area' } : { by: 'area', useWeights: next })
  }
  const shown = Object.keys(weights)
  return (
    <Nested id={fieldId(`${at}/useWeights`)}>
      <legend>{words.spaceWeights}</legend>
      <Stack $gap={1}>
        <Small>{words.spaceWeightsHint}</Small>
        <Row $gap={2} $end>
          {shown.map((type) => (
            <NumberField
              key={type}
              at={`${at}/useWeights/${type}`}
              label={words.spaceWeight(spaceTypes.find((one) => one.value === type)?.text ?? type)}
              value={weights[type] ?? ''}
              onChange={(weight) => change(type, weight)}
            />
          ))}
          <AddChoice
            label={words.spaceWeights}
            options={spaceTypes.filter((type) => !shown.includes(type.value))}
            onAdd={(type) => change(type, '1')}
          />
        </Row>
      </Stack>
    </Nested>
  )
}

const UsageDetails = ({ at, value, onChange }: Props<Of<'usage'>>) => {
  const words = useWords(agreementPages)
  const { devices } = useDraftFacts()
  const chosen = value.devices ?? []
  const put = (ids: string[]) => onChange(ids.length === 0 ? { by: 'usage' } : { by: 'usage', devices: ids })
  return (
    <Nested id={fieldId(`${at}/devices`)}>
      <legend>{words.usageDevices}</legend>
      <Stack $gap={1}>
        {chosen.length === 0 ? <Small>{words.usageAll}</Small> : null}
        <Chips
          items={chosen.map((id) => ({ value: id, text: devices.find((one) => one.value === id)?.text ?? id }))}
          onRemove={(i) => put(without(chosen, i))}
        />
        {chosen.map((id, i) => (
          <ProblemOf key={id} at={`${at}/devices/${i}`} />
        ))}
        <AddChoice
          label={words.addDevice}
          options={devices.filter((one) => !chosen.includes(one.value))}
          onAdd={(id) => put([...chosen, id])}
        />
      </Stack>
    </Nested>
  )
}

const DirectDetails = ({ at, value, onChange }: Props<Of<'direct'>>) => {
  const words = useWords(agreementPages)
  const { parties } = useDraftFacts()
  return (
    <ChoiceField
      at={`${at}/party`}
      label={words.directParty}
      value={value.party}
      options={parties}
      onChange={(party) => onChange({ by: 'direct', party })}
    />
  )
}

const MeteredDetails = ({ at, value, onChange, depth }: Props<Of<'metered'>>) => {
  const words = useWords(agreementPages)
  const { parties, meters } = useDraftFacts()
  const key = ({ device, point }: { device: string; point: string }) => `${device}/${point}`
  const refOf = (choice: string) => {
    const meter = meters.find((one) => one.value === choice)
    return meter === undefined ? undefined : { device: meter.device, point: meter.point }
  }
  const put = (party: string, refs: { device: string; point: string }[]) => {
    const { [party]: _, ...others } = value.meters
    onChange({ ...value, meters: refs.length === 0 ? others : { ...value.meters, [party]: refs } })
  }
  const used = new Set(Object.values(value.meters).flat().map(key))
  return (
    <Nested>
      <legend>{words.methods.metered}</legend>
      <Stack $gap={2}>
        <ChoiceField
          at={`${at}/main`}
          label={words.mainMeter}
          value={value.main === undefined ? '' : key(value.main)}
          empty={words.mainMeterOwn}
          options={meters}
          onChange={(choice) => onChange(compact({ ...value, main: refOf(choice) }) as Of<'metered'>)}
        />
        <Grid $min={320} $gap={2}>
          {parties.map((party) => {
            const refs = value.meters[party.value] ?? []
            return (
              <Stack key={party.value} $gap={1} id={fieldId(`${at}/meters/${party.value}`)}>
                <strong>{words.meters(party.text)}</strong>
                {refs.length === 0 ? <Small>{words.noMeters}</Small> : null}
                <Chips
                  items={refs.map((ref) => ({
                    value: key(ref),
                    text: meters.find((one) => one.value === key(ref))?.text ?? key(ref),
                  }))}
                  onRemove={(i) => put(party.value, without(refs, i))}
                />
                {refs.map((ref, i) => (
                  <ProblemOf key={key(ref)} at={`${at}/meters/${party.value}/${i}/point`} />
                ))}
                <AddChoice
                  label={words.addMeter}
                  options={meters.filter((one) => !used.has(one.value))}
                  onAdd={(choice) => {
                    const ref = refOf(choice)
                    if (ref !== undefined) put(party.value, [...refs, ref])
                  }}
                />
              </Stack>
            )
          })}
        </Grid>
        <Checkbox
          checked={value.allowEstimated === true}
          onClick={({ checkboxState }) =>
            onChange(compact({ ...value, allowEstimated: checkboxState ? true : undefined }) as Of<'metered'>)
          }
        >
          {words.allowEstimated}
        </Checkbox>
        <MethodField
          at={`${at}/remainder`}
          label={words.remainder}
          value={value.remainder}
          depth={depth + 1}
          onChange={(remainder) => onChange({ ...value, remainder })}
        />
      </Stack>
    </Nested>
  )
}

const MixDetails = ({ at, value, onChange, depth }: Props<Of<'mix'>>) => {
  const words = useWords(agreementPages)
  return (
    <Stack $gap={2}>
      {value.parts.map((part, i) => (
        // Parts have no names: their place is what tells them apart.
        // eslint-disable-next-line react/no-array-index-key
        <Nested key={i}>
          <legend>{words.part(i + 1)}</legend>
          <Stack $gap={2}>
            <Row $gap={2} $end>
              <NumberField
                at={`${at}/parts/${i}/weight`}
                label={words.weight}
                value={part.weight}
                onChange={(weight) => onChange({ ...value, parts: replaced(value.parts, i, { ...part, weight }) })}
              />
              <RemoveButton
                what={words.part(i + 1)}
                onClick={() => onChange({ ...value, parts: without(value.parts, i) })}
              />
            </Row>
            <MethodField
              at={`${at}/parts/${i}/method`}
              value={part.method}
              depth={depth + 1}
              onChange={(method) => onChange({ ...value, parts: replaced(value.parts, i, { ...part, method }) })}
            />
          </Stack>
        </Nested>
      ))}
      <AddButton
        onClick={() => onChange({ ...value, parts: [...value.parts, { weight: '1', method: { by: 'equal' } }] })}
      >
        {words.addPart}
      </AddButton>
    </Stack>
  )
}
