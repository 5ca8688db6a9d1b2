// The spaces of a premises with their areas: a space whose id is known is changed, others are added, none goes.
import { OUTLINE_CORNERS } from '#domain/plans/plan.ts'
import type { Premises, Space, SpaceUse } from '#domain/registry/bundle.ts'
import type { SpaceShape } from './import.ts'
import type { RowReader } from './row-reader.ts'
import { PREMISES_FIELD, textField } from './fields.ts'
import type { ImportRules } from './rules.ts'

const USES: readonly SpaceUse[] = ['exclusive', 'common', 'technical']
const USES_IN_WORDS: Record<SpaceUse, readonly string[]> = {
  exclusive: ['oma', 'oma tila', 'yksinomainen', 'yhden organisaation käytössä', 'egen', 'eget utrymme', 'own'],
  common: [
    'yhteinen',
    'yhteinen tila',
    'yhteiskäyttö',
    'gemensam',
    'gemensamt',
    'gemensamt utrymme',
    'common space',
    'shared',
  ],
  technical: ['tekninen', 'tekninen tila', 'teknisk', 'tekniskt', 'tekniskt utrymme', 'technical space'],
}

export const SPACE_RULES: ImportRules = {
  fields: [
    { ...PREMISES_FIELD, words: ['kiinteistö', 'toimitila', 'rakennus', 'building', 'fastighet', 'lokal', 'byggnad'] },
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
    {
      key: 'use',
      form: 'choice',
      choices: USES,
      meaning: USES_IN_WORDS,
      words: ['käyttö', 'käyttötapa', 'användning'],
    },
    textField('type', ['tyyppi', 'käyttötarkoitus', 'typ', 'huonetyyppi']),
    {
      key: 'areaM2',
      form: 'decimal',
      required: true,
      words: ['ala', 'pinta-ala', 'm2', 'm²', 'hyötyala', 'huoneala', 'area', 'yta', 'area m2', 'area sqm', 'sqm'],
    },
    // Of a building model (IFC): who has them may also write them into a table.
    textField('globalId', [
      'ifc global id',
      'ifc guid',
      'tunnus rakennusmallissa',
      'beteckning i byggnadsmodellen',
      'id in the building model',
    ]),
    {
      key: 'elevationM',
      form: 'decimal',
      words: ['korkeusasema', 'kerroksen korkeus', 'höjdläge', 'våningens höjd', 'elevation', 'height of the storey'],
    },
    textField('outline', ['ääriviiva', 'tilan ääriviiva', 'kontur', 'utrymmets kontur', 'outline of the space']),
  ],
  *read(sheet) {
    const changed = new Map<
      string,
      { row: number; premises: Premises; spaces: Map<string, Space>; given: Map<string, number> }
    >()
    for (const row of sheet.rows()) {
      const premises = row.premises()
      const named = row.id('id')
      const [name, storey, type] = [row.text('name'), row.text('storey'), row.text('type')]
      const use = row.choice('use')
      const areaM2 = row.decimal('areaM2')
      if (areaM2?.startsWith('-') === true) row.tell('areaM2', 'out-of-range', 'An area is not below zero.')
      const globalId = row.text('globalId')
      const elevationM = row.decimal('elevationM')
      const corners = cornersOf(row)
      if (row.failed() || premises === null || named === null || areaM2 === null) continue
      // A room that was renumbered in the model is still the room that it was.
      const id = (premises.spaces ?? []).find((one) => globalId !== null && one.globalId === globalId)?.id ?? named
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
        ...(globalId === null ? {} : { globalId }),
      })
      const space = here.spaces.get(id)
      if (corners !== null && space !== undefined)
        sheet.shapes.push({
          premises: premises.id,
          storey: space.storey ?? '',
          elevationM: elevationM === null ? null : Number(elevationM),
          space: id,
          use: space.use,
          corners,
        })
    }
    yield
    sheet.bundle.premises = [...changed.values()].map(({ row, premises, spaces }, i) => {
      sheet.origin.set(`/premises/${i}`, row)
      return { ...premises, spaces: [...spaces.values()] }
    })
  },
}

/** `0 0;4.5 0;4.5 3;0 3` in metres; null when there is none. */
function cornersOf(row: RowReader): SpaceShape['corners'] | null {
  const text = row.raw('outline')
  if (text === '') return null
  const corners = text.split(';').map((pair) => pair.trim().split(/\s+/).map(Number))
  const isPair = (pair: number[]): pair is [number, number] =>
    pair.length === 2 && pair.every((one) => Number.isFinite(one) && Math.abs(one) < 1e7)
  if (corners.length >= 3 && corners.length <= OUTLINE_CORNERS && corners.every(isPair)) return corners
  row.tell(
    'outline',
    'invalid-outline',
    'The outline is no list of corners in metres, like 0 0;4.5 0;4.5 3.',
    'warning',
  )
  return null
}
