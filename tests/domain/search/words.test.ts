// Words as a search compares them, what can be found of a device, and what a bulk edit makes of it.
import { expect, test } from 'vitest'
import { editDevice } from '#domain/bulk-edits/bulk-edit.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { viewAddress } from '#domain/saved-views/saved-view.ts'
import { fold, foldedWords, stemsOf } from '#domain/search/fold.ts'
import { findablesOf } from '#domain/search/object-words.ts'
import { termsOf, tokensOf } from '#domain/search/tokens.ts'

test('case and marks do not count; signs part words', () => {
  expect(fold('Öljysäiliö ÅKERÖ Æther')).toBe('oljysailio akero aether')
  expect(foldedWords('KVT-043/b (Lämpö)')).toEqual(['kvt', '043', 'b', 'lampo'])
  expect(termsOf('  Kierros  A kierros ')).toEqual(['kierros', 'a'])
  expect(termsOf('IV-kone-02 anturi 1, 2')).toEqual(['iv', 'kone', 'kone02', 'anturi', '1', '2'])
})

test('endings of Finnish, Swedish and English are cut, short words and numbers stay', () => {
  for (const [word, stem] of [
    ['mittarin', 'mittar'],
    ['mittareissa', 'mittar'],
    ['pumpun', 'pump'],
    ['pumput', 'pump'],
    ['huoneeseen', 'huone'],
    ['givarna', 'givarna'.slice(0, -3)],
    ['sensors', 'sensor'],
  ] as const)
    expect([word, stemsOf(word).some((one) => stem.startsWith(one) || one.startsWith(stem))]).toEqual([word, true])
  expect(stemsOf('talo')).toEqual([])
  expect(stemsOf('sn00123')).toEqual([])
})

const camera: Device = {
  id: 'cam-1',
  premises: 'talo',
  name: { fi: 'Kamera' },
  space: 'holvi',
  tags: ['Kierros A'],
  visibility: { place: 'owner' },
  ownership: [{ from: '2026-01-01', to: null, shares: { kunta: '1' } }],
}
test('what is classified stands among the words of its keepers only', () => {
  const [found] = findablesOf('devices', camera)
  expect(found?.open.words).not.toContain('holvi')
  expect(found?.secret?.words).toContain('holvi')
  expect(found?.secret?.keepers).toEqual([{ organisation: 'kunta', from: '2026-01-01', to: null }])
  const tokens = tokensOf('devices', found!.open)
  expect(tokens).toEqual(expect.arrayContaining(['dtkamera', 'dsmera', 'd:tag:kierrosa', 'd:life:in-use']))
  expect(tokensOf('spaces', found!.open).filter((token) => tokens.includes(token))).toEqual([])
})

test('an edit says what changes, does nothing twice, and touches nothing that is hidden', () => {
  const edited = editDevice(camera, { addTags: ['kierros a', 'Uusi'], manufacturer: 'Oy' }, '2026-05-01')
  expect(edited).toMatchObject({
    ok: true,
    device: { tags: ['Kierros A', 'Uusi'], manufacturer: 'Oy' },
    changes: [{ field: 'tags' }, { field: 'manufacturer', before: null, after: 'Oy' }],
  })
  expect(editDevice(camera, { addTags: ['KIERROS-A'] }, '2026-05-01')).toMatchObject({ refusal: { reason: 'nothing' } })
  expect(editDevice(camera, { space: 'aula' }, '2026-05-01', ['place'])).toMatchObject({
    refusal: { reason: 'classified' },
  })
  const role = { role: 'maintainer' as const, organisation: 'huolto', from: '2026-06-01' }
  const before = {
    ...camera,
    roles: [{ role: 'maintainer' as const, organisation: 'vanha', from: '2026-01-01', to: null }],
  }
  expect(editDevice(before, { role }, '2026-05-01')).toMatchObject({
    device: {
      roles: [
        { organisation: 'vanha', from: '2026-01-01', to: '2026-06-01' },
        { organisation: 'huolto', from: '2026-06-01', to: null },
      ],
    },
  })
})

test('a view leads into the dashboard, and its filters stand in one order', () => {
  expect(viewAddress('/devices?state=offline&lang=sv&q=a%20b')).toBe('/devices?q=a%20b&state=offline')
  for (const address of ['//evil.example', 'https://evil.example', '/\\evil', 'devices', '/a#b', '/a?b?c'])
    expect([address, viewAddress(address)]).toEqual([address, null])
})
