// All that happened to a fault, in order: who had it, what was said and done, with photos; a joined report can be taken apart.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { styled } from 'styled-components'
import { Button } from 'suomifi-ui-components'
import type { FaultShown, FaultStepWanted } from '#contract/faults.ts'
import { filePath, TOUCHED_BY_A_FAULT } from '#dashboard/client/fault-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { reportWords } from '#dashboard/text/report/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'

const Entry = styled.li`
  border-left: 4px solid var(--line-strong);
  padding: 4px 0 4px 16px;
  p {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  img {
    max-width: min(100%, 320px);
    max-height: 320px;
    border-radius: 4px;
    display: block;
  }
`
const PICTURE = /\.(jpe?g|png|webp)$/i

/** Takes a step and looks anew at whatever it may change. */
export const useFaultStep = (id: string, onDone: () => void = () => {}) => {
  const words = useWords(faultWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (wanted: FaultStepWanted) =>
      sendJson<FaultShown>('POST', apiPath(`/faults/${segment(id)}/steps`), wanted),
    onSuccess: async () => {
      announce(words.saved)
      onDone()
      await client.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED_BY_A_FAULT.includes(String(queryKey[0])) })
    },
  })
}

export const FaultHistory = ({ fault }: { fault: FaultShown }) => {
  const words = useWords(faultWords)
  const { choices } = useWords(reportWords)
  const { format, language } = useText()
  const split = useFaultStep(fault.id)
  const nameOf = (id: string): string => pickName(fault.names[id], language, id).text
  return (
    <Panel>
      <Stack>
        <h2>{words.history}</h2>
        {split.error === null ? null : <Refusal error={split.error} />}
        <Stack as="ol" $gap={2}>
          {fault.entries.map((entry, index) => {
            const { at, by, organisation, kind, text, files, because, shownToReporter, choice, canSplit } = entry
            // The platform itself addresses and escalates.
            const isOfPlatform = kind === 'offered' || kind === 'escalated'
            return (
              <Entry key={`${at} ${index}`}>
                <Stack $gap={0.5}>
                  <span>
                    {isOfPlatform ? (
                      <>
                        {words.entryKinds[kind]}
                        {organisation === null ? null : (
                          <>
                            {' '}
                            <strong>{nameOf(organisation)}</strong>
                          </>
                        )}
                        {because === null ? null : `: ${words.because[because]}`}
                      </>
                    ) : (
                      <>
                        <strong>{organisation === null && by === REPORTER ? words.reporter : by}</strong>
                        {organisation === null ? null : `, ${nameOf(organisation)}`} {words.entryKinds[kind]}
                        {choice === null ? null : `: ${choices[choice].toLowerCase()}`}
                      </>
                    )}{' '}
                    <Small>
                      {format.instant(at, fault.timeZone)}
                      {kind === 'message' && shownToReporter && fault.followers > 0 ? ` · ${words.seen}` : ''}
                    </Small>
                  </span>
                  {text === '' ? null : <p>{text}</p>}
                  {files.length === 0 ? null : (
                    <Row as="ul" $gap={2}>
                      {files.map(({ digest, name }) => (
                        <li key={digest}>
                          <a href={filePath(digest)} download={name}>
                            {PICTURE.test(name) ? <img src={filePath(digest)} alt={words.photo(name)} /> : name}
                          </a>
                        </li>
                      ))}
                    </Row>
                  )}
                  {canSplit && fault.may.includes('split') ? (
                    <div className="no-print">
                      <Button
                        variant="secondaryNoBorder"
                        aria-disabled={split.isPending}
                        onClick={() => split.mutate({ step: 'split', entry: index })}
                      >
                        {words.split}
                      </Button>
                    </div>
                  ) : null}
                </Stack>
              </Entry>
            )
          })}
        </Stack>
      </Stack>
    </Panel>
  )
}
/** How the platform names whoever has not signed in. */
const REPORTER = 'reporter'
