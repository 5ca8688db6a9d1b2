// The first line of a printed page: from where, for whom, when and at which address. On the screen the header says it.
import { useContext, useState } from 'react'
import { useLocation } from 'react-router'
import { styled } from 'styled-components'
import { pickName } from '#domain/writing/names.ts'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Small } from '#dashboard/ui/Layout.tsx'
import { usePrinting } from '#dashboard/ui/usePrinting.ts'
import { SessionContext } from './session.ts'

const Line = styled.div`
  display: flex;
  flex-wrap: wrap;
  justify-content: space-between;
  gap: 0 24px;
  margin-bottom: 16px;
  padding-bottom: 8px;
  border-bottom: 1px solid var(--line-strong);
`

export const PrintHead = () => (usePrinting() ? <Said /> : null)

const Said = () => {
  const { text, language, format } = useText()
  const session = useContext(SessionContext)
  const { pathname, search } = useLocation()
  const [printedAt] = useState(() => Date.now())
  const organisation =
    session === null
      ? null
      : session.organisation === null
        ? text.frame.operator
        : pickName(session.organisationName, language, session.organisation).text
  return (
    <Line>
      <strong>{[text.product.name, ...(organisation === null ? [] : [organisation])].join(' · ')}</strong>
      <Small>{text.frame.printed(format.instant(printedAt, OWN_ZONE))}</Small>
      <Small>{`${window.location.origin}${pathname}${search}`}</Small>
    </Line>
  )
}
