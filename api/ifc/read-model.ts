// Reads an IFC model with web-ifc. Runs only in the process of its own (ifc-child.ts): the engine is native code over hostile bytes.
import {
  IfcAPI,
  IFCBUILDING,
  IFCBUILDINGSTOREY,
  IFCCLASSIFICATIONREFERENCE,
  IFCCONVERSIONBASEDUNIT,
  IFCELEMENTQUANTITY,
  IFCPROJECT,
  IFCPROPERTYSET,
  IFCPROPERTYSINGLEVALUE,
  IFCQUANTITYAREA,
  IFCRELAGGREGATES,
  IFCRELASSOCIATESCLASSIFICATION,
  IFCRELDEFINESBYPROPERTIES,
  IFCSPACE,
  IFCUNITASSIGNMENT,
  LogLevel,
} from 'web-ifc'
import { footprintOf, type Footprint, type Solid } from './footprint.ts'
import type { IfcAnswer, IfcLimits, IfcSpace, IfcStorey } from './model.ts'

type Line = Record<string, unknown> & { type: number }
type Found = { value: number; from: string }

/** SI prefixes as factors. */
const PREFIXES: Record<string, number> = { MILLI: 1e-3, CENTI: 1e-2, DECI: 1e-1, KILO: 1e3, MICRO: 1e-6 }
/** Names of areas in the order in which they are believed: IFC's own, then what programs write. */
const AREAS = ['NetFloorArea', 'GrossFloorArea', 'NetArea', 'Area', 'GrossArea', 'NetPlannedArea', 'GrossPlannedArea']
/** Kinds of IfcSpace that are no room: a sum of rooms, or outdoors. */
const NO_ROOM = new Set(['GFA', 'EXTERNAL'])
const TEXT_CHARACTERS = 200

/** Answers what the model has; never throws for what is wrong in the file, but may run out of memory or time. */
export async function readModel(bytes: Uint8Array, limits: IfcLimits): Promise<IfcAnswer> {
  const api = new IfcAPI()
  await api.Init()
  // What it would say of a broken file is told by our own sentences.
  api.SetLogLevel(LogLevel.LOG_LEVEL_OFF)
  const id = api.OpenModelFromCallback((offset, size) => bytes.subarray(offset, offset + size), {
    COORDINATE_TO_ORIGIN: false,
    CIRCLE_SEGMENTS: 12,
  })
  if (id < 0) return { wrong: 'no-ifc', detail: '' }
  const schema = api.GetModelSchema(id)
  const reader = createReader(api, id)
  const [project] = reader.linesOf(IFCPROJECT)
  if (project === undefined) return { wrong: 'broken', detail: 'it has no IfcProject' }
  const spaces = reader.idsOf(IFCSPACE)
  if (spaces.length === 0) return { wrong: 'no-spaces', detail: schema }
  if (spaces.length > limits.spaces) return { wrong: 'too-many-spaces', detail: String(spaces.length) }

  const units = unitsOf(reader)
  const parents = parentsOf(reader)
  const buildingIds = reader.idsOf(IFCBUILDING)
  const storeyIds = reader.idsOf(IFCBUILDINGSTOREY)
  const storeys = storeyIds.map((storey): IfcStorey => {
    const line = reader.line(storey)
    const elevation = numberOf(line['Elevation'])
    return {
      globalId: textOf(line['GlobalId']),
      name: textOf(line['Name']) || textOf(line['LongName']),
      elevationM: elevation === null ? null : elevation * units.lengthM,
      building: Math.max(0, buildingIds.indexOf(ancestorOf(storey, parents, buildingIds) ?? -1)),
    }
  })
  const areas = areasOf(reader, new Set(spaces), units.areaM2)
  const classes = classesOf(reader, new Set(spaces))
  let left = 0
  const found: IfcSpace[] = []
  for (const space of spaces) {
    const line = reader.line(space)
    if (NO_ROOM.has(textOf(line['PredefinedType'])) || textOf(line['InteriorOrExteriorSpace']) === 'EXTERNAL') {
      left += 1
      continue
    }
    const footprint = footprintOfSpace(api, id, space)
    const stated = areas.get(space)
    const storey = storeyIds.indexOf(ancestorOf(space, parents, storeyIds) ?? -1)
    found.push({
      globalId: textOf(line['GlobalId']),
      name: textOf(line['Name']),
      longName: textOf(line['LongName']),
      storey: storey < 0 ? null : storey,
      type: classes.get(space) ?? textOf(line['ObjectType']),
      areaM2: stated?.value ?? footprint?.areaM2 ?? null,
      areaFrom: stated?.from ?? (footprint === null ? '' : 'geometry'),
      outline: footprint?.outline ?? [],
    })
  }
  const buildings = buildingIds.map((one) => {
    const line = reader.line(one)
    return textOf(line['Name']) || textOf(line['LongName'])
  })
  return { model: { schema, project: textOf(project['Name']), buildings, storeys, spaces: found, left } }
}

type Reader = ReturnType<typeof createReader>
function createReader(api: IfcAPI, id: number) {
  const idsOf = (type: number): number[] => [...api.GetLineIDsWithType(id, type)]
  const line = (at: number): Line => (api.GetLine(id, at) ?? {}) as Line
  return { idsOf, line, linesOf: (type: number) => idsOf(type).map(line) }
}

const valueOf = (field: unknown): unknown =>
  typeof field === 'object' && field !== null && 'value' in field ? (field as { value: unknown }).value : field
const textOf = (field: unknown): string => {
  const value = valueOf(field)
  return typeof value === 'string'
    ? value
        .replaceAll(/[\p{Cc}\s]+/gu, ' ')
        .trim()
        .slice(0, TEXT_CHARACTERS)
    : ''
}
const numberOf = (field: unknown): number | null => {
  const value = valueOf(field)
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
const refOf = (field: unknown): number | null => numberOf(field)
const refsOf = (field: unknown): number[] => (Array.isArray(field) ? field.flatMap((one) => refOf(one) ?? []) : [])

/** What one unit of the file is in metres and square metres. */
function unitsOf(reader: Reader): { lengthM: number; areaM2: number } {
  let [lengthM, areaM2]: [number, number | null] = [1, null]
  for (const unit of reader.linesOf(IFCUNITASSIGNMENT).flatMap((line) => refsOf(line['Units']))) {
    const line = reader.line(unit)
    const kind = textOf(line['UnitType'])
    if (kind !== 'LENGTHUNIT' && kind !== 'AREAUNIT') continue
    const factor =
      line.type === IFCCONVERSIONBASEDUNIT ? conversionOf(reader, line) : (PREFIXES[textOf(line['Prefix'])] ?? 1)
    if (kind === 'LENGTHUNIT') lengthM = factor
    else areaM2 = line.type === IFCCONVERSIONBASEDUNIT ? factor : factor ** 2
  }
  return { lengthM, areaM2: areaM2 ?? lengthM ** 2 }
}
function conversionOf(reader: Reader, unit: Line): number {
  const measure = refOf(unit['ConversionFactor'])
  return measure === null ? 1 : (numberOf(reader.line(measure)['ValueComponent']) ?? 1)
}

/** What each part of the building is decomposed from. */
function parentsOf(reader: Reader): ReadonlyMap<number, number> {
  const parents = new Map<number, number>()
  for (const line of reader.linesOf(IFCRELAGGREGATES)) {
    const whole = refOf(line['RelatingObject'])
    if (whole !== null) for (const part of refsOf(line['RelatedObjects'])) parents.set(part, whole)
  }
  return parents
}
function ancestorOf(part: number, parents: ReadonlyMap<number, number>, wanted: readonly number[]): number | null {
  const seen = new Set<number>()
  for (let at = parents.get(part); at !== undefined && !seen.has(at); at = parents.get(at)) {
    if (wanted.includes(at)) return at
    seen.add(at)
  }
  return null
}

/** The most believed area of each space, in m². */
function areasOf(reader: Reader, spaces: ReadonlySet<number>, areaM2: number): ReadonlyMap<number, Found> {
  const best = new Map<number, Found & { rank: number }>()
  const known = new Map<number, [name: string, value: number][]>()
  const areasIn = (definition: number): [string, number][] => {
    const line = reader.line(definition)
    const members =
      line.type === IFCELEMENTQUANTITY ? line['Quantities'] : line.type === IFCPROPERTYSET ? line['HasProperties'] : []
    return refsOf(members).flatMap((member): [string, number][] => {
      const one = reader.line(member)
      const value =
        one.type === IFCQUANTITYAREA
          ? numberOf(one['AreaValue'])
          : one.type === IFCPROPERTYSINGLEVALUE
            ? numberOf(one['NominalValue'])
            : null
      const name = textOf(one['Name'])
      return value !== null && value > 0 && AREAS.includes(name) ? [[name, value * areaM2]] : []
    })
  }
  for (const line of reader.linesOf(IFCRELDEFINESBYPROPERTIES)) {
    const concerned = refsOf(line['RelatedObjects']).filter((one) => spaces.has(one))
    const definition = refOf(line['RelatingPropertyDefinition'])
    if (concerned.length === 0 || definition === null) continue
    for (const [name, value] of known.getOrInsertComputed(definition, areasIn)) {
      const rank = AREAS.indexOf(name)
      for (const space of concerned) {
        const before = best.get(space)
        if (before === undefined || rank < before.rank) best.set(space, { value, from: name, rank })
      }
    }
  }
  return best
}

/** What a space is classified as: the name of the class, else its code. */
function classesOf(reader: Reader, spaces: ReadonlySet<number>): ReadonlyMap<number, string> {
  const classes = new Map<number, string>()
  for (const line of reader.linesOf(IFCRELASSOCIATESCLASSIFICATION)) {
    const concerned = refsOf(line['RelatedObjects']).filter((one) => spaces.has(one))
    const named = refOf(line['RelatingClassification'])
    if (concerned.length === 0 || named === null) continue
    const reference = reader.line(named)
    if (reference.type !== IFCCLASSIFICATIONREFERENCE) continue
    const text = textOf(reference['Name']) || textOf(reference['Identification']) || textOf(reference['ItemReference'])
    if (text !== '') for (const space of concerned) classes.set(space, text)
  }
  return classes
}

function footprintOfSpace(api: IfcAPI, id: number, space: number): Footprint | null {
  try {
    const mesh = api.GetFlatMesh(id, space)
    const solids: Solid[] = []
    for (let i = 0; i < mesh.geometries.size(); i += 1) {
      const { geometryExpressID, flatTransformation: m } = mesh.geometries.get(i)
      const geometry = api.GetGeometry(id, geometryExpressID)
      // Six numbers a corner: where it is, and its normal. The engine has y up; here z is.
      const raw = api.GetVertexArray(geometry.GetVertexData(), geometry.GetVertexDataSize())
      const faces = new Uint32Array(api.GetIndexArray(geometry.GetIndexData(), geometry.GetIndexDataSize()))
      const corners = new Float64Array(raw.length / 2)
      for (let at = 0, to = 0; at + 5 < raw.length; at += 6, to += 3) {
        const [x, y, z] = [raw[at]!, raw[at + 1]!, raw[at + 2]!]
        corners[to] = m[0]! * x + m[4]! * y + m[8]! * z + m[12]!
        corners[to + 1] = -(m[2]! * x + m[6]! * y + m[10]! * z + m[14]!)
        corners[to + 2] = m[1]! * x + m[5]! * y + m[9]! * z + m[13]!
      }
      solids.push({ corners, faces })
      geometry.delete()
    }
    return footprintOf(solids)
  } catch {
    // A space whose geometry cannot be computed is taken without an outline.
    return null
  }
}
