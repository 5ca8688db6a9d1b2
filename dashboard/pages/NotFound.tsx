// An address that leads nowhere.
import { RequestError } from '#dashboard/client/problem.ts'
import { RefusedPage } from '#dashboard/components/PageWhenLoaded.tsx'

const NO_PAGE = new RequestError(404, 'not-found', '', '')

export const NotFound = () => <RefusedPage error={NO_PAGE} />
