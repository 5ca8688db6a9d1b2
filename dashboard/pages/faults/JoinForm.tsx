// Another fault of the same premises that is the same thing.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { FaultShown } from '#contract/faults.ts'
import { openFaultsQuery } from '#dashboard/client/fault-queries.ts'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useFaultTitle } from '#dashboard/components/useFaultTitle.ts'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { useFaultStep } from './FaultHistory.tsx'

type Props = { fault: FaultShown; onDone: () => void }
export const JoinForm = ({ fault, onDone }: Props) => {
  const words = useWords(faultWords)
  const titleOf = useFaultTitle()
  const open = useQuery(openFaultsQuery({ premises: fault.premises }))
  const [other, setOther] = useState('')
  const step = useFaultStep(fault.id, onDone)
  return (
    <WhenLoaded query={open}>
      {({ items }) => {
        const others = items.filter(({ id }) => id !== fault.id)
        if (others.length === 0) return <Soft as="p">{words.noOpenFaults}</Soft>
        return (
          <Stack>
            <div>
              <Select
                label={words.joinWith}
                value={other}
                options={[
                  { value: '', text: words.chooseChoice },
                  ...others.map((one) => ({ value: one.id, text: titleOf(one) })),
                ]}
                onChange={setOther}
              />
            </div>
            {step.error === null ? null : <Refusal error={step.error} />}
            <Row $gap={2}>
              <Button
                disabled={other === ''}
                aria-disabled={step.isPending}
                onClick={() => step.mutate({ step: 'join', with: other })}
              >
                {words.joinNow}
              </Button>
              <Button variant="secondaryNoBorder" onClick={onDone}>
                {words.cancel}
              </Button>
            </Row>
          </Stack>
        )
      }}
    </WhenLoaded>
  )
}
