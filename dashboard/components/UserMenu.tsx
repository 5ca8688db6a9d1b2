// What the person who is signed in can do about themselves: their account, and signing out. Escape or a press elsewhere closes it.
import { useEffect, useId, useRef, useState } from 'react'
import { Button, IconPerson } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useGo } from './AppLink.tsx'
import { useSession, useSignOut } from './session.ts'

const Around = styled.div`
  position: relative;
`
const Choices = styled.ul`
  position: absolute;
  top: 100%;
  right: 0;
  z-index: 10;
  margin: 4px 0 0;
  padding: 8px;
  list-style: none;
  background: var(--surface);
  border: 1px solid var(--line);
  border-radius: 2px;
  box-shadow: 0 4px 12px rgb(0 0 0 / 16%);
  width: max-content;
  button {
    width: 100%;
    min-height: 44px;
    text-align: left;
  }
`

export const UserMenu = () => {
  const { text } = useText()
  const session = useSession()
  const signOut = useSignOut()
  const go = useGo()
  const [isOpen, setOpen] = useState(false)
  const choices = useId()
  const around = useRef<HTMLDivElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (!isOpen) return
    const closeFromOutside = (event: Event) => {
      if (event.target instanceof Node && around.current?.contains(event.target) !== true) setOpen(false)
    }
    const closeByKey = ({ key }: KeyboardEvent) => {
      if (key !== 'Escape') return
      setOpen(false)
      opener.current?.focus()
    }
    document.addEventListener('pointerdown', closeFromOutside)
    document.addEventListener('focusin', closeFromOutside)
    document.addEventListener('keydown', closeByKey)
    return () => {
      document.removeEventListener('pointerdown', closeFromOutside)
      document.removeEventListener('focusin', closeFromOutside)
      document.removeEventListener('keydown', closeByKey)
    }
  }, [isOpen])
  return (
    <Around ref={around}>
      <Button
        ref={opener}
        variant="secondaryNoBorder"
        aria-label={text.frame.user(session.user.name)}
        aria-expanded={isOpen}
        aria-controls={choices}
        onClick={() => setOpen(!isOpen)}
      >
        <IconPerson aria-hidden="true" />
        <span>{session.user.name}</span>
      </Button>
      <Choices id={choices} hidden={!isOpen}>
        <li>
          <Button
            variant="secondaryNoBorder"
            onClick={() => {
              setOpen(false)
              void go('/account')
            }}
          >
            {text.frame.account}
          </Button>
        </li>
        <li>
          <Button variant="secondaryNoBorder" onClick={() => signOut.mutate()}>
            {text.frame.signOut}
          </Button>
        </li>
      </Choices>
    </Around>
  )
}
