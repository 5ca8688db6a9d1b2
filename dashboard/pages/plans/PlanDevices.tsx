// The list beside the plan: the same devices with their states and values; while placing, every place can be given here too.
import { useId } from 'react'
import { Button } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { PlanShown } from '#contract/plans.ts'
import { middleOf, type Spot } from '#domain/plans/spot.ts'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { Age } from '#dashboard/components/Age.tsx'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { useValueText } from '#dashboard/components/ReadingValue.tsx'
import { StateMark } from '#dashboard/components/StateMark.tsx'
import { planWords } from '#dashboard/text/plans/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { OwnField } from '#dashboard/ui/DateField.tsx'
import { Figures, Row as Line, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { onPicture, type Row } from './plan-devices.ts'
import { DeviceSign } from './device-signs.tsx'

const Item = styled.li`
  padding: 8px;
  border-bottom: 1px solid var(--line);
  border-left: 4px solid transparent;
  &[data-chosen='true'] {
    border-left-color: var(--focus);
    background: var(--selected);
  }
  > div > button.name {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    min-height: 32px;
    padding: 0;
    text-align: left;
    font-weight: 600;
    color: var(--link);
    background: none;
    border: 0;
    cursor: pointer;
  }
`
const Short = styled(OwnField)`
  input {
    width: 96px;
  }
`
type Props = {
  plan: PlanShown
  rows: readonly Row[]
  chosen: string | null
  spaceName: (space: string) => string
  timeZone: string
  placing: boolean
  onChoose: (device: string) => void
  onPlace: (device: string, at: Spot | null) => void
}
export const PlanDevices = ({ plan, rows, chosen, spaceName, timeZone, placing, onChoose, onPlace }: Props) => {
  const words = useWords(planWords)
  const { text, language } = useText()
  const valueText = useValueText()
  return (
    <ul aria-label={words.list}>
      {rows.map((row) => {
        const name = pickName(row.name, language, row.id).text
        return (
          <Item key={row.id} data-chosen={row.id === chosen} data-device={row.id}>
            <Stack $gap={0}>
              <button type="button" className="name" aria-pressed={row.id === chosen} onClick={() => onChoose(row.id)}>
                <DeviceSign type={row.type} />
                <Name names={row.name} id={row.id} />
              </button>
              <Line $gap={1}>
                <StateMark state={row.presence.state} />
                {row.alarms > 0 ? (
                  <AppLink to={`/alarms?device=${row.id}`}>{`${words.alarm} (${row.alarms})`}</AppLink>
                ) : null}
                <Small>{row.space === null ? text.premises.outside : spaceName(row.space)}</Small>
                {row.at === null ? <Small>{words.notPlaced}</Small> : null}
              </Line>
              {row.id === chosen ? (
                <Stack $gap={1}>
                  <ul>
                    {row.readings.map(({ point, value, unit, multiplier, at }) => (
                      <li key={point}>
                        <Soft>{wordOf(text.pointKeys, point)}</Soft>{' '}
                        <Figures>{valueText(value, unit, multiplier)}</Figures>{' '}
                        <Small>
                          <Age at={at} timeZone={timeZone} />
                        </Small>
                      </li>
                    ))}
                  </ul>
                  <AppLink to={`/devices/${row.id}`}>{words.toDevice}</AppLink>
                </Stack>
              ) : row.main === null ? null : (
                <span>
                  <Soft>{wordOf(text.pointKeys, row.main.point)}</Soft>{' '}
                  <Figures>{valueText(row.main.value, row.main.unit, row.main.multiplier)}</Figures>
                </span>
              )}
              {placing && row.mayPlace ? (
                <PlaceFields plan={plan} row={row} name={name} spaceName={spaceName} onPlace={onPlace} />
              ) : null}
            </Stack>
          </Item>
        )
      })}
    </ul>
  )
}

type FieldProps = Pick<Props, 'plan' | 'spaceName' | 'onPlace'> & { row: Row; name: string }
const PlaceFields = ({ plan, row, name, spaceName, onPlace }: FieldProps) => {
  const words = useWords(planWords)
  const id = useId()
  const own = plan.outlines.find(({ space }) => space === row.space)
  const { at } = row
  const field = (axis: 0 | 1) => {
    const label = axis === 0 ? words.across : words.down
    return (
      <Short key={axis}>
        <label htmlFor={`${id}-${axis}`}>{label}</label>
        <input
          id={`${id}-${axis}`}
          aria-label={`${name}: ${label}`}
          type="number"
          min={0}
          max={100}
          step={0.5}
          value={at === null ? '' : Math.round(at[axis] * 1000) / 10}
          onChange={({ target }) => {
            const part = target.valueAsNumber / 100
            if (at === null || Number.isNaN(part)) return
            onPlace(row.id, onPicture(axis === 0 ? [part, at[1]] : [at[0], part]))
          }}
        />
      </Short>
    )
  }
  return (
    <Line $gap={1} $end>
      {at === null ? null : [field(0), field(1)]}
      {at === null ? (
        <Button variant="secondary" onClick={() => onPlace(row.id, [0.5, 0.5])}>
          {words.put}
        </Button>
      ) : null}
      {own === undefined || row.space === null ? null : (
        <Button variant="secondary" onClick={() => onPlace(row.id, onPicture(middleOf(own.corners)))}>
          {words.putIn(spaceName(row.space))}
        </Button>
      )}
      {at === null ? null : (
        <Button variant="secondaryNoBorder" onClick={() => onPlace(row.id, null)}>
          {words.off}
        </Button>
      )}
    </Line>
  )
}
