// Files that go with what is said: chosen or photographed, sent at once, listed with a way to take them away; and those that came.
import { useMutation } from '@tanstack/react-query'
import { useId, type ChangeEvent } from 'react'
import { styled } from 'styled-components'
import { Button } from 'suomifi-ui-components'
import type { Attachment } from '#contract/disputes.ts'
import { apiPath, segment, sendFile } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'

/** The browser's own button speaks the browser's language; the label is the button here, and the field keeps the focus. */
export const FileChooser = styled.div`
  position: relative;
  input {
    position: absolute;
    opacity: 0;
    width: 1px;
    height: 1px;
  }
  label {
    display: inline-flex;
    align-items: center;
    min-height: 40px;
    padding: 0 20px;
    font-size: 14px;
    border: 1px solid var(--link);
    border-radius: 2px;
    color: var(--link);
    background: var(--surface);
    font-weight: 600;
    cursor: pointer;
  }
  input:focus-visible + label {
    outline: 3px solid var(--link);
    outline-offset: 2px;
  }
  @media (pointer: coarse), (max-width: 899px) {
    label {
      min-height: 44px;
    }
  }
`

/** What the API takes (fileBytes). */
const MAX_FILE_BYTES = 12_582_912
const MAX_FILES = 20

type Props = { files: readonly Attachment[]; onChange: (files: Attachment[]) => void }
export const AttachmentField = ({ files, onChange }: Props) => {
  const words = useWords(monthWords)
  const [field, hint] = [useId(), useId()]
  const send = useMutation({
    mutationFn: async (file: File): Promise<Attachment> => {
      if (file.size > MAX_FILE_BYTES) throw new Error(words.fileTooLarge(file.name))
      return { digest: await sendFile(file), name: file.name }
    },
    onSuccess: (added) => onChange([...files.filter(({ digest }) => digest !== added.digest), added]),
  })
  const read = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0]
    target.value = ''
    if (file !== undefined) send.mutate(file)
  }
  return (
    <Stack $gap={1}>
      <strong>{words.files}</strong>
      <Small as="p" id={hint}>
        {words.filesHint}
      </Small>
      {files.length >= MAX_FILES ? null : (
        <FileChooser>
          <input
            id={field}
            type="file"
            accept="image/jpeg,image/png,image/webp,application/pdf,text/plain,text/csv,.xlsx"
            aria-describedby={hint}
            onChange={read}
          />
          <label htmlFor={field}>{words.addFile}</label>
        </FileChooser>
      )}
      {send.error === null ? null : send.error.name === 'Error' ? (
        <p role="alert">{send.error.message}</p>
      ) : (
        <Refusal error={send.error} />
      )}
      {files.length === 0 ? null : (
        <ul>
          {files.map(({ digest, name }) => (
            <li key={digest}>
              <Row $gap={1}>
                <span>{name}</span>
                <Button
                  variant="secondaryNoBorder"
                  onClick={() => onChange(files.filter((one) => one.digest !== digest))}
                >
                  {words.removeFile(name)}
                </Button>
              </Row>
            </li>
          ))}
        </ul>
      )}
    </Stack>
  )
}

export const AttachmentList = ({ files }: { files: readonly Attachment[] }) =>
  files.length === 0 ? null : (
    <ul>
      {files.map(({ digest, name }) => (
        <li key={digest}>
          <a href={apiPath(`/files/${segment(digest)}`)} target="_blank" rel="noreferrer">
            {name}
          </a>
        </li>
      ))}
    </ul>
  )
