// The three languages, each named in itself; choosing one changes the address and what the session remembers.
import { useContext } from 'react'
import { styled } from 'styled-components'
import { LANGUAGES, type Language } from '#domain/writing/language.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { VisuallyHidden } from '#dashboard/ui/Layout.tsx'
import { useAddress } from './AppLink.tsx'
import { SessionContext, useSessionChange } from './session.ts'
import { rememberLanguage } from './settings.ts'

const OWN_NAMES: Record<Language, string> = { fi: 'Suomi', sv: 'Svenska', en: 'English' }

const List = styled.ul`
  display: flex;
  button {
    min-width: 44px;
    min-height: 44px;
    padding: 0 8px;
    border: 0;
    border-bottom: 2px solid transparent;
    background: none;
    color: var(--link);
    cursor: pointer;
  }
  button[aria-current] {
    color: var(--ink);
    font-weight: 600;
    border-bottom-color: var(--link);
  }
  .short {
    display: none;
  }
  @media (max-width: 1099px) {
    .long {
      display: none;
    }
    .short {
      display: inline;
    }
  }
`
export const LanguageSwitch = () => {
  const { text, language } = useText()
  const session = useContext(SessionContext)
  const change = useSessionChange()
  const { set } = useAddress()
  const choose = (chosen: Language) => {
    rememberLanguage(chosen)
    if (session !== null) change.mutate({ language: chosen })
    set({ lang: chosen })
  }
  return (
    <nav aria-label={text.frame.language}>
      <List>
        {LANGUAGES.map((one) => (
          <li key={one}>
            <button
              type="button"
              lang={one}
              aria-current={one === language ? 'true' : undefined}
              onClick={() => choose(one)}
            >
              <span className="long">{OWN_NAMES[one]}</span>
              <span className="short">
                <span aria-hidden="true">{one.toUpperCase()}</span>
                <VisuallyHidden>{OWN_NAMES[one]}</VisuallyHidden>
              </span>
            </button>
          </li>
        ))}
      </List>
    </nav>
  )
}
