// Asks for the settlement of each premises and month that the series cover, and shows them as a table.
import { ApiError, type ApiClient } from '#sim/api-client.ts'
import type { PlannedPremises } from './plan.ts'

export type SettledMonth = {
  premises: string
  month: string
  status: string
  net: string
  estimated: string
  blocked: string[]
  shares: string[]
}

/** The part of a settlement that the table shows. */
type Answer = {
  status: string
  items: { net: string | null; estimated: string; shares: { party: string; net: string }[] }[]
  blocked: { item: string; code: string }[]
}

export async function settleMonths(premises: readonly PlannedPremises[], api: ApiClient): Promise<SettledMonth[]> {
  const settled: SettledMonth[] = []
  for (const { id, months } of premises) {
    for (const month of months) settled.push(await settleMonth(api, id, month))
  }
  return settled
}

async function settleMonth(api: ApiClient, premises: string, month: string): Promise<SettledMonth> {
  try {
    const { status, items, blocked } = await api.request<Answer>('GET', `/premises/${premises}/settlements/${month}`)
    const parties = new Map<string, bigint>()
    for (const item of items)
      for (const share of item.shares) parties.set(share.party, (parties.get(share.party) ?? 0n) + cents(share.net))
    return {
      premises,
      month,
      status,
      // A month of which an item has no amount has none itself: a part would look like the whole.
      net: items.some((item) => item.net === null)
        ? '–'
        : euros(items.reduce((sum, item) => sum + cents(item.net ?? '0.00'), 0n)),
      estimated: items
        .map((item) => item.estimated)
        .reduce((most, each) => (Number(each) > Number(most) ? each : most), '0'),
      blocked: [...new Set(blocked.map((each) => each.code))],
      shares: [...parties].map(([, net]) => euros(net)),
    }
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    return { premises, month, status: error.code, net: '', estimated: '', blocked: [], shares: [] }
  }
}

/** Money has two decimals; as whole cents it adds up exactly. */
const cents = (money: string): bigint => BigInt(money.replace('.', ''))
function euros(value: bigint): string {
  const text = (value < 0n ? -value : value).toString().padStart(3, '0')
  return `${value < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}

/** Columns of equal width; figures stand to the right. */
export function formatTable(settled: readonly SettledMonth[]): string {
  const header = ['premises', 'month', 'status', 'net EUR', 'estimated', 'blocked', 'owner | agency | town']
  const rows = settled.map((each) => [
    each.premises,
    each.month,
    each.status,
    each.net,
    each.estimated,
    each.blocked.join(' ') || '–',
    each.shares.join(' | '),
  ])
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const format = (row: readonly string[]): string =>
    row
      .map((cell, i) => (i === 3 || i === 4 ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
      .join('  ')
      .trimEnd()
  return [format(header), ...rows.map(format)].join('\n')
}
