// Proof of a closed month: the chain's state, the parties' own signatures, files to check it with, and signing.
import { useQuery } from '@tanstack/react-query'
import { styled } from 'styled-components'
import type { Chain } from '#contract/settlements.ts'
import { chainFilePath, chainQuery, proofPath } from '#dashboard/client/queries.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { Term } from '#dashboard/components/Term.tsx'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { SignMonth } from './SignMonth.tsx'

type Props = { premises: string; period: string; digest: string; parties: readonly string[]; timeZone: string }
export const MonthProof = ({ premises, period, digest, parties, timeZone }: Props) => {
  const { text } = useText()
  const chain = useQuery(chainQuery(premises))
  return (
    <Panel>
      <Stack>
        <Row $gap={0.5}>
          <h2>{text.proof.title}</h2>
          <Term of="digest" />
        </Row>
        <p>{text.proof.intro}</p>
        <WhenLoaded query={chain}>
          {(found) => (
            <>
              <ChainState chain={found} period={period} />
              <Digest digest={digest} />
              <Signatures chain={found} period={period} parties={parties} timeZone={timeZone} />
              <Row as="ul" className="no-print">
                <li>
                  <a href={proofPath(premises, period)} download={`proof-${premises}-${period}.json`}>
                    {text.proof.downloadProof}
                  </a>
                </li>
                <li>
                  <a href={chainFilePath(premises)} download={`chain-${premises}.json`}>
                    {text.proof.downloadChain}
                  </a>
                </li>
              </Row>
              <Soft as="p">{text.proof.filesText}</Soft>
              <SignMonth
                premises={premises}
                period={period}
                digest={digest}
                signed={signedIn(found, period)}
                parties={parties}
              />
            </>
          )}
        </WhenLoaded>
      </Stack>
    </Panel>
  )
}

const linkOf = (chain: Chain, period: string) => chain.links.find((link) => link.period === period)
const signedIn = (chain: Chain, period: string): string[] =>
  (linkOf(chain, period)?.countersignatures ?? []).map(({ party }) => party)

const ChainState = ({ chain, period }: { chain: Chain; period: string }) => {
  const { text, format } = useText()
  const broken = chain.links.find(({ holds }) => !holds)
  const last = chain.links.at(-1)
  return (
    <Stack $gap={1}>
      {broken === undefined ? (
        <p>{text.proof.holds(chain.links.length)}</p>
      ) : (
        <p role="alert">
          <strong>{text.proof.broken(format.month(broken.period))}</strong>
        </p>
      )}
      {last === undefined || last.period === period ? null : (
        <Small as="p">
          {text.proof.newest(format.month(last.period))} <Code>{last.digest}</Code>
        </Small>
      )}
    </Stack>
  )
}

const Code = styled.code`
  overflow-wrap: anywhere;
`
const Digest = ({ digest }: { digest: string }) => {
  const { text } = useText()
  return (
    <Small as="p">
      {text.costs.digest}: <Code>{digest}</Code>
    </Small>
  )
}

type SignaturesProps = { chain: Chain; period: string; parties: readonly string[]; timeZone: string }
const Signatures = ({ chain, period, parties, timeZone }: SignaturesProps) => {
  const { text, format } = useText()
  const nameOf = useOrganisationNames()
  const given = linkOf(chain, period)?.countersignatures ?? []
  return (
    <DataTable
      caption={text.proof.signatures}
      rows={parties.map((party) => ({ party, given: given.find((one) => one.party === party) ?? null }))}
      rowKey={({ party }) => party}
      sortWord={text.common.sorted}
      columns={[
        { key: 'party', head: text.costs.party, heading: true, render: ({ party }) => nameOf(party) },
        {
          key: 'at',
          head: text.proof.signedAt,
          render: ({ given: one }) => (one === null ? text.proof.notSigned : format.instant(one.at, timeZone)),
        },
        { key: 'by', head: text.proof.signedBy, render: ({ given: one }) => one?.by ?? '' },
        {
          key: 'fingerprint',
          head: text.proof.fingerprint,
          render: ({ given: one }) => (one === null ? '' : <code>{one.fingerprint}</code>),
        },
      ]}
    />
  )
}
