// What the change does before it is saved: the facts, the roles of the day, and each party's costs; closed months stay.
import { InlineAlert } from 'suomifi-ui-components'
import type { DeviceChangeAnswer } from '#contract/device-change.ts'
import { MonthFigures } from '#dashboard/components/MonthFigures.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

type Props = { answer: DeviceChangeAnswer; from: string }
export const ChangeEffects = ({ answer: { fields, rolesThen, othersMoved, months }, from }: Props) => {
  const { device: words } = useWords(registryWords)
  const { text, format } = useText()
  const nameOf = useOrganisationNames()
  if (fields.length === 0) return <p>{words.nothing}</p>
  const byRole = Map.groupBy(rolesThen ?? [], ({ role }) => role)
  return (
    <Stack $gap={3}>
      <Facts facts={[[words.changes, format.list(fields.map((field) => wordOf(words.fields, field)))]]} />
      {rolesThen === null ? null : (
        <Stack>
          <h3>{words.rolesThen(format.date(from))}</h3>
          <Facts
            facts={[...byRole].map(([role, holders]) => [
              wordOf(text.roles, role),
              holders.map(({ organisation, share }) => (
                <div key={organisation}>
                  {nameOf(organisation)}
                  {share === null ? '' : ` ${format.percent(share)}`}
                </div>
              )),
            ])}
          />
        </Stack>
      )}
      {othersMoved.length === 0 ? null : (
        <InlineAlert status="warning" labelText={words.othersMoved(format.list(othersMoved.map(nameOf)))}>
          {words.othersMovedText}
        </InlineAlert>
      )}
      <Costs months={months} />
    </Stack>
  )
}

const Costs = ({ months }: Pick<DeviceChangeAnswer, 'months'>) => {
  const { device: words } = useWords(registryWords)
  const { format } = useText()
  const nameOf = useOrganisationNames()
  if (months === null) return <p>{words.costsHidden}</p>
  if (months.length === 0) return <p>{words.noCosts}</p>
  return months.map(({ adjusts, month }) => (
    <Stack key={month.period}>
      <MonthFigures
        title={words.month(format.month(month.period))}
        month={month}
        nameOf={nameOf}
        lead={
          adjusts.length === 0 ? words.noAdjusts : words.adjusts(format.list(adjusts.map((one) => format.month(one))))
        }
      />
      {month.blocked.length === 0 ? null : (
        <InlineAlert status="warning" labelText={words.blocked}>
          <ul>
            {month.blocked.map(({ item, detail }) => (
              <li key={item} lang="en">
                {detail}
              </li>
            ))}
          </ul>
        </InlineAlert>
      )}
    </Stack>
  ))
}
