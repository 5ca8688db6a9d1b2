// One polite live region for the whole page: what changed is said once, without moving the focus.
import { createContext, useCallback, useContext, useState, type ReactNode } from 'react'
import { VisuallyHidden } from './Layout.tsx'

const AnnounceContext = createContext<(message: string) => void>(() => undefined)

/** Gives a function that has a sentence read out by screen readers. */
export const useAnnounce = () => useContext(AnnounceContext)

export const Announcer = ({ children }: { children: ReactNode }) => {
  const [message, setMessage] = useState({ text: '', turn: 0 })
  // The same sentence twice must be said twice: the key makes it a new node.
  const announce = useCallback((text: string) => setMessage(({ turn }) => ({ text, turn: turn + 1 })), [])
  return (
    <AnnounceContext value={announce}>
      {children}
      <VisuallyHidden as="output" aria-live="polite">
        <span key={message.turn}>{message.text}</span>
      </VisuallyHidden>
    </AnnounceContext>
  )
}
