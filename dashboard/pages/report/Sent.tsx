// After a report: thanks, and the link by which it is followed, shown this once.
import { useState } from 'react'
import { styled } from 'styled-components'
import type { ReportTaken } from '#contract/reports.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { reportWords } from '#dashboard/text/report/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { PlainButton } from './fields.tsx'

const Address = styled.p`
  overflow-wrap: anywhere;
  font-size: 16px;
`
export const Sent = ({ taken: { follow, joined } }: { taken: ReportTaken }) => {
  const words = useWords(reportWords)
  const [isCopied, setCopied] = useState(false)
  const address = `${location.origin}/f/${follow}`
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(address)
    setCopied(true)
  }
  return (
    <Stack $gap={3}>
      <p>{joined ? words.joinedText : words.sentText}</p>
      <Panel>
        <Stack>
          <p>{words.keep}</p>
          <Address>
            <AppLink to={`/f/${follow}`}>{address}</AppLink>
          </Address>
          <p>{words.keepHint}</p>
          {'clipboard' in navigator ? (
            <div>
              <PlainButton type="button" onClick={() => void copy()}>
                {words.copy}
              </PlainButton>
            </div>
          ) : null}
          <output>{isCopied ? words.copied : ''}</output>
        </Stack>
      </Panel>
      <p>
        <AppLink to={`/f/${follow}`}>{words.open}</AppLink>
      </p>
    </Stack>
  )
}
