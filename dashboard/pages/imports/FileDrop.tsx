// Choosing a file: a button of the browser's own that is also a place to drop it on.
import { useId, useState } from 'react'
import { styled } from 'styled-components'
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
  label {
    font-weight: 600;
  }
  input {
    max-width: 100%;
    min-height: 44px;
    font: inherit;
  }
  input::file-selector-button {
    min-height: 40px;
    padding: 0 16px;
    margin-right: 16px;
    font: inherit;
    font-weight: 600;
    color: var(--link-strong);
    background: var(--surface);
    border: 1px solid var(--link);
    border-radius: 2px;
    cursor: pointer;
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
      <label htmlFor={id}>
        {label} {also}
      </label>
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
      <Small id={`${id}-hint`}>{hint}</Small>
    </Place>
  )
}
