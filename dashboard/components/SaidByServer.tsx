// A sentence of the server in the reader's language, in English while its words load and where they have none.
import { useEffect, useState } from 'react'
import { translate, type Refusals } from '#dashboard/text/refusals/translate.ts'
import { refusalWords } from '#dashboard/text/refusals/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

export const SaidByServer = ({ children: sentence }: { children: string }) => {
  const { language } = useText()
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
  return own === null ? <span lang="en">{sentence}</span> : <span>{own}</span>
}
