// A foreign certificate authority is registered: its certificate, for whose premises, and where its certificates name the device.
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Textarea, TextInput } from 'suomifi-ui-components'
import type { AuthorityWanted } from '#contract/certificates.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { organisationsQuery } from '#dashboard/client/queries.ts'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { idOfName } from '#dashboard/format/id-of-name.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

export const AuthorityForm = ({ done, close }: { done: () => Promise<void>; close: () => void }) => {
  const { authorities: words } = useWords(connectWords)
  const { text, language } = useText()
  const session = useSession()
  const organisations = useQuery(organisationsQuery).data ?? []
  const [name, setName] = useState('')
  const [certificate, setCertificate] = useState('')
  const [organisation, setOrganisation] = useState(session.organisation ?? '')
  const [subject, setSubject] = useState<AuthorityWanted['subject']>('cn')
  const [prefix, setPrefix] = useState('')
  const [tried, setTried] = useState(false)
  const isWhole = name.trim() !== '' && certificate.trim() !== '' && organisation !== ''
  const save = useMutation({
    mutationFn: () =>
      sendJson('PUT', apiPath(`/certificate-authorities/${segment(idOfName(name))}`), {
        name: name.trim(),
        certificate: certificate.trim(),
        organisation,
        premises: null,
        subject,
        prefix: prefix.trim(),
        enabled: true,
      } satisfies AuthorityWanted),
    onSuccess: done,
  })
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (isWhole) save.mutate()
      }}
    >
      <Stack $gap={3}>
        {save.error === null ? null : <RefusalWithProblems error={save.error} />}
        <TextInput labelText={words.name} value={name} onChange={(value) => setName(String(value ?? ''))} />
        <Textarea
          labelText={words.certificate}
          hintText={words.certificateHint}
          value={certificate}
          fullWidth
          onChange={(event) => setCertificate(event.target.value)}
        />
        {session.organisation !== null ? null : (
          <Select
            label={words.organisation}
            value={organisation}
            options={[
              { value: '', text: '–' },
              ...organisations.map((one) => ({ value: one.id, text: pickName(one.name, language, one.id).text })),
            ]}
            onChange={setOrganisation}
          />
        )}
        <Select
          label={words.subject}
          value={subject}
          options={[
            { value: 'cn' as const, text: words.subjects.cn },
            { value: 'san' as const, text: words.subjects.san },
          ]}
          onChange={setSubject}
        />
        <TextInput
          labelText={words.prefix}
          hintText={words.prefixHint}
          value={prefix}
          onChange={(value) => setPrefix(String(value ?? ''))}
        />
        <Soft as="p">{words.reach}</Soft>
        {tried && !isWhole ? <p role="alert">{words.needed}</p> : null}
        <Row>
          <Button type="submit">{words.save}</Button>
          <Button variant="secondaryNoBorder" onClick={close}>
            {text.common.close}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
