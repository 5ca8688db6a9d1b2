// Where a webhook goes and of what it tells.
import { useState } from 'react'
import { Button, Checkbox, TextInput } from 'suomifi-ui-components'
import type { WebhookShown, WebhookWanted } from '#contract/webhooks.ts'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { notificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Stack } from '#dashboard/ui/Layout.tsx'
import { FamilyChoice } from './FamilyChoice.tsx'
import { PremisesChoice } from './PremisesChoice.tsx'
import { SeverityFrom } from './SeverityFrom.tsx'

const FRESH: WebhookWanted = {
  name: '',
  url: 'https://',
  enabled: true,
  families: ['alarm', 'fault', 'service'],
  from: 'info',
  premises: null,
}

type Props = {
  title: string
  known: WebhookShown | null
  save: { mutate: (wanted: WebhookWanted) => void; error: unknown; isPending: boolean }
  cancel: () => void
}
export const WebhookForm = ({ title, known, save, cancel }: Props) => {
  const { webhooks: words, ...common } = useWords(notificationWords)
  const [wanted, setWanted] = useState<WebhookWanted>(() => {
    if (known === null) return FRESH
    const { name, url, families, from, premises, state } = known
    return { name, url, families, from, premises, enabled: state === 'on' }
  })
  const [tried, setTried] = useState(false)
  const put = (part: Partial<WebhookWanted>) => setWanted({ ...wanted, ...part })
  const isNamed = wanted.name.trim() !== ''
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (isNamed && wanted.families.length > 0)
      save.mutate({ ...wanted, name: wanted.name.trim(), url: wanted.url.trim() })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={3}>
        <h2>{title}</h2>
        <TextInput
          labelText={words.name}
          value={wanted.name}
          onChange={(typed) => put({ name: String(typed ?? '') })}
          {...(tried && !isNamed ? { status: 'error' as const, statusText: words.nameNeeded } : {})}
        />
        <TextInput
          labelText={words.url}
          hintText={words.urlHint}
          type="url"
          fullWidth
          value={wanted.url}
          onChange={(typed) => put({ url: String(typed ?? '') })}
        />
        <FamilyChoice legend={words.families} chosen={wanted.families} onChange={(families) => put({ families })} />
        {tried && wanted.families.length === 0 ? <p role="alert">{words.familyNeeded}</p> : null}
        <Row $end $gap={3}>
          <SeverityFrom label={common.severityFrom} value={wanted.from} onChange={(from) => put({ from })} />
          <PremisesChoice value={wanted.premises} onChange={(premises) => put({ premises })} />
        </Row>
        <Checkbox checked={wanted.enabled} onClick={({ checkboxState }) => put({ enabled: checkboxState })}>
          {words.enabled}
        </Checkbox>
        {save.error === null ? null : (
          <RefusalWithProblems
            error={save.error}
            fields={{ '/name': words.name, '/url': words.url, '/premises': common.premises }}
          />
        )}
        <Row>
          <Button type="submit" disabled={save.isPending}>
            {common.save}
          </Button>
          <Button variant="secondaryNoBorder" onClick={cancel}>
            {common.cancel}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
