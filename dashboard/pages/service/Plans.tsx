// The service plans of a premises, and what they will bring in the next twelve months.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, IconCheckCircle, IconWarning } from 'suomifi-ui-components'
import type { PlanAnswer, PlanShown } from '#contract/service.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { aheadQuery, plansQuery } from '#dashboard/client/service-queries.ts'
import { useDeviceTypes } from '#dashboard/components/device-types.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Ahead } from './Ahead.tsx'
import { PlanForm } from './PlanForm.tsx'
import { useService } from './ServicePage.tsx'
import { useTriggerText } from './trigger-text.ts'

export const Plans = () => {
  const words = useWords(serviceWords)
  const { premises } = useService()
  const session = useSession()
  const plans = useQuery({ ...plansQuery({ premises }), enabled: premises !== '' })
  const ahead = useQuery({ ...aheadQuery(premises), enabled: premises !== '' })
  // Another plan empties the form.
  const [made, setMade] = useState(0)
  if (premises === '') return <p>{words.choosePremises}</p>
  return (
    <Stack $gap={3}>
      <p>{words.plan.intro}</p>
      <WhenLoaded query={plans}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.plan.none} />
          ) : (
            <Panel aria-labelledby="plans">
              <Stack>
                <h2 id="plans">{words.tabs.plans}</h2>
                {items.map((plan) => (
                  <PlanLine key={`${plan.id} ${plan.version}`} plan={plan} />
                ))}
              </Stack>
            </Panel>
          )
        }
      </WhenLoaded>
      {hasRole(session, 'manager') ? (
        <Fold summary={<strong>{words.plan.make}</strong>}>
          <PlanForm key={`${premises} ${made}`} premises={premises} made={() => setMade(made + 1)} />
        </Fold>
      ) : null}
      <Panel aria-labelledby="ahead">
        <Stack>
          <h2 id="ahead">{words.plan.ahead}</h2>
          <WhenLoaded query={ahead}>{({ items }) => <Ahead items={items} />}</WhenLoaded>
        </Stack>
      </Panel>
    </Stack>
  )
}

const MARKS = {
  active: { tone: 'good', icon: IconCheckCircle },
  paused: { tone: 'warn', icon: IconWarning },
  ended: { tone: 'info', icon: IconWarning },
} as const

export const PlanLine = ({ plan }: { plan: PlanShown }) => {
  const words = useWords(serviceWords)
  const { format, language } = useText()
  const triggerText = useTriggerText()
  const { nameOf } = useDeviceTypes()
  const client = useQueryClient()
  const { id, version, mayChange: _mayChange, deviceName, ...wanted } = plan
  const [isChanging, setIsChanging] = useState(false)
  const put = useMutation({
    mutationFn: (state: PlanShown['state']) =>
      sendJson<PlanAnswer>(
        'PUT',
        apiPath(`/service/plans/${segment(id ?? '')}`),
        { ...wanted, assignee: wanted.assignee?.id ?? null, state },
        version,
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['service'] }),
  })
  return (
    <Stack $gap={1} as="section">
      <Row $spread>
        <Row $gap={1}>
          <strong>{pickName(plan.title, language, id ?? '').text}</strong>
          <ToneMark {...MARKS[plan.state]}>{words.plan.states[plan.state]}</ToneMark>
        </Row>
        {plan.mayChange ? (
          <Row $gap={1} className="no-print">
            {plan.state === 'ended' ? null : (
              <Button variant="secondaryNoBorder" aria-expanded={isChanging} onClick={() => setIsChanging(!isChanging)}>
                {isChanging ? words.plan.keep : words.plan.change}
              </Button>
            )}
            <Button
              variant="secondaryNoBorder"
              disabled={put.isPending}
              onClick={() => put.mutate(plan.state === 'active' ? 'paused' : 'active')}
            >
              {plan.state === 'active' ? words.plan.pause : words.plan.resume}
            </Button>
            <Button variant="secondaryNoBorder" disabled={put.isPending} onClick={() => put.mutate('ended')}>
              {words.plan.end}
            </Button>
          </Row>
        ) : null}
      </Row>
      <Soft>
        {[
          'device' in plan.of
            ? pickName(deviceName ?? undefined, language, plan.of.device).text
            : words.plan.ofType(nameOf(plan.of.deviceType)),
          triggerText(plan.trigger),
          ...(plan.trigger.by === 'weeks' || plan.trigger.by === 'months'
            ? [`${words.plan.rhythm} ${words.plan.rhythms[plan.rhythm]}`]
            : []),
        ].join(' · ')}
      </Soft>
      {plan.checklist.length === 0 ? null : (
        <details>
          <summary>{words.checklist}</summary>
          <ul>
            {plan.checklist.map((item) => (
              <li key={item.id}>
                {pickName(item.text, language, item.id).text}{' '}
                <Soft>
                  {[
                    words.plan.itemKinds[item.kind],
                    item.least === undefined ? null : `≥ ${format.decimal(item.least)}`,
                    item.most === undefined ? null : `≤ ${format.decimal(item.most)}`,
                    item.unit,
                    item.required ? words.required : words.optional,
                  ]
                    .filter((one) => one != null && one !== '')
                    .join(', ')}
                </Soft>
              </li>
            ))}
          </ul>
        </details>
      )}
      {isChanging ? <PlanForm premises={plan.premises} known={plan} made={() => setIsChanging(false)} /> : null}
      {put.error === null ? null : <Refusal error={put.error} />}
    </Stack>
  )
}
