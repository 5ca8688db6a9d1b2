// A dialog above the page: the browser's own, which keeps the focus inside, closes with Escape and gives the focus back.
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { styled } from 'styled-components'
import { Button, IconClose } from 'suomifi-ui-components'
import { useText } from '#dashboard/text/TextProvider.tsx'

const Box = styled.dialog`
  width: fit-content;
  min-width: min(480px, calc(100vw - 32px));
  max-width: min(1160px, calc(100vw - 32px));
  max-height: calc(100vh - 32px);
  padding: 0;
  color: var(--ink);
  background: var(--surface);
  border: 1px solid var(--line-strong);
  border-radius: 4px;
  overflow: auto;
  h2:focus {
    outline: none;
  }
  &::backdrop {
    background: rgb(0 0 0 / 55%);
  }
  > div {
    position: relative;
    padding: 24px;
    display: flex;
    flex-direction: column;
    gap: 16px;
  }
  /* Above on the right for the eye and the thumb; the keyboard comes to it last. */
  > div > .close {
    position: absolute;
    top: 16px;
    right: 12px;
  }
  h2 {
    padding-right: 48px;
  }
  @media (max-width: 599px) {
    width: 100vw;
    max-width: 100vw;
    height: 100dvh;
    max-height: 100dvh;
    border: 0;
    > div {
      padding: 16px;
    }
  }
`
type Props = { title: string; onClose: () => void; children: ReactNode }
/** Open for as long as it is there. */
export const Dialog = ({ title, onClose, children }: Props) => {
  const ref = useRef<HTMLDialogElement>(null)
  const { text } = useText()
  const headingRef = useRef<HTMLHeadingElement>(null)
  const heading = useId()
  // Before it leaves the page: only then the browser gives the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    // Read from the top: the first field may be far below.
    headingRef.current?.focus()
    dialog?.scrollTo(0, 0)
    return () => dialog?.close()
  }, [])
  return (
    <Box ref={ref} aria-labelledby={heading} onCancel={onClose}>
      <div>
        <h2 id={heading} ref={headingRef} tabIndex={-1}>
          {title}
        </h2>
        {children}
        <Button
          className="close"
          variant="secondaryNoBorder"
          icon={<IconClose />}
          aria-label={text.common.close}
          onClick={onClose}
        />
      </div>
    </Box>
  )
}
