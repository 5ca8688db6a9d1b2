// The service of a premises on its page: what is overdue or coming, the inspections, and the service book.
import { useQuery } from '@tanstack/react-query'
import { inspectionsQuery, tasksQuery } from '#dashboard/client/service-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { PartIfFailed } from '#dashboard/components/QueryStates.tsx'
import { usePremises } from '#dashboard/pages/premises/PremisesPage.tsx'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { InspectionTable } from './Inspections.tsx'
import { ServiceBook } from './ServiceBook.tsx'
import { TaskLines } from './TaskLines.tsx'

const SHOWN = 5
export const PremisesService = () => {
  const words = useWords(serviceWords)
  const { premises } = usePremises()
  const tasksAsked = useQuery(tasksQuery({ premises: premises.id }))
  const tasks = tasksAsked.data?.items ?? []
  const inspectionsAsked = useQuery(inspectionsQuery({ premises: premises.id }))
  const inspections = inspectionsAsked.data?.items ?? []
  const query = `?premises=${premises.id}`
  return (
    <Stack $gap={3}>
      <Row className="no-print">
        <AppLink to={`/service${query}`}>{words.tabs.tasks}</AppLink>
        <AppLink to={`/service/plans${query}`}>{words.tabs.plans}</AppLink>
        <AppLink to={`/service/inspections${query}`}>{words.tabs.inspections}</AppLink>
      </Row>
      {tasks.length === 0 ? (
        <PartIfFailed query={tasksAsked} title={words.ofDevice.open} />
      ) : (
        <Panel aria-labelledby="open-tasks">
          <Stack>
            <h2 id="open-tasks">{words.ofDevice.open}</h2>
            <TaskLines tasks={tasks.slice(0, SHOWN)} />
          </Stack>
        </Panel>
      )}
      {inspections.length === 0 ? (
        <PartIfFailed query={inspectionsAsked} title={words.tabs.inspections} />
      ) : (
        <InspectionTable items={inspections} />
      )}
      <h2>{words.tabs.book}</h2>
      <ServiceBook premises={premises.id} />
    </Stack>
  )
}
