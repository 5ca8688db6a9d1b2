// Which lines of the audit log are shown: by who or what, kind of object, premises and days; all in the address.
import { useId } from 'react'
import { TextInput } from 'suomifi-ui-components'
import type { AuditFilter } from '#dashboard/client/audit-queries.ts'
import { useAddress } from '#dashboard/components/AppLink.tsx'
import { usePremisesNames } from '#dashboard/components/premises-names.ts'
import { adminWords } from '#dashboard/text/admin/words.ts'
import { auditWords } from '#dashboard/text/audit/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { DateField } from '#dashboard/ui/DateField.tsx'
import { Row } from '#dashboard/ui/Layout.tsx'
import { Select } from '#dashboard/ui/Select.tsx'

/** Midnight of a day in the reader's own zone, `later` days on; nothing for what is no day. */
const midnight = (day: string | null, later: number): string | undefined => {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day ?? '')
  if (match === null) return undefined
  return new Date(Number(match[1]), Number(match[2]) - 1, Number(match[3]) + later).toISOString()
}

/** The filter that the address says. */
export const useAuditFilter = (): AuditFilter => {
  const { get } = useAddress()
  const [text, kind, premises] = [get('q'), get('kind'), get('premises')]
  const [from, to] = [midnight(get('from'), 0), midnight(get('to'), 1)]
  return {
    ...(text === null || text.trim() === '' ? {} : { text: text.trim() }),
    ...(kind === null ? {} : { kind }),
    ...(premises === null ? {} : { premises }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  }
}

export const AuditFilters = () => {
  const words = useWords(adminWords)
  const log = useWords(auditWords)
  const { text, language } = useText()
  const { get, set } = useAddress()
  const { all, nameOf } = usePremisesNames()
  const [from, to] = [useId(), useId()]
  const kinds = Object.entries(log.kinds)
    .map(([value, name]) => ({ value, text: name }))
    .toSorted((a, b) => a.text.localeCompare(b.text, language))
  return (
    <Row as="search" $end aria-label={words.filters}>
      <TextInput
        labelText={words.findLine}
        debounce={300}
        defaultValue={get('q') ?? ''}
        onChange={(q) => set({ q: String(q ?? '') })}
      />
      <Select
        label={words.target}
        value={get('kind') ?? ''}
        options={[{ value: '', text: words.anyKind }, ...kinds]}
        onChange={(kind) => set({ kind })}
      />
      {all.length < 2 ? null : (
        <Select
          label={text.devices.premises}
          value={get('premises') ?? ''}
          options={[{ value: '', text: text.common.all }, ...all.map(({ id }) => ({ value: id, text: nameOf(id) }))]}
          onChange={(premises) => set({ premises })}
        />
      )}
      <DateField id={from} label={words.fromDay} value={get('from') ?? ''} onChange={(day) => set({ from: day })} />
      <DateField id={to} label={words.toDay} value={get('to') ?? ''} onChange={(day) => set({ to: day })} />
    </Row>
  )
}
