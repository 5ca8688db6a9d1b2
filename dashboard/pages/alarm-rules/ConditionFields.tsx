// When something is wrong: the fields of the chosen kind.
import { useQuery } from '@tanstack/react-query'
import { Textarea } from 'suomifi-ui-components'
import { agreementsQuery } from '#dashboard/client/queries.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Grid, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { wordOf } from '#domain/writing/word-of.ts'
import { ChoiceField } from './ChoiceField.tsx'
import { fieldId, FIELDS, LengthField, MissingAt, NumberField, useMissing } from './fields.tsx'
import { SubMeters } from './SubMeters.tsx'
import { useMeterChoices, usePointChoices } from './rule-choices.ts'
import { OpenSpans } from './OpenSpans.tsx'
import { WITH_POINT, type RuleDraft } from './rule-draft.ts'

export type FieldsProps = { premises: string; draft: RuleDraft; change: (part: Partial<RuleDraft>) => void }

export const ConditionFields = (props: FieldsProps) => {
  const { premises, draft, change } = props
  const { form: words } = useWords(alarmWords)
  const points = usePointChoices(premises, draft)
  const unit = points.find(({ value }) => value === draft.point)?.unit ?? null
  const number = (
    field: 'above' | 'below' | 'hysteresis' | 'by' | 'level' | 'overUsual' | 'over',
    label: string,
    of: string | null = null,
  ) => (
    <NumberField
      field={field}
      label={label}
      unit={of}
      value={draft[field]}
      onChange={(value) => change({ [field]: value })}
    />
  )
  const lasting = (label: string, hint?: string) => (
    <LengthField
      field="lasting"
      label={label}
      {...(hint === undefined ? {} : { hint })}
      value={draft.lasting}
      onChange={(value) => change({ lasting: value })}
    />
  )
  const point = WITH_POINT.includes(draft.kind) ? (
    <ChoiceField
      field="point"
      label={words.point}
      value={draft.point}
      options={points}
      onChange={(value) => change({ point: value })}
    />
  ) : null
  switch (draft.kind) {
    case 'threshold':
      return (
        <Stack>
          <Grid $min={280} style={FIELDS}>
            {point}
            {number('above', words.above, unit)}
            {number('below', words.below, unit)}
            {lasting(words.lasting)}
          </Grid>
          <NumberField
            field="hysteresis"
            label={words.hysteresis}
            hint={words.hysteresisHint}
            unit={unit}
            value={draft.hysteresis}
            onChange={(hysteresis) => change({ hysteresis })}
          />
        </Stack>
      )
    case 'rate':
      return (
        <Grid $min={280} style={FIELDS}>
          {point}
          {number('by', words.by, unit)}
          <LengthField
            field="within"
            label={words.within}
            value={draft.within}
            onChange={(within) => change({ within })}
          />
        </Grid>
      )
    case 'no-data':
      return lasting(words.silentFor, words.usual)
    case 'stuck':
      return (
        <Grid $min={280} style={FIELDS}>
          {point}
          {lasting(words.stuckFor)}
        </Grid>
      )
    case 'out-of-range':
      return (
        <Grid $min={280} style={FIELDS}>
          {point}
          {lasting(words.lasting)}
        </Grid>
      )
    case 'counter-back':
      return point
    case 'off-hours':
      return (
        <Stack>
          <Grid $min={280} style={FIELDS}>
            {point}
            {number('level', words.level, unit)}
            {lasting(words.lasting)}
          </Grid>
          <Stack $gap={1} id={fieldId('hours')} tabIndex={-1}>
            <strong>{words.open}</strong>
            <OpenSpans premises={premises} value={draft.hours} onChange={(hours) => change({ hours })} />
            <MissingAt field="hours" />
          </Stack>
        </Stack>
      )
    case 'night-base-load':
      return (
        <Grid $min={280} style={FIELDS}>
          {point}
          {number('level', words.level, unit)}
          {number('overUsual', words.overUsual)}
        </Grid>
      )
    case 'budget-forecast':
      return <BudgetFields {...props} over={number('over', words.over)} />
    case 'peak-forecast':
    case 'main-against-subs':
      return <MeterFields {...props} number={number} />
    case 'missing-price':
      return null
    case 'expression':
      return (
        <Stack>
          <ExpressionField value={draft.expression} onChange={(expression) => change({ expression })} />
          {lasting(words.lasting, words.atOnce)}
        </Stack>
      )
  }
}

const BudgetFields = ({ premises, draft, change, over }: FieldsProps & { over: React.ReactNode }) => {
  const { form: words } = useWords(alarmWords)
  const { text } = useText()
  const nameOf = useOrganisationNames()
  const parties = useQuery(agreementsQuery(premises)).data?.items.flatMap((one) => one.parties) ?? []
  return (
    <Grid $min={280} style={FIELDS}>
      <ChoiceField
        field="party"
        label={words.party}
        empty={words.landlord}
        value={draft.party}
        options={[...new Set(parties)].map((value) => ({ value, text: nameOf(value) }))}
        onChange={(party) => change({ party })}
      />
      <ChoiceField
        field="category"
        label={words.category}
        empty={words.allCategories}
        value={draft.category}
        options={Object.keys(text.categories).map((value) => ({ value, text: wordOf(text.categories, value) }))}
        onChange={(category) => change({ category })}
      />
      {over}
    </Grid>
  )
}

type MeterProps = FieldsProps & { number: (field: 'level' | 'over', label: string) => React.ReactNode }
const MeterFields = ({ premises, draft, change, number }: MeterProps) => {
  const { form: words } = useWords(alarmWords)
  const meters = useMeterChoices(premises)
  const isPeak = draft.kind === 'peak-forecast'
  return (
    <Stack>
      <Grid $min={280} style={FIELDS}>
        <ChoiceField
          field="meter"
          label={isPeak ? words.meter : words.main}
          value={draft.meter}
          options={meters}
          onChange={(meter) => change({ meter })}
        />
        {isPeak ? number('level', words.kw) : number('over', words.difference)}
        {isPeak ? (
          <Select
            label={words.interval}
            value={draft.interval}
            options={[
              { value: 'PT15M', text: words.quarter },
              { value: 'PT1H', text: words.hour },
            ]}
            onChange={(interval) => change({ interval })}
          />
        ) : null}
      </Grid>
      {isPeak ? null : (
        <SubMeters
          meters={meters.filter(({ value }) => value !== draft.meter)}
          chosen={draft.subs}
          onChange={(subs) => change({ subs })}
        />
      )}
    </Stack>
  )
}

const ExpressionField = ({ value, onChange }: { value: string; onChange: (value: string) => void }) => {
  const { form: words } = useWords(alarmWords)
  const wrong = useMissing('expression')
  return (
    <Textarea
      id={fieldId('expression')}
      labelText={words.expression}
      hintText={words.expressionHint}
      fullWidth
      value={value}
      onChange={(event) => onChange(event.target.value)}
      {...(wrong === undefined ? {} : { status: 'error' as const, statusText: wrong })}
    />
  )
}
