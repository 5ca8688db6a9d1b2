// A button for what cannot be taken back: what happens is said first, in a dialog, and done only then.
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactNode } from 'react'
import { Button } from 'suomifi-ui-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { Dialog } from './Dialog.tsx'
import { Row } from '#dashboard/ui/Layout.tsx'
import { Refusal } from './QueryStates.tsx'

type Props = {
  /** What the button says, here and in the dialog. */
  text: string
  /** What happens then. */
  effect: ReactNode
  act: () => Promise<unknown>
  /** Its name where several of the same text stand in a list. */
  label?: string
  /** What the dialog is called; the button's name otherwise. */
  title?: string
  variant?: 'default' | 'secondary' | 'secondaryNoBorder'
}
export const SureButton = ({ text, effect, act, label = text, title = label, variant = 'secondary' }: Props) => {
  const { common } = useText().text
  const [isOpen, setIsOpen] = useState(false)
  const step = useMutation({ mutationFn: act, onSuccess: () => setIsOpen(false) })
  return (
    <>
      <Button
        variant={variant}
        aria-label={label}
        onClick={() => {
          step.reset()
          setIsOpen(true)
        }}
      >
        {text}
      </Button>
      {isOpen ? (
        <Dialog title={title} onClose={() => setIsOpen(false)}>
          {typeof effect === 'string' ? <p>{effect}</p> : effect}
          {step.error === null ? null : <Refusal error={step.error} />}
          <Row>
            <Button disabled={step.isPending} onClick={() => step.mutate()}>
              {text}
            </Button>
            <Button variant="secondary" onClick={() => setIsOpen(false)}>
              {common.cancel}
            </Button>
          </Row>
        </Dialog>
      ) : null}
    </>
  )
}
