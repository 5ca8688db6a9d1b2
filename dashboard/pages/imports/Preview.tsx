// The first rows of the file as they were read.
import { useQuery } from '@tanstack/react-query'
import type { ImportShown } from '#contract/imports.ts'
import { importRowsQuery } from '#dashboard/client/imports.ts'
import { importWords } from '#dashboard/text/imports/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel } from '#dashboard/ui/Layout.tsx'

const ROWS = 10
export const Preview = ({ shown }: { shown: ImportShown }) => {
  const { text } = useText()
  const words = useWords(importWords)
  const rows = useQuery(importRowsQuery(shown.id, shown.version, 'all', ROWS)).data?.rows ?? []
  return (
    <Panel>
      <details>
        <summary>{words.previewTitle}</summary>
        <DataTable
          caption={words.previewTitle}
          quietCaption
          rows={rows}
          rowKey={({ row }) => String(row)}
          sortWord={text.common.sorted}
          columns={[
            { key: 'line', head: words.line, heading: true, render: ({ line }) => line },
            ...shown.header.map((head, i) => ({
              key: String(i),
              head,
              render: ({ cells }: (typeof rows)[number]) => cells[i] ?? '',
            })),
          ]}
        />
      </details>
    </Panel>
  )
}
