// What was done of a task: answers with their deviations, photos, hours, parts, and the faults that were made of findings.
import { IconCheckCircle, IconWarning } from 'suomifi-ui-components'
import type { TaskShown } from '#contract/service.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { ToneMark } from '#dashboard/ui/ToneMark.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Photos } from './Photos.tsx'

type Props = { task: TaskShown; outcome: NonNullable<TaskShown['outcome']> }
export const TaskOutcome = ({ task, outcome }: Props) => {
  const words = useWords(serviceWords)
  const { format, language } = useText()
  const { timeZone } = task.place
  const said = (item: TaskShown['checklist'][number], value: boolean | string | null): string =>
    value === null
      ? '–'
      : typeof value === 'boolean'
        ? value
          ? words.yes
          : words.no
        : item.kind === 'number'
          ? format.withUnit(format.decimal(value), item.unit ?? null)
          : value
  const facts: [string, React.ReactNode][] = [
    [words.at, format.instant(outcome.at, timeZone)],
    [words.by, outcome.by],
    ...(outcome.hours === null ? [] : [[words.hours, format.decimal(outcome.hours)] as [string, React.ReactNode]]),
    ...(outcome.parts.length === 0
      ? []
      : [
          [
            words.parts,
            outcome.parts.map(({ name, quantity }) => `${name}, ${format.decimal(quantity)}`).join('; '),
          ] as [string, React.ReactNode],
        ]),
  ]
  return (
    <Panel>
      <Stack $gap={3}>
        <h2>{words.outcome}</h2>
        <Facts facts={facts} min={160} />
        {outcome.reason === null ? null : <p>{outcome.reason}</p>}
        {outcome.answers.length === 0 ? null : (
          <ul>
            {outcome.answers.map((answer) => {
              const item = task.checklist.find(({ id }) => id === answer.item)
              return item === undefined || (answer.value === null && answer.photos.length === 0) ? null : (
                <li key={answer.item}>
                  <Row $gap={1}>
                    <span>{pickName(item.text, language, item.id).text}</span>
                    {answer.value === null ? null : <strong>{said(item, answer.value)}</strong>}
                    {answer.ok === null ? null : answer.ok ? (
                      <ToneMark tone="good" icon={IconCheckCircle}>
                        {words.inOrder}
                      </ToneMark>
                    ) : (
                      <ToneMark tone="warn" icon={IconWarning}>
                        {words.deviation}
                      </ToneMark>
                    )}
                  </Row>
                </li>
              )
            })}
          </ul>
        )}
        {outcome.note === '' ? null : <p>{outcome.note}</p>}
        {outcome.findings.length === 0 ? null : (
          <Stack $gap={1}>
            <h3>{words.findings}</h3>
            <ul>
              {outcome.findings.map(({ text, fault }, i) => (
                <li key={i}>
                  {text} {fault === null ? null : <AppLink to={`/faults/${fault}`}>{words.toFault}</AppLink>}
                </li>
              ))}
            </ul>
          </Stack>
        )}
        <Photos digests={outcome.photos} />
        <Soft as="p">{words.received(format.instant(outcome.receivedAt, timeZone))}</Soft>
      </Stack>
    </Panel>
  )
}
