// How I am told: by which way for each severity, quiet hours, of what, and who stands in while I am away.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert, RadioButton, RadioButtonGroup, TextInput } from 'suomifi-ui-components'
import type { SeverityWord, WishesShown, WishesWanted } from '#contract/notifications.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { wishesQuery } from '#dashboard/client/notification-queries.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import type { FieldNames } from '#dashboard/components/ProblemsSaid.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { alarmWords } from '#dashboard/text/alarms/words.ts'
import { notificationWords, type NotificationWords } from '#dashboard/text/notification/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Grid, Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { Absences } from './Absences.tsx'
import { OwnCalendar } from './OwnCalendar.tsx'
import { QuietHours } from './QuietHours.tsx'
import { Subscriptions } from './Subscriptions.tsx'

const SEVERITIES: SeverityWord[] = ['critical', 'major', 'warning', 'info']
const WAYS = ['at-once', 'hourly', 'daily', 'in-product', 'none'] as const
const HOURS = Array.from({ length: 24 }, (_, hour) => String(hour))
/** All that one's role is told of, as a first own choice. */
const FIRST_CHOICE = {
  premises: null,
  families: ['alarm', 'fault', 'service'],
  from: 'warning',
  oursOnly: true,
} satisfies NonNullable<WishesWanted['subscriptions']>[number]

export const Settings = () => {
  const query = useQuery(wishesQuery)
  // The form begins anew with what was saved; that it was saved outlives it.
  const [isSaved, setIsSaved] = useState(false)
  return (
    <WhenLoaded query={query}>
      {(known) => (
        <Stack $gap={3}>
          <Form key={known.version} known={known} isSaved={isSaved} onSaved={() => setIsSaved(true)} />
          <OwnCalendar />
        </Stack>
      )}
    </WhenLoaded>
  )
}

const fieldNames = (words: NotificationWords['settings']): FieldNames => ({
  '/timeZone': words.timeZone,
  '/dailyAt': words.dailyAt,
  '/quiet': words.quiet,
  '/quiet/from': words.quietFrom,
  '/quiet/to': words.quietTo,
  '/subscriptions/*': words.subscription,
  '/absences/*': words.absence,
  '/absences/*/from': words.awayFrom,
  '/absences/*/to': words.awayTo,
  '/absences/*/deputy': words.deputy,
})

type FormProps = { known: WishesShown; isSaved: boolean; onSaved: () => void }
const Form = ({ known, isSaved, onSaved }: FormProps) => {
  const { settings: words, save: saveWord, saved } = useWords(notificationWords)
  const { severities } = useWords(alarmWords)
  const announce = useAnnounce()
  const client = useQueryClient()
  const { version, email, mail, colleagues, ...before } = known
  const [wishes, setWishes] = useState<WishesWanted>(before)
  const put = (part: Partial<WishesWanted>) => setWishes({ ...wishes, ...part })
  const save = useMutation({
    mutationFn: () => sendJson('PUT', apiPath('/notifications/wishes'), wishes, version === 0 ? undefined : version),
    onSuccess: async () => {
      announce(saved)
      onSaved()
      await client.invalidateQueries({ queryKey: wishesQuery.queryKey })
    },
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    save.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={3}>
        <Address email={email} mail={mail} />
        <Panel>
          <Stack $gap={2}>
            <h2>{words.ways}</h2>
            <Grid $min={300}>
              {SEVERITIES.map((severity) => (
                <Select
                  key={severity}
                  label={severities[severity]}
                  value={wishes.ways[severity]}
                  options={WAYS.map((value) => ({ value, text: words.way[value] }))}
                  onChange={(way) => put({ ways: { ...wishes.ways, [severity]: way } })}
                />
              ))}
            </Grid>
            <Row $end $gap={3}>
              <Select
                label={words.dailyAt}
                value={String(wishes.dailyAt)}
                options={HOURS.map((value) => ({ value, text: `${value.padStart(2, '0')}:00` }))}
                onChange={(hour) => put({ dailyAt: Number(hour) })}
              />
              <TextInput
                labelText={words.timeZone}
                value={wishes.timeZone}
                onChange={(typed) => put({ timeZone: String(typed ?? '').trim() })}
              />
            </Row>
          </Stack>
        </Panel>
        <Panel>
          <QuietHours quiet={wishes.quiet} onChange={(quiet) => put({ quiet })} />
        </Panel>
        <Panel>
          <Stack $gap={2}>
            <h2>{words.what}</h2>
            <RadioButtonGroup
              labelText={words.what}
              labelMode="hidden"
              name="subscriptions"
              value={wishes.subscriptions === null ? 'role' : 'choice'}
              onChange={(value) => put({ subscriptions: value === 'role' ? null : [FIRST_CHOICE] })}
            >
              <RadioButton value="role">{words.byRole}</RadioButton>
              <RadioButton value="choice">{words.byChoice}</RadioButton>
            </RadioButtonGroup>
            {wishes.subscriptions === null ? null : (
              <Subscriptions
                subscriptions={wishes.subscriptions}
                fresh={FIRST_CHOICE}
                onChange={(subscriptions) => put({ subscriptions })}
              />
            )}
          </Stack>
        </Panel>
        <Panel>
          <Absences absences={wishes.absences} colleagues={colleagues} onChange={(absences) => put({ absences })} />
        </Panel>
        {save.error === null ? null : <RefusalWithProblems error={save.error} fields={fieldNames(words)} />}
        {isSaved && save.isIdle ? <InlineAlert>{saved}</InlineAlert> : null}
        <div>
          <Button type="submit" disabled={save.isPending}>
            {saveWord}
          </Button>
        </div>
      </Stack>
    </form>
  )
}

/** Where mail goes, and whether it works. */
const Address = ({ email, mail }: Pick<WishesShown, 'email' | 'mail'>) => {
  const { settings: words } = useWords(notificationWords)
  const announce = useAnnounce()
  const test = useMutation({
    mutationFn: () => sendJson('POST', apiPath('/notifications/test-mail')),
    onSuccess: () => announce(words.tested),
  })
  return (
    <Panel>
      <Stack $gap={2}>
        <h2>{words.email}</h2>
        {email === null || email === '' ? (
          <p>
            {words.noEmail} <AppLink to="/account">{words.giveEmail}</AppLink>
          </p>
        ) : (
          <p>{email}</p>
        )}
        {mail ? null : <Soft as="p">{words.noMail}</Soft>}
        {test.error === null ? null : <Refusal error={test.error} />}
        {test.isSuccess ? <InlineAlert>{words.tested}</InlineAlert> : null}
        {mail && (email ?? '') !== '' ? (
          <div>
            <Button variant="secondary" type="button" disabled={test.isPending} onClick={() => test.mutate()}>
              {words.test}
            </Button>
          </div>
        ) : null}
      </Stack>
    </Panel>
  )
}
