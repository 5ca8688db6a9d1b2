// The public page behind a printed code: what is wrong, in one form, without signing in and without personal data.
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'react-router'
import { styled } from 'styled-components'
import type { FaultChoice } from '#contract/faults.ts'
import type { ReportSubject, ReportTaken } from '#contract/reports.ts'
import { RequestError } from '#dashboard/client/problem.ts'
import { getSubject, sendReport } from '#dashboard/client/report.ts'
import { Page } from '#dashboard/components/Page.tsx'
import { Loading, Refusal } from '#dashboard/components/QueryStates.tsx'
import { reportWords } from '#dashboard/text/report/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { Big, ChoiceField, PhotoField, SendButton, TextField } from './fields.tsx'
import { Sent } from './Sent.tsx'
import { usePuzzle } from './usePuzzle.ts'

/** Not for people: a program that fills in every field shows itself here. */
const Trap = styled.div`
  position: absolute;
  left: -10000px;
`
const NEW = 'new'
const MAX_TEXT = 2000
const MAX_CONTACT = 200

export const ReportPage = () => {
  const words = useWords(reportWords)
  const { code = '' } = useParams()
  const subject = useQuery({
    queryKey: ['report', code],
    queryFn: () => getSubject(code),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  })
  const [taken, setTaken] = useState<ReportTaken | null>(null)
  const isGone = subject.error instanceof RequestError && subject.error.status === 404
  return (
    <Big>
      <Page title={taken !== null ? words.sent : isGone ? words.gone : words.title}>
        {taken !== null ? (
          <Sent taken={taken} />
        ) : isGone ? (
          <p>{words.goneText}</p>
        ) : subject.error !== null ? (
          <Refusal error={subject.error} retry={() => void subject.refetch()} />
        ) : subject.data === undefined ? (
          <Loading />
        ) : (
          <Form
            code={code}
            subject={subject.data}
            reload={async () => (await subject.refetch()).data !== undefined}
            onTaken={setTaken}
          />
        )}
      </Page>
    </Big>
  )
}

type FormProps = {
  code: string
  subject: ReportSubject
  reload: () => Promise<boolean>
  onTaken: (taken: ReportTaken) => void
}
const Form = ({ code, subject, reload, onTaken }: FormProps) => {
  const words = useWords(reportWords)
  const { language } = useText()
  const [choice, setChoice] = useState<FaultChoice | null>(null)
  const [same, setSame] = useState<string | null>(null)
  const [what, setWhat] = useState('')
  const [photo, setPhoto] = useState<Blob | null>(null)
  const [contact, setContact] = useState('')
  const [website, setWebsite] = useState('')
  const [isMissing, setMissing] = useState(false)
  const solution = usePuzzle(subject.challenge)
  const isSame = same !== null && same !== NEW
  const send = useMutation({
    mutationFn: async (): Promise<ReportTaken> => {
      const wanted = {
        language,
        what: what.trim(),
        ...(choice === null ? {} : { choice }),
        ...(isSame ? { same } : {}),
        ...(contact.trim() === '' ? {} : { contact: contact.trim() }),
        ...(photo === null ? {} : { photo: await base64Of(photo) }),
        ...(website === '' ? {} : { website }),
      }
      return sendReport(code, wanted, await solution())
    },
    onSuccess: onTaken,
    // A form that was open for hours has an old puzzle: the next try has a new one.
    onError: async (error) => void (error instanceof RequestError && error.status === 403 && (await reload())),
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    const missing = choice === null && what.trim() === '' && !isSame
    setMissing(missing)
    if (!missing && !send.isPending) send.mutate()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={4}>
        <Subject subject={subject} />
        {subject.joins ? (
          <Panel>
            <Stack $gap={1}>
              <h2>{words.known}</h2>
              <p>{words.knownText}</p>
            </Stack>
          </Panel>
        ) : subject.open.length > 0 ? (
          <ChoiceField
            label={words.knownSpace}
            value={same}
            options={[
              ...subject.open.map((one) => ({ value: one.ref, text: openText(one) })),
              { value: NEW, text: words.newFault },
            ]}
            onChange={setSame}
          />
        ) : null}
        {isSame ? null : (
          <ChoiceField
            label={words.what}
            value={choice}
            options={subject.choices.map((value) => ({ value, text: words.choices[value] }))}
            onChange={(value) => {
              setChoice(value)
              setMissing(false)
            }}
            wrong={isMissing ? words.need : null}
          />
        )}
        <TextField
          label={choice === 'other' ? words.tellNeeded : words.tell}
          hint={words.tellHint}
          value={what}
          onChange={setWhat}
          maxLength={MAX_TEXT}
          rows
        />
        <PhotoField photo={photo} onChange={setPhoto} />
        <TextField
          label={words.contact}
          hint={words.contactHint}
          value={contact}
          onChange={setContact}
          maxLength={MAX_CONTACT}
        />
        <Trap aria-hidden="true">
          <label>
            {words.website}
            <input
              tabIndex={-1}
              autoComplete="off"
              value={website}
              onChange={({ target }) => setWebsite(target.value)}
            />
          </label>
        </Trap>
        <output>{send.isPending ? <p>{photo === null ? words.preparing : words.sending}</p> : null}</output>
        {send.error === null ? null : (
          <p className="wrong" role="alert">
            {wordsOf(send.error)}
          </p>
        )}
        <SendButton type="submit" aria-disabled={send.isPending}>
          {words.send}
        </SendButton>
      </Stack>
    </form>
  )

  function openText({ choice: of, reportedAt, today }: ReportSubject['open'][number]): string {
    const when = today ? words.today : new Date(reportedAt).toLocaleDateString(language)
    return words.knownLine(of === null ? words.choices.other : words.choices[of], when)
  }
  function wordsOf(error: unknown): string {
    if (!(error instanceof RequestError)) return words.failed
    if (error.status === 429) return words.busy
    if (error.status === 413) return words.tooLarge
    return error.status === 415 ? words.photoRefused : words.failed
  }
}

/** What it is about, as far as it may be known. */
const Subject = ({ subject }: { subject: ReportSubject }) => {
  const words = useWords(reportWords)
  const { language } = useText()
  const { of, name, type, spaceName, premisesName, address } = subject
  const title =
    name === null
      ? type === null
        ? of === 'device'
          ? words.thisDevice
          : words.thisSpace
        : pickName(type, language, '').text
      : pickName(name, language, '').text
  const place = [spaceName, premisesName].flatMap((one) => (one === null ? [] : [pickName(one, language, '').text]))
  return (
    <Panel>
      <Stack $gap={1}>
        <h2>{title}</h2>
        <p>{words.at([...place, ...(address === null ? [] : [address])].join(', '))}</p>
      </Stack>
    </Panel>
  )
}

const CHUNK = 32_768
/** Bytes as base64, a piece at a time: a call takes only so many arguments. */
const base64Of = async (photo: Blob): Promise<string> => {
  const bytes = new Uint8Array(await photo.arrayBuffer())
  let text = ''
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK))
  return btoa(text)
}
