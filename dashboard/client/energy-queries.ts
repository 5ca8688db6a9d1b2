// Questions about what energy is used for.
import { queryOptions } from '@tanstack/react-query'
import type { EnergyByUse } from '#contract/energy-by-use.ts'
import { apiPath, getJson, segment } from './http.ts'

const REFRESH_MS = 5 * 60_000

export const energyByUseQuery = (premises: string) =>
  queryOptions({
    queryKey: ['energy-by-use', premises],
    queryFn: ({ signal }) => getJson<EnergyByUse>(apiPath(`/premises/${segment(premises)}/energy-by-use`), signal),
    refetchInterval: REFRESH_MS,
  })
