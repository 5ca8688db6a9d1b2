// What stands further down a long page is drawn after its top, piece by piece, and gives way to whatever the reader does meanwhile.
import { useDeferredValue, type ReactNode } from 'react'

export const Later = ({ children }: { children: ReactNode }) => (useDeferredValue(true, false) ? children : null)
