// The label: scanned, or its code typed and checked on the spot.
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { installWords } from '#dashboard/text/install/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'
import { readClaimCode } from '#domain/writing/claim-code.ts'
import { LineField } from './fields.tsx'
import { Scanner } from './Scanner.tsx'

type Props = { refused: string | null; take: (code: string) => void; withoutLabel: () => void }
export const CodeStep = ({ refused, take, withoutLabel }: Props) => {
  const words = useWords(installWords)
  const [text, setText] = useState('')
  const [problem, setProblem] = useState(refused)
  const [scanning, setScanning] = useState(false)
  const read = (given: string) => {
    const found = readClaimCode(given)
    setScanning(false)
    setProblem(found.ok ? null : words.wrong[found.reason])
    if (found.ok) take(found.code)
    else setText(given)
  }
  return (
    <Stack $gap={3}>
      {scanning ? (
        <Scanner found={read} close={() => setScanning(false)} />
      ) : (
        <Button fullWidth onClick={() => setScanning(true)}>
          {words.scan}
        </Button>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          read(text)
        }}
      >
        <Stack>
          {problem === null ? null : <InlineAlert status="error">{problem}</InlineAlert>}
          <LineField label={words.code} hint={words.codeHint} value={text} change={setText} code />
          <Button type="submit" variant="secondary" fullWidth>
            {words.read}
          </Button>
        </Stack>
      </form>
      <Button variant="secondaryNoBorder" fullWidth onClick={withoutLabel}>
        {words.withoutLabel}
      </Button>
    </Stack>
  )
}
