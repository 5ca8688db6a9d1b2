// A file of the person's. The button speaks the page's language, as a browser's own speaks the browser's; what was chosen stands beside it.
import { useId } from 'react'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { FileChooser } from './Attachments.tsx'

type Props = {
  label: string
  /** On the button. */
  action?: string
  hint?: string
  accept?: string
  /** By the camera of a phone where there is one. */
  camera?: boolean
  /** What was chosen, where it waits for something. */
  chosen?: string | undefined
  onFile: (file: File) => void
}
export const FileInput = ({ label, action, hint, accept, camera = false, chosen, onFile }: Props) => {
  const { text } = useText()
  const verb = action ?? text.common.chooseFile
  const [id, told] = [useId(), useId()]
  return (
    <Stack $gap={1}>
      <strong>{label}</strong>
      {hint === undefined ? null : <Small>{hint}</Small>}
      <Row $gap={2}>
        <FileChooser>
          <input
            id={id}
            type="file"
            accept={accept}
            capture={camera ? 'environment' : undefined}
            aria-label={`${label}: ${verb}`}
            aria-describedby={told}
            onChange={({ target }) => {
              const file = target.files?.[0]
              target.value = ''
              if (file !== undefined) onFile(file)
            }}
          />
          <label htmlFor={id}>{verb}</label>
        </FileChooser>
        <output id={told}>{chosen}</output>
      </Row>
    </Stack>
  )
}
