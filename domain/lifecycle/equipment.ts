// The equipment of premises on a day: what it is worth, whose parts these are, and the plan of replacements by year with each owner's part.
import { formatCents, parseCents } from '#domain/quantity/money.ts'
import type { Decimal, Device, Id, LocalDate, LifecycleState } from '#domain/registry/bundle.ts'
import { lifecycleOn } from './lifecycle.ts'
import { moneyOn } from './money-facts.ts'

type Part = { organisation: Id; amount: Decimal }
export type EquipmentLine = {
  device: Id
  state: LifecycleState
  purchase: { cost: Decimal; date: LocalDate; supplier: string | null } | null
  bookValue: Decimal | null
  bookParts: Part[]
  replacement: { on: LocalDate; cost: Decimal; parts: Part[] } | null
  lifeEnds: LocalDate | null
}
export type Equipment = {
  lines: EquipmentLine[]
  /** Sums of the parts; what nobody owns is in the total only. */
  total: Decimal
  parts: Part[]
  /** Of each year with a replacement. */
  plan: { year: number; cost: Decimal; parts: Part[] }[]
}

/** Devices without a purchase, without a replacement and not retired are lines too: they show what is missing. */
export function equipmentOn(devices: readonly Device[], date: LocalDate): Equipment {
  const book = sums()
  const years = new Map<number, ReturnType<typeof sums>>()
  const lines = devices.map((device): EquipmentLine => {
    const money = moneyOn(device, date)
    const state = lifecycleOn(device, date)
    if (money.bookValue !== null) book.add(money.bookValue, money.bookParts)
    const { replacement } = device
    if (replacement !== undefined && state !== 'retired')
      years.getOrInsertComputed(Number(replacement.on.slice(0, 4)), sums).add(replacement.cost, money.replacementParts)
    return {
      device: device.id,
      state,
      purchase:
        device.acquisition === undefined
          ? null
          : { cost: device.acquisition.cost, date: device.acquisition.date, supplier: device.supplier ?? null },
      bookValue: money.bookValue,
      bookParts: money.bookParts.map(plain),
      replacement:
        replacement === undefined
          ? null
          : { on: replacement.on, cost: replacement.cost, parts: money.replacementParts.map(plain) },
      lifeEnds: money.lifeEnds,
    }
  })
  return {
    lines,
    total: book.total(),
    parts: book.parts(),
    plan: [...years]
      .toSorted(([a], [b]) => a - b)
      .map(([year, sum]) => ({ year, cost: sum.total(), parts: sum.parts() })),
  }
}

const plain = ({ organisation, amount }: Part): Part => ({ organisation, amount })

function sums() {
  let total = 0n
  const parts = new Map<Id, bigint>()
  return {
    add(whole: Decimal, own: readonly Part[]): void {
      total += parseCents(whole) ?? 0n
      for (const { organisation, amount } of own)
        parts.set(organisation, (parts.get(organisation) ?? 0n) + (parseCents(amount) ?? 0n))
    },
    total: (): Decimal => formatCents(total),
    parts: (): Part[] =>
      [...parts]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([organisation, cents]) => ({ organisation, amount: formatCents(cents) })),
  }
}
