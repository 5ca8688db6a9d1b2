// One inspection: what asks for it, until when, and all that were made with their certificates.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useParams } from 'react-router'
import { Button, TextInput } from 'suomifi-ui-components'
import type { Attachment } from '#contract/disputes.ts'
import type { InspectionShown } from '#contract/inspections.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { inspectionQuery } from '#dashboard/client/service-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { AttachmentField, AttachmentList } from '#dashboard/components/Attachments.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { PageWhenLoaded } from '#dashboard/components/PageWhenLoaded.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { serviceWords } from '#dashboard/text/service/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Facts, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { DueMark } from './Inspections.tsx'

export const InspectionPage = () => {
  const { id = '' } = useParams()
  const query = useQuery(inspectionQuery(id))
  return <PageWhenLoaded query={query}>{(one) => <Opened key={one.version} inspection={one} />}</PageWhenLoaded>
}

const Opened = ({ inspection: one }: { inspection: InspectionShown }) => {
  const words = useWords(serviceWords)
  const { inspection } = words
  const { text, format, language } = useText()
  const session = useSession()
  const { nameOf } = usePremisesNames()
  const organisation = useOrganisationNames()
  const made = one.records.toSorted((a, b) => (a.on < b.on ? 1 : -1))
  const mayRecord =
    one.state === 'current' &&
    (one.mayChange ||
      (one.contractor !== null && one.contractor === session.organisation && hasRole(session, 'technician', 'manager')))
  return (
    <Page
      title={pickName(one.title, language, one.id).text}
      crumbs={[
        { to: '/service', text: text.nav.service },
        { to: `/service/inspections?premises=${one.premises}`, text: words.tabs.inspections },
      ]}
      marks={<DueMark inspection={one} />}
    >
      <Panel>
        <Facts
          facts={[
            [inspection.due, format.date(one.dueOn)],
            [inspection.law, pickName(one.law, language, '').text],
            [inspection.howOften, inspection.intervalText(one.intervalMonths)],
            [
              inspection.of,
              one.device === null ? (
                nameOf(one.premises)
              ) : (
                <AppLink to={`/devices/${one.device.id}`}>
                  {pickName(one.device.name ?? undefined, language, one.device.id).text}
                </AppLink>
              ),
            ],
            [inspection.responsible, organisation(one.responsible)],
            ...(one.contractor === null
              ? []
              : [[words.contractor, organisation(one.contractor)] as [string, React.ReactNode]]),
          ]}
        />
      </Panel>
      <Panel aria-labelledby="made">
        <Stack>
          <h2 id="made">{inspection.made}</h2>
          {made.length === 0 ? <p>{inspection.noneMade}</p> : null}
          {made.map((record, i) => (
            <Stack key={i} as="section" $gap={1}>
              <h3>
                {format.date(record.on)}: {inspection.results[record.result]}
              </h3>
              <p>
                {record.inspector}{' '}
                <Soft>
                  {words.received(format.instant(record.recordedAt, 'Europe/Helsinki', 'day'))}, {record.recordedBy}
                </Soft>
              </p>
              {record.remarks === '' ? null : <p>{record.remarks}</p>}
              {record.certificate === null ? null : <AttachmentList files={[record.certificate]} />}
            </Stack>
          ))}
        </Stack>
      </Panel>
      {mayRecord ? (
        <Panel aria-labelledby="record">
          <Stack>
            <h2 id="record">{inspection.record}</h2>
            <RecordForm inspection={one} />
          </Stack>
        </Panel>
      ) : null}
      {one.mayChange ? <End inspection={one} /> : null}
    </Page>
  )
}

const RESULTS = ['passed', 'remarks', 'failed'] as const
const RecordForm = ({ inspection: one }: { inspection: InspectionShown }) => {
  const { inspection: words } = useWords(serviceWords)
  const [onId, nextId] = [useId(), useId()]
  const announce = useAnnounce()
  const client = useQueryClient()
  const [on, setOn] = useState('')
  const [result, setResult] = useState<(typeof RESULTS)[number]>('passed')
  const [inspector, setInspector] = useState('')
  const [remarks, setRemarks] = useState('')
  const [nextDue, setNextDue] = useState('')
  const [files, setFiles] = useState<Attachment[]>([])
  const send = useMutation({
    mutationFn: () =>
      sendJson<InspectionShown>('POST', apiPath(`/inspections/${segment(one.id)}/records`), {
        on,
        result,
        inspector: inspector.trim(),
        remarks: remarks.trim(),
        certificate: files.at(-1) ?? null,
        nextDue: nextDue === '' ? null : nextDue,
      }),
    onSuccess: () => {
      announce(words.recorded)
      return client.invalidateQueries({ queryKey: ['service'] })
    },
  })
  return (
    <Stack>
      <Row $end>
        <DateField id={onId} label={words.on} value={on} onChange={setOn} />
        <Select
          label={words.result}
          value={result}
          options={RESULTS.map((value) => ({ value, text: words.results[value] }))}
          onChange={setResult}
        />
        <TextInput
          labelText={words.inspector}
          value={inspector}
          onChange={(value) => setInspector(String(value ?? ''))}
        />
      </Row>
      <TextInput labelText={words.remarks} value={remarks} onChange={(value) => setRemarks(String(value ?? ''))} />
      <DateField id={nextId} label={words.nextDue} value={nextDue} onChange={setNextDue} />
      <AttachmentField files={files} onChange={(chosen) => setFiles(chosen.slice(-1))} />
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button disabled={on === '' || inspector.trim() === '' || send.isPending} onClick={() => send.mutate()}>
          {words.send}
        </Button>
      </div>
    </Stack>
  )
}

const End = ({ inspection: one }: { inspection: InspectionShown }) => {
  const { inspection: words } = useWords(serviceWords)
  const client = useQueryClient()
  const { premises, device, template, title, law, intervalMonths, firstDue, contractor } = one
  const end = useMutation({
    mutationFn: () =>
      sendJson(
        'PUT',
        apiPath(`/inspections/${segment(one.id)}`),
        {
          premises,
          device: device?.id ?? null,
          template,
          title,
          law,
          intervalMonths,
          firstDue,
          contractor,
          state: 'ended',
        },
        one.version,
      ),
    onSuccess: () => client.invalidateQueries({ queryKey: ['service'] }),
  })
  return (
    <div className="no-print">
      <Button variant="secondaryNoBorder" disabled={end.isPending} onClick={() => end.mutate()}>
        {words.end}
      </Button>
      {end.error === null ? null : <Refusal error={end.error} />}
    </div>
  )
}
