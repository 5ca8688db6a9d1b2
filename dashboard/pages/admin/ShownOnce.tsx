// A secret that is shown this once: to be copied, then gone. It takes the focus when it comes, because it
// may stand far above what was pressed, and gives it back.
import { useEffect, useRef } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'

const Secret = styled.code`
  font-size: 18px;
  overflow-wrap: anywhere;
`
type Props = { title: string; text: string; label: string; secret: string; close: () => void }
export const ShownOnce = ({ title, text, label, secret, close }: Props) => {
  const { text: common } = useText()
  const place = useRef<HTMLElement>(null)
  useEffect(() => {
    const before = document.activeElement
    place.current?.focus()
    return () => {
      if (before instanceof HTMLElement) before.focus()
    }
  }, [])
  return (
    <section ref={place} tabIndex={-1} aria-label={title}>
      <InlineAlert status="warning" labelText={title}>
        <Stack>
          <p>{text}</p>
          <p>
            {label}: <Secret>{secret}</Secret>
          </p>
          <Row>
            <Button variant="secondary" onClick={close}>
              {common.common.close}
            </Button>
          </Row>
        </Stack>
      </InlineAlert>
    </section>
  )
}
