// The guided act: who and when, what changes, the effects, and only then the button that does it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Button, Checkbox, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { PartyChangeAnswer, PartyChangeWanted } from '#contract/party-changes.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { organisationsQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Loading, Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { addMonths } from '#dashboard/format/zone.ts'
import { partyWords } from '#dashboard/text/parties/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Grid, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { Effects } from './Effects.tsx'

const ACTS = ['join', 'leave', 'succession'] as const
const STEPS = ['who', 'what', 'preview'] as const
type Readings = Record<string, string>
type Given = {
  act: (typeof ACTS)[number]
  organisation: string
  successor: string
  from: string
  spaces: string[]
  people: string
  costsTo: string
}
const PEOPLE = /^\d{1,6}([.,]\d{1,4})?$/
const READING = /^-?\d{1,15}([.,]\d{1,6})?$/

const actOf = (given: Given): PartyChangeWanted['act'] => {
  const { organisation, from } = given
  switch (given.act) {
    case 'join':
      return {
        act: 'join',
        organisation,
        from,
        spaces: given.spaces,
        ...(PEOPLE.test(given.people) ? { people: typedDecimal(given.people) } : {}),
      }
    case 'leave':
      return { act: 'leave', organisation, from, ...(given.costsTo === '' ? {} : { costsTo: given.costsTo }) }
    case 'succession':
      return { act: 'succession', organisation, successor: given.successor, from }
  }
}
const readingsOf = (readings: Readings): NonNullable<PartyChangeWanted['readings']> =>
  Object.entries(readings).flatMap(([meter, value]) => {
    const [device = '', point = ''] = meter.split('/')
    return READING.test(value) ? [{ device, point, value: typedDecimal(value) }] : []
  })

type Props = { premises: PremisesRecorded; close: () => void }
export const Guide = ({ premises, close }: Props) => {
  const words = useWords(partyWords)
  const client = useQueryClient()
  const session = useSession()
  const today = localDate(useNow(), premises.timeZone)
  const [step, setStep] = useState<(typeof STEPS)[number]>('who')
  const [given, setGiven] = useState<Given>({
    act: 'join',
    organisation: '',
    successor: '',
    from: `${addMonths(today.slice(0, 7), 1)}-01`,
    spaces: [],
    people: '',
    costsTo: '',
  })
  const [readings, setReadings] = useState<Readings>({})
  const path = apiPath(`/premises/${segment(premises.id)}/party-changes`)
  const wanted = (apply: boolean): PartyChangeWanted => ({
    act: actOf(given),
    ...(given.act === 'leave' && readingsOf(readings).length > 0 ? { readings: readingsOf(readings) } : {}),
    apply,
  })
  const look = useMutation({ mutationFn: () => sendJson<PartyChangeAnswer>('POST', path, wanted(false)) })
  const apply = useMutation({
    mutationFn: () => sendJson<PartyChangeAnswer>('POST', path, wanted(true)),
    onSuccess: () => client.invalidateQueries(),
  })
  const change = (values: Partial<Given>): void => setGiven((now) => ({ ...now, ...values }))
  const preview = (): void => {
    setStep('preview')
    look.mutate()
  }
  const mayApply =
    given.act === 'succession'
      ? session.organisation === null && session.roles.includes('admin')
      : session.organisation === premises.landlord &&
        session.roles.some((role) => role === 'manager' || role === 'admin')
  if (apply.data != null)
    return (
      <InlineAlert status="neutral" labelText={words.applied}>
        <Stack $gap={1}>
          {apply.data.proposal === null ? null : (
            <p>
              <AppLink to={`/agreements/proposals/${apply.data.proposal}`}>{words.toProposal}</AppLink>
            </p>
          )}
        </Stack>
      </InlineAlert>
    )
  return (
    <Stack $gap={3}>
      <div>
        <Small as="p">{words.stepOf(STEPS.indexOf(step) + 1, STEPS.length)}</Small>
        <StepHeading key={step} moved={step !== 'who'} title={words.steps[step]} />
      </div>
      {step === 'who' ? <Who given={given} change={change} next={() => setStep('what')} close={close} /> : null}
      {step === 'what' ? (
        <What premises={premises} given={given} change={change} next={preview} back={() => setStep('who')} />
      ) : null}
      {step === 'preview' ? (
        <>
          {look.isPending ? <Loading /> : null}
          {look.error === null ? null : <Refusal error={look.error} retry={() => look.mutate()} />}
          {look.data == null ? null : (
            <Effects
              answer={look.data}
              act={given.act}
              readings={readings}
              setReadings={setReadings}
              again={() => look.mutate()}
            />
          )}
          {apply.error === null ? null : <Refusal error={apply.error} />}
          {mayApply ? null : <Soft as="p">{words.onlyLandlord}</Soft>}
          <Row>
            {look.data == null || look.data.hindrances.length > 0 || !mayApply ? null : (
              <Button disabled={apply.isPending || look.isPending} onClick={() => apply.mutate()}>
                {words.apply[given.act]}
              </Button>
            )}
            <Button variant="secondary" onClick={() => setStep('what')}>
              {words.back}
            </Button>
          </Row>
        </>
      ) : null}
    </Stack>
  )
}

/** Takes the focus when a further step opens, so that it is read next. */
const StepHeading = ({ title, moved }: { title: string; moved: boolean }) => {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (moved) heading.current?.focus()
  }, [moved])
  return (
    <h2 ref={heading} tabIndex={-1}>
      {title}
    </h2>
  )
}

type WhoProps = { given: Given; change: (values: Partial<Given>) => void; next: () => void; close: () => void }
const Who = ({ given, change, next, close }: WhoProps) => {
  const words = useWords(partyWords)
  const { text, language } = useText()
  const organisations = useQuery(organisationsQuery)
  const [tried, setTried] = useState(false)
  const options = [
    { value: '', text: words.choose },
    ...(organisations.data ?? []).map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
  ]
  const isDone =
    given.organisation !== '' && given.from !== '' && (given.act !== 'succession' || given.successor !== '')
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (isDone) next()
      }}
    >
      <Stack $gap={3}>
        <Select
          label={words.act}
          value={given.act}
          options={ACTS.map((value) => ({ value, text: words.acts[value] }))}
          onChange={(act) => change({ act })}
        />
        <Row $end>
          <Select
            label={words.organisation}
            value={given.organisation}
            options={options}
            onChange={(organisation) => change({ organisation })}
          />
          {given.act === 'succession' ? (
            <Select
              label={words.successor}
              value={given.successor}
              options={options.filter(({ value }) => value !== given.organisation || value === '')}
              onChange={(successor) => change({ successor })}
            />
          ) : null}
          <DateField
            id="party-from"
            label={given.act === 'leave' ? words.leaveFrom : words.from}
            value={given.from}
            onChange={(from) => change({ from })}
          />
        </Row>
        {tried && !isDone ? <InlineAlert status="error">{words.needed}</InlineAlert> : null}
        <Row>
          <Button type="submit">{words.next}</Button>
          <Button variant="secondaryNoBorder" onClick={close}>
            {text.common.close}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}

type WhatProps = Omit<WhoProps, 'close'> & { premises: PremisesRecorded; back: () => void }
const What = ({ premises, given, change, next, back }: WhatProps) => {
  const words = useWords(partyWords)
  const { language, format } = useText()
  const nameOf = useOrganisationNames()
  const free = (premises.spaces ?? []).filter(
    ({ id, use }) =>
      use === 'exclusive' &&
      !(premises.tenancies ?? []).some((row) => row.space === id && (row.to === null || row.to > given.from)),
  )
  const parties = premises.summary.parties.filter((id) => id !== given.organisation)
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        next()
      }}
    >
      <Stack $gap={3}>
        {given.act === 'join' ? (
          <>
            <fieldset style={{ border: 0, padding: 0, margin: 0, minWidth: 0 }}>
              <legend style={{ fontWeight: 600, padding: '0 0 8px' }}>{words.spaces}</legend>
              {free.length === 0 ? <Soft as="p">{words.noFreeSpaces}</Soft> : null}
              <Grid $min={220}>
                {free.map(({ id, name, areaM2 }) => (
                  <Checkbox
                    key={id}
                    checked={given.spaces.includes(id)}
                    onClick={({ checkboxState }) =>
                      change({
                        spaces: checkboxState ? [...given.spaces, id] : given.spaces.filter((one) => one !== id),
                      })
                    }
                  >
                    {`${pickName(name, language, id).text}, ${format.decimal(areaM2)} m²`}
                  </Checkbox>
                ))}
              </Grid>
            </fieldset>
            <TextInput
              labelText={words.people}
              inputMode="decimal"
              value={given.people}
              onChange={(value) => change({ people: String(value ?? '') })}
            />
          </>
        ) : null}
        {given.act === 'leave' ? (
          <Select
            label={words.costsTo}
            value={given.costsTo === '' ? premises.landlord : given.costsTo}
            options={[...new Set([premises.landlord, ...parties])].map((value) => ({ value, text: nameOf(value) }))}
            onChange={(costsTo) => change({ costsTo })}
          />
        ) : null}
        {given.act === 'succession' ? <p>{words.successionText}</p> : null}
        <Row>
          <Button type="submit">{words.preview}</Button>
          <Button variant="secondary" onClick={back}>
            {words.back}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
