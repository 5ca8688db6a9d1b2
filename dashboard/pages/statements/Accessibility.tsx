// The accessibility statement and its feedback form, for everyone (act 306/2019).
import { Page } from '#dashboard/components/Page.tsx'
import { statementWords } from '#dashboard/text/statements/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { FeedbackForm } from './FeedbackForm.tsx'

export const Accessibility = () => {
  const { accessibility: words } = useWords(statementWords)
  return (
    <Page title={words.title} lead={words.lead}>
      <Panel>
        <Stack>
          <h2>{words.stateTitle}</h2>
          <p>{words.state}</p>
          <h2>{words.missingTitle}</h2>
          <ul>
            {words.missing.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
          <h2>{words.testedTitle}</h2>
          <p>{words.tested}</p>
        </Stack>
      </Panel>
      <Panel>
        <Stack>
          <h2>{words.feedbackTitle}</h2>
          <p>{words.feedback}</p>
          <FeedbackForm />
        </Stack>
      </Panel>
      <Panel>
        <Stack>
          <h2>{words.supervisionTitle}</h2>
          <p>{words.supervision}</p>
          <p>{words.authority}</p>
          <h2>{words.datedTitle}</h2>
          <p>{words.dated}</p>
        </Stack>
      </Panel>
    </Page>
  )
}
