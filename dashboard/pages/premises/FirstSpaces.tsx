// The first spaces of new premises, and who has each: so the parties are known from the beginning.
import { useId } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { Space } from '#contract/bundle.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import { OrganisationSelect } from '#dashboard/components/OrganisationSelect.tsx'
import { idOfName } from '#dashboard/format/id-of-name.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

type Tenancy = NonNullable<PremisesRecorded['tenancies']>[number]
export type WrittenSpace = { name: string; storey: string; area: string; use: Space['use']; party: string }
export const EMPTY_SPACE: WrittenSpace = { name: '', storey: '', area: '', use: 'exclusive', party: '' }
const USES = ['exclusive', 'common', 'technical'] as const

/** Rows with a name or an area; an id is made of the name, and told apart by a number where two would be one. */
export function spacesOf(
  written: readonly WrittenSpace[],
  from: string,
  language: 'fi' | 'sv' | 'en',
): { spaces: Space[]; tenancies: Tenancy[] } {
  const spaces: Space[] = []
  const tenancies: Tenancy[] = []
  for (const { name, storey, area, use, party } of written) {
    if (name.trim() === '' && area.trim() === '') continue
    const base = idOfName(name) || 'tila'
    const taken = new Set(spaces.map(({ id }) => id))
    let id = base
    for (let n = 2; taken.has(id); n++) id = `${base}-${n}`
    spaces.push({
      id,
      ...(name.trim() === '' ? {} : { name: { [language]: name.trim() } }),
      ...(storey.trim() === '' ? {} : { storey: storey.trim() }),
      use,
      areaM2: typedDecimal(area),
    })
    if (use === 'exclusive' && party !== '') tenancies.push({ space: id, organisation: party, from, to: null })
  }
  return { spaces, tenancies }
}

type Props = {
  spaces: readonly WrittenSpace[]
  onChange: (spaces: readonly WrittenSpace[]) => void
  from: string
  onFrom: (from: string) => void
}
export const FirstSpaces = ({ spaces, onChange, from, onFrom }: Props) => {
  const { premises: words } = useWords(registryWords)
  const { text, format } = useText()
  const fromId = useId()
  const set = (index: number, part: Partial<WrittenSpace>) =>
    onChange(spaces.map((space, i) => (i === index ? { ...space, ...part } : space)))
  const areas = spaces.map(({ area }) => Number(typedDecimal(area)) || 0)
  const total = areas.reduce((a, b) => a + b, 0)
  return (
    <Stack $gap={3}>
      <Soft as="p">{words.spacesText}</Soft>
      {spaces.map((space, i) => (
        <FieldSet key={i} legend={words.space(i + 1)} framed>
          <Row $gap={2} $end>
            <Text label={words.spaceName} value={space.name} onChange={(name) => set(i, { name })} />
            <Text label={words.storey} value={space.storey} onChange={(storey) => set(i, { storey })} />
            <Text label={words.area} value={space.area} number onChange={(area) => set(i, { area })} />
            <Select
              label={words.use}
              value={space.use}
              options={USES.map((value) => ({ value, text: text.premises.uses[value] }))}
              onChange={(use) => set(i, { use })}
            />
            {space.use === 'exclusive' ? (
              <OrganisationSelect
                label={words.party}
                none={text.premises.vacant}
                value={space.party}
                onChange={(party) => set(i, { party })}
              />
            ) : null}
            <Button variant="secondaryNoBorder" onClick={() => onChange(spaces.filter((_space, at) => at !== i))}>
              {words.removeSpace(i + 1)}
            </Button>
          </Row>
        </FieldSet>
      ))}
      {total > 0 ? <p>{words.total(format.number(total, 2))}</p> : null}
      <div>
        <Button variant="secondary" onClick={() => onChange([...spaces, EMPTY_SPACE])}>
          {words.addSpace}
        </Button>
      </div>
      {spaces.some(({ party }) => party !== '') ? (
        <div>
          <DateField id={fromId} label={words.from} value={from} onChange={onFrom} />
        </div>
      ) : null}
    </Stack>
  )
}

type TextProps = { label: string; value: string; number?: boolean; onChange: (value: string) => void }
const Text = ({ label, value, number = false, onChange }: TextProps) => (
  <TextInput
    labelText={label}
    value={value}
    inputMode={number ? 'decimal' : 'text'}
    onChange={(written) => onChange(String(written ?? ''))}
  />
)
