// One alarm rule: new, or as it is kept; who may not change it sees it as sentences.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import type { AlarmRuleShown } from '#contract/alarm-rules.ts'
import { alarmRuleQuery } from '#dashboard/client/alarm-queries.ts'
import { premisesQuery } from '#dashboard/client/queries.ts'
import { AlarmSeverityMark } from '#dashboard/components/AlarmMarks.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Loading } from '#dashboard/components/QueryStates.tsx'
import { RuleSentences } from '#dashboard/components/RuleSentences.tsx'
import { USUAL_ZONE } from '#dashboard/format/own-zone.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { EMPTY_DRAFT, KINDS, OF_PREMISES, type RuleDraft } from './rule-draft.ts'
import { RuleForm } from './RuleForm.tsx'
import { RuleTrial } from './RuleTrial.tsx'

export const AlarmRulePage = () => {
  const { id = '' } = useParams()
  const rule = useQuery(alarmRuleQuery(id))
  return (
    <PageWhenLoaded query={rule}>
      {(found) => <Known key={`${found.id} ${found.version}`} rule={found} />}
    </PageWhenLoaded>
  )
}

const Known = ({ rule }: { rule: AlarmRuleShown }) => {
  const { rules: words, form } = useWords(alarmWords)
  const { format, language } = useText()
  const place = useQuery(premisesQuery(rule.premises)).data
  const timeZone = place?.timeZone ?? USUAL_ZONE
  const name = pickName(rule.name, language, rule.id).text
  return (
    <Page
      title={name}
      crumbs={[
        { to: `/alarm-rules?premises=${rule.premises}`, text: words.title },
        { to: `/premises/${rule.premises}`, text: pickName(place?.name, language, rule.premises).text },
      ]}
      marks={<AlarmSeverityMark severity={rule.severity} />}
      lead={`${rule.on ? words.on : words.off} · ${words.changed(format.instant(rule.changedAt, timeZone), personOf(rule.changedBy))}`}
      actions={
        rule.standing > 0 ? (
          <AppLink to={`/alarms?rule=${encodeURIComponent(rule.id)}`}>{form.standing(rule.standing)}</AppLink>
        ) : null
      }
    >
      {rule.mayChange ? (
        <RuleForm premises={rule.premises} timeZone={timeZone} known={rule} />
      ) : (
        <>
          <Panel>
            <Stack>
              <p style={{ fontSize: 20 }}>
                <RuleSentences rule={rule} targetName={rule.targetName} />
              </p>
              <Soft as="p">{words.mayNot}</Soft>
            </Stack>
          </Panel>
          <Panel>
            <RuleTrial timeZone={timeZone} wanted={() => ({ id: rule.id })} />
          </Panel>
        </>
      )}
    </Page>
  )
}

/** A new rule; what the address says of it is filled in: `kind`, `point`, `device`, `type`, `space`. */
export const NewAlarmRule = () => {
  const { rules: words, form } = useWords(alarmWords)
  const { get } = useAddress()
  const { all, nameOf, timeZoneOf } = usePremisesNames()
  const premises = get('premises') ?? all[0]?.id ?? ''
  return (
    <Page
      title={form.newTitle}
      crumbs={[
        { to: `/alarm-rules?premises=${premises}`, text: words.title },
        ...(premises === '' ? [] : [{ to: `/premises/${premises}`, text: nameOf(premises) }]),
      ]}
    >
      {premises === '' ? (
        <Loading />
      ) : (
        <RuleForm
          key={premises}
          premises={premises}
          timeZone={timeZoneOf(premises)}
          known={null}
          begun={begunOf(get)}
        />
      )}
    </Page>
  )
}

const begunOf = (get: (key: string) => string | null): Partial<RuleDraft> => {
  const kind = KINDS.find((one) => one === get('kind')) ?? EMPTY_DRAFT.kind
  const [device, type, space] = [get('device') ?? '', get('type') ?? '', get('space') ?? '']
  const target = device !== '' ? 'device' : type !== '' ? 'type' : space !== '' ? 'space' : 'premises'
  return {
    kind,
    point: get('point') ?? '',
    target: { kind: OF_PREMISES.includes(kind) ? 'premises' : target, device, type, space },
  }
}

/** The name of who changed it; what a program did has a token's id, which tells a reader nothing. */
const personOf = (by: string): string => (by.includes(':') ? '' : by)
