// Sheets and rolls of labels as they are sold, and where each label lies on its sheet. All lengths in millimetres.

export type LabelSheet = {
  readonly id: string
  /** As shops name it. */
  readonly name: string
  readonly pageWidthMm: number
  readonly pageHeightMm: number
  readonly columns: number
  readonly rows: number
  readonly labelWidthMm: number
  readonly labelHeightMm: number
  /** From the edge of the sheet to the first label. */
  readonly leftMm: number
  readonly topMm: number
  /** From one label's edge to the same edge of the next. */
  readonly stepXMm: number
  readonly stepYMm: number
}
const A4 = { pageWidthMm: 210, pageHeightMm: 297 } as const

export const LABEL_SHEETS = [
  {
    id: 'a4-24',
    name: 'A4, 24 × 70 × 37 mm (Avery 3474, HERMA 4453)',
    ...A4,
    columns: 3,
    rows: 8,
    labelWidthMm: 70,
    labelHeightMm: 37,
    leftMm: 0,
    topMm: 0.5,
    stepXMm: 70,
    stepYMm: 37,
  },
  {
    id: 'a4-21',
    name: 'A4, 21 × 63.5 × 38.1 mm (Avery L7160, HERMA 4677)',
    ...A4,
    columns: 3,
    rows: 7,
    labelWidthMm: 63.5,
    labelHeightMm: 38.1,
    leftMm: 7.25,
    topMm: 15.15,
    stepXMm: 66,
    stepYMm: 38.1,
  },
  {
    id: 'a4-14',
    name: 'A4, 14 × 99.1 × 38.1 mm (Avery L7163, HERMA 4678)',
    ...A4,
    columns: 2,
    rows: 7,
    labelWidthMm: 99.1,
    labelHeightMm: 38.1,
    leftMm: 4.65,
    topMm: 15.15,
    stepXMm: 101.6,
    stepYMm: 38.1,
  },
  {
    id: 'a4-65',
    name: 'A4, 65 × 38.1 × 21.2 mm (Avery L7651, HERMA 4270)',
    ...A4,
    columns: 5,
    rows: 13,
    labelWidthMm: 38.1,
    labelHeightMm: 21.2,
    leftMm: 4.75,
    topMm: 10.7,
    stepXMm: 40.6,
    stepYMm: 21.2,
  },
  {
    id: 'roll-62',
    name: '62 mm, endless (Brother DK-22205)',
    pageWidthMm: 62,
    pageHeightMm: 29,
    columns: 1,
    rows: 1,
    labelWidthMm: 62,
    labelHeightMm: 29,
    leftMm: 0,
    topMm: 0,
    stepXMm: 62,
    stepYMm: 29,
  },
] as const satisfies readonly LabelSheet[]

export const findLabelSheet = (id: string): LabelSheet | null => LABEL_SHEETS.find((sheet) => sheet.id === id) ?? null

/** Where label number `index` (from 0) lies when the first goes to place `first` (from 1) of the first sheet; row by row. */
export const placeOfLabel = (
  sheet: LabelSheet,
  index: number,
  first = 1,
): { page: number; leftMm: number; topMm: number } => {
  const perPage = sheet.columns * sheet.rows
  const place = index + first - 1
  const onPage = place % perPage
  return {
    page: Math.floor(place / perPage),
    leftMm: sheet.leftMm + (onPage % sheet.columns) * sheet.stepXMm,
    topMm: sheet.topMm + Math.floor(onPage / sheet.columns) * sheet.stepYMm,
  }
}
