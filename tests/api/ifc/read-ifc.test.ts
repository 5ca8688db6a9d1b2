// IFC models: what is read of them, and what happens with files that are no models, broken, or too much. The reader's process is
// started where it is what is tested.
import { expect, test } from 'vitest'
import type { IfcModel } from '#api/ifc/model.ts'
import { isIfc, readIfc } from '#api/ifc/read-ifc.ts'
import { readModel } from '#api/ifc/read-model.ts'
import { makeIfc, SCHOOL } from './make-ifc.ts'

const LIMITS = { spaces: 1000, heapMib: 512, engineMib: 512, timeMs: 20_000, processes: 2 }
const bytesOf = (text: string): Uint8Array => Buffer.from(text)
async function modelOf(text: string): Promise<IfcModel> {
  const answer = await readModel(bytesOf(text), LIMITS)
  if ('wrong' in answer) throw new Error(answer.wrong)
  return answer.model
}

test.for(['IFC4', 'IFC2X3'] as const)(
  'spaces, storeys, areas, uses and outlines of %s in millimetres',
  async (schema) => {
    const text = makeIfc({ schema, unit: 'mm', storeys: SCHOOL })
    expect(isIfc(bytesOf(text))).toBe(true)
    const model = await modelOf(text)
    expect(model).toMatchObject({ schema, project: 'Koulu', buildings: ['Koulurakennus'] })
    expect(model.storeys.map(({ name, elevationM }) => [name, elevationM])).toEqual([
      ['1. krs', 0],
      ['2. krs', 3.6],
    ])
    const [hall, switches, classroom, gross] = model.spaces
    expect(hall).toMatchObject({
      name: '101',
      longName: 'Aula',
      storey: 0,
      type: 'lobby',
      areaM2: 56,
      areaFrom: 'NetFloorArea',
    })
    expect(hall?.outline).toHaveLength(6)
    expect(switches).toMatchObject({ longName: 'Sähköpääkeskus', areaFrom: 'geometry', storey: 0 })
    expect(switches?.areaM2).toBeCloseTo(24, 3)
    expect(switches?.outline.map(([x, y]) => [Math.round(x), Math.round(y)]).toSorted()).toEqual([
      [10, 4],
      [10, 8],
      [4, 4],
      [4, 8],
    ])
    expect(classroom).toMatchObject({ name: '101', storey: 1, areaM2: 80, areaFrom: 'GrossFloorArea' })
    // IFC2x3 has no kind for gross areas.
    expect([model.left, gross === undefined]).toEqual(schema === 'IFC4' ? [1, true] : [0, false])
  },
)

test('a model without shapes has its spaces and no outlines', async () => {
  const model = await modelOf(makeIfc({ schema: 'IFC4', storeys: SCHOOL, withoutShapes: true }))
  expect(model.spaces.map(({ areaM2, outline }) => [areaM2, outline.length])).toEqual([
    [56, 0],
    [null, 0],
    [80, 0],
  ])
})

const WHOLE = makeIfc({ schema: 'IFC4', storeys: SCHOOL })
test.each([
  ['cut in the middle', WHOLE.slice(0, WHOLE.length / 3)],
  ['no spaces', makeIfc({ schema: 'IFC4', storeys: [{ name: '1', elevationM: 0, rooms: [] }] })],
])('a broken file has no spaces: %s', async (_, text) => {
  expect(await readModel(bytesOf(text), LIMITS)).toMatchObject({
    wrong: expect.stringMatching(/^(no-ifc|no-spaces|broken)$/),
  })
})
test('more spaces than are taken', async () => {
  expect(await readModel(bytesOf(WHOLE), { spaces: 2 })).toEqual({ wrong: 'too-many-spaces', detail: '4' })
})

test('the process reads a model, and names what is wrong with one', async () => {
  expect((await readIfc(bytesOf(WHOLE), LIMITS)).spaces).toHaveLength(3)
  await expect(readIfc(bytesOf('ISO-10303-21;\nHEADER;\n'), LIMITS)).rejects.toMatchObject({ code: 'invalid-body' })
})
test('placements in a circle end with the process, not with the program', async () => {
  const circle = WHOLE.replaceAll(/IFCLOCALPLACEMENT\((?:\$|#\d+),/g, 'IFCLOCALPLACEMENT(#13,')
  const code = await readIfc(bytesOf(circle), LIMITS).then(
    () => 'read',
    (error: { code: string }) => error.code,
  )
  expect(['read', 'invalid-body', 'too-large']).toContain(code)
})
test('a file that takes too long or too much is ended', async () => {
  await expect(readIfc(bytesOf(WHOLE), { ...LIMITS, timeMs: 20 })).rejects.toMatchObject({ code: 'too-large' })
  await expect(readIfc(bytesOf(WHOLE), { ...LIMITS, engineMib: 8 })).rejects.toMatchObject({ code: 'too-large' })
  await expect(readIfc(bytesOf(WHOLE), { ...LIMITS, processes: 0 })).rejects.toMatchObject({
    code: 'too-many-requests',
  })
})
