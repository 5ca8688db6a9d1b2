// One connector: its settings and device keys, tried on pasted or live messages before it is saved, and the quarantine read again through it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { Button, Checkbox, InlineAlert, TextInput, Textarea } from 'suomifi-ui-components'
import type { ConnectorList } from '#contract/connectors.ts'
import type { ConnectorReplayed } from '#contract/watch.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { useGo } from '#dashboard/components/AppLink.tsx'
import { Empty, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { idOfName } from '#dashboard/format/id-of-name.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Grid, Panel, Row, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { codecsQuery, connectorsQuery } from './connect-queries.ts'
import { DeviceKeys } from './DeviceKeys.tsx'
import { Tester } from './Tester.tsx'

/** Fields stand on one line, whether they have a hint or not. */
const FIELDS = { alignItems: 'end' } as const

type Shown = ConnectorList['items'][number]

export const ConnectorEditor = () => {
  const { id = 'new' } = useParams()
  const { text } = useText()
  const query = useQuery(connectorsQuery)
  return (
    <WhenLoaded query={query}>
      {({ items }) => {
        const known = items.find((one) => one.id === id) ?? null
        return known === null && id !== 'new' ? (
          <Panel>
            <Empty title={text.errors.kinds['not-found']} />
          </Panel>
        ) : (
          <ConnectorForm key={id} known={known} />
        )
      }}
    </WhenLoaded>
  )
}

/** What people call it, with the id that commands and files know. */
const codecName = (names: Readonly<Record<string, string>>, codec: string) =>
  names[codec] === undefined ? codec : `${names[codec]} (${codec})`

/** Of all that a connector names only its gateway may be unknown: premises are chosen from a list. */
const isNotFound = (error: unknown) => error instanceof RequestError && error.status === 404

const ConnectorForm = ({ known }: { known: Shown | null }) => {
  const { connectors: words } = useWords(connectWords)
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const { all: premisesList, nameOf } = usePremisesNames()
  const codecs = useQuery(codecsQuery)
  const [name, setName] = useState(known?.name ?? '')
  const [ownId, setOwnId] = useState<string | null>(known?.id ?? null)
  const [topicFilter, setTopicFilter] = useState(known?.topicFilter ?? '')
  const [codec, setCodec] = useState(known?.codec ?? 'zigbee2mqtt')
  const [credential, setCredential] = useState(known?.credential ?? '')
  const [premises, setPremises] = useState(known?.premises ?? '')
  const [deviceMap, setDeviceMap] = useState<Record<string, string>>(known?.deviceMap ?? {})
  const [acceptUnknown, setAcceptUnknown] = useState(known?.acceptUnknown ?? false)
  const [expression, setExpression] = useState(known?.mapping?.expression ?? '')
  const [said, setSaid] = useState<string | null>(null)
  const [isLeaving, setIsLeaving] = useState(false)
  const id = ownId ?? idOfName(name)
  const say = (sentence: string) => {
    setSaid(sentence)
    announce(sentence)
  }
  const refresh = () => client.invalidateQueries({ queryKey: connectorsQuery.queryKey })
  const save = useMutation({
    mutationFn: () => {
      const mapping = codec === 'mapped' ? { mapping: { expression } } : {}
      const body = {
        id,
        name: name.trim(),
        topicFilter,
        codec,
        credential,
        premises,
        deviceMap,
        acceptUnknown,
        ...mapping,
      }
      return sendJson('PUT', apiPath(`/connectors/${segment(id)}`), body, known?.version)
    },
    onSuccess: async () => {
      say(words.saved)
      await refresh()
      if (known === null) await go(`/connect/connectors/${id}`, { replace: true })
    },
  })
  const remove = useMutation({
    mutationFn: () => sendJson('DELETE', apiPath(`/connectors/${segment(id)}`)),
    onSuccess: async () => {
      announce(words.removed)
      await refresh()
      await go('/connect/connectors')
    },
  })
  const replay = useMutation({
    // By what is in the form, not by what was saved before.
    mutationFn: async () => {
      await save.mutateAsync()
      return sendJson<ConnectorReplayed>('POST', apiPath(`/connectors/${segment(id)}/replay`))
    },
    onSuccess: async (answer) => {
      say(words.replayed(answer?.messages ?? 0, answer?.stored ?? 0, answer?.refused ?? 0))
      await client.invalidateQueries({ queryKey: ['quarantine'] })
    },
  })
  const error = save.error ?? remove.error ?? replay.error
  const field = (label: string, value: string, set: (value: string) => void, hint?: string) => (
    <TextInput
      labelText={label}
      fullWidth
      value={value}
      onChange={(typed) => set(String(typed ?? ''))}
      {...(hint === undefined ? {} : { hintText: hint })}
    />
  )
  return (
    <Stack $gap={3}>
      <Panel>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <Stack $gap={3}>
            <h2>{known?.name ?? words.newTitle}</h2>
            {said === null ? null : <InlineAlert>{said}</InlineAlert>}
            {error === null ? null : isNotFound(error) ? (
              <InlineAlert status="error">{words.gatewayUnknown}</InlineAlert>
            ) : (
              <RefusalWithProblems error={error} />
            )}
            <Grid $min={280} style={FIELDS}>
              {field(words.name, name, setName)}
              {known === null ? field(words.id, id, setOwnId) : null}
              {field(words.filter, topicFilter, setTopicFilter, words.filterHint)}
              {field(words.gateway, credential, setCredential, words.gatewayHint)}
            </Grid>
            <Row $gap={3} $end>
              <Select
                label={words.codec}
                value={codec}
                options={(codecs.data?.items ?? [codec])
                  .map((value) => ({ value, text: codecName(words.codecNames, value) }))
                  .toSorted((a, b) => a.text.localeCompare(b.text, language))}
                onChange={setCodec}
              />
              <Select
                label={words.premises}
                value={premises}
                options={[
                  { value: '', text: words.choosePremises },
                  ...premisesList.map((one) => ({ value: one.id, text: nameOf(one.id) })),
                ]}
                onChange={setPremises}
              />
            </Row>
            {codec === 'mapped' ? (
              <Textarea
                labelText={words.expression}
                hintText={words.expressionHint}
                fullWidth
                value={expression}
                onChange={(event) => setExpression(event.target.value)}
              />
            ) : null}
            <DeviceKeys deviceMap={deviceMap} premises={premises} change={setDeviceMap} />
            <Checkbox checked={acceptUnknown} onClick={({ checkboxState }) => setAcceptUnknown(checkboxState)}>
              {words.acceptUnknown}
            </Checkbox>
            <Row>
              <Button type="submit">{words.save}</Button>
              {known === null ? null : (
                <Button variant="secondary" onClick={() => replay.mutate()}>
                  {words.replay}
                </Button>
              )}
              {known === null || isLeaving ? null : (
                <Button variant="secondaryNoBorder" onClick={() => setIsLeaving(true)}>
                  {words.remove}
                </Button>
              )}
            </Row>
            {isLeaving ? (
              <InlineAlert status="warning">
                <Stack>
                  <p>{words.removeSure}</p>
                  <Row>
                    <Button variant="secondary" onClick={() => remove.mutate()}>
                      {words.remove}
                    </Button>
                    <Button variant="secondaryNoBorder" onClick={() => setIsLeaving(false)}>
                      {words.keep}
                    </Button>
                  </Row>
                </Stack>
              </InlineAlert>
            ) : null}
          </Stack>
        </form>
      </Panel>
      <Tester
        topicFilter={topicFilter}
        codec={codec}
        expression={codec === 'mapped' ? expression : null}
        gateway={credential}
        mapped={deviceMap}
        map={(key) => setDeviceMap({ ...deviceMap, [key]: deviceMap[key] ?? '' })}
      />
    </Stack>
  )
}
