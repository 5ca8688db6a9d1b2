// One file that goes with a form: photographed or chosen, sent at once, and its name told.
import { useMutation } from '@tanstack/react-query'
import { useId } from 'react'
import { sendFile } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Small, Stack } from '#dashboard/ui/Layout.tsx'
import { FileChooser } from './Attachments.tsx'

export type SentFile = { digest: string; name: string }
/** What the API takes (fileBytes). */
const MAX_FILE_BYTES = 12_582_912

type Props = {
  label: string
  /** On the button. */
  action: string
  /** What is told of the file that was sent. */
  sent: (name: string) => string
  /** Photos only, by the camera of a phone where there is one. */
  photo?: boolean
  value: SentFile | null
  onChange: (file: SentFile) => void
}
export const FileField = ({ label, action, sent, photo = false, value, onChange }: Props) => {
  const words = useWords(monthWords)
  const [field, told] = [useId(), useId()]
  const send = useMutation({
    mutationFn: async (file: File): Promise<SentFile> => {
      if (file.size > MAX_FILE_BYTES) throw new Error(words.fileTooLarge(file.name))
      return { digest: await sendFile(file), name: file.name }
    },
    onSuccess: onChange,
  })
  return (
    <Stack $gap={1}>
      <strong>{label}</strong>
      <FileChooser>
        <input
          id={field}
          type="file"
          accept={photo ? 'image/jpeg,image/png,image/webp' : undefined}
          capture={photo ? 'environment' : undefined}
          aria-label={`${label}: ${action}`}
          aria-describedby={told}
          onChange={({ target }) => {
            const file = target.files?.[0]
            target.value = ''
            if (file !== undefined) send.mutate(file)
          }}
        />
        <label htmlFor={field}>{action}</label>
      </FileChooser>
      <output id={told}>{value === null ? '' : <Small>{sent(value.name)}</Small>}</output>
      {send.error === null ? null : send.error.name === 'Error' ? (
        <p role="alert">{send.error.message}</p>
      ) : (
        <Refusal error={send.error} />
      )}
    </Stack>
  )
}
