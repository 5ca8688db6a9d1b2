// Two versions of an agreement side by side; which ones stands in the address.
import { useQuery } from '@tanstack/react-query'
import { useParams } from 'react-router'
import type { AgreementRecorded } from '#contract/agreements.ts'
import { comparisonQuery } from '#dashboard/client/agreement-queries.ts'
import { agreementQuery } from '#dashboard/client/queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { useVersionPeriod } from '#dashboard/components/version-period.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Row } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Differences } from './Differences.tsx'

export const CompareVersions = () => {
  const { id = '' } = useParams()
  const agreement = useQuery(agreementQuery(id))
  return <PageWhenLoaded query={agreement}>{(data) => <Shown agreement={data} />}</PageWhenLoaded>
}

const Shown = ({ agreement }: { agreement: AgreementRecorded }) => {
  const { text, language } = useText()
  const words = useWords(agreementPages)
  const period = useVersionPeriod()
  const { get, set } = useAddress()
  const versions = agreement.versions.toSorted((a, b) => a.version - b.version)
  const known = (wanted: string | null): number | undefined =>
    versions.find(({ version }) => String(version) === wanted)?.version
  const after = known(get('after')) ?? versions.at(-1)?.version ?? 1
  const before = known(get('before')) ?? versions.findLast(({ version }) => version < after)?.version ?? after
  const comparison = useQuery(comparisonQuery({ agreement: agreement.id, before, after }, language))
  const options = versions.map((one) => ({
    value: String(one.version),
    text: `${text.agreements.version(one.version)}: ${period(agreement, one)}`,
  }))
  const name = pickName(agreement.name, language, agreement.id).text
  return (
    <Page
      title={words.compareTitle}
      crumbs={[
        { to: '/agreements', text: text.nav.agreements },
        { to: `/agreements/${agreement.id}`, text: name },
      ]}
      lead={name}
    >
      <Panel>
        <Row $gap={3} $end>
          <Select
            label={words.olderVersion}
            value={String(before)}
            options={options}
            onChange={(one) => set({ before: one })}
          />
          <Select
            label={words.newerVersion}
            value={String(after)}
            options={options}
            onChange={(one) => set({ after: one })}
          />
        </Row>
      </Panel>
      <Panel>
        <WhenLoaded query={comparison}>{(data) => <Differences comparison={data} />}</WhenLoaded>
      </Panel>
    </Page>
  )
}
