// Roles from a day on: what stands ends there, later rows stay, and what rests on the owners is told from the first day that differs.
import { expect, test } from 'vitest'
import type { Device } from '#domain/registry/bundle.ts'
import { changedDevice, costsDifferFrom, differingFields, ownersMoved } from '#domain/registry/change-device.ts'

const device: Device = {
  id: 'kone',
  premises: 'talo',
  ownership: [
    { from: '2026-01-01', to: '2027-01-01', shares: { kunta: '2', virasto: '1' } },
    { from: '2027-01-01', to: null, shares: { kunta: '1' } },
  ],
  roles: [
    { role: 'holder', organisation: 'kunta', from: '2026-01-01', to: null },
    { role: 'maintainer', organisation: 'huolto', from: '2026-01-01', to: null },
    { role: 'user', organisation: 'virasto', from: '2026-09-01', to: null },
  ],
}

test('owners and roles of a day on: rows end, begin, and later ones stay', () => {
  const roles = {
    from: '2026-06-01',
    shares: { kunta: '1', virasto: '1', kela: '1' },
    holders: { holder: ['virasto'], maintainer: ['huolto'], user: ['virasto', 'kela'] },
  }
  const after = changedDevice(device, { roles })
  expect(after.ownership).toEqual([
    { from: '2026-01-01', to: '2026-06-01', shares: { kunta: '2', virasto: '1' } },
    { from: '2026-06-01', to: '2027-01-01', shares: { kunta: '1', virasto: '1', kela: '1' } },
    { from: '2027-01-01', to: null, shares: { kunta: '1' } },
  ])
  expect(after.roles).toEqual([
    { role: 'holder', organisation: 'kunta', from: '2026-01-01', to: '2026-06-01' },
    { role: 'maintainer', organisation: 'huolto', from: '2026-01-01', to: null },
    { role: 'user', organisation: 'virasto', from: '2026-09-01', to: null },
    { role: 'holder', organisation: 'virasto', from: '2026-06-01', to: null },
    { role: 'user', organisation: 'virasto', from: '2026-06-01', to: '2026-09-01' },
    { role: 'user', organisation: 'kela', from: '2026-06-01', to: null },
  ])
  expect(differingFields(device, after)).toEqual(['ownership', 'roles'])
  expect(costsDifferFrom(device, after)).toBe('2026-06-01')
  expect(ownersMoved(device, after, '2026-06-01')).toEqual(['kunta'])
  // The same once more changes nothing.
  expect(changedDevice(after, { roles })).toEqual(after)
})

test('a row that begins on the day itself is replaced; nobody is an answer too', () => {
  const after = changedDevice(device, { roles: { from: '2027-01-01', shares: {}, holders: { holder: [] } } })
  expect(after.ownership).toEqual([device.ownership![0]])
  expect(after.roles?.[0]).toEqual({ role: 'holder', organisation: 'kunta', from: '2026-01-01', to: '2027-01-01' })
  expect(costsDifferFrom(device, after)).toBe('2027-01-01')
})

test('null takes a field away, what is absent stays; names and tags cost nothing, a purchase from its day', () => {
  const named = changedDevice({ ...device, serial: 'A-1' }, { set: { name: { fi: 'Kone' }, serial: null } })
  expect(named).toEqual({ ...device, name: { fi: 'Kone' } })
  expect(costsDifferFrom(device, named)).toBeNull()
  const vat = { category: 'S', rate: '25.5' } as const
  const bought = changedDevice(device, {
    set: { acquisition: { cost: '1200.00', date: '2025-11-03', usefulLifeMonths: 60, payer: 'kunta', vat } },
  })
  expect(costsDifferFrom(device, bought)).toBe('2025-11-03')
})
