// A sentence of the server in the reader's language, in English where its words have none.
import { useEffect, useState } from 'react'
import { translate, type Refusals } from '#dashboard/text/refusals/translate.ts'
import { refusalWords } from '#dashboard/text/refusals/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

/** A day, or a day with its local clock time, as the API writes it. */
const CLOCK_TIME = /\b(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2})?(?![\d:T])/g

export const SaidByServer = ({ children: sentence }: { children: string }) => {
  const { language, format } = useText()
  const [found, setFound] = useState<{ language: string; table: Refusals } | null>(null)
  useEffect(() => {
    let isShown = true
    void refusalWords(language)
      // Without a network the English sentence says as much.
      .catch((): Refusals => ({}))
      .then((table) => isShown && setFound({ language, table }))
    return () => void (isShown = false)
  }, [language])
  // Nothing rather than English for a moment.
  if (found?.language !== language) return null
  const own = translate(found.table, sentence)
  if (own === null) return <span lang="en">{sentence}</span>
  return (
    <span>
      {own.replaceAll(CLOCK_TIME, (_, day: string, clock = '') => `${format.date(day)}${clock.replace('T', ' ')}`)}
    </span>
  )
}
