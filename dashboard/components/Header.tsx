// The header: product, organisation, language, user. The same on every page.
import { IconSearch } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { AppLink, useGo } from './AppLink.tsx'
import { Bell } from './Bell.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import { pickName } from '#domain/writing/names.ts'
import { SessionContext, useSessionChange } from './session.ts'
import { UserMenu } from './UserMenu.tsx'
import { useContext, useEffect } from 'react'

const Bar = styled.header`
  background: var(--surface);
  border-top: 4px solid var(--brand);
  border-bottom: 1px solid var(--line-strong);
  > div {
    max-width: 1560px;
    margin: 0 auto;
    padding: 8px 24px;
    min-height: 64px;
  }
  @media (max-width: 899px) {
    > div {
      padding: 8px 16px;
    }
  }
`
const Product = styled.span`
  a {
    display: inline-flex;
    align-items: center;
    gap: 10px;
    min-height: 44px;
    font-size: 22px;
    font-weight: 600;
    color: var(--brand);
    text-decoration: none;
  }
`
const Places = styled.div`
  display: flex;
  align-items: center;
  gap: 8px 16px;
  @media (max-width: 699px) {
    display: grid;
    grid-template-columns: 1fr auto auto auto;
    gap: 0 8px;
  }
`
const Organisation = styled.div`
  margin-left: auto;
  min-width: 0;
  @media (max-width: 699px) {
    margin: 0;
    order: 1;
  }
`
const User = styled.div`
  button svg {
    width: 20px;
    height: 20px;
  }
  [aria-expanded] {
    display: inline-flex;
    align-items: center;
    font-size: 16px;
  }
  /* A long name is cut, and read out whole. */
  [aria-expanded] > span {
    max-width: 200px;
    margin-left: 8px;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    vertical-align: bottom;
    display: inline-block;
  }
  @media (max-width: 699px) {
    order: 2;
    justify-self: end;
    [aria-expanded] {
      padding: 0 8px;
      min-width: 44px;
    }
    [aria-expanded] > span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`
const Search = styled.div`
  a {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-width: 44px;
    min-height: 44px;
    text-decoration: none;
  }
  @media (max-width: 699px) {
    order: 1;
    span {
      position: absolute;
      width: 1px;
      height: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
`
const Languages = styled.div`
  @media (max-width: 699px) {
    grid-column: 2 / 5;
    justify-self: end;
  }
`
const OPERATOR = 'operator'

export const Logo = () => (
  <svg width="32" height="32" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="4" fill="var(--brand)" />
    <path d="M6 25V12l10-6 10 6v13h-6v-7h-8v7z" fill="var(--surface)" />
    <path d="M16 6v19" stroke="var(--brand)" strokeWidth="1.6" />
  </svg>
)

export const Header = () => {
  const { text } = useText()
  const session = useContext(SessionContext)
  return (
    <Bar className="no-print">
      <Places>
        <Product>
          <AppLink to="/">
            <Logo />
            {text.product.name}
          </AppLink>
        </Product>
        <Organisation>{session === null ? null : <OrganisationSwitch />}</Organisation>
        {session === null ? null : <SearchLink />}
        {session === null || session.user.mustChangePassword ? null : <Bell />}
        <Languages>
          <LanguageSwitch />
        </Languages>
        {session === null ? null : (
          <User>
            <UserMenu />
          </User>
        )}
      </Places>
    </Bar>
  )
}

/** Opens the search; the key / does the same wherever nothing is being written. */
const SearchLink = () => {
  const { text } = useText()
  const go = useGo()
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { target } = event
      const writes =
        target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || writes) return
      event.preventDefault()
      void go('/search')
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [go])
  return (
    <Search>
      <AppLink to="/search" aria-keyshortcuts="/">
        <IconSearch aria-hidden="true" />
        <span>{text.common.search}</span>
      </AppLink>
    </Search>
  )
}

const OrganisationSwitch = () => {
  const { text, language } = useText()
  const session = useContext(SessionContext)
  const change = useSessionChange()
  if (session === null) return null
  const nameOf = (organisation: string | null, names: typeof session.organisationName) =>
    organisation === null ? text.frame.operator : pickName(names, language, organisation).text
  if (session.memberships.length < 2) return <span>{nameOf(session.organisation, session.organisationName)}</span>
  return (
    <Select
      label={text.frame.organisation}
      quiet
      value={session.organisation ?? OPERATOR}
      options={session.memberships.map(({ organisation, name }) => ({
        value: organisation ?? OPERATOR,
        text: nameOf(organisation, name),
      }))}
      onChange={(chosen) => change.mutate({ organisation: chosen === OPERATOR ? null : chosen })}
    />
  )
}
