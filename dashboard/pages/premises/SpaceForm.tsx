// One space of premises: names, storey, type, use, area, tags. It is saved as a new version of its premises.
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Checkbox, TextInput } from 'suomifi-ui-components'
import type { Space } from '#contract/bundle.ts'
import type { PremisesRecorded } from '#contract/premises.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { namesOf, NamesFields, writtenNames } from '#dashboard/components/NamesFields.tsx'
import { RefusalWithProblems } from '#dashboard/components/RefusalWithProblems.tsx'
import { tagsOf } from '#dashboard/components/tags.ts'
import { idOfName } from '#dashboard/format/id-of-name.ts'
import { typedDecimal } from '#dashboard/format/typed.ts'
import { registryWords } from '#dashboard/text/registry/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { Grid, Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'
import { pickName } from '#domain/writing/names.ts'
import { bodyOf } from './premises-draft.ts'

const USES = ['exclusive', 'common', 'technical'] as const
type Props = { premises: PremisesRecorded; /** Null: a new one. */ space: Space | null; onDone?: () => void }

export const SpaceForm = ({ premises, space, onDone }: Props) => {
  const { space: words, device, premises: place } = useWords(registryWords)
  const { text, language } = useText()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [name, setName] = useState(() => writtenNames(space?.name))
  const [ownId, setOwnId] = useState<string | null>(space?.id ?? null)
  const [facts, setFacts] = useState({
    storey: space?.storey ?? '',
    type: space?.type ?? '',
    area: space?.areaM2 ?? '',
    tags: (space?.tags ?? []).join(', '),
  })
  const [use, setUse] = useState<Space['use']>(space?.use ?? 'exclusive')
  const [isProtected, setProtected] = useState(space?.protected === true)
  const put = (part: Partial<typeof facts>) => setFacts({ ...facts, ...part })
  const names = namesOf(name)
  const id = ownId ?? idOfName(pickName(names ?? undefined, language, '').text)
  const spaces = premises.spaces ?? []
  const isTaken = space === null && spaces.some((one) => one.id === id)
  const send = useMutation({
    mutationFn: () => {
      const { name: _name, storey: _storey, type: _type, tags: _tags, protected: _protected, ...rest } = space ?? {}
      const tags = tagsOf(facts.tags)
      const next: Space = {
        ...rest,
        id,
        use,
        areaM2: typedDecimal(facts.area),
        ...(names === null ? {} : { name: names }),
        ...(facts.storey.trim() === '' ? {} : { storey: facts.storey.trim() }),
        ...(facts.type === '' ? {} : { type: facts.type }),
        ...(tags.length === 0 ? {} : { tags }),
        ...(isProtected ? { protected: true } : {}),
      }
      const all = space === null ? [...spaces, next] : spaces.map((one) => (one.id === space.id ? next : one))
      const body = { ...bodyOf(premises), spaces: all }
      return sendJson('PUT', apiPath(`/premises/${segment(premises.id)}`), body, premises.version)
    },
    onSuccess: async () => {
      announce(space === null ? words.added : words.saved)
      await client.invalidateQueries({ queryKey: ['premises', premises.id] })
      onDone?.()
    },
  })
  const types = Object.entries(text.spaceTypes).map(([value, called]) => ({ value, text: called }))
  const field = (key: keyof typeof facts, label: string, hint?: string) => (
    <TextInput
      labelText={label}
      {...(hint === undefined ? {} : { hintText: hint })}
      value={facts[key]}
      fullWidth
      inputMode={key === 'area' ? 'decimal' : 'text'}
      onChange={(value) => put({ [key]: String(value ?? '') })}
    />
  )
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <Stack $gap={3}>
        <NamesFields value={name} onChange={setName} />
        {space === null ? (
          <TextInput
            labelText={place.id}
            hintText={place.idHint}
            value={id}
            onChange={(value) => setOwnId(String(value ?? ''))}
          />
        ) : null}
        <Grid $min={220}>
          {field('storey', words.storey)}
          {field('area', words.area)}
          <Select
            label={words.type}
            value={facts.type}
            options={[
              { value: '', text: words.typeNone },
              ...(facts.type === '' || types.some(({ value }) => value === facts.type)
                ? types
                : [{ value: facts.type, text: facts.type }, ...types]),
            ]}
            onChange={(type) => put({ type })}
          />
          <Select
            label={words.use}
            value={use}
            options={USES.map((value) => ({ value, text: text.premises.uses[value] }))}
            onChange={setUse}
          />
        </Grid>
        {field('tags', words.tags, device.tagsHint)}
        <Checkbox checked={isProtected} onClick={({ checkboxState }) => setProtected(checkboxState)}>
          {words.protected}
        </Checkbox>
        <Soft as="p">{words.costs}</Soft>
        {send.error === null ? null : (
          <RefusalWithProblems
            error={send.error}
            fields={{ '/spaces/*': () => words.title, '/spaces/*/areaM2': words.area, '/spaces/*/id': place.id }}
          />
        )}
        <div>
          <Button type="submit" disabled={id === '' || isTaken || facts.area.trim() === '' || send.isPending}>
            {space === null ? words.add : words.save}
          </Button>
        </div>
      </Stack>
    </form>
  )
}
