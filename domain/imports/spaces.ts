// The spaces of a premises with their areas: a space whose id is known is changed, others are added, none goes.
import type { Premises, Space, SpaceUse } from '#domain/registry/bundle.ts'
import { PREMISES_FIELD, textField } from './fields.ts'
import type { ImportRules } from './rules.ts'

const USES: readonly SpaceUse[] = ['exclusive', 'common', 'technical']

export const SPACE_RULES: ImportRules = {
  fields: [
    { ...PREMISES_FIELD, words: ['kiinteistö', 'toimitila', 'rakennus', 'building', 'fastighet', 'byggnad'] },
    {
      key: 'id',
      form: 'id',
      required: true,
      words: [
        'tunnus',
        'tila',
        'huone',
        'tilan tunnus',
        'huonenumero',
        'space',
        'room',
        'room number',
        'utrymme',
        'rum',
        'beteckning',
      ],
    },
    textField('name', ['nimi', 'tilan nimi', 'namn', 'room name']),
    textField('storey', ['kerros', 'våning', 'floor']),
    { key: 'use', form: 'choice', choices: USES, words: ['käyttö', 'käyttötapa', 'användning'] },
    textField('type', ['tyyppi', 'käyttötarkoitus', 'typ', 'huonetyyppi']),
    {
      key: 'areaM2',
      form: 'decimal',
      required: true,
      words: ['ala', 'pinta-ala', 'm2', 'm²', 'hyötyala', 'huoneala', 'area', 'yta', 'area m2', 'area sqm', 'sqm'],
    },
  ],
  *read(sheet) {
    const changed = new Map<
      string,
      { row: number; premises: Premises; spaces: Map<string, Space>; given: Map<string, number> }
    >()
    for (const row of sheet.rows()) {
      const premises = row.premises()
      const id = row.id('id')
      const [name, storey, type] = [row.text('name'), row.text('storey'), row.text('type')]
      const use = row.choice('use')
      const areaM2 = row.decimal('areaM2')
      if (areaM2?.startsWith('-') === true) row.tell('areaM2', 'out-of-range', 'An area is not below zero.')
      if (row.failed() || premises === null || id === null || areaM2 === null) continue
      const here = changed.getOrInsertComputed(premises.id, () => ({
        row: row.row,
        premises,
        spaces: new Map((premises.spaces ?? []).map((space) => [space.id, space])),
        given: new Map(),
      }))
      const twin = here.given.get(id)
      if (twin !== undefined) {
        row.tell('id', 'duplicate', `Row ${twin} is the same space ${id}. Leave one of them out.`)
        continue
      }
      here.given.set(id, row.row)
      const before = here.spaces.get(id)
      here.spaces.set(id, {
        ...before,
        id,
        ...(name === null ? {} : { name: { ...before?.name, fi: name } }),
        ...(storey === null ? {} : { storey }),
        use: (use as SpaceUse | null) ?? before?.use ?? 'exclusive',
        ...(type === null ? {} : { type }),
        areaM2,
      })
    }
    yield
    sheet.bundle.premises = [...changed.values()].map(({ row, premises, spaces }, i) => {
      sheet.origin.set(`/premises/${i}`, row)
      return { ...premises, spaces: [...spaces.values()] }
    })
  },
}
