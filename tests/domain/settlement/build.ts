// Small worlds for settlement tests: premises `talo` with parties a, b and c, and what a test adds.
import type {
  AgreementVersion,
  Bundle,
  Invoice,
  MeteredCost,
  Rule,
  SplitMethod,
  TariffComponent,
  TariffVersion,
} from '#domain/registry/bundle.ts'
import type { Item, Settlement } from '#domain/settlement/settlement.ts'
import { World } from '#tests/cases/world.ts'

export const PARTIES = ['a', 'b', 'c']
export const EQUAL: Rule[] = [{ category: '*', method: { by: 'equal' } }]

export function version(rules: Rule[], more: Partial<AgreementVersion> = {}): AgreementVersion {
  return {
    version: 1,
    from: '2026-01-01',
    to: null,
    rules,
    approvals: PARTIES.map((organisation) => ({ organisation })),
    ...more,
  }
}
/** Premises and an agreement of a, b and c whose only version has these rules. */
export function premises(rules: Rule[] = EQUAL, more: Partial<NonNullable<Bundle['premises']>[number]> = {}): Bundle {
  return {
    premises: [{ id: 'talo', name: { fi: 'Talo' }, timeZone: 'Europe/Helsinki', landlord: 'a', ...more }],
    agreements: [{ id: 'sopimus', premises: 'talo', parties: PARTIES, versions: [version(rules)] }],
  }
}
export function invoice(id: string, net: string, more: Partial<Invoice> = {}): Invoice {
  return {
    id,
    premises: 'talo',
    category: 'cleaning',
    net,
    vat: { category: 'S', rate: '25.5' },
    payer: 'a',
    serviceFrom: '2026-04-01',
    serviceTo: '2026-05-01',
    ...more,
  }
}
export function tariff(
  components: TariffComponent[],
  more: Partial<TariffVersion> = {},
  unit = 'kWh',
): NonNullable<Bundle['tariffs']>[number] {
  return {
    id: 't',
    unit,
    versions: [{ from: '2026-01-01', to: null, vat: { category: 'S', rate: '25.5' }, components, ...more }],
  }
}
export const PER_KWH: TariffComponent[] = [{ id: 'energy', kind: 'energy', price: '1' }]
export function meteredCost(id: string, device: string, more: Partial<MeteredCost> = {}): MeteredCost {
  return {
    id,
    premises: 'talo',
    category: 'electricity',
    meter: { device, point: 'e' },
    tariff: 't',
    payer: 'a',
    from: '2026-01-01',
    to: null,
    ...more,
  }
}
/** Counters with their readings: [[instant, value], …] at offset +03:00, or just what is used in all of April 2026. */
export function counters(of: Record<string, string | [string, string][]>, unit = 'kWh'): Bundle {
  return {
    devices: Object.keys(of).map((id) => ({ id, premises: 'talo', points: [{ key: 'e', kind: 'counter', unit }] })),
    readings: Object.entries(of).map(([device, rows]) => ({
      device,
      point: 'e',
      values:
        typeof rows === 'string'
          ? [
              ['2026-04-01T00:00:00+03:00', '0'],
              ['2026-05-01T00:00:00+03:00', rows],
            ]
          : rows.map(([at, value]): [string, string] => [`${at}+03:00`, value]),
    })),
  }
}
export function world(...parts: Bundle[]): World {
  const made = new World()
  for (const part of parts) made.import(part)
  return made
}
export function settled(of: World | Bundle[], period = '2026-04'): Settlement {
  return (of instanceof World ? of : world(...of)).settle('talo', period)
}
/** An item in short: `a 1.00 b 2.00`, or `no-rule` where blocked, with the net before a colon. */
export function short(item: Item | undefined): string {
  if (item === undefined) return 'none'
  return `${item.net}: ${item.blocked ?? item.shares.map(({ party, net }) => `${party} ${net}`).join(' ')}`
}
export function items(of: World | Bundle[], period = '2026-04'): Record<string, string> {
  return Object.fromEntries(settled(of, period).items.map((item) => [item.id, short(item)]))
}
/** What one invoice of 100.00 for April gives by a method. */
export function split(method: SplitMethod, ...more: Bundle[]): string {
  const base = premises([{ category: '*', method }])
  const talo = { ...base.premises![0]!, ...more.flatMap((part) => part.premises ?? [])[0] }
  return short(settled([...more, { ...base, premises: [talo], invoices: [invoice('i', '100.00')] }]).items[0])
}
