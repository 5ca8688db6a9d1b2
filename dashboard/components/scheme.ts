// Light or dark: what is wished and what is shown. Charts need the shown one, because a canvas can't read custom properties.
import { createContext, useContext } from 'react'
import type { Scheme } from '#dashboard/ui/theme.ts'
import type { SchemeWish } from './settings.ts'

type SchemeChoice = { wish: SchemeWish; scheme: Scheme; setWish: (wish: SchemeWish) => void }
export const SchemeContext = createContext<SchemeChoice>({ wish: 'system', scheme: 'light', setWish: () => undefined })
export const useScheme = () => useContext(SchemeContext)
