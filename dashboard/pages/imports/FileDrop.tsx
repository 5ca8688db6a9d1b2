// Choosing a file: a button, and the place around it to drop the file on.
import { useId, useState } from 'react'
import { styled } from 'styled-components'
import { FileChooser } from '#dashboard/components/Attachments.tsx'
import { Small } from '#dashboard/ui/Layout.tsx'

const Place = styled.div`
  display: flex;
  flex-direction: column;
  gap: 8px;
  padding: 24px;
  border: 2px dashed var(--line-strong);
  border-radius: 4px;
  &[data-over='true'] {
    border-color: var(--link);
    background: var(--selected);
  }
`
type Props = { label: string; also: string; hint: string; onFile: (file: File) => void }
export const FileDrop = ({ label, also, hint, onFile }: Props) => {
  const id = useId()
  const [over, setOver] = useState(false)
  return (
    <Place
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault()
        setOver(false)
        const file = event.dataTransfer.files[0]
        if (file !== undefined) onFile(file)
      }}
    >
      <FileChooser>
        <input
          id={id}
          type="file"
          aria-describedby={`${id}-hint`}
          accept=".csv,.txt,.tsv,.xlsx,.xml,.ics,.ttl,.jsonld,.ifc"
          onChange={({ target }) => {
            const file = target.files?.[0]
            if (file !== undefined) onFile(file)
            target.value = ''
          }}
        />
        <label htmlFor={id}>{label}</label> {also}
      </FileChooser>
      <Small id={`${id}-hint`}>{hint}</Small>
    </Place>
  )
}
