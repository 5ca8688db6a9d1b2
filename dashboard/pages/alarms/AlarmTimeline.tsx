// What happened with an alarm, and who did what, the newest last.
import { styled } from 'styled-components'
import type { AlarmDetail, AlarmEntryShown } from '#contract/alarms.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'

const Entry = styled.li`
  border-left: 4px solid var(--line-strong);
  padding: 4px 0 4px 16px;
  &[data-person='true'] {
    border-left-color: var(--link);
  }
  p {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`
/** What the alarm does of itself, whoever stands in the entry. */
const OF_ITSELF: readonly AlarmEntryShown['kind'][] = ['raised', 'flapping', 'affected', 'returned']

export const AlarmTimeline = ({ alarm, timeZone }: { alarm: AlarmDetail; timeZone: string }) => {
  const { one: words } = useWords(alarmWords)
  const { format } = useText()
  const nameOf = useOrganisationNames()
  /** To an organisation it is assigned by its id, with words after it. */
  const named = (text: string) => {
    const [who = '', ...rest] = text.split(': ')
    return [nameOf(who), ...rest].join(': ')
  }
  return (
    <Panel aria-labelledby="alarm-timeline">
      <Stack>
        <h2 id="alarm-timeline">{words.timeline}</h2>
        <Stack as="ol" $gap={2}>
          {alarm.entries.map((entry, index) => {
            const { at, by, organisation, organisationName, kind, text } = entry
            const isPerson = !OF_ITSELF.includes(kind) && by !== 'system'
            return (
              <Entry key={`${at} ${index}`} data-person={isPerson}>
                <span>
                  {isPerson ? (
                    <>
                      <strong>{by}</strong>
                      {organisation === null ? null : (
                        <>
                          {', '}
                          <Name names={organisationName} id={organisation} />
                        </>
                      )}{' '}
                      {words.entries[kind]}
                    </>
                  ) : (
                    <strong>
                      {capital(
                        kind === 'cleared'
                          ? words.clearedItself
                          : isCause(kind, text)
                            ? words.sameCause
                            : words.entries[kind],
                      )}
                    </strong>
                  )}{' '}
                  <Small as="time" dateTime={at}>
                    {format.instant(at, timeZone)}
                  </Small>
                </span>
                {text === '' ? null : isCause(kind, text) ? (
                  <p>
                    <AppLink to={`/alarms/${text}`}>{words.openCause}</AppLink>
                  </p>
                ) : (
                  <p>{kind === 'assigned' ? named(text) : text}</p>
                )}
              </Entry>
            )
          })}
        </Stack>
      </Stack>
    </Panel>
  )
}
/** An alarm that another took over says by its id which one. */
const isCause = (kind: AlarmEntryShown['kind'], text: string): boolean =>
  kind === 'affected' && /^[a-z0-9][a-z0-9-]{0,62}$/.test(text)
const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
