// Steering of a premises: scenes, schedules and firmware, each at its own address; the premises is chosen for all three.
import type { ReactNode } from 'react'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Empty } from '#dashboard/components/QueryStates.tsx'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Select } from '#dashboard/ui/Select.tsx'
import { Tabs } from '#dashboard/ui/Tabs.tsx'

const ROOMS = ['scenes', 'schedules', 'firmware'] as const
export type SteeringRoom = (typeof ROOMS)[number]
type Props = { room: SteeringRoom; lead: string; children: (premises: string, timeZone: string) => ReactNode }

export const SteeringPage = ({ room, lead, children }: Props) => {
  const words = useWords(twinWords).steering
  const { get, set } = useAddress()
  const { all, nameOf, timeZoneOf } = usePremisesNames()
  const wanted = get('premises')
  const premises = all.some(({ id }) => id === wanted) ? (wanted ?? '') : (all[0]?.id ?? '')
  const of = premises === '' ? '' : `?premises=${premises}`
  return (
    <Page title={`${words.title}: ${words.tabs[room].toLowerCase()}`} lead={lead}>
      <Tabs
        label={words.title}
        link={AppLink}
        tabs={ROOMS.map((one) => ({ to: `/${one}${of}`, text: words.tabs[one], open: one === room }))}
      />
      {premises === '' ? (
        <Empty title={words.noPremises} />
      ) : (
        <>
          {all.length < 2 ? null : (
            <div>
              <Select
                label={words.premises}
                value={premises}
                options={all.map(({ id }) => ({ value: id, text: nameOf(id) }))}
                onChange={(id) => set({ premises: id })}
              />
            </div>
          )}
          {children(premises, timeZoneOf(premises))}
        </>
      )}
    </Page>
  )
}
