// People with a role in the organisation: who they are, what they may do; adding, changing, closing.
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, TextInput } from 'suomifi-ui-components'
import type { RoleName } from '#contract/common.ts'
import type { UserChange, UserChanged, UserList, UserMade, UserShown, UserWanted } from '#contract/users.ts'
import { apiPath, getJson, segment, sendJson } from '#dashboard/client/http.ts'
import { organisationsQuery } from '#dashboard/client/queries.ts'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Refusal, WhenLoaded } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { SureButton } from '#dashboard/components/SureButton.tsx'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { organisationsWords } from '#dashboard/text/organisations/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DataTable } from '#dashboard/ui/DataTable.tsx'
import { Dialog } from '#dashboard/components/Dialog.tsx'
import { FieldSet } from '#dashboard/ui/FieldSet.tsx'
import { Panel, Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { EmailField, isEmail } from '#dashboard/components/EmailField.tsx'
import { RoleChoice } from './RoleChoice.tsx'
import { ShownOnce } from './ShownOnce.tsx'

const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: ({ signal }) => getJson<UserList>(apiPath('/users'), signal),
})
type Editing = { at: 'none' } | { at: 'new' } | { at: 'user'; user: UserShown }

export const People = () => {
  const words = useWords(adminWords)
  const { text } = useText()
  const client = useQueryClient()
  const query = useQuery(usersQuery)
  const { user: me } = useSession()
  const [editing, setEditing] = useState<Editing>({ at: 'none' })
  const [secret, setSecret] = useState<{ login: string; password: string } | null>(null)
  const done = async () => {
    setEditing({ at: 'none' })
    await client.invalidateQueries({ queryKey: usersQuery.queryKey })
  }
  const send = async ({ user: { id, login }, wanted }: { user: UserShown; wanted: UserChange }) => {
    const answer = await sendJson<UserChanged>('PATCH', apiPath(`/users/${segment(id)}`), wanted)
    await done()
    if (answer?.password != null) setSecret({ login, password: answer.password })
  }
  const change = useMutation({ mutationFn: send })
  return (
    <Stack $gap={3}>
      {secret === null ? null : (
        <ShownOnce
          title={words.newPassword(secret.login)}
          text={words.passwordOnce}
          label={words.password}
          secret={secret.password}
          close={() => setSecret(null)}
        />
      )}
      <div>
        <Button onClick={() => setEditing({ at: 'new' })}>{words.add}</Button>
      </div>
      {editing.at === 'none' ? null : (
        <Dialog
          title={editing.at === 'user' ? editing.user.name : words.add}
          onClose={() => setEditing({ at: 'none' })}
        >
          {change.error === null ? null : <Refusal error={change.error} />}
          <PersonForm
            key={editing.at === 'user' ? editing.user.id : 'new'}
            user={editing.at === 'user' ? editing.user : null}
            cancel={() => setEditing({ at: 'none' })}
            save={(user, membership, email) =>
              change.mutate({
                user,
                wanted: {
                  // Roles in other organisations stay as they are.
                  memberships: [
                    ...user.memberships.filter((one) => one.organisation !== membership.organisation),
                    membership,
                  ],
                  // Only what has changed: of a user with roles elsewhere the address is not ours to set.
                  ...(email === user.email ? {} : { email }),
                },
              })
            }
            made={async (made) => {
              // The dialog goes first: what is shown once takes the focus.
              await done()
              if (made.password !== null) setSecret({ login: made.login, password: made.password })
            }}
          />
          {editing.at === 'user' && editing.user.id !== me.id ? (
            <Access
              user={editing.user}
              change={(wanted) => send({ user: editing.user, wanted })}
              enable={() => change.mutate({ user: editing.user, wanted: { disabled: false } })}
            />
          ) : null}
        </Dialog>
      )}
      <Panel>
        <WhenLoaded query={query}>
          {({ items }) => (
            <DataTable
              caption={words.people}
              quietCaption
              rows={items}
              rowKey={({ id }) => id}
              sortWord={text.common.sorted}
              columns={[
                {
                  key: 'name',
                  head: words.name,
                  heading: true,
                  sort: ({ name }) => name,
                  render: ({ name, login }) => (
                    <Stack $gap={0.5}>
                      <strong>{name}</strong>
                      <Small>{login}</Small>
                    </Stack>
                  ),
                },
                {
                  key: 'email',
                  head: words.email,
                  sort: ({ email }) => email ?? '',
                  render: ({ email }) => (email === null ? '–' : <span className="breaks">{email}</span>),
                },
                {
                  key: 'roles',
                  head: words.roles,
                  render: ({ memberships }) => <Memberships memberships={memberships} />,
                },
                {
                  key: 'state',
                  head: words.state,
                  sort: ({ disabled }) => Number(disabled),
                  render: ({ disabled, mustChangePassword }) =>
                    disabled ? words.disabled : mustChangePassword ? words.mustChange : words.active,
                },
                {
                  key: 'action',
                  act: true,
                  head: words.action,
                  render: (user) => (
                    <Button
                      variant="secondary"
                      aria-label={`${words.change}: ${user.name}`}
                      onClick={() => {
                        change.reset()
                        setEditing({ at: 'user', user })
                      }}
                    >
                      {words.change}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </WhenLoaded>
      </Panel>
    </Stack>
  )
}

/** A new password, or none: each is asked once more. */
type AccessProps = { user: UserShown; change: (wanted: UserChange) => Promise<unknown>; enable: () => void }
const Access = ({ user, change, enable }: AccessProps) => {
  const words = useWords(adminWords)
  const { actions } = useWords(organisationsWords)
  return (
    <FieldSet legend={actions.access}>
      <Stack $gap={1}>
        <Row>
          <SureButton
            text={words.resetPassword}
            effect={words.resetSure(user.name)}
            act={() => change({ resetPassword: true })}
          />
          {user.disabled ? (
            <Button variant="secondary" onClick={enable}>
              {words.enable}
            </Button>
          ) : (
            <SureButton
              text={words.disable}
              effect={words.disableSure(user.name)}
              act={() => change({ disabled: true })}
            />
          )}
        </Row>
        <Small>{actions.accessText}</Small>
      </Stack>
    </FieldSet>
  )
}

type Membership = UserShown['memberships'][number]
/** Roles by organisation; the organisation is said where it is not the reader's own. */
const Memberships = ({ memberships }: { memberships: readonly Membership[] }) => {
  const words = useWords(adminWords)
  const { text } = useText()
  const { operator } = useSession()
  const nameOf = useOrganisationNames()
  if (memberships.length === 0) return '–'
  return (
    <Stack $gap={0.5}>
      {memberships.map(({ organisation, roles }) => (
        <span key={organisation}>
          {roles.map((role) => text.userRoles[role]).join(', ')}
          {operator ? (
            <>
              <br />
              <Small>{organisation === null ? words.operator : nameOf(organisation)}</Small>
            </>
          ) : null}
        </span>
      ))}
    </Stack>
  )
}

type FormProps = {
  user: UserShown | null
  cancel: () => void
  save: (user: UserShown, membership: Membership, email: string | null) => void
  made: (made: UserMade) => void | Promise<void>
}
const OPERATOR = ''
const PersonForm = ({ user, cancel, save, made }: FormProps) => {
  const words = useWords(adminWords)
  const { operator, organisation: own } = useSession()
  const organisations = useQuery({ ...organisationsQuery, enabled: operator }).data ?? []
  const { language } = useText()
  // The operator of the platform says in which organisation; others give roles in their own.
  const [organisation, setOrganisation] = useState(operator ? (user?.memberships[0]?.organisation ?? null) : own)
  const rolesIn = (of: string | null): RoleName[] =>
    user === null ? ['viewer'] : (user.memberships.find((one) => one.organisation === of)?.roles ?? [])
  const [login, setLogin] = useState(user?.login ?? '')
  const [name, setName] = useState(user?.name ?? '')
  const [roles, setRoles] = useState<RoleName[]>(rolesIn(organisation))
  const [email, setEmail] = useState(user?.email ?? '')
  const [tried, setTried] = useState(false)
  const add = useMutation({
    mutationFn: (wanted: UserWanted) => sendJson<UserMade>('POST', apiPath('/users'), wanted),
    onSuccess: (answer) => (answer === null ? undefined : made(answer)),
  })
  const complete = roles.length > 0 && login.trim() !== '' && name.trim() !== '' && isEmail(email)
  const submit = (event: React.FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!complete) return
    const address = email.trim() === '' ? null : email.trim()
    if (user === null)
      add.mutate({
        login: login.trim(),
        name: name.trim(),
        email: address,
        memberships: [{ organisation, roles }],
      })
    else save(user, { organisation, roles }, address)
  }
  const field = (label: string, value: string, set: (value: string) => void, missing: string) => (
    <TextInput
      labelText={label}
      value={value}
      onChange={(typed) => set(String(typed ?? ''))}
      {...(tried && value.trim() === '' ? { status: 'error' as const, statusText: missing } : {})}
    />
  )
  return (
    <form onSubmit={submit} noValidate>
      <Stack $gap={3}>
        {add.error === null ? null : <Refusal error={add.error} />}
        {user === null ? (
          <>
            {field(words.name, name, setName, words.nameNeeded)}
            {field(words.login, login, setLogin, words.loginNeeded)}
          </>
        ) : null}
        <EmailField value={email} onChange={setEmail} tried={tried} />
        {operator ? (
          <div>
            <Select
              label={words.chooseWhere}
              value={organisation ?? OPERATOR}
              options={[
                { value: OPERATOR, text: words.operator },
                ...organisations.map(({ id, name: names }) => ({
                  value: id,
                  text: pickName(names, language, id).text,
                })),
              ]}
              onChange={(chosen) => {
                const next = chosen === OPERATOR ? null : chosen
                setOrganisation(next)
                setRoles(rolesIn(next))
              }}
            />
          </div>
        ) : null}
        <RoleChoice roles={roles} onChange={setRoles} missing={tried && roles.length === 0} />
        <Row>
          <Button type="submit">{user === null ? words.add : words.save}</Button>
          <Button variant="secondaryNoBorder" onClick={cancel}>
            {words.cancel}
          </Button>
        </Row>
      </Stack>
    </form>
  )
}
