// The saved views of a page: go to one, save the filters of the address under a name, rename, share, delete, begin with one.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'react-router'
import { Button, Checkbox, TextInput } from 'suomifi-ui-components'
import { styled } from 'styled-components'
import type { SavedViewShown } from '#contract/saved-views.ts'
import { changeView, deleteView, savedViewsQuery, saveView } from '#dashboard/client/find-queries.ts'
import { findWords } from '#dashboard/text/find/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { AppLink } from './AppLink.tsx'
import { Refusal } from './QueryStates.tsx'

const List = styled.ul`
  li {
    padding: 8px 0;
    border-top: 1px solid var(--line);
  }
  a {
    display: inline-flex;
    align-items: center;
    min-height: 44px;
  }
`

export const SavedViews = () => {
  const { views: words } = useWords(findWords)
  const { pathname } = useLocation()
  const all = useQuery(savedViewsQuery).data?.items ?? []
  const here = all.filter(({ address }) => address.split('?')[0] === pathname)
  return (
    <Fold summary={here.length === 0 ? words.title : `${words.title} (${here.length})`}>
      <Stack>
        {here.length === 0 ? (
          <p>{words.none}</p>
        ) : (
          <List>
            {here.map((view) => (
              <View key={view.id} view={view} />
            ))}
          </List>
        )}
        <NewView />
      </Stack>
    </Fold>
  )
}

const NewView = () => {
  const { views: words } = useWords(findWords)
  const client = useQueryClient()
  const announce = useAnnounce()
  const { pathname, search } = useLocation()
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const save = useMutation({
    mutationFn: () => saveView({ name: name.trim(), address: `${pathname}${search}`, shared }),
    onSuccess: async () => {
      announce(words.saved(name.trim()))
      setName('')
      await client.invalidateQueries({ queryKey: savedViewsQuery.queryKey })
    },
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim() !== '') save.mutate()
      }}
    >
      <Stack $gap={2}>
        <Small>{words.hint}</Small>
        <Row $gap={2} $end>
          <TextInput labelText={words.name} value={name} onChange={(value) => setName(String(value ?? ''))} />
          <Button type="submit" variant="secondary" disabled={name.trim() === '' || save.isPending}>
            {words.save}
          </Button>
        </Row>
        <Checkbox checked={shared} onClick={({ checkboxState }) => setShared(checkboxState)}>
          {words.share}
        </Checkbox>
        {save.error === null ? null : <Refusal error={save.error} />}
      </Stack>
    </form>
  )
}

const View = ({ view }: { view: SavedViewShown }) => {
  const { views: words } = useWords(findWords)
  const client = useQueryClient()
  const announce = useAnnounce()
  const [name, setName] = useState<string | null>(null)
  const act = useMutation({
    mutationFn: (step: () => Promise<unknown>) => step(),
    onSuccess: async () => {
      setName(null)
      await client.invalidateQueries({ queryKey: savedViewsQuery.queryKey })
    },
  })
  return (
    <li>
      <Row $gap={2} $spread>
        <Row $gap={2}>
          <AppLink to={view.address}>{view.name}</AppLink>
          <Small>
            {[view.shared ? words.sharedBy(view.owner) : words.own, ...(view.start ? [words.isStart] : [])].join(' · ')}
          </Small>
        </Row>
        <Row $gap={1}>
          <Button
            variant="secondaryNoBorder"
            onClick={() => act.mutate(() => changeView(view, { start: !view.start }))}
          >
            {view.start ? words.notStart : words.start}
          </Button>
          {view.mine ? (
            <>
              <Button variant="secondaryNoBorder" onClick={() => setName(name === null ? view.name : null)}>
                {words.rename}
              </Button>
              <Button
                variant="secondaryNoBorder"
                onClick={() =>
                  act.mutate(async () => {
                    await deleteView(view)
                    announce(words.deleted(view.name))
                  })
                }
              >
                {words.delete}
              </Button>
            </>
          ) : null}
        </Row>
      </Row>
      {name === null ? null : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            if (name.trim() !== '') act.mutate(() => changeView(view, { name: name.trim() }))
          }}
        >
          <Row $gap={2} $end>
            <TextInput labelText={words.name} value={name} onChange={(value) => setName(String(value ?? ''))} />
            <Button type="submit" variant="secondary" disabled={act.isPending}>
              {words.rename}
            </Button>
          </Row>
        </form>
      )}
      {act.error === null ? null : <Refusal error={act.error} />}
    </li>
  )
}
