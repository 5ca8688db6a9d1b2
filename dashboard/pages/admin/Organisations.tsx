// Organisations: who there is, their names and business ids; the operator adds them, each body keeps its own name.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert, TextInput } from 'suomifi-ui-components'
import type { Changed } from '#contract/change.ts'
import type { Organisation } from '#contract/bundle.ts'
import type { OrganisationRecorded } from '#contract/organisations.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { organisationsQuery } from '#dashboard/client/queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { NamesFields, namesOf, writtenNames } from '#dashboard/components/NamesFields.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Empty, Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { organisationsWords } from '#dashboard/text/organisations/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { Panel, Row, Small, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'

const ID = /^[a-z0-9][a-z0-9-]*$/

export const Organisations = () => {
  const words = useWords(organisationsWords)
  const admin = useWords(adminWords)
  const { text, language, format } = useText()
  const { operator, organisation: own } = useSession()
  const { get, set } = useAddress()
  const query = useQuery(organisationsQuery)
  const nameOf = useOrganisationNames()
  const [editing, setEditing] = useState<OrganisationRecorded | 'new' | null>(null)
  const [saved, setSaved] = useState<string | null>(null)
  const wanted = (get('q') ?? '').trim().toLowerCase()
  return (
    <Stack $gap={3}>
      <Soft as="p">{operator ? words.about : words.ownOnly}</Soft>
      {saved === null ? null : <InlineAlert>{words.saved(saved)}</InlineAlert>}
      {operator ? (
        <div>
          <Button onClick={() => setEditing('new')}>{words.add}</Button>
        </div>
      ) : null}
      {editing === null ? null : (
        <OrganisationDialog
          organisation={editing === 'new' ? null : editing}
          known={(query.data ?? []).map(({ id }) => id)}
          close={() => setEditing(null)}
          saved={(name) => {
            setEditing(null)
            setSaved(name)
          }}
        />
      )}
      <Panel>
        <Stack $gap={3}>
          <Row as="search" $end>
            <TextInput
              labelText={words.find}
              debounce={200}
              defaultValue={get('q') ?? ''}
              onChange={(q) => set({ q: String(q ?? '') })}
            />
          </Row>
          <WhenLoaded query={query}>
            {(all) => {
              const shown = all.filter(({ id, name, businessId }) =>
                `${id} ${Object.values(name).join(' ')} ${businessId ?? ''}`.toLowerCase().includes(wanted),
              )
              return shown.length === 0 ? (
                <Empty title={all.length === 0 ? words.noneYet : words.none} />
              ) : (
                <DataTable
                  caption={words.title}
                  quietCaption
                  rows={shown}
                  rowKey={({ id }) => id}
                  sortWord={text.common.sorted}
                  columns={[
                    {
                      key: 'name',
                      head: words.name,
                      heading: true,
                      sort: ({ id, name }) => pickName(name, language, id).text,
                      render: ({ id, name }) => (
                        <Stack $gap={0.5}>
                          <strong>{pickName(name, language, id).text}</strong>
                          <Small>{id}</Small>
                        </Stack>
                      ),
                    },
                    {
                      key: 'business-id',
                      head: words.businessId,
                      sort: ({ businessId }) => businessId ?? null,
                      render: ({ businessId }) => businessId ?? words.noId,
                    },
                    ...(all.some(({ successor }) => successor != null)
                      ? [
                          {
                            key: 'successor',
                            head: words.successor,
                            render: ({ successor }: OrganisationRecorded) =>
                              successor == null
                                ? ''
                                : words.from(nameOf(successor.organisation), format.date(successor.from)),
                          },
                        ]
                      : []),
                    {
                      key: 'action',
                      act: true,
                      head: admin.action,
                      render: (one) =>
                        operator || one.id === own ? (
                          <Button
                            variant="secondary"
                            aria-label={`${admin.change}: ${pickName(one.name, language, one.id).text}`}
                            onClick={() => setEditing(one)}
                          >
                            {admin.change}
                          </Button>
                        ) : (
                          ''
                        ),
                    },
                  ]}
                />
              )
            }}
          </WhenLoaded>
        </Stack>
      </Panel>
    </Stack>
  )
}

type DialogProps = {
  organisation: OrganisationRecorded | null
  known: readonly string[]
  close: () => void
  saved: (name: string) => void
}
const OrganisationDialog = ({ organisation, known, close, saved }: DialogProps) => {
  const words = useWords(organisationsWords)
  const admin = useWords(adminWords)
  const { language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [id, setId] = useState(organisation?.id ?? '')
  const [names, setNames] = useState(writtenNames(organisation?.name))
  const [businessId, setBusinessId] = useState(organisation?.businessId ?? '')
  const [tried, setTried] = useState(false)
  const name = namesOf(names)
  const idProblem =
    organisation !== null
      ? null
      : !ID.test(id.trim())
        ? words.idWrong
        : known.includes(id.trim())
          ? words.idTaken
          : null
  const save = useMutation({
    mutationFn: (wanted: Organisation) =>
      sendJson<Changed>('PUT', apiPath(`/organisations/${segment(wanted.id)}`), wanted, organisation?.version),
    onSuccess: async (_answer, wanted) => {
      const shown = pickName(wanted.name, language, wanted.id).text
      await client.invalidateQueries({ queryKey: organisationsQuery.queryKey })
      announce(words.saved(shown))
      saved(shown)
    },
  })
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (name === null || idProblem !== null) return
    save.mutate({
      id: id.trim(),
      name,
      ...(businessId.trim() === '' ? {} : { businessId: businessId.trim() }),
      ...(organisation?.kind === undefined ? {} : { kind: organisation.kind }),
      ...(organisation?.successor === undefined ? {} : { successor: organisation.successor }),
    })
  }
  return (
    <Dialog
      title={organisation === null ? words.add : pickName(organisation.name, language, organisation.id).text}
      onClose={close}
    >
      <form onSubmit={submit} noValidate>
        <Stack $gap={3}>
          {save.error === null ? null : <Refusal error={save.error} />}
          <NamesFields
            value={names}
            onChange={setNames}
            problem={tried && name === null ? words.nameNeeded : undefined}
          />
          {organisation === null ? (
            <TextInput
              labelText={words.id}
              hintText={words.idHint}
              value={id}
              onChange={(typed) => setId(String(typed ?? ''))}
              {...(tried && idProblem !== null ? { status: 'error' as const, statusText: idProblem } : {})}
            />
          ) : null}
          <TextInput
            labelText={words.businessId}
            value={businessId}
            onChange={(typed) => setBusinessId(String(typed ?? ''))}
          />
          <Stack $gap={1}>
            <Row>
              <Button type="submit" disabled={save.isPending}>
                {organisation === null ? words.add : admin.save}
              </Button>
              <Button variant="secondaryNoBorder" onClick={close}>
                {admin.cancel}
              </Button>
            </Row>
            {organisation === null ? <Small>{words.addEffect}</Small> : null}
          </Stack>
        </Stack>
      </form>
    </Dialog>
  )
}
