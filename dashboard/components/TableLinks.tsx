// A list to keep: exactly what its filters give, as CSV and as Excel.
import { IconDownload } from 'suomifi-ui-components'
import type { TableName } from '#contract/tables.ts'
import { tablePath } from '#dashboard/client/find-queries.ts'
import { findWords } from '#dashboard/text/find/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row } from '#dashboard/ui/Layout.tsx'

const FORMATS = ['csv', 'xlsx'] as const
type Props = {
  list: TableName
  filters: Record<string, string | number | undefined>
  /** Where the page has a file of its own for the other. */
  formats?: readonly (typeof FORMATS)[number][]
}

export const TableLinks = ({ list, filters, formats = FORMATS }: Props) => {
  const { table: words } = useWords(findWords)
  const { language } = useText()
  return (
    <Row $gap={3} className="no-print">
      {formats.map((format) => (
        <a key={format} href={tablePath(list, filters, format, language)} download>
          <Row as="span" $gap={1}>
            <IconDownload aria-hidden="true" />
            {words[format]}
          </Row>
        </a>
      ))}
    </Row>
  )
}
