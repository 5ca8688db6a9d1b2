// What every records store must find by words. Each adapter runs all of it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Records, Scope } from '#domain/ports/records.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { actor, device, operator, organisation, premises } from './records-facts.ts'

const police = { organisation: 'police' }
const church = { organisation: 'church' }
const NOW = Date.UTC(2026, 5, 1)

export const searchSuite = (name: string, open: (now: () => number) => Promise<Records>): void => {
  describe(`search: ${name}`, () => {
    let records: Records
    const put = (id: string, more: Partial<Device>, place = 'house') =>
      records.change({ objects: [device(id, place, more)] }, actor, 'test')
    const find = async (text: string, scope: Scope = operator, kinds: string[] = ['devices']) =>
      (await records.search(scope, { text, kinds, limit: 10 })).map(({ id }) => id)
    const listed = async (query: { text?: string; facets?: string[] }, scope: Scope = operator) =>
      (await records.listObjects(scope, 'devices', { ...query, limit: 10 })).items.map(({ value }) => value.id)

    beforeEach(async () => {
      records = await open(() => NOW)
      const spaces = [
        {
          id: 'r-12',
          name: { fi: 'Neuvotteluhuone Ähtäri', sv: 'Mötesrum' },
          use: 'common' as const,
          areaM2: '10',
          tags: ['Kokous'],
        },
      ]
      const tenancies = [{ space: 'r-12', organisation: 'police', from: '2026-01-01', to: null }]
      await records.change(
        {
          objects: [
            ...['town', 'police', 'church'].map((id) => organisation(id)),
            premises('house', 'town', { spaces, tenancies }),
            premises('chapel', 'church'),
          ],
        },
        actor,
        'test',
      )
    })
    afterEach(() => records.close())

    test('by name in each language, without marks and case, by beginnings, parts and bent forms', async () => {
      await put('d-1', { name: { fi: 'Lämpömittari', sv: 'Värmemätare', en: 'Heat meter' }, serial: 'SN-00.12' })
      await put('d-2', { name: { fi: 'Jäteilmapumppu' }, manufacturer: 'Öljy Oy', tags: ['Kriittinen laite'] })
      for (const text of [
        'lämpömittari',
        'LAMPOMITTARI',
        'lämpö',
        'mittari',
        'mittarin',
        'lämpömittareissa',
        'varmemat',
        'heat meter',
        'sn0012',
        'sn-00',
        'd-1',
      ])
        expect([text, await find(text)]).toEqual([text, ['d-1']])
      for (const text of ['pumpun', 'pumput', 'oljy', 'kriittinen laite', 'ilmapumppu'])
        expect([text, await find(text)]).toEqual([text, ['d-2']])
      expect(await find('heat pump')).toEqual([])
      expect(await find('"*) OR :')).toEqual([])
      expect(await listed({ text: 'mittarit' })).toEqual(['d-1'])
      expect(await listed({ facets: ['tag:kriittinenlaite', 'life:in-use'] })).toEqual(['d-2'])
      expect(await listed({ text: 'mittari', facets: ['tag:kriittinenlaite'] })).toEqual([])
    })

    test('a number that a sign joins to its word is found behind that word only', async () => {
      await put('t-1', { name: { fi: 'Huoneanturi' } })
      await put('anturi-1', { name: { fi: 'Etelä' } })
      await put('pohjoinen', { name: { fi: 'Lämpöanturi 1' } })
      await put('idea', { name: { fi: 'IV-anturi-02' }, serial: 'AB/77-3' })
      for (const text of ['anturi-1', 'ANTURI_1', 'anturi1'])
        expect([text, (await find(text)).toSorted()]).toEqual([text, ['anturi-1', 'pohjoinen']])
      expect((await listed({ text: 'anturi-1' })).toSorted()).toEqual(['anturi-1', 'pohjoinen'])
      for (const text of ['anturi', 'anturi 1'])
        expect(await find(text)).toEqual(expect.arrayContaining(['anturi-1', 't-1']))
      for (const text of ['iv-anturi-02', 'iv-anturi', 'anturi-02', 'iv anturi 02', 'ab/77', 'AB/77-3', '77-3'])
        expect([text, await find(text)]).toEqual([text, ['idea']])
    })

    test('the best first: the whole word of a name, its beginning, other words, parts', async () => {
      await put('a', { name: { fi: 'Vesimittari' } })
      await put('b', { name: { fi: 'Anturi' }, tags: ['mittari'] })
      await put('c', { name: { fi: 'Mittaristo' } })
      await put('d', { name: { fi: 'Mittari' } })
      expect(await find('mittari')).toEqual(['d', 'c', 'b', 'a'])
      expect(await records.search(operator, { text: 'mittari', kinds: ['devices'], limit: 2 })).toHaveLength(2)
    })

    test('what was changed or withdrawn is found by its new words only', async () => {
      await put('d-1', { name: { fi: 'Puhallin' } })
      await put('d-1', { name: { fi: 'Kompressori' } })
      expect(await find('puhallin')).toEqual([])
      expect(await find('kompressori')).toEqual(['d-1'])
      await records.change(
        { withdrawn: { objects: [{ kind: 'devices', id: 'd-1', expectedVersion: 2 }] } },
        actor,
        'test',
      )
      expect(await find('kompressori')).toEqual([])
    })

    test('another organisation finds nothing; spaces are found in their premises', async () => {
      await put('d-1', { name: { fi: 'Kamera' } })
      expect(await find('kamera', police)).toEqual(['d-1'])
      expect(await find('kamera', church)).toEqual([])
      expect(await listed({ text: 'kamera' }, church)).toEqual([])
      expect(await find('ähtäri', police, ['spaces'])).toEqual(['house/r-12'])
      expect(await find('motesrum', operator, ['spaces', 'devices'])).toEqual(['house/r-12'])
      expect(await find('kokous', church, ['spaces'])).toEqual([])
      expect(await find('virasto', church, ['organisations'])).toHaveLength(3)
    })

    test('a classified document is found by who keeps its device or space, as that changes', async () => {
      const owned = (owner: string) => ({ ownership: [{ from: '2020-01-01', to: null, shares: { [owner]: '1' } }] })
      await put('lock', owned('town'))
      const keep = (id: string, of: { device: string } | { space: string }, classification: string) =>
        records.changePapers(
          {
            papers: [
              {
                kind: 'device-document',
                paper: {
                  id,
                  premises: 'house',
                  audience: classification === 'owner' ? 'operator' : 'premises',
                  state: 'kept',
                  dueAt: null,
                  body: { of, title: 'Lukituskaavio', kind: 'plan', classification, versions: [] },
                },
              },
            ],
          },
          actor,
          'test',
        )
      await keep('of-device', { device: 'lock' }, 'owner')
      await keep('of-space', { space: 'r-12' }, 'owner')
      await keep('open', { device: 'lock' }, 'parties')
      const found = async (scope: Scope) => (await find('lukituskaavio', scope, ['device-document'])).toSorted()
      expect(await found({ organisation: 'town' })).toEqual(['of-device', 'of-space', 'open'])
      expect(await found(police)).toEqual(['of-space', 'open'])
      expect(await found(church)).toEqual([])
      expect(await found(operator)).toEqual(['of-device', 'of-space', 'open'])
      await put('lock', owned('police'))
      expect(await found({ organisation: 'town' })).toEqual(['of-space', 'open'])
      expect(await found(police)).toEqual(['of-device', 'of-space', 'open'])
      const tenancies = [{ space: 'r-12', organisation: 'police', from: '2026-01-01', to: '2026-05-01' }]
      const spaces = [{ id: 'r-12', use: 'common' as const, areaM2: '10' }]
      await records.change({ objects: [premises('house', 'town', { spaces, tenancies })] }, actor, 'test')
      expect(await found(police)).toEqual(['of-device', 'open'])
      await keep('of-device', { device: 'lock' }, 'parties')
      expect(await found({ organisation: 'town' })).toEqual(['of-device', 'of-space', 'open'])
    })

    test('classified fields are found by its keepers alone, in searches and lists', async () => {
      await put('cam', {
        name: { fi: 'Kamera' },
        serial: 'SECRET-77',
        type: 'camera',
        tags: ['holvi'],
        visibility: { serial: 'owner', type: 'owner' },
        ownership: [{ from: '2020-01-01', to: null, shares: { town: '1' } }],
        roles: [{ role: 'maintainer', organisation: 'church', from: '2020-01-01', to: '2026-01-01' }],
      })
      for (const [text, scope, found] of [
        ['secret', { organisation: 'town' }, true],
        ['secret', operator, true],
        ['secret', police, false],
        ['holvi', police, false],
        // It kept it until January.
        ['secret', church, false],
        ['kamera', police, true],
        ['kamera', { organisation: 'town' }, true],
      ] as const) {
        expect([text, scope, await find(text, scope)]).toEqual([text, scope, found ? ['cam'] : []])
        expect([text, scope, await listed({ text }, scope)]).toEqual([text, scope, found ? ['cam'] : []])
      }
      expect(await listed({ facets: ['tag:holvi'] }, police)).toEqual([])
      expect(await records.objectIds(police, 'devices', { type: 'camera' })).toEqual([])
      expect(await records.objectIds({ organisation: 'town' }, 'devices', { type: 'camera' })).toEqual(['cam'])
    })

    test('many of one word are listed page after page, in the order of ids, without those that do not fit', async () => {
      const objects = Array.from({ length: 2_100 }, (_, i) =>
        device(`n-${String((i * 11) % 2_100).padStart(4, '0')}`, 'house', {
          name: { fi: i % 2 === 0 ? 'Lämpöanturi' : 'Kosteusanturi' },
          ...(i % 100 === 0 ? { tags: ['Sadas'] } : {}),
        }),
      )
      await records.change({ objects }, actor, 'test')
      const page = await records.listObjects(operator, 'devices', { text: 'anturin', limit: 3 })
      expect(page.items.map(({ value }) => value.id)).toEqual(['n-0000', 'n-0001', 'n-0002'])
      const ids = await records.objectIds(police, 'devices', { text: 'anturi', after: page.next ?? '' })
      expect(ids).toHaveLength(2_097)
      expect(ids).toEqual(ids.toSorted())
      expect(await records.objectIds(operator, 'devices', { text: 'kosteusantureita' })).toHaveLength(1_050)
      expect(await records.objectIds(operator, 'devices', { facets: ['life:in-use'] })).toHaveLength(2_100)
      expect(await records.objectIds(operator, 'devices', { facets: ['life:in-use', 'tag:sadas'] })).toHaveLength(21)
      expect(await records.objectIds(church, 'devices', { text: 'anturi' })).toEqual([])
    })

    test('papers are found by whom they are for, and forgotten with them', async () => {
      const body = {
        of: { device: 'd-1' },
        title: 'Käyttöohje',
        kind: 'manual',
        classification: 'public',
        versions: [{ name: 'pumppu_v2.pdf' }],
      }
      const paper = (id: string, audience: 'premises' | 'operator', state = 'kept') => ({
        kind: 'device-document',
        paper: { id, premises: 'house', audience, state, dueAt: null, body },
      })
      const kinds = ['device-document']
      await records.changePapers({ papers: [paper('p-1', 'premises'), paper('p-2', 'operator')] }, actor, 'test')
      expect((await find('kayttoohjeen', operator, kinds)).toSorted()).toEqual(['p-1', 'p-2'])
      expect(await find('pumppu v2', police, kinds)).toEqual(['p-1'])
      expect(await find('pumppu', church, kinds)).toEqual([])
      await records.changePapers({ papers: [paper('p-1', 'premises', 'removed')] }, actor, 'test')
      expect(await find('pumppu', police, kinds)).toEqual([])
      await records.deletePapers('device-document', ['p-2'], actor, 'test')
      expect(await find('pumppu', operator, kinds)).toEqual([])
    })
  })
}
