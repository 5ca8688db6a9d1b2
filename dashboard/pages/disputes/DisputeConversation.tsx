// What was said and done in a dispute, in order, with what was attached.
import { styled } from 'styled-components'
import type { DisputeShown } from '#contract/disputes.ts'
import { AttachmentList } from '#dashboard/components/Attachments.tsx'
import { OrganisationName } from '#dashboard/components/Name.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'

const Entry = styled.li`
  border-left: 4px solid var(--line-strong);
  padding: 4px 0 4px 16px;
  p {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
`
export const DisputeConversation = ({ dispute, timeZone }: { dispute: DisputeShown; timeZone: string }) => {
  const words = useWords(monthWords)
  const { format } = useText()
  return (
    <Panel>
      <Stack>
        <h2>{words.conversation}</h2>
        <Stack as="ol" $gap={2}>
          {dispute.entries.map((entry, index) => (
            <Entry key={`${entry.at} ${index}`}>
              <Stack $gap={0.5}>
                <span>
                  <strong>{entry.by}</strong>
                  {entry.organisation === null ? null : (
                    <>
                      {', '}
                      <OrganisationName id={entry.organisation} />
                    </>
                  )}{' '}
                  {words.entryKinds[entry.kind]} <Small>{format.instant(entry.at, timeZone)}</Small>
                </span>
                {entry.text === '' ? null : <p>{entry.text}</p>}
                <AttachmentList files={entry.files} />
              </Stack>
            </Entry>
          ))}
        </Stack>
        {dispute.answer === null ? null : (
          <p>
            <strong>{words.offered(words.offers[dispute.answer])}</strong>
          </p>
        )}
      </Stack>
    </Panel>
  )
}
