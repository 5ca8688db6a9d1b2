// Where does one begin, and what does a word mean? The guide of an empty installation and the glossary, searched by any of its languages.
import { useId } from 'react'
import { Button, SearchInput } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { AppLink, useAddress } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSession, useSessionChange } from '#dashboard/components/session.ts'
import { glossary } from '#dashboard/text/help/glossary.ts'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { LANGUAGES } from '#domain/writing/language.ts'
import { FirstSteps } from '#dashboard/components/FirstSteps.tsx'

const Terms = styled.dl`
  > div {
    padding: 16px 0;
    border-top: 1px solid var(--line);
    scroll-margin-top: 16px;
  }
  > div:target {
    background: var(--selected);
  }
  dt {
    font-weight: 600;
  }
  dd {
    max-width: 70ch;
  }
`
/** The guide of one's own role, back on the first page. */
const WelcomeAgain = () => {
  const { welcome } = useWords(helpWords)
  const { user } = useSession()
  const change = useSessionChange()
  return (
    <Panel>
      <Stack $gap={2}>
        <h2>{welcome.title}</h2>
        {change.error === null ? null : <Refusal error={change.error} />}
        {user.guideSeen ? (
          <div>
            <Button variant="secondary" disabled={change.isPending} onClick={() => change.mutate({ guideSeen: false })}>
              {welcome.again}
            </Button>
          </div>
        ) : (
          <p>
            <AppLink to="/">{welcome.shown}</AppLink>
          </p>
        )}
      </Stack>
    </Panel>
  )
}

export const HelpPage = () => {
  const words = useWords(helpWords)
  const { text, language } = useText()
  const { get, set } = useAddress()
  const title = useId()
  const wanted = (get('q') ?? '').trim().toLocaleLowerCase(language)
  const shown = Object.entries(glossary)
    .filter(([, entry]) =>
      LANGUAGES.some((each) => entry[each].some((part) => part.toLocaleLowerCase(each).includes(wanted))),
    )
    .toSorted(([, a], [, b]) => a[language][0].localeCompare(b[language][0], language))
  const others = LANGUAGES.filter((each) => each !== language)
  return (
    <Page title={words.title} lead={words.lead}>
      <Panel aria-labelledby={title}>
        <Stack>
          <h2 id={title}>{words.glossary}</h2>
          <Soft as="p">{words.findHint}</Soft>
          <SearchInput
            labelText={words.find}
            clearButtonLabel={text.common.close}
            searchButtonLabel={text.common.search}
            defaultValue={get('q') ?? ''}
            debounce={200}
            fullWidth
            onChange={(value) => set({ q: String(value) })}
          />
          <output>{shown.length === 0 ? words.notFound : words.found(shown.length)}</output>
          {shown.length === 0 ? null : (
            <Terms>
              {shown.map(([key, entry]) => (
                <div key={key} id={key}>
                  <dt>{entry[language][0]}</dt>
                  <dd>{entry[language][1]}</dd>
                  <dd>
                    <Small>
                      {others.map((each, i) => (
                        <span key={each} lang={each}>
                          {i === 0 ? '' : ', '}
                          {entry[each][0]}
                        </span>
                      ))}
                    </Small>
                  </dd>
                </div>
              ))}
            </Terms>
          )}
        </Stack>
      </Panel>
      <FirstSteps />
      <WelcomeAgain />
      <Panel>
        <Stack $gap={1}>
          <h2>{words.keys}</h2>
          <p>{words.keysText}</p>
        </Stack>
      </Panel>
    </Page>
  )
}
