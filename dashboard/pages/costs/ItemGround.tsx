// What an invoice rests on, where that is a fault: the way to its repair.
import { useQuery } from '@tanstack/react-query'
import type { InvoiceRecorded } from '#contract/costs.ts'
import { apiPath, getJson, segment } from '#dashboard/client/http.ts'
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { faultWords } from '#dashboard/text/faults/words.ts'
import { useWords } from '#dashboard/text/words.ts'
import { Panel } from '#dashboard/ui/Layout.tsx'

const INVOICE = /^(?:adjustment:\d{4}-\d{2}:)?invoice:([a-z0-9-]+)/
export const ItemGround = ({ item }: { item: string }) => {
  const words = useWords(faultWords)
  const id = INVOICE.exec(item)?.[1] ?? ''
  const { fault } =
    useQuery({
      queryKey: ['invoices', id],
      queryFn: ({ signal }) => getJson<InvoiceRecorded>(apiPath(`/invoices/${segment(id)}`), signal),
      enabled: id !== '',
    }).data ?? {}
  if (fault === undefined) return null
  return (
    <Panel>
      <p>
        <strong>{words.ground}:</strong> <AppLink to={`/faults/${fault}`}>{words.groundLink}</AppLink>
      </p>
    </Panel>
  )
}
