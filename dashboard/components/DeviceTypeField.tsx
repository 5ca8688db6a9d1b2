// The choice of a device type from the whole library: narrowed by words of its name in any language, in groups.
import { useId, useState } from 'react'
import { styled } from 'styled-components'
import type { DeviceTypeShown } from '#contract/device-types.ts'
import { deviceTypeWords } from '#dashboard/text/device-types/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Small } from '#dashboard/ui/Layout.tsx'
import type { fi } from '#dashboard/text/device-types/fi.ts'
import { useDeviceTypes } from './device-types.ts'

const Field = styled.div`
  display: flex;
  flex-direction: column;
  gap: 4px;
  min-width: 0;
  label {
    font-weight: 600;
  }
  /* Where it stands may want them higher. */
  :where(input, select) {
    width: 100%;
    min-height: 44px;
    padding: 0 12px;
    font: inherit;
    color: var(--ink);
    background-color: var(--surface);
    border: 1px solid var(--ink-soft);
    border-radius: 2px;
  }
  output {
    min-height: 20px;
    font-size: 14px;
    color: var(--ink-soft);
  }
`
type Props = {
  label: string
  /** What stands where none is chosen. */
  none: string
  value: string
  onChange: (type: string) => void
}
export const DeviceTypeField = ({ label, none, value, onChange }: Props) => {
  const words = useWords(deviceTypeWords)
  const { language } = useText()
  const { all, find, nameOf } = useDeviceTypes()
  const [q, setQ] = useState('')
  const [narrow, choice] = [useId(), useId()]
  const wanted = plain(q).split(/\s+/).filter(Boolean)
  const found = all.filter((type) => wanted.every((word) => searched(type).includes(word)))
  const groups = [...new Set(found.map(({ group }) => group))]
  return (
    <Field>
      <label htmlFor={narrow}>{words.narrow}</label>
      <input
        id={narrow}
        type="text"
        autoComplete="off"
        value={q}
        onChange={({ target }) => {
          setQ(target.value)
        }}
      />
      <output htmlFor={narrow}>{wanted.length === 0 ? '' : words.found(found.length)}</output>
      <label htmlFor={choice}>{label}</label>
      <select id={choice} value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="">{none}</option>
        {value === '' || found.some(({ id }) => id === value) ? null : <option value={value}>{nameOf(value)}</option>}
        {groups.map((group) => (
          <optgroup key={group} label={Object.hasOwn(words.groups, group) ? words.groups[group as Group] : group}>
            {found
              .filter((type) => type.group === group)
              .toSorted((a, b) => a.name[language].localeCompare(b.name[language], language))
              .map(({ id, name }) => (
                <option key={id} value={id}>
                  {name[language]}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
      {find(value) === undefined ? null : (
        <Small as="span">
          {words.points(
            find(value)
              ?.points.map(({ name, unit }) => (unit === null ? name[language] : `${name[language]} (${unit})`))
              .join(', ') ?? '',
          )}
        </Small>
      )}
    </Field>
  )
}
type Group = keyof typeof fi.groups

const searched = ({ id, name, words }: DeviceTypeShown): string =>
  plain([id, name.fi, name.sv, name.en, ...words].join(' '))
/** Small letters without accents. */
const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').trim().toLowerCase()
