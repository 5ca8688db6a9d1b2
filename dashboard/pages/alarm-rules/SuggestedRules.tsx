// Rules that fit what is installed: read as sentences, tried on history, switched on together.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox, InlineAlert } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { AlarmRuleSuggested } from '#contract/alarm-rules.ts'
import { suggestedRulesQuery, takeSuggested } from '#dashboard/client/alarm-queries.ts'
import { AlarmSeverityMark } from '#dashboard/components/AlarmMarks.tsx'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty, Loading, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { RuleSentences } from '#dashboard/components/RuleSentences.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { RuleTrial } from './RuleTrial.tsx'

const Lines = styled.ul`
  > li {
    padding: 16px 0;
    border-top: 1px solid var(--line);
  }
  > li:first-child {
    border-top: 0;
  }
`
export const SuggestedRules = () => {
  const { rules: words, suggested, title } = useWords(alarmWords)
  const { get } = useAddress()
  const { all, nameOf, timeZoneOf } = usePremisesNames()
  const premises = get('premises') ?? all[0]?.id ?? ''
  return (
    <Page
      title={suggested.title}
      crumbs={[
        { to: '/alarms', text: title },
        { to: `/alarm-rules?premises=${premises}`, text: words.title },
        ...(premises === '' ? [] : [{ to: `/premises/${premises}`, text: nameOf(premises) }]),
      ]}
      lead={suggested.lead}
    >
      {premises === '' ? <Loading /> : <Listed key={premises} premises={premises} timeZone={timeZoneOf(premises)} />}
    </Page>
  )
}

type Props = { premises: string; timeZone: string }
const Listed = ({ premises, timeZone }: Props) => {
  const { suggested: words, rules } = useWords(alarmWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const query = useQuery(suggestedRulesQuery(premises))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [said, setSaid] = useState<string | null>(null)
  const open = (query.data?.items ?? []).filter(({ there }) => !there)
  const chosen = open.filter(({ id }) => !left.has(id)).map(({ id }) => id)
  const take = useMutation({
    mutationFn: () => takeSuggested(premises, chosen),
    onSuccess: async (answer) => {
      const sentence = words.taken(answer?.created.length ?? 0)
      setSaid(sentence)
      announce(sentence)
      await client.invalidateQueries({
        predicate: ({ queryKey }) => ['alarm-rules', 'alarms'].includes(String(queryKey[0])),
      })
    },
  })
  const turn = (id: string) => {
    const next = new Set(left)
    if (!next.delete(id)) next.add(id)
    setLeft(next)
  }
  return (
    <Panel>
      <WhenLoaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={words.none} />
          ) : (
            <Stack $gap={3}>
              {said === null ? null : (
                <InlineAlert>
                  {said} <AppLink to={`/alarm-rules?premises=${premises}`}>{rules.title}</AppLink>
                </InlineAlert>
              )}
              {open.length === 0 && said === null ? <p>{words.allThere}</p> : null}
              <Lines>
                {items.map((one) => (
                  <Suggestion
                    key={one.id}
                    suggestion={one}
                    premises={premises}
                    timeZone={timeZone}
                    isChosen={!left.has(one.id)}
                    turn={() => turn(one.id)}
                  />
                ))}
              </Lines>
              {take.error === null ? null : <Refusal error={take.error} />}
              {open.length === 0 ? null : (
                <div>
                  <Button disabled={take.isPending || chosen.length === 0} onClick={() => take.mutate()}>
                    {words.take(chosen.length)}
                  </Button>
                </div>
              )}
            </Stack>
          )
        }
      </WhenLoaded>
    </Panel>
  )
}

type SuggestionProps = Props & { suggestion: AlarmRuleSuggested; isChosen: boolean; turn: () => void }
const Suggestion = ({ suggestion, premises, timeZone, isChosen, turn }: SuggestionProps) => {
  const { suggested: words } = useWords(alarmWords)
  const { language } = useText()
  const [tries, setTries] = useState(false)
  const { id, rule, targetName, devices, there } = suggestion
  const name = pickName(rule.name, language, id).text
  return (
    <li>
      <Stack $gap={1}>
        <Row $gap={2} $spread>
          {there ? (
            <strong>{name}</strong>
          ) : (
            <Checkbox checked={isChosen} onClick={turn}>
              <strong>{name}</strong>
            </Checkbox>
          )}
          <Row $gap={1}>
            <AlarmSeverityMark severity={rule.severity} />
            {devices > 0 ? <Small>{words.devices(devices)}</Small> : null}
            {there ? <AppLink to={`/alarm-rules/${id}`}>{words.there}</AppLink> : null}
          </Row>
        </Row>
        <span>
          <RuleSentences rule={{ ...rule, on: true }} targetName={targetName} />
        </span>
        {tries ? (
          <RuleTrial timeZone={timeZone} title={false} wanted={() => ({ premises, rule })} />
        ) : (
          <div>
            <Button variant="secondaryNoBorder" aria-label={`${words.try}: ${name}`} onClick={() => setTries(true)}>
              {words.try}
            </Button>
          </div>
        )}
      </Stack>
    </li>
  )
}
