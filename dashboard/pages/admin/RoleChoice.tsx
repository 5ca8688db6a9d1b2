// Choosing roles: one box each, in the reader's words.
import { Checkbox, CheckboxGroup } from 'suomifi-ui-components'
import type { RoleName } from '#contract/common.ts'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'

const ROLES: RoleName[] = ['viewer', 'technician', 'manager', 'controller', 'signatory', 'admin']

type Props = { roles: readonly RoleName[]; onChange: (roles: RoleName[]) => void; missing: boolean }
export const RoleChoice = ({ roles, onChange, missing }: Props) => {
  const words = useWords(adminWords)
  const { text } = useText()
  return (
    <CheckboxGroup
      labelText={words.roles}
      groupHintText={words.rolesHint}
      {...(missing ? { groupStatus: 'error' as const, groupStatusText: words.chooseRole } : {})}
    >
      {ROLES.map((role) => (
        <Checkbox
          key={role}
          checked={roles.includes(role)}
          onClick={({ checkboxState }) =>
            onChange(checkboxState ? [...roles, role] : roles.filter((one) => one !== role))
          }
        >
          {text.userRoles[role]}
        </Checkbox>
      ))}
    </CheckboxGroup>
  )
}
