// One device changed by hand: its facts, purchase, money facts, owners and roles; first what the change does, then the button that saves.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useParams } from 'react-router'
import { Button } from 'suomifi-ui-components'
import type { DeviceChangeAnswer } from '#contract/device-change.ts'
import type { DeviceRecorded } from '#contract/devices.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { deviceQuery, premisesQuery } from '#dashboard/client/queries.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink, useGo } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import type { FieldNames } from '#dashboard/components/ProblemsSaid.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { MoneyFields } from '#dashboard/pages/device/MoneyFields.tsx'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { ChangeEffects } from './ChangeEffects.tsx'
import { changeOf, draftOf, type DeviceDraft } from './device-draft.ts'
import { FactFields } from './FactFields.tsx'
import { PurchaseFields } from './PurchaseFields.tsx'
import { RoleFields } from './RoleFields.tsx'

export const DeviceEditPage = () => {
  const { id = '' } = useParams()
  const device = useQuery(deviceQuery(id))
  // What arrives while somebody writes does not take it away: If-Match tells when another was quicker.
  return <PageWhenLoaded query={device}>{(data) => <Opened key={id} device={data} />}</PageWhenLoaded>
}

const Opened = ({ device }: { device: DeviceRecorded }) => {
  const { device: words } = useWords(registryWords)
  const { text, language } = useText()
  const premises = useQuery(premisesQuery(device.premises)).data
  const now = useNow()
  const [first] = useState(device)
  const [draft, setDraft] = useState(() => draftOf(device, localDate(now, 'Europe/Helsinki')))
  const fieldNames = useFieldNames()
  const name = pickName(device.name, language, device.id).text
  const go = useGo()
  const announce = useAnnounce()
  const client = useQueryClient()
  const effects = useRef<HTMLHeadingElement>(null)
  const send = useMutation({
    mutationFn: (apply: boolean) =>
      sendJson<DeviceChangeAnswer>(
        'POST',
        apiPath(`/devices/${segment(first.id)}/change`),
        { ...changeOf(draft, first), apply },
        apply ? first.version : undefined,
      ),
    onSuccess: async (_answer, apply) => {
      if (!apply) return
      announce(words.saved)
      await client.invalidateQueries({ queryKey: ['devices'] })
      await go(`/devices/${first.id}`)
    },
  })
  const answer = send.data?.applied === false ? send.data : null
  useEffect(() => {
    if (answer !== null) effects.current?.focus()
  }, [answer])
  /** Effects are of what was asked: another wish hides them. */
  const change = (next: DeviceDraft) => {
    setDraft(next)
    send.reset()
  }
  return (
    <Page
      title={words.title(name)}
      crumbs={[
        { to: '/premises', text: text.nav.premises },
        { to: `/premises/${device.premises}`, text: pickName(premises?.name, language, device.premises).text },
        { to: `/devices/${device.id}`, text: name },
      ]}
      lead={words.lead}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate(false)
        }}
      >
        <Stack $gap={3}>
          <Section title={words.facts}>
            <FactFields device={first} draft={draft} onChange={change} />
          </Section>
          <Section title={words.roles} id="roles">
            <RoleFields device={first} draft={draft} onChange={change} />
          </Section>
          <Section title={words.purchase} id="purchase">
            <PurchaseFields draft={draft.purchase} onChange={(purchase) => change({ ...draft, purchase })} />
          </Section>
          {first.hidden.includes('money') ? null : (
            <Section title={words.money} id="money">
              <MoneyFields draft={draft.money} onChange={(money) => change({ ...draft, money })} />
            </Section>
          )}
          <Panel>
            <Stack $gap={3}>
              {answer === null ? null : (
                <>
                  <h2 ref={effects} tabIndex={-1}>
                    {words.effects}
                  </h2>
                  <ChangeEffects answer={answer} from={draft.from} />
                </>
              )}
              {send.error === null ? null : <RefusalWithProblems error={send.error} fields={fieldNames} />}
              <Row $gap={2}>
                {answer === null || answer.fields.length === 0 ? (
                  <Button type="submit" disabled={send.isPending || draft.from === ''}>
                    {words.preview}
                  </Button>
                ) : (
                  <Button onClick={() => send.mutate(true)} disabled={send.isPending}>
                    {words.save}
                  </Button>
                )}
                <AppLink to={`/devices/${first.id}`}>{words.cancel}</AppLink>
              </Row>
            </Stack>
          </Panel>
        </Stack>
      </form>
    </Page>
  )
}

const Section = ({ title, id, children }: { title: string; id?: string; children: React.ReactNode }) => (
  <Panel {...(id === undefined ? {} : { id })}>
    <Stack $gap={3}>
      <h2>{title}</h2>
      {children}
    </Stack>
  </Panel>
)

/** What the form calls each place of the change. */
const useFieldNames = (): FieldNames => {
  const { device: words } = useWords(registryWords)
  const { money } = useWords(lifecycleWords)
  const { fields } = words
  const cover = { by: money.by, reference: money.reference, until: money.until }
  const under = (start: string, names: Record<string, string>): FieldNames =>
    Object.fromEntries(Object.entries(names).map(([key, name]) => [`${start}/${key}`, name]))
  const all: Record<string, FieldNames[string]> = {
    ...under('', fields),
    ...under('/set', fields),
    '/roles/from': words.from,
    '/funding/*': money.grantTitle,
  }
  for (const start of ['', '/set'])
    Object.assign(
      all,
      under(`${start}/acquisition`, {
        cost: words.cost,
        date: words.date,
        usefulLifeMonths: words.months,
        residual: words.residual,
        payer: words.payer,
        category: words.category,
      }),
      ...(['warranty', 'serviceContract', 'insurance'] as const).map((key) => under(`${start}/${key}`, cover)),
      under(`${start}/replacement`, { on: money.on, cost: money.cost }),
      under(`${start}/funding/*`, {
        by: money.by,
        amount: money.amount,
        decision: money.decision,
        encumberedUntil: money.encumberedUntil,
      }),
    )
  return all
}
