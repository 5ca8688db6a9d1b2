// What to do first, in five steps, each with the page where it is done; what exists already ticks its step off.
import { useQuery } from '@tanstack/react-query'
import { styled } from 'styled-components'
import { GUIDE_STEPS, guideQuery, type GuideStep } from '#dashboard/client/guide-queries.ts'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { AppLink } from './AppLink.tsx'
import { mayOpen } from './page-rights.ts'
import { useSession } from './session.ts'

const Steps = styled.ol`
  list-style: decimal;
  padding-left: 24px;
  li {
    padding: 8px 0 8px 8px;
  }
  a {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
  }
`
const PAGES: Record<GuideStep, string> = {
  organisations: '/imports',
  premises: '/imports',
  devices: '/connect',
  agreement: '/agreements/new',
  people: '/people',
}

/** Those whose page is open to the reader. */
const useSteps = (): GuideStep[] => {
  const session = useSession()
  return GUIDE_STEPS.filter((step) => mayOpen(session, PAGES[step]))
}

export const FirstSteps = () => {
  const { guide } = useWords(helpWords)
  const steps = useSteps()
  const done = useQuery(guideQuery(steps)).data ?? []
  return (
    <Panel aria-labelledby="first-steps">
      <Stack>
        <h2 id="first-steps">{guide.title}</h2>
        <p>{guide.lead}</p>
        <Steps>
          {steps.map((step) => (
            <li key={step} data-done={done.includes(step)}>
              <Row $gap={2}>
                <strong>{guide.steps[step][0]}</strong>
                <Small>{done.includes(step) ? `✓ ${guide.done}` : guide.undone}</Small>
              </Row>
              <Soft as="p">{guide.steps[step][1]}</Soft>
              <AppLink to={PAGES[step]}>{guide.steps[step][2]}</AppLink>
            </li>
          ))}
        </Steps>
      </Stack>
    </Panel>
  )
}

/** On the first page of the operator until every step is done. */
export const StepsLeft = () => {
  const steps = useSteps()
  const done = useQuery(guideQuery(steps)).data
  return done === undefined || done.length === steps.length ? null : <FirstSteps />
}
