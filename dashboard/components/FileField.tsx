// One file that goes with a form: photographed or chosen, sent at once, and its name told.
import { useMutation } from '@tanstack/react-query'
import { sendFile } from '#dashboard/client/http.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { FileInput } from './FileInput.tsx'

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
  const send = useMutation({
    mutationFn: async (file: File): Promise<SentFile> => {
      if (file.size > MAX_FILE_BYTES) throw new Error(words.fileTooLarge(file.name))
      return { digest: await sendFile(file), name: file.name }
    },
    onSuccess: onChange,
  })
  return (
    <Stack $gap={1}>
      <FileInput
        label={label}
        action={action}
        {...(photo ? { accept: 'image/jpeg,image/png,image/webp', camera: true } : {})}
        chosen={value === null ? undefined : sent(value.name)}
        onFile={(file) => send.mutate(file)}
      />
      {send.error === null ? null : send.error.name === 'Error' ? (
        <p role="alert">{send.error.message}</p>
      ) : (
        <Refusal error={send.error} />
      )}
    </Stack>
  )
}
