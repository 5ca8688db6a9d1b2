// Owners with their parts, and the bodies of the six other roles, from a day on.
import { useId } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { DeviceRecorded } from '#contract/devices.ts'
import { OrganisationSelect } from '#dashboard/components/OrganisationSelect.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Grid, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import {
  OTHER_ROLES,
  rolesDraftOn,
  type DeviceDraft,
  type OtherRole,
  type Owner,
  type RolesDraft,
} from './device-draft.ts'

type Props = { device: DeviceRecorded; draft: DeviceDraft; onChange: (draft: DeviceDraft) => void }
export const RoleFields = ({ device, draft, onChange }: Props) => {
  const { device: words } = useWords(registryWords)
  const dateId = useId()
  const shown = draft.roles ?? rolesDraftOn(device, draft.from)
  const put = (part: Partial<RolesDraft>) => onChange({ ...draft, roles: { ...shown, ...part } })
  return (
    <Stack $gap={3}>
      <Soft as="p">{words.rolesText}</Soft>
      <div>
        <DateField
          id={dateId}
          label={words.from}
          value={draft.from}
          onChange={(from) => onChange({ ...draft, from })}
        />
      </div>
      <Owners owners={shown.owners} onChange={(owners) => put({ owners })} />
      <Grid $min={300} $gap={3}>
        {OTHER_ROLES.map((role) => (
          <Bodies
            key={role}
            role={role}
            bodies={shown.holders[role]}
            onChange={(bodies) => put({ holders: { ...shown.holders, [role]: bodies } })}
          />
        ))}
      </Grid>
    </Stack>
  )
}

const Owners = ({ owners, onChange }: { owners: readonly Owner[]; onChange: (owners: readonly Owner[]) => void }) => {
  const { device: words, choose } = useWords(registryWords)
  const { format } = useText()
  const set = (index: number, part: Partial<Owner>) =>
    onChange(owners.map((owner, i) => (i === index ? { ...owner, ...part } : owner)))
  const numbers = owners.map(({ part }) => Number(typedDecimal(part)))
  const sum = numbers.reduce((a, b) => a + b, 0)
  const taken = owners.map(({ organisation }) => organisation)
  return (
    <FieldSet legend={words.owners} framed>
      <Stack>
        <Soft as="p">{words.ownersText}</Soft>
        {owners.map((owner, i) => (
          <Row key={i} $gap={2} $end>
            <OrganisationSelect
              label={words.owner(i + 1)}
              none={choose}
              value={owner.organisation}
              without={taken}
              onChange={(organisation) => set(i, { organisation })}
            />
            <TextInput
              labelText={words.part(i + 1)}
              inputMode="decimal"
              value={owner.part}
              onChange={(value) => set(i, { part: String(value ?? '') })}
            />
            <Soft style={{ minHeight: 40, display: 'inline-flex', alignItems: 'center' }}>
              {sum > 0 && numbers[i]! >= 0 ? words.partOf(format.percent(String(numbers[i]! / sum))) : ''}
            </Soft>
            <Button variant="secondaryNoBorder" onClick={() => onChange(owners.filter((_owner, at) => at !== i))}>
              {words.removeOwner(i + 1)}
            </Button>
          </Row>
        ))}
        {owners.length === 0 ? <p>{words.nobody}</p> : null}
        <div>
          <Button variant="secondary" onClick={() => onChange([...owners, { organisation: '', part: '1' }])}>
            {words.addOwner}
          </Button>
        </div>
      </Stack>
    </FieldSet>
  )
}

type BodiesProps = { role: OtherRole; bodies: readonly string[]; onChange: (bodies: readonly string[]) => void }
const Bodies = ({ role, bodies, onChange }: BodiesProps) => {
  const { device: words, choose } = useWords(registryWords)
  const { text } = useText()
  const nameOf = useOrganisationNames()
  return (
    <FieldSet legend={text.roles[role]} framed>
      <Stack $gap={1}>
        {bodies.length === 0 ? (
          <p>{words.nobody}</p>
        ) : (
          <ul>
            {bodies.map((id) => (
              <li key={id}>
                <Row $spread>
                  <span>{nameOf(id)}</span>
                  <Button
                    variant="secondaryNoBorder"
                    aria-label={words.remove(nameOf(id), text.roles[role])}
                    onClick={() => onChange(bodies.filter((one) => one !== id))}
                  >
                    {words.removeShort}
                  </Button>
                </Row>
              </li>
            ))}
          </ul>
        )}
        <OrganisationSelect
          label={words.add(text.roles[role])}
          none={choose}
          value=""
          without={bodies}
          onChange={(id) => {
            if (id !== '') onChange([...bodies, id])
          }}
        />
      </Stack>
    </FieldSet>
  )
}
