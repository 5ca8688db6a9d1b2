// The privacy statement: which personal data, why, for how long.
import { Page } from '#dashboard/components/Page.tsx'
import { statementWords } from '#dashboard/text/statements/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'

export const Privacy = () => {
  const { privacy: words } = useWords(statementWords)
  return (
    <Page title={words.title} lead={words.lead}>
      <Panel>
        <Stack>
          {words.sections.map(({ title, text }) => (
            <Stack $gap={1} key={title}>
              <h2>{title}</h2>
              <p>{text}</p>
            </Stack>
          ))}
        </Stack>
      </Panel>
    </Page>
  )
}
