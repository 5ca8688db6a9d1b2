// A sentence of the server in the reader's language, in English while its words load and where they have none.
import { useEffect, useState } from 'react'
import { translate, type Refusals } from '#dashboard/text/refusals/translate.ts'
import { refusalWords } from '#dashboard/text/refusals/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

/** A day, or a day with its local clock time, as the API writes it. */
const CLOCK_TIME = /\b(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2})?(?![\d:T])/g

export const SaidByServer = ({ children: sentence }: { children: string }) => {
  const { language, format } = useText()
  const [table, setTable] = useState<Refusals>({})
  useEffect(() => {
    let isShown = true
    void refusalWords(language)
      .then((words) => isShown && setTable(words))
      // Without a network the English sentence says as much.
      .catch(() => undefined)
    return () => void (isShown = false)
  }, [language])
  const own = translate(table, sentence)
  if (own === null) return <span lang="en">{sentence}</span>
  return (
    <span>
      {own.replaceAll(CLOCK_TIME, (_, day: string, clock = '') => `${format.date(day)}${clock.replace('T', ' ')}`)}
    </span>
  )
}
