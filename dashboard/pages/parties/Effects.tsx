// All effects of the act before it is done: what must be done first, what changes, closing readings, buy-outs, and the figures of months.
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { PartyChangeAnswer } from '#contract/party-changes.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { partyWords } from '#dashboard/text/parties/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Figures, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { MonthFigures } from '#dashboard/components/MonthFigures.tsx'

type Readings = Record<string, string>
type Props = {
  answer: PartyChangeAnswer
  act: 'join' | 'leave' | 'succession'
  readings: Readings
  setReadings: (readings: Readings) => void
  again: () => void
}

/** Of one kind of effects so many are shown at once. */
const SHOWN = 4
/** What matters most stands first. */
const ORDER: readonly string[] = [
  'agreement-replaced',
  'rule-without-share',
  'rule-to-landlord',
  'cost-continues',
  'cut-inside-month',
  'payer-passes',
  'ownership-passes',
  'tenancy-begins',
  'tenancy-ends',
  'headcount-begins',
  'headcount-ends',
  'invoice-stays',
  'roles-end',
  'succession',
]
/** What the sentence about an effect names, in its order. */
const NAMED: Readonly<Record<string, readonly string[]>> = {
  'tenancy-begins': ['space', 'organisation'],
  'tenancy-ends': ['space'],
  'headcount-begins': ['people'],
  'headcount-ends': [],
  'roles-end': ['id'],
  'ownership-passes': ['share', 'id', 'buyer'],
  'payer-passes': ['id', 'buyer'],
  'cost-continues': ['id', 'payer'],
  'cut-inside-month': ['id'],
  'agreement-replaced': ['id', 'parties'],
  'rule-without-share': ['category'],
  'rule-to-landlord': ['category', 'organisation'],
  'invoice-stays': ['id'],
  succession: ['id', 'what'],
}
const Sentences = ({ sentences }: { sentences: readonly string[] }) => (
  <Stack as="ul" $gap={1}>
    {sentences.map((one) => (
      <li key={one}>{one}</li>
    ))}
  </Stack>
)

export const Effects = ({ answer, readings, setReadings, again }: Props) => {
  const words = useWords(partyWords)
  const { text, format, language } = useText()
  const nameOf = (id: string): string => pickName(answer.organisations[id], language, id).text
  const called = (kind: string, id: string): string => pickName(answer.names[`${kind}/${id}`], language, id).text
  const sentence = ({ code, kind, id, values }: PartyChangeAnswer['effects'][number]): string => {
    const shown = Object.fromEntries(
      Object.entries(values).map(([key, value]): [string, string] => [
        key,
        key === 'parties'
          ? format.list(value.split(' ').map(nameOf))
          : key === 'category'
            ? wordOf(text.categories, value)
            : key === 'space'
              ? called('spaces', value)
              : ['organisation', 'buyer', 'payer'].includes(key)
                ? nameOf(value)
                : value,
      ]),
    )
    const what = wordOf(words.successionTexts, values['code'] ?? '', values['text'] ?? '')
    const say = (words.effectTexts as Record<string, (...given: string[]) => string>)[code]
    const given = { ...shown, id: code === 'succession' ? nameOf(id) : called(kind, id), what }
    return say === undefined ? code : say(...(NAMED[code] ?? []).map((name) => given[name as keyof typeof given] ?? ''))
  }
  const byCode = Map.groupBy(answer.effects, ({ code }) => code)
  const groups = [...byCode]
    .toSorted(([a], [b]) => ORDER.indexOf(a) - ORDER.indexOf(b))
    .map(([code, effects]): [string, string[]] => [code, [...new Set(effects.map(sentence))]])
  const missing = answer.closing.filter(({ state }) => state === 'missing' || state === 'given')
  return (
    <Stack $gap={3}>
      {answer.hindrances.length === 0 ? null : (
        <InlineAlert status="warning" labelText={words.hindrances}>
          <ul>
            {answer.hindrances.map(({ code, message, values }) => {
              const say = (words.hindranceTexts as Record<string, (what: string) => string>)[code]
              const what = values.map((value) => (/^\d{4}-\d{2}$/.test(value) ? format.month(value) : value)).join(', ')
              return <li key={code}>{say === undefined ? message : say(what)}</li>
            })}
          </ul>
        </InlineAlert>
      )}
      <Stack $gap={1}>
        <h3>{words.effects}</h3>
        {groups.map(([code, sentences]) =>
          sentences.length <= SHOWN ? (
            <Sentences key={code} sentences={sentences} />
          ) : (
            <Stack key={code} $gap={1}>
              <Sentences sentences={sentences.slice(0, SHOWN)} />
              <Fold summary={words.more(sentences.length - SHOWN)}>
                <Sentences sentences={sentences.slice(SHOWN)} />
              </Fold>
            </Stack>
          ),
        )}
        {answer.agreement === null ? null : <Soft as="p">{words.approvalNote}</Soft>}
      </Stack>
      {answer.closing.length === 0 ? null : (
        <Stack>
          <h3>{words.closing}</h3>
          <Soft as="p">{words.closingText}</Soft>
          <DataTable
            caption={words.closing}
            quietCaption
            rows={answer.closing}
            rowKey={({ device, point }) => `${device}/${point}`}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'meter',
                head: words.meter,
                heading: true,
                render: ({ device, point }) => `${called('devices', device)} (${point})`,
              },
              { key: 'state', head: words.state, render: ({ state }) => words.closingStates[state] },
            ]}
          />
          {missing.map(({ device, point }) => (
            <TextInput
              key={`${device}/${point}`}
              labelText={words.reading(`${device}/${point}`)}
              inputMode="decimal"
              value={readings[`${device}/${point}`] ?? ''}
              onChange={(value) => setReadings({ ...readings, [`${device}/${point}`]: String(value ?? '') })}
            />
          ))}
          {missing.length === 0 ? null : (
            <Row>
              <Button variant="secondary" onClick={again}>
                {words.preview}
              </Button>
            </Row>
          )}
        </Stack>
      )}
      {answer.buyOuts.length === 0 ? null : (
        <Stack>
          <h3>{words.buyOuts}</h3>
          <Soft as="p">{words.buyOutsText}</Soft>
          <DataTable
            caption={words.buyOuts}
            quietCaption
            rows={answer.buyOuts}
            rowKey={({ device }) => device}
            sortWord={text.common.sorted}
            columns={[
              { key: 'device', head: words.device, heading: true, render: ({ device }) => called('devices', device) },
              { key: 'share', head: words.share, figures: true, render: ({ share }) => share },
              ...(['bookValue', 'shareValue', 'stillOwed', 'price'] as const).map((key) => ({
                key,
                head: words[key],
                figures: true,
                render: (row: PartyChangeAnswer['buyOuts'][number]) => <Figures>{format.money(row[key])}</Figures>,
              })),
              { key: 'buyer', head: words.buyer, render: ({ buyer }) => nameOf(buyer) },
            ]}
          />
        </Stack>
      )}
      {answer.month === null ? (
        <Small as="p">{words.noMonth}</Small>
      ) : (
        <MonthFigures
          title={words.month(format.month(answer.month.period))}
          month={answer.month}
          nameOf={nameOf}
          lead={words.monthText}
        />
      )}
      {answer.lastClosed === null ? null : (
        <MonthFigures
          title={words.lastClosed(format.month(answer.lastClosed.period))}
          month={answer.lastClosed}
          nameOf={nameOf}
        />
      )}
    </Stack>
  )
}
