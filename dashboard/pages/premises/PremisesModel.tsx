// The building model of a premises in two forms, to download.
import { apiPath, segment } from '#dashboard/client/http.ts'
import { modelWords } from '#dashboard/text/models/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { usePremises } from './PremisesPage.tsx'

const FORMATS = ['brick', 'rec'] as const

export const PremisesModel = () => {
  const words = useWords(modelWords)
  const { premises } = usePremises()
  return (
    <Panel className="no-print">
      <Stack>
        <h2>{words.title}</h2>
        <Small>{words.lead}</Small>
        <Stack as="ul" $gap={1}>
          {FORMATS.map((format) => (
            <li key={format}>
              <a href={apiPath(`/premises/${segment(premises.id)}/model`, { format })} download>
                {words[format]}
              </a>
            </li>
          ))}
        </Stack>
      </Stack>
    </Panel>
  )
}
