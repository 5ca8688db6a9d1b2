// The keys of a connector: which name in the messages is which device here.
import { useInfiniteQuery } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { styled } from 'styled-components'
import { Button, TextInput } from 'suomifi-ui-components'
import { deviceListQuery } from '#dashboard/client/queries.ts'
import { connectWords } from '#dashboard/text/connect/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Row, Soft, Stack } from '#dashboard/ui/Layout.tsx'

const Rows = styled.ul`
  max-height: 40vh;
  overflow-y: auto;
  li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr) auto;
    gap: 16px;
    align-items: center;
    padding: 4px 2px;
    overflow-wrap: anywhere;
  }
  input {
    min-height: 40px;
    width: 100%;
    padding: 0 12px;
    color: var(--ink);
    background: var(--surface);
    border: 1px solid var(--ink-soft);
    border-radius: 2px;
  }
  @media (max-width: 599px) {
    li {
      grid-template-columns: minmax(0, 1fr);
      border-bottom: 1px solid var(--line);
    }
  }
`
type Props = {
  deviceMap: Readonly<Record<string, string>>
  premises: string
  change: (deviceMap: Record<string, string>) => void
}
export const DeviceKeys = ({ deviceMap, premises, change }: Props) => {
  const { connectors: words } = useWords(connectWords)
  const listId = useId()
  const [key, setKey] = useState('')
  const devices = useInfiniteQuery({ ...deviceListQuery({ premises }, 200), enabled: premises !== '' })
  const ids = devices.data?.pages.flatMap(({ items }) => items.map((one) => one.id)) ?? []
  const entries = Object.entries(deviceMap)
  const without = (gone: string) => Object.fromEntries(entries.filter(([one]) => one !== gone))
  return (
    <Stack>
      <h3>{words.keys}</h3>
      <Soft as="p">{words.keysText}</Soft>
      <datalist id={listId}>
        {ids.map((id) => (
          <option key={id} value={id}>
            {id}
          </option>
        ))}
      </datalist>
      {entries.length === 0 ? null : (
        <Rows>
          {entries.map(([one, device]) => (
            <li key={one}>
              <code>{one}</code>
              <input
                aria-label={`${words.device}: ${one}`}
                placeholder={words.device}
                list={listId}
                value={device}
                onChange={(event) => change({ ...deviceMap, [one]: event.target.value })}
              />
              <Button
                variant="secondaryNoBorder"
                onClick={() => change(without(one))}
                aria-label={words.removeKey(one)}
              >
                ×
              </Button>
            </li>
          ))}
        </Rows>
      )}
      <Row $gap={2} $end>
        <TextInput labelText={words.key} value={key} onChange={(value) => setKey(String(value ?? ''))} />
        <Button
          variant="secondary"
          onClick={() => {
            if (key.trim() === '' || Object.hasOwn(deviceMap, key.trim())) return
            change({ ...deviceMap, [key.trim()]: '' })
            setKey('')
          }}
        >
          {words.addKey}
        </Button>
      </Row>
    </Stack>
  )
}
