// What to do first, in five steps, each with the page where it is done.
import { styled } from 'styled-components'
import { AppLink } from './AppLink.tsx'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Soft, Stack } from '#dashboard/ui/Layout.tsx'

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
const STEPS = [
  ['facts', '/imports'],
  ['people', '/people'],
  ['devices', '/connect'],
  ['agreement', '/agreements/new'],
  ['month', '/costs'],
] as const

/** `empty`: said of an installation that has nothing yet. */
export const FirstSteps = ({ empty = false }: { empty?: boolean }) => {
  const { guide } = useWords(helpWords)
  return (
    <Panel aria-labelledby="first-steps">
      <Stack>
        <h2 id="first-steps">{guide.title}</h2>
        {empty ? <p>{guide.lead}</p> : null}
        <Steps>
          {STEPS.map(([step, to]) => (
            <li key={step}>
              <strong>{guide.steps[step][0]}</strong>
              <Soft as="p">{guide.steps[step][1]}</Soft>
              <AppLink to={to}>{guide.steps[step][2]}</AppLink>
            </li>
          ))}
        </Steps>
      </Stack>
    </Panel>
  )
}
