// An address that leads nowhere.
import { RequestError } from '#dashboard/client/problem.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'

const NO_PAGE = new RequestError(404, 'not-found', '', '')

export const NotFound = () => {
  const { text } = useText()
  return (
    <Page title={text.errors.titles['not-found']}>
      <Refusal error={NO_PAGE} />
    </Page>
  )
}
