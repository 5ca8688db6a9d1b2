// Service: tasks, plans, inspections and the service book, each at its own address; the premises stand in the address too.
import { Outlet, useLocation, useOutletContext } from 'react-router'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { useHasNoPremises, usePremisesNames } from '#dashboard/components/premises-names.ts'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Select } from '#dashboard/ui/Select.tsx'
import { Tabs } from '#dashboard/ui/Tabs.tsx'

const ROOMS = ['tasks', 'plans', 'inspections', 'book'] as const
const CONTRACTOR_ROOMS = ['tasks', 'inspections'] as const
/** `premises` is empty for all of them. */
type Context = { premises: string }
export const useService = () => useOutletContext<Context>()

export const ServicePage = () => {
  const words = useWords(serviceWords)
  const { pathname } = useLocation()
  const { get, set } = useAddress()
  const { all, nameOf } = usePremisesNames()
  const open = ROOMS.find((room) => pathname === `/service/${room}`) ?? 'tasks'
  const named = get('premises') ?? ''
  // Who sees no premises is a contractor: it has tasks and inspections, and no plans or book.
  const rooms = useHasNoPremises() ? CONTRACTOR_ROOMS : ROOMS
  // Plans and the book are those of one premises; the first one stands for a choice not made yet.
  const needsOne = open === 'plans' || open === 'book'
  const premises = named === '' && (needsOne || all.length === 1) ? (all[0]?.id ?? '') : named
  const query = premises === '' ? '' : `?premises=${premises}`
  return (
    <Page
      title={open === 'tasks' ? words.title : `${words.title}: ${words.tabs[open].toLowerCase()}`}
      lead={words.lead}
    >
      <Tabs
        label={words.title}
        link={AppLink}
        tabs={rooms.map((room) => ({
          to: (room === 'tasks' ? '/service' : `/service/${room}`) + query,
          text: words.tabs[room],
          open: room === open,
        }))}
      />
      {all.length <= 1 ? null : (
        <Select
          label={words.premises}
          value={premises}
          options={[
            ...(needsOne ? [] : [{ value: '', text: words.allPremises }]),
            ...all.map(({ id }) => ({ value: id, text: nameOf(id) })),
          ]}
          onChange={(id) => set({ premises: id, device: null })}
        />
      )}
      <Outlet context={{ premises } satisfies Context} />
    </Page>
  )
}
