// One transfer or loan: what passes to whom and for how much; the receiver answers, the giver takes back or receives back.
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { TextInput } from 'suomifi-ui-components'
import type { TransferShown } from '#contract/transfers.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { transferQuery } from '#dashboard/client/queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name, OrganisationName } from '#dashboard/components/Name.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Facts, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { TransferFigures } from './TransferFigures.tsx'

export const TransferPage = () => {
  const { id = '' } = useParams()
  return <PageWhenLoaded query={useQuery(transferQuery(id))}>{(data) => <Opened transfer={data} />}</PageWhenLoaded>
}

const PATHS = { accept: 'acceptance', decline: 'refusal', withdraw: 'withdrawal', return: 'return' } as const

const Opened = ({ transfer }: { transfer: TransferShown }) => {
  const { transfer: words } = useWords(lifecycleWords)
  const { format } = useText()
  const session = useSession()
  const { wanted, state, device, deviceName, timeZone, dueAt, events } = transfer
  const isReceiver = session.organisation === wanted.receiver
  const named = <Name names={deviceName ?? undefined} id={device} />
  return (
    <Page title={words.pageTitle[wanted.kind]} lead={<Soft>{words.states[state]}</Soft>}>
      <Panel>
        <Stack $gap={3}>
          <Facts
            facts={[
              [
                words.device,
                isReceiver && state !== 'accepted' ? named : <AppLink to={`/devices/${device}`}>{named}</AppLink>,
              ],
              [words.premises, <Name key="premises" names={transfer.premisesName} id={transfer.premises} />],
              [words.giver, <OrganisationName key="giver" id={transfer.giver} />],
              [words.receiver, <OrganisationName key="receiver" id={wanted.receiver} />],
              [words.from, format.date(wanted.from)],
              ...(wanted.kind === 'loan' ? [[words.to, format.date(wanted.to)] as [string, string]] : []),
              ...(dueAt === null
                ? []
                : [
                    [state === 'offered' ? words.until : words.back, format.instant(dueAt, timeZone)] as [
                      string,
                      string,
                    ],
                  ]),
            ]}
          />
          {wanted.note === undefined ? null : <p>{wanted.note}</p>}
          <TransferFigures wanted={wanted} figures={transfer.figures} />
          {transfer.reason === null ? null : (
            <p>
              {words.given}: {transfer.reason}
            </p>
          )}
          <ol>
            {events.map(({ what, by, at }) => (
              <li key={at + what}>
                <Small>{words.events[what](by, format.instant(at, timeZone))}</Small>
              </li>
            ))}
          </ol>
          <Answer transfer={transfer} />
        </Stack>
      </Panel>
    </Page>
  )
}

const Answer = ({ transfer }: { transfer: TransferShown }) => {
  const { id, may, state } = transfer
  const { transfer: words } = useWords(lifecycleWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [reason, setReason] = useState('')
  const answer = async (act: keyof typeof PATHS) => {
    const body = reason.trim() === '' ? {} : { reason: reason.trim() }
    await sendJson('POST', apiPath(`/transfers/${segment(id ?? '')}/${PATHS[act]}`), body)
    announce(words.done)
    await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  }
  if (may.length === 0) return state === 'offered' ? <Soft as="p">{words.only}</Soft> : null
  return (
    <Stack className="no-print">
      {may.includes('decline') ? (
        <TextInput labelText={words.reason} value={reason} onChange={(value) => setReason(String(value ?? ''))} />
      ) : null}
      <Row>
        {may.map((act) => (
          <SureButton
            key={act}
            variant={act === 'accept' || act === 'return' ? 'default' : 'secondary'}
            text={words.acts[act]}
            effect={act === 'accept' ? <Accepted transfer={transfer} /> : words.effects[act]}
            act={() => answer(act)}
          />
        ))}
      </Row>
    </Stack>
  )
}

/** What the receiver takes upon itself. */
const Accepted = ({ transfer: { wanted, giver, device, deviceName, figures } }: { transfer: TransferShown }) => {
  const { transfer: words } = useWords(lifecycleWords)
  const { format, language } = useText()
  const nameOf = useOrganisationNames()
  const named = pickName(deviceName ?? undefined, language, device).text
  return (
    <>
      <p>{words.effects.accept(wanted.kind, nameOf(giver), named, format.date(wanted.from))}</p>
      {figures.price === null ? null : <p>{words.effects.price(format.money(figures.price))}</p>}
      <p>{words.effects.final}</p>
    </>
  )
}
