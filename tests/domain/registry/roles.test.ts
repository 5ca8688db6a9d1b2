// The seven roles of a device on a date, and who sees premises because of what.
import { describe, expect, test } from 'vitest'
import type { Device } from '#domain/registry/bundle.ts'
import { rolesOn } from '#domain/registry/roles.ts'
import { sightOf } from '#domain/registry/sight.ts'
import { exampleBundle } from './example-bundle.ts'

describe('roles', () => {
  const device: Device = {
    id: 'd',
    premises: 'p',
    ownership: [
      { from: '2026-01-01', to: '2026-07-01', shares: { a: '2', b: '1.5' } },
      { from: '2026-07-01', to: null, shares: { b: '1' } },
    ],
    roles: [
      { role: 'user', organisation: 'c', from: '2026-01-01', to: null },
      { role: 'user', organisation: 'c', from: '2026-02-01', to: null },
      { role: 'user', organisation: 'd', from: '2026-02-01', to: null },
      { role: 'holder', organisation: 'a', from: '2026-01-01', to: '2026-02-01' },
    ],
  }
  const on = (date: string) =>
    rolesOn(device, date).map(({ role, organisation, share }) =>
      `${role} ${organisation} ${share === null ? '' : `${share.n}/${share.d}`}`.trim(),
    )

  test('owners by exact shares, others once each, in the order of the roles; the end is out', () => {
    expect(on('2026-01-31')).toEqual(['owner a 4/7', 'owner b 3/7', 'holder a', 'user c'])
    expect(on('2026-02-01')).toEqual(['owner a 4/7', 'owner b 3/7', 'user c', 'user d'])
    expect(on('2026-07-01')).toEqual(['owner b 1/1', 'user c', 'user d'])
    expect(on('2025-12-31')).toEqual([])
  })
})

test('sight: every reason of the rule, past and future rows too, each body once per object', () => {
  const { premises, devices, agreements, meteredCosts, recurringCosts, invoices, tariffs } = exampleBundle()
  const bodies = (sights: { organisation: string; premises: string }[]) =>
    sights.map(({ organisation, premises }) => `${organisation} ${premises}`)
  expect(bodies(sightOf('premises', premises![0]!))).toEqual(['town house', 'police house', 'kela house'])
  expect(bodies(sightOf('devices', devices![0]!))).toEqual(['town house', 'police house', 'kela house'])
  expect(bodies(sightOf('devices', devices![1]!))).toEqual([])
  expect(bodies(sightOf('agreements', agreements![0]!))).toEqual(['town house', 'police house'])
  expect(bodies(sightOf('meteredCosts', meteredCosts![0]!))).toEqual(['town house'])
  expect(bodies(sightOf('recurringCosts', recurringCosts![0]!))).toEqual(['police house'])
  expect(bodies(sightOf('invoices', invoices![0]!))).toEqual(['town house'])
  expect(sightOf('tariffs', tariffs![0]!)).toEqual([])
})
