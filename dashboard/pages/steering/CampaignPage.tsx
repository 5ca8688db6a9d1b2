// One roll-out: its waves and devices as they go on, and the steps of whoever leads it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { CampaignDetail, CampaignShown } from '#contract/firmware.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { campaignQuery } from '#dashboard/client/twin-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Name } from '#dashboard/components/Name.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { twinWords } from '#dashboard/text/twin/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Facts, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { CampaignStateMark, UpdateStateMark } from './CampaignStateMark.tsx'

const COUNTS = ['installed', 'underWay', 'waiting', 'failed', 'rolledBack', 'aborted'] as const
const STEPS = {
  draft: ['start', 'abort'],
  running: ['pause', 'abort'],
  paused: ['resume', 'abort'],
  done: [],
  aborted: [],
} as const

export const CampaignPage = () => {
  const { id = '' } = useParams()
  const detail = useQuery(campaignQuery(id))
  return <PageWhenLoaded query={detail}>{(data) => <Opened detail={data} />}</PageWhenLoaded>
}

const Opened = ({ detail: { campaign, updates } }: { detail: CampaignDetail }) => {
  const words = useWords(twinWords)
  const { text, format, language } = useText()
  const { timeZoneOf } = usePremisesNames()
  const timeZone = timeZoneOf(campaign.premises ?? '')
  const mayRenew = hasRole(useSession(), 'technician')
  return (
    <Page
      title={pickName(campaign.name, language, campaign.id).text}
      heading={<Name names={campaign.name} id={campaign.id} />}
      crumbs={[{ to: `/firmware?premises=${campaign.premises ?? ''}`, text: words.steering.tabs.firmware }]}
      marks={<CampaignStateMark state={campaign.state} />}
    >
      <Panel>
        <Stack>
          <Facts
            facts={[
              [words.firmware.version, campaign.version],
              [words.firmware.progress, words.firmware.installed(campaign.counts.installed, campaign.devices)],
              ...COUNTS.filter((key) => key !== 'installed' && campaign.counts[key] > 0).map(
                (key): [string, string] => [words.firmware.counts[key], format.number(campaign.counts[key], 0)],
              ),
            ]}
          />
          {campaign.pausedBecause === null ? null : (
            <InlineAlert status={campaign.pausedBecause === 'failures' ? 'error' : 'neutral'}>
              {words.firmware.because[campaign.pausedBecause]}
            </InlineAlert>
          )}
          {mayRenew ? <Steps campaign={campaign} /> : null}
        </Stack>
      </Panel>
      <Panel>
        <Stack>
          <h2>{words.firmware.waves}</h2>
          <DataTable
            caption={words.firmware.waves}
            quietCaption
            rows={campaign.waves.map((wave, index) => ({ ...wave, index }))}
            rowKey={({ index }) => String(index)}
            sortWord={text.common.sorted}
            columns={[
              {
                key: 'wave',
                head: words.firmware.waveHead,
                heading: true,
                render: ({ index }) => (
                  <span aria-current={index === campaign.wave && campaign.state === 'running' ? 'step' : undefined}>
                    {words.firmware.wave(index + 1)}
                  </span>
                ),
              },
              {
                key: 'progress',
                head: words.firmware.progress,
                render: ({ counts, devices }) => (
                  <Row $gap={1}>
                    <progress
                      max={Math.max(1, devices)}
                      value={counts.installed}
                      aria-label={words.firmware.installed(counts.installed, devices)}
                    />
                    {words.firmware.installed(counts.installed, devices)}
                  </Row>
                ),
              },
              {
                key: 'failed',
                head: words.firmware.counts.failed,
                figures: true,
                render: ({ counts }) => counts.failed + counts.rolledBack,
              },
              {
                key: 'success',
                head: words.firmware.success,
                figures: true,
                render: ({ successPercent }) => successPercent,
              },
              {
                key: 'allowed',
                head: words.firmware.failures,
                figures: true,
                render: ({ failuresAllowed }) => failuresAllowed,
              },
            ]}
          />
        </Stack>
      </Panel>
      <Panel>
        <Stack>
          <h2>{words.firmware.devices}</h2>
          {updates.length === 0 ? (
            <Soft as="p">{words.firmware.devicesLater}</Soft>
          ) : (
            <DataTable
              caption={words.firmware.devices}
              quietCaption
              rows={updates}
              rowKey={({ device }) => device}
              sortWord={text.common.sorted}
              columns={[
                {
                  key: 'device',
                  head: words.firmware.device,
                  heading: true,
                  sort: ({ device, deviceName }) => pickName(deviceName, language, device).text,
                  render: ({ device, deviceName }) => (
                    <AppLink to={`/devices/${device}`}>
                      <Name names={deviceName} id={device} />
                    </AppLink>
                  ),
                },
                {
                  key: 'wave',
                  head: words.firmware.waveHead,
                  sort: ({ wave }) => wave,
                  render: ({ wave }) => words.firmware.wave(wave + 1),
                },
                {
                  key: 'state',
                  head: words.firmware.state,
                  sort: ({ state }) => state,
                  render: ({ state }) => <UpdateStateMark state={state} />,
                },
                {
                  key: 'received',
                  head: words.firmware.received,
                  figures: true,
                  render: ({ receivedBytes, via }) =>
                    campaign.bytes === 0 || receivedBytes === 0
                      ? ''
                      : `${format.percent(Math.floor((100 * receivedBytes) / campaign.bytes) / 100, 0)}${via === null ? '' : ` (${via.toUpperCase()})`}`,
                },
                {
                  key: 'from',
                  head: words.firmware.from,
                  render: ({ fromVersion }) => fromVersion ?? words.twin.unset,
                },
                {
                  key: 'error',
                  head: words.firmware.error,
                  render: ({ error, steps }) => {
                    const said = error ?? steps.findLast((step) => step.error !== null)?.error ?? null
                    return said === null ? '' : <SaidByServer>{said}</SaidByServer>
                  },
                },
                {
                  key: 'at',
                  head: words.scenes.at,
                  render: ({ steps }) => {
                    const last = steps.at(-1)
                    return last === undefined ? '' : format.instant(last.at, timeZone, 'second')
                  },
                },
              ]}
            />
          )}
        </Stack>
      </Panel>
    </Page>
  )
}

const Steps = ({ campaign }: { campaign: CampaignShown }) => {
  const words = useWords(twinWords).firmware
  const announce = useAnnounce()
  const client = useQueryClient()
  const [isSure, setSure] = useState(false)
  const path = apiPath(`/firmware/campaigns/${segment(campaign.id)}`)
  const done = async () => {
    setSure(false)
    announce(words.stepped)
    await client.invalidateQueries({ queryKey: ['firmware'] })
  }
  const step = useMutation({ mutationFn: (name: string) => sendJson('POST', `${path}/${name}`), onSuccess: done })
  const retry = useMutation({ mutationFn: () => sendJson('POST', `${path}/retry`, {}), onSuccess: done })
  const steps: readonly ('start' | 'pause' | 'resume' | 'abort')[] = STEPS[campaign.state]
  const mayRetry =
    (campaign.state === 'running' || campaign.state === 'paused') &&
    campaign.counts.failed + campaign.counts.rolledBack > 0
  const error = step.error ?? retry.error
  return (
    <Stack className="no-print">
      {error === null ? null : <Refusal error={error} />}
      <Row>
        {steps.map((name, index) => (
          <Button
            key={name}
            variant={index === 0 ? 'default' : 'secondary'}
            onClick={() => (name === 'abort' ? setSure(true) : step.mutate(name))}
            disabled={step.isPending}
          >
            {words.steps[name]}
          </Button>
        ))}
        {mayRetry ? (
          <Button variant="secondary" onClick={() => retry.mutate()} disabled={retry.isPending}>
            {words.retry}
          </Button>
        ) : null}
      </Row>
      {isSure ? (
        <InlineAlert status="warning">
          <Stack $gap={1}>
            <p>{words.abortSure}</p>
            <Row>
              <Button onClick={() => step.mutate('abort')} disabled={step.isPending}>
                {words.abortNow}
              </Button>
              <Button variant="secondary" onClick={() => setSure(false)}>
                {words.cancel}
              </Button>
            </Row>
          </Stack>
        </InlineAlert>
      ) : null}
    </Stack>
  )
}
