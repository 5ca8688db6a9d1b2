// The settings of a bridge. Secrets that are kept are not shown: an empty field leaves them as they are.
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox, InlineAlert, TextInput, Textarea } from 'suomifi-ui-components'
import type { BridgeShown, BridgeWanted } from '#contract/bridges.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { idOfName } from '#dashboard/format/id-of-name.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Grid, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

const PORT = '1883'
const PORT_TLS = '8883'

/** Fields stand on one line, whether they have a hint or not. */
const FIELDS = { alignItems: 'end' } as const

type Props = { known: BridgeShown | null; saved: () => void | Promise<void>; cancel: () => void }
export const BridgeForm = ({ known, saved, cancel }: Props) => {
  const { bridges: words } = useWords(connectWords)
  const [name, setName] = useState(known?.name ?? '')
  const [ownId, setOwnId] = useState<string | null>(known?.id ?? null)
  const [host, setHost] = useState(known?.host ?? '')
  const [tls, setTls] = useState(known?.tls ?? true)
  const [port, setPort] = useState(String(known?.port ?? PORT_TLS))
  const [version, setVersion] = useState(known?.version ?? '3.1.1')
  const [username, setUsername] = useState(known?.username ?? '')
  const [password, setPassword] = useState('')
  const [ca, setCa] = useState(known?.ca ?? '')
  const [certificate, setCertificate] = useState(known?.certificate ?? '')
  const [key, setKey] = useState('')
  const [filters, setFilters] = useState((known?.topicFilters ?? []).join('\n'))
  const [enabled, setEnabled] = useState(known?.enabled ?? true)
  const id = ownId ?? idOfName(name)
  const save = useMutation({
    mutationFn: (wanted: BridgeWanted) =>
      sendJson('PUT', apiPath(`/bridges/${segment(id)}`), wanted, known?.recordedVersion),
    onSuccess: saved,
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    const orNull = (text: string) => (text.trim() === '' ? null : text)
    save.mutate({
      id,
      name: name.trim(),
      host: host.trim(),
      port: Number(port),
      tls,
      version,
      username: orNull(username),
      ca: tls ? orNull(ca) : null,
      certificate: tls ? orNull(certificate) : null,
      topicFilters: filters
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
      enabled,
      ...(password === '' ? (username.trim() === '' ? { password: null } : {}) : { password }),
      ...(key === '' ? (tls && certificate.trim() !== '' ? {} : { key: null }) : { key }),
    })
  }
  const field = (label: string, value: string, set: (value: string) => void, hint?: string) => (
    <TextInput
      labelText={label}
      fullWidth
      value={value}
      onChange={(typed) => set(String(typed ?? ''))}
      {...(hint === undefined ? {} : { hintText: hint })}
    />
  )
  const area = (label: string, value: string, set: (value: string) => void, hint?: string) => (
    <Textarea
      labelText={label}
      fullWidth
      value={value}
      onChange={(event) => set(event.target.value)}
      {...(hint === undefined ? {} : { hintText: hint })}
    />
  )
  return (
    <form onSubmit={submit} noValidate autoComplete="off">
      <Stack $gap={3}>
        <h2>{known?.name ?? words.newTitle}</h2>
        {save.error === null ? null : <RefusalWithProblems error={save.error} />}
        <Grid $min={260} style={FIELDS}>
          {field(words.name, name, setName)}
          {known === null ? field(words.id, id, setOwnId) : null}
          {field(words.host, host, setHost, words.hostHint)}
          {field(words.port, port, setPort)}
        </Grid>
        <Checkbox
          checked={tls}
          onClick={({ checkboxState }) => {
            setTls(checkboxState)
            if (port === PORT || port === PORT_TLS) setPort(checkboxState ? PORT_TLS : PORT)
          }}
        >
          {words.tls}
        </Checkbox>
        {tls ? null : <InlineAlert status="warning">{words.notEncrypted}</InlineAlert>}
        <Grid $min={260} style={FIELDS}>
          {field(words.username, username, setUsername)}
          <TextInput
            type="password"
            labelText={words.password}
            fullWidth
            autoComplete="new-password"
            value={password}
            onChange={(typed) => setPassword(String(typed ?? ''))}
            {...(known?.hasPassword === true ? { hintText: words.passwordKept } : {})}
          />
        </Grid>
        {area(words.filters, filters, setFilters, words.filtersHint)}
        <Select
          label={words.version}
          value={version}
          options={(['3.1.1', '5'] as const).map((value) => ({ value, text: value }))}
          onChange={setVersion}
        />
        {tls ? (
          <>
            {area(words.ca, ca, setCa, words.caHint)}
            {area(words.certificate, certificate, setCertificate)}
            {area(words.key, key, setKey, known?.hasKey === true ? words.keyKept : undefined)}
          </>
        ) : null}
        <Checkbox checked={enabled} onClick={({ checkboxState }) => setEnabled(checkboxState)}>
          {words.enabled}
        </Checkbox>
        <Row>
          <Button type="submit">{words.save}</Button>
          <Button variant="secondaryNoBorder" onClick={cancel}>
            {words.cancel}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
