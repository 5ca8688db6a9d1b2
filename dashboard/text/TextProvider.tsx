// The chosen language for everything below: its dictionary, and formatting bound to it.
import { createContext, useContext, useMemo, type ReactNode } from 'react'
import type { Language } from '#domain/writing/language.ts'
import { bindFormat, type Format } from '#dashboard/format/bind-format.ts'
import type { Dictionary } from './dictionary.ts'

type Spoken = { language: Language; text: Dictionary; format: Format }
const TextContext = createContext<Spoken | null>(null)

type Props = { language: Language; dictionary: Dictionary; children: ReactNode }
export const TextProvider = ({ language, dictionary, children }: Props) => {
  const spoken = useMemo(() => ({ language, text: dictionary, format: bindFormat(language) }), [language, dictionary])
  return <TextContext value={spoken}>{children}</TextContext>
}

/** Language, dictionary and formats of this page. */
export const useText = (): Spoken => {
  const spoken = useContext(TextContext)
  if (spoken === null) throw new Error('useText outside of TextProvider')
  return spoken
}
