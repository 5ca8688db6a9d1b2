// An organisation that is not in the list yet is added by the operator; others are told whom to ask.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { namesOf, NamesFields, writtenNames } from '#dashboard/components/NamesFields.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { idOfName } from '#dashboard/format/id-of-name.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'

const EMPTY = writtenNames(null)
export const OrganisationForm = () => {
  const { premises: words } = useWords(registryWords)
  const { language } = useText()
  const session = useSession()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [name, setName] = useState(EMPTY)
  const [businessId, setBusinessId] = useState('')
  const [added, setAdded] = useState<string | null>(null)
  const names = namesOf(name)
  const called = pickName(names ?? undefined, language, '').text
  const id = idOfName(called)
  const send = useMutation({
    mutationFn: () =>
      sendJson('PUT', apiPath(`/organisations/${segment(id)}`), {
        id,
        name: names,
        ...(businessId.trim() === '' ? {} : { businessId: businessId.trim() }),
      }),
    onSuccess: async () => {
      announce(words.organisationAdded(called))
      setAdded(called)
      setName(EMPTY)
      setBusinessId('')
      await client.invalidateQueries({ queryKey: ['organisations'] })
    },
  })
  if (session.organisation !== null) return <Soft as="p">{words.askOperator}</Soft>
  return (
    <Fold summary={<strong>{words.organisation}</strong>}>
      <Stack>
        <Soft as="p">{words.organisationText}</Soft>
        {added === null ? null : <output>{words.organisationAdded(added)}</output>}
        <NamesFields value={name} onChange={setName} />
        <TextInput
          labelText={words.businessId}
          value={businessId}
          onChange={(value) => setBusinessId(String(value ?? ''))}
        />
        {send.error === null ? null : <RefusalWithProblems error={send.error} />}
        <div>
          <Button variant="secondary" disabled={id === '' || send.isPending} onClick={() => send.mutate()}>
            {words.addOrganisation}
          </Button>
        </div>
      </Stack>
    </Fold>
  )
}
