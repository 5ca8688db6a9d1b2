// The basic facts of premises: names, address, time zone, landlord.
import { TextInput } from 'suomifi-ui-components'
import { NamesFields } from '#dashboard/components/NamesFields.tsx'
import { OrganisationSelect } from '#dashboard/components/OrganisationSelect.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { useSession } from '#dashboard/components/session.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Facts, Grid, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import type { PremisesFacts } from './premises-draft.ts'

const ZONES = ['Europe/Helsinki', 'Europe/Mariehamn', 'Europe/Stockholm'] as const
type Props = { facts: PremisesFacts; onChange: (facts: PremisesFacts) => void; children?: React.ReactNode }
export const PremisesFields = ({ facts, onChange, children }: Props) => {
  const { premises: words, choose } = useWords(registryWords)
  const session = useSession()
  const nameOf = useOrganisationNames()
  const put = (part: Partial<PremisesFacts>) => onChange({ ...facts, ...part })
  const zones: readonly string[] = ZONES
  return (
    <Stack $gap={3}>
      <NamesFields value={facts.name} onChange={(name) => put({ name })} />
      {children}
      <Grid $min={280}>
        <TextInput
          labelText={words.address}
          value={facts.address}
          fullWidth
          onChange={(value) => put({ address: String(value ?? '') })}
        />
        <Select
          label={words.timeZone}
          value={facts.timeZone}
          options={(zones.includes(facts.timeZone) ? zones : [facts.timeZone, ...zones]).map((value) => ({
            value,
            text: value,
          }))}
          onChange={(timeZone) => put({ timeZone })}
        />
        {session.organisation === null ? (
          <OrganisationSelect
            label={words.landlord}
            none={choose}
            value={facts.landlord}
            onChange={(landlord) => put({ landlord })}
          />
        ) : (
          <div>
            <Facts facts={[[words.landlord, nameOf(facts.landlord)]]} />
            <Small>{words.landlordHint}</Small>
          </div>
        )}
      </Grid>
    </Stack>
  )
}
