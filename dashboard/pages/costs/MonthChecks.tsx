// What to look at before the month is issued: the gravest first, each with its sentence and the way to its line.
import { useQuery } from '@tanstack/react-query'
import type { Finding } from '#contract/checks.ts'
import type { SettlementDetails } from '#contract/settlements.ts'
import { checksQuery } from '#dashboard/client/month-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { itemPath } from '#dashboard/components/item-path.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { SeverityMark } from '#dashboard/components/SeverityMark.tsx'
import { monthWords } from '#dashboard/text/month/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'

type Props = { details: SettlementDetails; timeZone: string }
export const MonthChecks = ({ details, timeZone }: Props) => {
  const words = useWords(monthWords)
  const { format } = useText()
  const { premises, period } = details.settlement
  const checks = useQuery(checksQuery(premises, period))
  return (
    <Panel>
      <Stack>
        <h2>{words.checks}</h2>
        <Soft as="p">{words.checksText}</Soft>
        <WhenLoaded query={checks}>
          {({ findings, checkedAt }) => (
            <>
              {findings.length === 0 ? (
                <p>{words.checksNone}</p>
              ) : (
                <Stack as="ul" $gap={2}>
                  {findings.map((finding) => (
                    <FindingLine
                      key={`${finding.code} ${JSON.stringify(finding.figures)} ${finding.items.join(' ')}`}
                      finding={finding}
                      details={details}
                    />
                  ))}
                </Stack>
              )}
              <Small as="p">{words.checkedAt(format.instant(checkedAt, timeZone))}</Small>
            </>
          )}
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}

const FindingLine = ({ finding, details }: { finding: Finding; details: SettlementDetails }) => {
  const words = useWords(monthWords)
  const { language } = useText()
  const { premises, period, items } = details.settlement
  const [item] = finding.items
  const isLine = finding.items.length === 1 && items.some(({ id }) => id === item)
  return (
    <li>
      <Row $gap={1}>
        <SeverityMark severity={finding.severity} />
        <span>{finding.sentence[language]}</span>
        {isLine && item !== undefined ? <AppLink to={itemPath(premises, period, item)}>{words.seeLine}</AppLink> : null}
      </Row>
    </li>
  )
}
