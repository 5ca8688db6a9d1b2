// Which of the first steps are done: whether there is one of each. What somebody may not see counts as not done.
import { queryOptions } from '@tanstack/react-query'
import { apiPath, getJson } from './http.ts'

type Some = { items: { disabled?: boolean }[] }
const LISTS = {
  organisations: apiPath('/organisations', { limit: 1 }),
  premises: apiPath('/premises', { limit: 1 }),
  devices: apiPath('/devices', { limit: 1 }),
  agreement: apiPath('/agreements', { limit: 1 }),
  people: apiPath('/users'),
} as const
export type GuideStep = keyof typeof LISTS
export const GUIDE_STEPS = Object.keys(LISTS) as GuideStep[]

/** Of the steps whose lists the reader may see. */
export const guideQuery = (seen: readonly GuideStep[]) =>
  queryOptions({
    queryKey: ['guide', ...seen],
    queryFn: async ({ signal }) => {
      const done = await Promise.all(
        seen.map(async (step) => {
          const { items } = await getJson<Some>(LISTS[step], signal).catch((): Some => ({ items: [] }))
          // The first administrator is there from the start.
          return items.filter(({ disabled }) => disabled !== true).length > (step === 'people' ? 1 : 0) ? step : null
        }),
      )
      return done.filter((step) => step !== null)
    },
  })
