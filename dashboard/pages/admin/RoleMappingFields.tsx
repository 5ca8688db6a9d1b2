// Which group of an identity provider gets which roles: one block per group, at least one.
import { Button, TextInput } from 'suomifi-ui-components'
import type { RoleMapping } from '#contract/identity-providers.ts'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Small, Stack } from '#dashboard/ui/Layout.tsx'
import { RoleChoice } from './RoleChoice.tsx'

export const EMPTY_MAPPING: RoleMapping = { group: '', roles: [] }
/** Without blocks that nobody filled in; null when one says no group or no role, or none is left. */
export const filledMapping = (mapping: readonly RoleMapping[]): RoleMapping[] | null => {
  const filled = mapping
    .map(({ group, roles }) => ({ group: group.trim(), roles }))
    .filter(({ group, roles }) => group !== '' || roles.length > 0)
  return filled.length > 0 && filled.every(({ group, roles }) => group !== '' && roles.length > 0) ? filled : null
}
type Props = { mapping: readonly RoleMapping[]; wrong: boolean; onChange: (mapping: RoleMapping[]) => void }
export const RoleMappingFields = ({ mapping, wrong, onChange }: Props) => {
  const words = useWords(adminWords)
  const change = (at: number, part: Partial<RoleMapping>) =>
    onChange(mapping.map((one, i) => (i === at ? { ...one, ...part } : one)))
  return (
    <FieldSet legend={words.mapping}>
      <Stack>
        <Small as="p">{words.mappingHint}</Small>
        {mapping.map(({ group, roles }, i) => (
          // Blocks have no name of their own until their group is typed.
          // eslint-disable-next-line react/no-array-index-key
          <FieldSet key={i} framed legend={words.mappingNumber(i + 1)}>
            <Stack>
              <TextInput
                labelText={words.mappingGroup}
                value={group}
                onChange={(typed) => change(i, { group: String(typed ?? '') })}
                {...(wrong && group.trim() === ''
                  ? { status: 'error' as const, statusText: words.mappingGroupMissing }
                  : {})}
              />
              <RoleChoice
                roles={roles}
                missing={wrong && roles.length === 0}
                onChange={(wanted) => change(i, { roles: wanted })}
              />
              {mapping.length === 1 ? null : (
                <div>
                  <Button variant="secondaryNoBorder" onClick={() => onChange(mapping.filter((_, at) => at !== i))}>
                    {words.mappingRemove(i + 1)}
                  </Button>
                </div>
              )}
            </Stack>
          </FieldSet>
        ))}
        <div>
          <Button variant="secondary" onClick={() => onChange([...mapping, EMPTY_MAPPING])}>
            {words.mappingAdd}
          </Button>
        </div>
      </Stack>
    </FieldSet>
  )
}
