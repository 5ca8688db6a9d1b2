// Own choices of what one is told: premises, what, from which severity on, only one's own or all.
import { Button, Checkbox } from 'suomifi-ui-components'
import type { WishesWanted } from '#contract/notifications.ts'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { FamilyChoice } from './FamilyChoice.tsx'
import { PremisesChoice } from './PremisesChoice.tsx'
import { SeverityFrom } from './SeverityFrom.tsx'

type Subscription = NonNullable<WishesWanted['subscriptions']>[number]
type Props = {
  subscriptions: readonly Subscription[]
  fresh: Subscription
  onChange: (subscriptions: Subscription[]) => void
}
export const Subscriptions = ({ subscriptions, fresh, onChange }: Props) => {
  const { settings: words, severityFrom } = useWords(notificationWords)
  const put = (place: number, part: Partial<Subscription>) =>
    onChange(subscriptions.map((one, i) => (i === place ? { ...one, ...part } : one)))
  return (
    <Stack $gap={2}>
      {subscriptions.length === 0 ? <Soft as="p">{words.noSubscription}</Soft> : null}
      {subscriptions.map((one, place) => (
        <FieldSet key={place} framed legend={words.subscription(place + 1)}>
          <Stack $gap={2}>
            <Row $end $gap={3}>
              <PremisesChoice value={one.premises} onChange={(premises) => put(place, { premises })} />
              <SeverityFrom label={severityFrom} value={one.from} onChange={(from) => put(place, { from })} />
            </Row>
            <FamilyChoice legend={words.what} chosen={one.families} onChange={(families) => put(place, { families })} />
            <Checkbox checked={one.oursOnly} onClick={({ checkboxState }) => put(place, { oursOnly: checkboxState })}>
              {words.oursOnly}
            </Checkbox>
            <div>
              <Button variant="secondaryNoBorder" onClick={() => onChange(subscriptions.filter((_, i) => i !== place))}>
                {words.removeSubscription(place + 1)}
              </Button>
            </div>
          </Stack>
        </FieldSet>
      ))}
      <div>
        <Button variant="secondary" onClick={() => onChange([...subscriptions, fresh])}>
          {words.addSubscription}
        </Button>
      </div>
    </Stack>
  )
}
