// One meter change: both registers with their photos, its effect, and the answer of the witness.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { Button, ExternalLink, Textarea } from 'suomifi-ui-components'
import type { MeterChangeShown } from '#contract/meter-changes.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { filePath, meterChangeQuery, protocolPath } from '#dashboard/client/meter-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name, OrganisationName } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { meterWords } from '#dashboard/text/meters/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Facts, Grid, Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { ChangeEffect } from './ChangeEffect.tsx'

export const MeterChangePage = () => {
  const { id = '' } = useParams()
  return <PageWhenLoaded query={useQuery(meterChangeQuery(id))}>{(data) => <Opened change={data} />}</PageWhenLoaded>
}

const Opened = ({ change }: { change: MeterChangeShown }) => {
  const { swap: words } = useWords(meterWords)
  const { text, format, language } = useText()
  const { id, wanted, state, device, timeZone, events, refusal } = change
  return (
    <Page
      title={words.title}
      crumbs={[
        { to: `/premises/${change.premises}`, text: text.nav.premises },
        { to: `/devices/${device}`, text: words.device },
      ]}
      lead={<Soft>{words.states[state]}</Soft>}
    >
      <Panel>
        <Stack $gap={3}>
          <Facts
            facts={[
              [
                words.device,
                <AppLink key="device" to={`/devices/${device}`}>
                  <Name names={change.deviceName ?? undefined} id={device} />
                </AppLink>,
              ],
              [words.point, wanted.point],
              [words.at, format.instant(wanted.at, timeZone)],
              [words.reason, words.reasons[wanted.reason]],
              [words.witness, <OrganisationName key="witness" id={wanted.witness} />],
            ]}
          />
          {wanted.note === undefined ? null : <p>{wanted.note}</p>}
          <Grid $min={280}>
            <Side title={words.old} alt={words.photoOf.old} side={wanted.old} unit={change.effect.unit} />
            <Side title={words.fresh} alt={words.photoOf.new} side={wanted.new} unit={change.effect.unit} />
          </Grid>
          <ChangeEffect effect={change.effect} />
          {state === 'proposed' ? <p>{words.waits}</p> : null}
          {refusal === null ? null : (
            <p>
              {words.refusal}: {refusal}
            </p>
          )}
          <ol>
            {events.map(({ what, by, at, organisation }) => (
              <li key={at + what}>
                <Small>
                  {words.events[what](by, format.instant(at, timeZone))}
                  {organisation === null ? null : (
                    <>
                      {' '}
                      (<OrganisationName id={organisation} />)
                    </>
                  )}
                </Small>
              </li>
            ))}
          </ol>
          {id === null ? null : (
            <p className="no-print">
              <ExternalLink href={protocolPath(id, language)} labelNewWindow="" hideIcon>
                {words.protocol}
              </ExternalLink>
            </p>
          )}
          <Answer change={change} />
        </Stack>
      </Panel>
    </Page>
  )
}

type SideProps = { title: string; alt: string; side: MeterChangeShown['wanted']['old']; unit: string | null }
const Side = ({ title, alt, side, unit }: SideProps) => {
  const { swap: words } = useWords(meterWords)
  const { format } = useText()
  return (
    <Stack $gap={1}>
      <h2>{title}</h2>
      <Facts
        facts={[
          [words.register, format.withUnit(format.decimal(side.register), unit)],
          [words.serial, side.serial ?? '–'],
          [words.seal, side.seal ?? '–'],
        ]}
      />
      <img src={filePath(side.photo)} alt={alt} style={{ maxWidth: '100%', maxHeight: 320, objectFit: 'contain' }} />
    </Stack>
  )
}

const PATHS = { confirm: 'confirmation', refuse: 'refusal', undo: 'undo' } as const
const Answer = ({ change: { id, may } }: { change: MeterChangeShown }) => {
  const { swap: words } = useWords(meterWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [refuses, setRefuses] = useState(false)
  const [reason, setReason] = useState('')
  const send = useMutation({
    mutationFn: (act: keyof typeof PATHS) =>
      sendJson(
        'POST',
        apiPath(`/meter-changes/${segment(id ?? '')}/${PATHS[act]}`),
        act === 'refuse' ? { reason: reason.trim() } : {},
      ),
    onSuccess: async () => {
      announce(words.done)
      await client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    },
  })
  if (may.length === 0) return null
  return (
    <Stack className="no-print">
      {refuses ? (
        <Textarea
          labelText={words.refuseReason}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
          fullWidth
        />
      ) : null}
      {send.error === null ? null : <Refusal error={send.error} />}
      <Row>
        {may.includes('confirm') && !refuses ? (
          <Button onClick={() => send.mutate('confirm')} disabled={send.isPending}>
            {words.confirm}
          </Button>
        ) : null}
        {may.includes('refuse') ? (
          <Button
            variant="secondary"
            onClick={() => (refuses ? send.mutate('refuse') : setRefuses(true))}
            disabled={send.isPending || (refuses && reason.trim() === '')}
          >
            {words.refuse}
          </Button>
        ) : null}
        {may.includes('undo') ? (
          <Button variant="secondary" onClick={() => send.mutate('undo')} disabled={send.isPending}>
            {words.undo}
          </Button>
        ) : null}
      </Row>
    </Stack>
  )
}
