// What is told: alarms, faults, service, disturbances.
import { Checkbox } from 'suomifi-ui-components'
import type { WebhookWanted } from '#contract/webhooks.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Row } from '#dashboard/ui/Layout.tsx'

type Family = WebhookWanted['families'][number]
const FAMILIES: Family[] = ['alarm', 'fault', 'service', 'webhook', 'system']

type Props = { legend: string; chosen: readonly Family[]; onChange: (chosen: Family[]) => void }
export const FamilyChoice = ({ legend, chosen, onChange }: Props) => {
  const { families } = useWords(notificationWords)
  return (
    <FieldSet legend={legend}>
      <Row $gap={2}>
        {FAMILIES.map((family) => (
          <Checkbox
            key={family}
            checked={chosen.includes(family)}
            onClick={({ checkboxState }) =>
              onChange(FAMILIES.filter((one) => (one === family ? checkboxState : chosen.includes(one))))
            }
          >
            {families[family]}
          </Checkbox>
        ))}
      </Row>
    </FieldSet>
  )
}
