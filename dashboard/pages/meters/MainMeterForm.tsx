// Which main meter a meter has: the tree is made here.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { MeterShown } from '#contract/meters.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { deviceQuery } from '#dashboard/client/queries.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { meterWords } from '#dashboard/text/meters/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

const keyOf = ({ device, point }: { device: string; point: string }): string => `${device}/${point}`

type Props = { meters: readonly MeterShown[]; nameOf: (meter: MeterShown) => string }
export const MainMeterForm = ({ meters, nameOf }: Props) => {
  const words = useWords(meterWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [meter, setMeter] = useState(meters[0] === undefined ? '' : keyOf(meters[0]))
  const chosen = meters.find((one) => keyOf(one) === meter) ?? meters[0]
  const [main, setMain] = useState<string | null>(null)
  const wanted = main ?? (chosen?.main == null ? '' : keyOf(chosen.main))
  const device = useQuery(deviceQuery(chosen?.device ?? '')).data
  const send = useMutation({
    mutationFn: () => {
      const ref = meters.find((one) => keyOf(one) === wanted)
      return sendJson(
        'PUT',
        apiPath(`/devices/${segment(chosen?.device ?? '')}/points/${segment(chosen?.point ?? '')}/main-meter`),
        { main: ref === undefined ? null : { device: ref.device, point: ref.point } },
        device?.version,
      )
    },
    onSuccess: async () => {
      announce(words.facts.mainSaved)
      setMain(null)
      await client.invalidateQueries({ queryKey: ['premises'] })
      await client.invalidateQueries({ queryKey: ['devices'] })
    },
  })
  return (
    <Fold summary={<strong>{words.facts.setMain}</strong>}>
      <Stack>
        <Row $gap={2} $end>
          <Select
            label={words.tree.meter}
            value={meter}
            options={meters.map((one) => ({ value: keyOf(one), text: nameOf(one) }))}
            onChange={(value) => {
              setMeter(value)
              setMain(null)
              send.reset()
            }}
          />
          <Select
            label={words.facts.main}
            value={wanted}
            options={[
              { value: '', text: words.facts.noMain },
              ...meters.filter((one) => keyOf(one) !== meter).map((one) => ({ value: keyOf(one), text: nameOf(one) })),
            ]}
            onChange={setMain}
          />
        </Row>
        {send.error === null ? null : <Refusal error={send.error} />}
        <div>
          <Button onClick={() => send.mutate()} disabled={send.isPending || device === undefined}>
            {words.facts.saveMain}
          </Button>
        </div>
      </Stack>
    </Fold>
  )
}
