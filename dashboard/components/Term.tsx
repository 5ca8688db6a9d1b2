// A small "?" beside a hard word: opens its meaning where it stands; Escape or a click elsewhere closes it.
import { useEffect, useId, useState } from 'react'
import { IconHelp } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { glossary, TermKey } from '#dashboard/text/help/glossary.ts'
import { helpWords } from '#dashboard/text/help/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { AppLink } from './AppLink.tsx'

const Mark = styled.button`
  display: inline-flex;
  align-items: center;
  justify-content: center;
  width: 32px;
  height: 32px;
  padding: 0;
  border: 0;
  background: none;
  color: var(--link);
  cursor: pointer;
  vertical-align: middle;
  @media print {
    display: none;
  }
`
const Meaning = styled.div`
  max-width: min(420px, calc(100vw - 32px));
  margin: auto;
  padding: 16px 24px;
  color: var(--ink);
  background: var(--surface);
  border: 1px solid var(--line-strong);
  border-radius: 4px;
  font-size: 16px;
  font-weight: 400;
  text-align: left;
  white-space: normal;
  &:popover-open {
    display: grid;
    gap: 8px;
  }
`
export const Term = ({ of }: { of: TermKey }) => {
  const words = useWords(helpWords)
  const { language } = useText()
  const id = useId()
  const [known, setKnown] = useState<typeof glossary | null>(null)
  useEffect(() => {
    let current = true
    void import('#dashboard/text/help/glossary.ts').then((loaded) => {
      if (current) setKnown(loaded.glossary)
    })
    return () => {
      current = false
    }
  }, [])
  if (known === null) return null
  const [term, meaning] = known[of][language]
  return (
    <>
      <Mark type="button" popoverTarget={id} aria-label={words.means(term)}>
        <IconHelp aria-hidden="true" />
      </Mark>
      <Meaning id={id} popover="auto" role="note" aria-label={term}>
        <strong>{term}</strong>
        <span>{meaning}</span>
        <AppLink to={`/help#${of}`}>{words.toGlossary}</AppLink>
      </Meaning>
    </>
  )
}
