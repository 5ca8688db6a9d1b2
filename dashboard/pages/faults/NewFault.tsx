// A fault reported by somebody who is signed in: of a device, a space or the premises.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from 'suomifi-ui-components'
import type { Attachment } from '#contract/disputes.ts'
import type { FaultChoice, FaultMade, FaultWanted } from '#contract/faults.ts'
import { TOUCHED_BY_A_FAULT } from '#dashboard/client/fault-queries.ts'
import { apiPath, sendJson } from '#dashboard/client/http.ts'
import { deviceQuery, premisesQuery } from '#dashboard/client/queries.ts'
import { useAddress, useGo } from '#dashboard/components/AppLink.tsx'
import { AttachmentField } from '#dashboard/components/Attachments.tsx'
import { Page } from '#dashboard/components/Page.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { WordsField } from '#dashboard/components/WordsField.tsx'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { reportWords } from '#dashboard/text/report/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Panel, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'

export const NewFault = () => {
  const words = useWords(faultWords)
  const { choices } = useWords(reportWords)
  const { language } = useText()
  const { get, set } = useAddress()
  const go = useGo()
  const announce = useAnnounce()
  const client = useQueryClient()
  const { all, nameOf } = usePremisesNames()
  const deviceId = get('device') ?? ''
  const alarm = get('alarm')
  const device = useQuery({ ...deviceQuery(deviceId), enabled: deviceId !== '' }).data
  const premises = get('premises') ?? device?.premises ?? (all.length === 1 ? (all[0]?.id ?? '') : '')
  const spaces = useQuery({ ...premisesQuery(premises), enabled: premises !== '' }).data?.spaces ?? []
  const [space, setSpace] = useState('')
  const [choice, setChoice] = useState<FaultChoice | ''>('')
  const [what, setWhat] = useState('')
  const [files, setFiles] = useState<Attachment[]>([])
  const [tried, setTried] = useState(false)
  const send = useMutation({
    mutationFn: (wanted: FaultWanted) => sendJson<FaultMade>('POST', apiPath('/faults'), wanted),
    onSuccess: async (made) => {
      announce(made?.joined === true ? words.reportedJoined : words.reported)
      await client.invalidateQueries({ predicate: ({ queryKey }) => TOUCHED_BY_A_FAULT.includes(String(queryKey[0])) })
      if (made !== null) await go(`/faults/${made.fault.id}`)
    },
  })
  const isMissing = choice === '' && what.trim() === '' && alarm === null
  const isNowhere = premises === '' && alarm === null
  const submit = () => {
    setTried(true)
    if (isMissing || isNowhere || send.isPending) return
    send.mutate({
      ...(premises === '' ? {} : { premises }),
      language,
      files,
      what: what.trim(),
      ...(deviceId === '' ? {} : { device: deviceId }),
      ...(space === '' || deviceId !== '' ? {} : { space }),
      ...(choice === '' ? {} : { choice }),
      ...(alarm === null ? {} : { alarm }),
    })
  }
  return (
    <Page title={words.reportTitle} crumbs={[{ to: '/faults', text: words.title }]}>
      <Panel>
        <Stack $gap={3}>
          {deviceId !== '' ? (
            <p>
              <strong>{device === undefined ? deviceId : pickName(device.name, language, device.id).text}</strong>
              {premises === '' ? null : `, ${nameOf(premises)}`}
            </p>
          ) : alarm !== null ? null : (
            <>
              <div>
                <Select
                  label={words.premises}
                  value={premises}
                  options={[
                    { value: '', text: words.chooseChoice },
                    ...all.map(({ id }) => ({ value: id, text: nameOf(id) })),
                  ]}
                  onChange={(chosen) => {
                    setSpace('')
                    set({ premises: chosen })
                  }}
                />
              </div>
              <div>
                <Select
                  label={words.where}
                  value={space}
                  options={[
                    { value: '', text: words.wholePremises },
                    ...spaces.map(({ id, name }) => ({ value: id, text: pickName(name, language, id).text })),
                  ]}
                  onChange={setSpace}
                />
              </div>
            </>
          )}
          <div>
            <Select
              label={words.what}
              value={choice}
              options={[
                { value: '', text: words.chooseChoice },
                ...(Object.keys(choices) as FaultChoice[]).map((value) => ({ value, text: choices[value] })),
              ]}
              onChange={setChoice}
            />
          </div>
          <WordsField
            label={words.text}
            hint={words.whatHint}
            value={what}
            onChange={setWhat}
            error={tried && isMissing ? words.need : null}
          />
          <AttachmentField files={files} onChange={setFiles} />
          {send.error === null ? null : <Refusal error={send.error} />}
          <div>
            <Button aria-disabled={send.isPending} disabled={isNowhere} onClick={submit}>
              {words.sendReport}
            </Button>
          </div>
        </Stack>
      </Panel>
    </Page>
  )
}
