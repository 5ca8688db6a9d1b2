// Documents and photos of a device or a space: the newest version of each, its history, and the forms to add and replace.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { DeviceDocumentShown } from '#contract/device-documents.ts'
import { documentFilePath, documentsQuery, type DocumentsOf } from '#dashboard/client/equipment-queries.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { FileField, type SentFile } from '#dashboard/components/FileField.tsx'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { lifecycleWords } from '#dashboard/text/lifecycle/words.ts'
import { sureWords } from '#dashboard/text/sure/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

const KINDS = ['manual', 'certificate', 'warranty', 'photo', 'plan', 'inspection'] as const
const LEVELS = ['public', 'parties', 'owner'] as const

type Props = { of: DocumentsOf; timeZone: string }
export const Documents = ({ of, timeZone }: Props) => {
  const { documents: words } = useWords(lifecycleWords)
  const session = useSession()
  const found = useQuery(documentsQuery(of)).data?.items
  if (found === undefined) return null
  return (
    <Panel>
      <Stack>
        <h2>{words.title}</h2>
        {found.length === 0 ? <Soft as="p">{words.none}</Soft> : null}
        {found.map((document) => (
          <One key={document.id} document={document} timeZone={timeZone} />
        ))}
        {hasRole(session, 'manager', 'technician') ? (
          <div className="no-print">
            <Fold summary={<strong>{words.add}</strong>}>
              <Add key={found.length} of={of} />
            </Fold>
          </div>
        ) : null}
      </Stack>
    </Panel>
  )
}

const One = ({ document, timeZone }: { document: DeviceDocumentShown; timeZone: string }) => {
  const { documents: words } = useWords(lifecycleWords)
  const { format } = useText()
  const { id, title, kind, classification, validUntil, files, mayChange } = document
  const newest = files.at(-1)
  const facts = [words.kinds[kind], words.levels[classification]]
  if (validUntil !== undefined) facts.push(words.valid(format.date(validUntil)))
  return (
    <Stack $gap={1} style={{ borderTop: '1px solid var(--line)', paddingTop: 12 }}>
      <div>
        <a href={documentFilePath(id, newest?.number ?? 1)}>{title}</a> <Soft>{facts.join(', ')}</Soft>
      </div>
      <details>
        <summary>{words.history(files.length)}</summary>
        <Stack>
          <ol reversed>
            {files.toReversed().map((file) => (
              <li key={file.number} value={file.number}>
                <a href={documentFilePath(id, file.number)}>{file.name}</a>{' '}
                <Small>{words.version(file.number, format.instant(file.at, timeZone), file.by)}</Small>
                {file.note === null ? null : <div>{file.note}</div>}
              </li>
            ))}
          </ol>
          {mayChange ? <Replace document={document} /> : null}
        </Stack>
      </details>
    </Stack>
  )
}

const Replace = ({ document: { id, version, title } }: { document: DeviceDocumentShown }) => {
  const { documents: words } = useWords(lifecycleWords)
  const sure = useWords(sureWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const [file, setFile] = useState<SentFile | null>(null)
  const [note, setNote] = useState('')
  const refresh = () => client.invalidateQueries({ queryKey: ['device-documents'] })
  const send = useMutation({
    mutationFn: () =>
      sendJson('POST', apiPath(`/device-documents/${segment(id)}/files`), {
        ...file,
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      }),
    onSuccess: async () => {
      announce(words.replaced)
      setFile(null)
      setNote('')
      await refresh()
    },
  })
  const remove = async () => {
    await sendJson('DELETE', apiPath(`/device-documents/${segment(id)}`), undefined, version)
    announce(words.removed)
    await refresh()
  }
  return (
    <Stack className="no-print">
      <FileField label={words.replace} action={words.choose} sent={words.chosen} value={file} onChange={setFile} />
      <TextInput labelText={words.note} value={note} onChange={(value) => setNote(String(value ?? ''))} />
      {send.error === null ? null : <Refusal error={send.error} />}
      <Row>
        <Button onClick={() => send.mutate()} disabled={file === null || send.isPending}>
          {words.saveVersion}
        </Button>
        <SureButton
          text={words.remove}
          label={`${words.remove}: ${title}`}
          effect={sure.document(title)}
          act={remove}
        />
      </Row>
    </Stack>
  )
}

const Add = ({ of }: { of: DocumentsOf }) => {
  const { documents: words } = useWords(lifecycleWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const dateId = useId()
  const [title, setTitle] = useState('')
  const [kind, setKind] = useState<(typeof KINDS)[number]>('manual')
  const [classification, setClassification] = useState<(typeof LEVELS)[number]>('parties')
  const [validUntil, setValidUntil] = useState('')
  const [file, setFile] = useState<SentFile | null>(null)
  const send = useMutation({
    mutationFn: () =>
      sendJson('POST', apiPath('/device-documents'), {
        of,
        title: title.trim(),
        kind,
        classification,
        ...(validUntil === '' ? {} : { validUntil }),
        file,
      }),
    onSuccess: async () => {
      announce(words.added)
      await client.invalidateQueries({ queryKey: ['device-documents'] })
    },
  })
  return (
    <Stack>
      <TextInput labelText={words.name} value={title} onChange={(value) => setTitle(String(value ?? ''))} />
      <Row $gap={2} $end>
        <Select
          label={words.kind}
          value={kind}
          options={KINDS.map((value) => ({ value, text: words.kinds[value] }))}
          onChange={setKind}
        />
        <Select
          label={words.whoSees}
          value={classification}
          options={LEVELS.map((value) => ({ value, text: words.levels[value] }))}
          onChange={setClassification}
        />
        <DateField id={dateId} label={words.validUntil} value={validUntil} onChange={setValidUntil} />
      </Row>
      <FileField label={words.file} action={words.choose} sent={words.chosen} value={file} onChange={setFile} />
      {send.error === null ? null : <Refusal error={send.error} />}
      <div>
        <Button onClick={() => send.mutate()} disabled={title.trim() === '' || file === null || send.isPending}>
          {words.save}
        </Button>
      </div>
    </Stack>
  )
}
