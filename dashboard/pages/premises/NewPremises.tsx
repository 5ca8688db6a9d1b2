// Premises made by hand: name, address, landlord, first spaces with their parties, and the opening hours of a usual week.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useSearchParams } from 'react-router'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { ScheduleWanted } from '#contract/scenes.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { useNow } from '#dashboard/components/Age.tsx'
import { AppLink, useGo } from '#dashboard/components/AppLink.tsx'
import { namesOf, writtenNames } from '#dashboard/components/NamesFields.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { idOfName } from '#dashboard/format/id-of-name.ts'
import { USUAL_ZONE } from '#dashboard/format/own-zone.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { TimeField } from '#dashboard/ui/TimeField.tsx'
import { localDate } from '#domain/writing/date.ts'
import { pickName } from '#domain/writing/names.ts'
import { EMPTY_SPACE, FirstSpaces, spacesOf, type WrittenSpace } from './FirstSpaces.tsx'
import { OrganisationForm } from './OrganisationForm.tsx'
import type { PremisesFacts } from './premises-draft.ts'
import { PremisesFields } from './PremisesFields.tsx'

const WEEK = { later: null, weekdays: [1, 2, 3, 4, 5], everyDay: [1, 2, 3, 4, 5, 6, 7] } as const
type Week = keyof typeof WEEK

export const NewPremises = () => {
  const { premises: words, device } = useWords(registryWords)
  const { text, language } = useText()
  const session = useSession()
  const announce = useAnnounce()
  const client = useQueryClient()
  const go = useGo()
  const search = useSearchParams()[0]
  const today = localDate(useNow(), USUAL_ZONE)
  const [facts, setFacts] = useState<PremisesFacts>({
    name: writtenNames({ [language]: search.get('name') ?? '' }),
    address: '',
    timeZone: USUAL_ZONE,
    landlord: session.organisation ?? '',
  })
  const [ownId, setOwnId] = useState<string | null>(null)
  const [spaces, setSpaces] = useState<readonly WrittenSpace[]>([EMPTY_SPACE])
  const [from, setFrom] = useState(today)
  const [week, setWeek] = useState<Week>('later')
  const [hours, setHours] = useState({ from: '08:00', to: '16:00' })
  const [made, setMade] = useState<string | null>(null)
  const [openId, closeId] = [useId(), useId()]
  const names = namesOf(facts.name)
  const id = ownId ?? idOfName(pickName(names ?? undefined, language, '').text)
  const back = search.get('back')
  const after = back !== null && /^\/imports\/[a-z0-9-]+$/.test(back) ? back : null
  const send = useMutation({
    mutationFn: async () => {
      const place = spacesOf(spaces, from, language)
      if (made === null) {
        await sendJson('PUT', apiPath(`/premises/${segment(id)}`), {
          id,
          name: names ?? {},
          ...(facts.address.trim() === '' ? {} : { address: facts.address.trim() }),
          timeZone: facts.timeZone,
          landlord: facts.landlord,
          ...(place.spaces.length === 0 ? {} : place),
        })
        setMade(id)
      }
      const days = WEEK[week]
      if (days !== null)
        await sendJson('POST', apiPath('/schedules'), {
          name: { [language]: words.hoursName },
          premises: id,
          on: true,
          hours: [{ days: [...days], ...hours }],
          closedOnHolidays: true,
          closedOnEves: false,
          exceptions: [],
          triggers: [],
        } satisfies ScheduleWanted)
    },
    onSettled: async () => {
      await client.invalidateQueries({ queryKey: ['premises'] })
      await client.invalidateQueries({ queryKey: ['imports'] })
    },
    onSuccess: async () => {
      announce(words.made)
      await go(after ?? `/premises/${id}`)
    },
  })
  return (
    <Page
      title={words.makeTitle}
      crumbs={[{ to: '/premises', text: text.nav.premises }]}
      lead={words.makeLead}
      actions={after === null ? undefined : <AppLink to={after}>{words.backToImport}</AppLink>}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack $gap={3}>
          <Panel>
            <Stack $gap={3}>
              <h2>{words.facts}</h2>
              <PremisesFields facts={facts} onChange={setFacts}>
                <TextInput
                  labelText={words.id}
                  hintText={words.idHint}
                  value={id}
                  onChange={(value) => setOwnId(String(value ?? ''))}
                />
              </PremisesFields>
              <OrganisationForm />
            </Stack>
          </Panel>
          <Panel>
            <Stack $gap={3}>
              <h2>{words.spaces}</h2>
              <FirstSpaces spaces={spaces} onChange={setSpaces} from={from} onFrom={setFrom} />
            </Stack>
          </Panel>
          <Panel>
            <Stack $gap={3}>
              <h2>{words.hours}</h2>
              <Soft as="p">{words.hoursText}</Soft>
              <Row $gap={2} $end>
                <Select
                  label={words.hours}
                  value={week}
                  options={[
                    { value: 'later', text: words.noHours },
                    { value: 'weekdays', text: words.weekdays },
                    { value: 'everyDay', text: words.everyDay },
                  ]}
                  onChange={setWeek}
                />
                {week === 'later' ? null : (
                  <>
                    <TimeField
                      id={openId}
                      type="time"
                      label={words.open}
                      value={hours.from}
                      onChange={(value) => setHours({ ...hours, from: value })}
                    />
                    <TimeField
                      id={closeId}
                      type="time"
                      label={words.close}
                      value={hours.to}
                      onChange={(value) => setHours({ ...hours, to: value })}
                    />
                  </>
                )}
              </Row>
            </Stack>
          </Panel>
          <Panel>
            <Stack>
              {made === null || send.error === null ? null : (
                <InlineAlert status="warning" labelText={words.hoursLeft}>
                  <AppLink to={`/premises/${made}`}>{words.openMade}</AppLink>
                </InlineAlert>
              )}
              {send.error === null ? null : (
                <RefusalWithProblems
                  error={send.error}
                  fields={{
                    '/id': words.id,
                    '/name': words.facts,
                    '/landlord': words.landlord,
                    '/timeZone': words.timeZone,
                    '/spaces/*': words.space,
                    '/spaces/*/areaM2': words.area,
                    '/tenancies/*/from': words.from,
                  }}
                />
              )}
              <Row $gap={2}>
                <Button
                  type="submit"
                  disabled={names === null || id === '' || facts.landlord === '' || from === '' || send.isPending}
                >
                  {words.makeButton}
                </Button>
                <AppLink to={after ?? '/premises'}>{device.cancel}</AppLink>
              </Row>
            </Stack>
          </Panel>
        </Stack>
      </form>
    </Page>
  )
}
