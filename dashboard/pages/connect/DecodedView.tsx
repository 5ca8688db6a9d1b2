// What was read from one message: values with units and instants, what was left out, what is wrong, and keys that are not mapped yet.
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { Decoded } from '#contract/decode.ts'
import { OWN_ZONE } from '#dashboard/format/own-zone.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'

/** Readings of one message that are shown. */
const SHOWN = 200

type Props = { decoded: Decoded; mapped: Readonly<Record<string, string>>; map: (key: string) => void }
export const DecodedView = ({ decoded, mapped, map }: Props) => {
  const { tester: words } = useWords(connectWords)
  const { text, format } = useText()
  const { codec, readings, ignored, problems } = decoded
  const keys = [...new Set(readings.flatMap(({ device }) => device ?? []))].filter((key) => !Object.hasOwn(mapped, key))
  return (
    <Stack $gap={1}>
      <Small>{codec === null ? words.notRecognised : words.readAs(codec)}</Small>
      {problems.length === 0 ? null : (
        <InlineAlert status="error" labelText={words.problems}>
          <ul lang="en">
            {problems.map(({ code, message }) => (
              <li key={`${code} ${message}`}>
                <code>{code}</code> {message}
              </li>
            ))}
          </ul>
        </InlineAlert>
      )}
      {readings.length === 0 ? (
        <Soft as="p">{words.noReadings}</Soft>
      ) : (
        <DataTable
          caption={words.readings}
          quietCaption
          rows={readings.slice(0, SHOWN).map((reading, index) => ({ ...reading, index }))}
          rowKey={({ index }) => String(index)}
          sortWord={text.common.sorted}
          columns={[
            {
              key: 'point',
              head: words.point,
              heading: true,
              sort: ({ point }) => point,
              render: ({ point }) => point,
            },
            { key: 'device', head: words.device, sort: ({ device }) => device, render: ({ device }) => device ?? '–' },
            { key: 'value', head: words.value, figures: true, render: ({ value }) => String(value) },
            { key: 'unit', head: words.unit, render: ({ unit }) => unit ?? '–' },
            {
              key: 'at',
              head: words.at,
              render: ({ at }) => (at === null ? words.noAt : format.instant(at, OWN_ZONE, 'second')),
            },
          ]}
        />
      )}
      {ignored.length === 0 ? null : <Small>{words.ignored(ignored.slice(0, 40).join(', '))}</Small>}
      {keys.length === 0 ? null : (
        <Row $gap={1}>
          {keys.slice(0, 10).map((key) => (
            <Button key={key} variant="secondaryNoBorder" onClick={() => map(key)}>
              {words.mapKey(key)}
            </Button>
          ))}
        </Row>
      )}
    </Stack>
  )
}
