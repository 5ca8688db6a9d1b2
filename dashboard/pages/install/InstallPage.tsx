// The technician's page: a label or no label, which device, where, a photo, confirm; on a bad network everything waits and goes later.
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useParams } from 'react-router'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { ClaimShown, InstalledAnswer } from '#contract/claims.ts'
import { apiPath, getJson, segment } from '#dashboard/client/http.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { AppLink, useGo } from '#dashboard/components/AppLink.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { useSession } from '#dashboard/components/session.ts'
import { installWords } from '#dashboard/text/install/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { formatClaimCode, readClaimCode } from '#domain/writing/claim-code.ts'
import { pickName } from '#domain/writing/names.ts'
import { CodeStep } from './CodeStep.tsx'
import { DeviceStep, NOTHING_CHOSEN, type Chosen } from './DeviceStep.tsx'
import { Done, type Outcome } from './Done.tsx'
import { FirstReadings } from './FirstReadings.tsx'
import { keepShell } from './offline.ts'
import { PhotoField } from './PhotoField.tsx'
import { PlaceStep, type Place } from './PlaceStep.tsx'
import { NoteField, Column } from './fields.tsx'
import { useOutbox } from './useOutbox.ts'
import { Waiting } from './Waiting.tsx'

const NOWHERE: Place = { premises: '', storey: null, space: '' }

export const InstallPage = () => {
  const words = useWords(installWords)
  const { code: typed } = useParams()
  const { user } = useSession()
  const go = useGo()
  const announce = useAnnounce()
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const outbox = useOutbox(user.id, (sent) => {
    for (const { key, answer } of sent)
      setOutcome((now) => (now?.key === key ? { ...now, sent: true, device: (answer as InstalledAnswer).device } : now))
    announce(words.savedTitle)
  })
  // The shell is kept for the next time; without it the page works as long as it is open.
  const [kept, setKept] = useState(false)
  useEffect(() => void keepShell().then(setKept, () => undefined), [])
  const [withoutLabel, setWithoutLabel] = useState(false)
  const read = typed === undefined ? null : readClaimCode(typed)
  const code = read?.ok === true ? read.code : null
  const restart = () => {
    setOutcome(null)
    setWithoutLabel(false)
    void go('/install')
  }
  return (
    <Page title={words.title} lead={words.lead}>
      <Column>
        <Waiting outbox={outbox} />
        {outcome !== null ? (
          <Done outcome={outcome} restart={restart} />
        ) : code === null && !withoutLabel ? (
          <CodeStep
            refused={read?.ok === false ? words.wrong[read.reason] : null}
            take={(found) => void go(`/c/${formatClaimCode(found)}`)}
            withoutLabel={() => setWithoutLabel(true)}
          />
        ) : (
          <Form key={code ?? ''} code={code} add={outbox.add} user={user.id} done={setOutcome} restart={restart} />
        )}
        {kept ? <Soft as="p">{words.keptOffline}</Soft> : null}
      </Column>
    </Page>
  )
}

type FormProps = {
  code: string | null
  user: string
  add: ReturnType<typeof useOutbox>['add']
  done: (outcome: Outcome) => void
  restart: () => void
}
const Form = ({ code, user, add, done, restart }: FormProps) => {
  const words = useWords(installWords)
  const { text, language } = useText()
  const { nameOf: premisesName } = usePremisesNames()
  const claim = useQuery({
    queryKey: ['claims', code],
    queryFn: ({ signal }) => getJson<ClaimShown>(apiPath(`/claims/${segment(code ?? '')}`), signal),
    enabled: code !== null,
    retry: false,
    staleTime: Infinity,
  })
  const [chosen, setChosen] = useState<Chosen>(NOTHING_CHOSEN)
  const [moved, setMoved] = useState<Place | null>(null)
  const [photo, setPhoto] = useState<Blob | null>(null)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const bound = claim.data?.device ?? null
  const fixed = bound ?? chosen.known
  const place: Place =
    moved ??
    (fixed === null
      ? { ...NOWHERE, premises: claim.data?.premises ?? '' }
      : { premises: fixed.premises, storey: null, space: fixed.space ?? '' })
  const missing =
    fixed === null && !chosen.isNew && bound === null
      ? 'device'
      : fixed === null && chosen.type === ''
        ? 'type'
        : place.premises === ''
          ? 'premises'
          : null
  const title =
    fixed === null ? chosen.name || chosen.typeName : pickName(fixed.name ?? undefined, language, fixed.id).text
  const confirm = useMutation({
    networkMode: 'always',
    mutationFn: async () => {
      const at = Date.now()
      const key = crypto.randomUUID()
      const body = {
        at: new Date(at).toISOString(),
        premises: place.premises,
        space: place.space === '' ? null : place.space,
        ...(bound === null && chosen.known !== null ? { device: chosen.known.id } : {}),
        ...(fixed === null ? { type: chosen.type } : {}),
        ...(fixed === null && chosen.name.trim() !== '' ? { name: { [language]: chosen.name.trim() } } : {}),
        ...(chosen.serial.trim() === '' ? {} : { serial: chosen.serial.trim() }),
        ...(note.trim() === '' ? {} : { note: note.trim() }),
      }
      const path = code === null ? '/commissionings' : `/claims/${code}/take`
      const photos = photo === null ? [] : [photo]
      const sent = await add({ key, user, path, body, photos, title, at, refused: null })
      const answer = sent.find((one) => one.key === key)?.answer as InstalledAnswer | undefined
      done({ key, title, sent: answer !== undefined, device: answer?.device ?? fixed?.id ?? null })
    },
  })
  if (claim.data !== undefined && (claim.data.state !== 'open' || claim.data.expired))
    return (
      <Stack $gap={3}>
        <InlineAlert status="neutral">{claim.data.expired ? words.expired : words.used}</InlineAlert>
        {bound === null ? null : <AppLink to={`/devices/${bound.id}`}>{words.openDevice}</AppLink>}
        <Button fullWidth onClick={restart}>
          {words.next}
        </Button>
      </Stack>
    )
  if (claim.error instanceof RequestError && (claim.error.status === 404 || claim.error.status === 400))
    return (
      <Stack $gap={3}>
        <InlineAlert status="error">{words.unknown}</InlineAlert>
        <Button fullWidth onClick={restart}>
          {text.common.tryAgain}
        </Button>
      </Stack>
    )
  // The label was printed for one building, and its device was moved to another since.
  const printedFor = claim.data?.premises ?? null
  if (printedFor !== null && bound !== null && bound.premises !== printedFor)
    return (
      <Stack $gap={3}>
        <InlineAlert status="error">
          {words.otherPremises(premisesName(printedFor), premisesName(bound.premises))}
        </InlineAlert>
        <Button fullWidth onClick={restart}>
          {words.next}
        </Button>
      </Stack>
    )
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (missing === null) confirm.mutate()
      }}
    >
      <Stack $gap={4}>
        {claim.error === null ? null : <InlineAlert status="neutral">{words.unchecked}</InlineAlert>}
        <Stack as="section">
          <h2>{words.device}</h2>
          {bound === null ? (
            <DeviceStep chosen={chosen} change={setChosen} premises={claim.data?.premises ?? null} />
          ) : (
            <p>
              <strong>{title}</strong>
              <br />
              {bound.id}
            </p>
          )}
          {tried && (missing === 'device' || missing === 'type') ? <p role="alert">{words.needed[missing]}</p> : null}
        </Stack>
        <Stack as="section">
          <h2>{words.place}</h2>
          <PlaceStep place={place} change={setMoved} fixed={fixed !== null || claim.data?.premises != null} />
          {tried && missing === 'premises' ? <p role="alert">{words.needed.premises}</p> : null}
        </Stack>
        {fixed === null ? null : <FirstReadings device={fixed.id} />}
        <Stack as="section">
          <h2>{words.photo}</h2>
          <PhotoField photo={photo} change={setPhoto} />
          <NoteField label={words.note} value={note} change={setNote} />
        </Stack>
        {confirm.error === null ? null : <InlineAlert status="error">{words.notKept}</InlineAlert>}
        <Button type="submit" fullWidth aria-disabled={confirm.isPending}>
          {words.confirm}
        </Button>
      </Stack>
    </form>
  )
}
