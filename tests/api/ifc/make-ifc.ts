// Writes small IFC files as text: storeys with rooms as extruded outlines, in IFC4 or IFC2x3, in metres or millimetres.
type Room = {
  name: string
  longName?: string
  outline: [number, number][]
  net?: number
  gross?: number
  use?: string
  /** Of IFC4: what kind of space it is. */
  kind?: 'INTERNAL' | 'EXTERNAL' | 'GFA' | 'SPACE'
}
export type Storey = { name: string; elevationM: number; rooms: Room[] }
export type Made = { schema: 'IFC4' | 'IFC2X3'; unit?: 'm' | 'mm'; storeys: Storey[]; withoutShapes?: boolean }

const guid = (n: number): string => `0Samtila${String(n).padStart(14, '0')}`

/** Lengths are given in metres and written in the unit of the file; areas always in m². */
export function makeIfc({ schema, unit = 'm', storeys, withoutShapes = false }: Made): string {
  const lines: string[] = []
  const add = (text: string): string => {
    lines.push(text)
    return `#${lines.length}`
  }
  const text = (value: string | undefined): string => (value === undefined ? '$' : `'${encoded(value)}'`)
  const length = (metres: number): string => real(unit === 'mm' ? metres * 1000 : metres)
  const root = (): string => `'${guid(lines.length + 1)}',${owner}`
  const person = add("IFCPERSON($,'Tester',$,$,$,$,$,$)")
  const organisation = add("IFCORGANIZATION($,'Samtila',$,$,$)")
  const both = add(`IFCPERSONANDORGANIZATION(${person},${organisation},$)`)
  const program = add(`IFCAPPLICATION(${organisation},'1','tests','tests')`)
  const owner = add(`IFCOWNERHISTORY(${both},${program},$,.ADDED.,$,$,$,0)`)
  const metre = add(`IFCSIUNIT(*,.LENGTHUNIT.,${unit === 'mm' ? '.MILLI.' : '$'},.METRE.)`)
  const square = add('IFCSIUNIT(*,.AREAUNIT.,$,.SQUARE_METRE.)')
  const units = add(`IFCUNITASSIGNMENT((${metre},${square}))`)
  const origin = add('IFCCARTESIANPOINT((0.,0.,0.))')
  const axes = add(`IFCAXIS2PLACEMENT3D(${origin},$,$)`)
  const context = add(`IFCGEOMETRICREPRESENTATIONCONTEXT($,'Model',3,1.E-5,${axes},$)`)
  const project = add(`IFCPROJECT(${root()},'Koulu',$,$,$,$,(${context}),${units})`)
  const place = add(`IFCLOCALPLACEMENT($,${axes})`)
  const site = add(`IFCSITE(${root()},'Tontti',$,$,${place},$,$,.ELEMENT.,$,$,$,$,$)`)
  const building = add(`IFCBUILDING(${root()},'Koulurakennus',$,$,${place},$,$,.ELEMENT.,$,$,$)`)
  add(`IFCRELAGGREGATES(${root()},$,$,${project},(${site}))`)
  add(`IFCRELAGGREGATES(${root()},$,$,${site},(${building}))`)
  const up = add('IFCDIRECTION((0.,0.,1.))')
  const made: string[] = []
  for (const { name, elevationM, rooms } of storeys) {
    const at = add(`IFCCARTESIANPOINT((0.,0.,${length(elevationM)}))`)
    const where = add(`IFCLOCALPLACEMENT(${place},${add(`IFCAXIS2PLACEMENT3D(${at},$,$)`)})`)
    const storey = add(`IFCBUILDINGSTOREY(${root()},${text(name)},$,$,${where},$,$,.ELEMENT.,${length(elevationM)})`)
    made.push(storey)
    const inside: string[] = []
    for (const room of rooms) {
      let shape = '$'
      if (!withoutShapes) {
        const corners = [...room.outline, room.outline[0]!].map(([x, y]) =>
          add(`IFCCARTESIANPOINT((${length(x)},${length(y)}))`),
        )
        const profile = add(`IFCARBITRARYCLOSEDPROFILEDEF(.AREA.,$,${add(`IFCPOLYLINE((${corners.join(',')}))`)})`)
        const solid = add(`IFCEXTRUDEDAREASOLID(${profile},${axes},${up},${length(2.8)})`)
        const body = add(`IFCSHAPEREPRESENTATION(${context},'Body','SweptSolid',(${solid}))`)
        shape = add(`IFCPRODUCTDEFINITIONSHAPE($,$,(${body}))`)
      }
      const kind = schema === 'IFC4' ? `.${room.kind ?? 'SPACE'}.` : '.INTERNAL.'
      const space = add(
        `IFCSPACE(${root()},${text(room.name)},$,$,${add(`IFCLOCALPLACEMENT(${where},${axes})`)},${shape},${text(room.longName)},.ELEMENT.,${kind},$)`,
      )
      inside.push(space)
      const quantities = [
        ...(room.gross === undefined ? [] : [quantity('GrossFloorArea', room.gross)]),
        ...(room.net === undefined ? [] : [quantity('NetFloorArea', room.net)]),
      ].map(add)
      if (quantities.length > 0) {
        const set = add(`IFCELEMENTQUANTITY(${root()},'BaseQuantities',$,$,(${quantities.join(',')}))`)
        add(`IFCRELDEFINESBYPROPERTIES(${root()},$,$,(${space}),${set})`)
      }
      if (room.use !== undefined) {
        const reference = add(
          schema === 'IFC4'
            ? `IFCCLASSIFICATIONREFERENCE($,'A-1',${text(room.use)},$,$,$)`
            : `IFCCLASSIFICATIONREFERENCE($,'A-1',${text(room.use)},$)`,
        )
        add(`IFCRELASSOCIATESCLASSIFICATION(${root()},$,$,(${space}),${reference})`)
      }
    }
    if (inside.length > 0) add(`IFCRELAGGREGATES(${root()},$,$,${storey},(${inside.join(',')}))`)
  }
  add(`IFCRELAGGREGATES(${root()},$,$,${building},(${made.join(',')}))`)
  function quantity(name: string, value: number): string {
    return schema === 'IFC4'
      ? `IFCQUANTITYAREA('${name}',$,$,${real(value)},$)`
      : `IFCQUANTITYAREA('${name}',$,$,${real(value)})`
  }
  return [
    'ISO-10303-21;',
    'HEADER;',
    "FILE_DESCRIPTION(('ViewDefinition [CoordinationView]'),'2;1');",
    "FILE_NAME('t.ifc','2026-01-01T00:00:00',(''),(''),'','','');",
    `FILE_SCHEMA(('${schema}'));`,
    'ENDSEC;',
    'DATA;',
    ...lines.map((line, i) => `#${i + 1}=${line};`),
    'ENDSEC;',
    'END-ISO-10303-21;',
    '',
  ].join('\n')
}

const real = (value: number): string => (Number.isInteger(value) ? `${value}.` : String(value))
/** Letters beyond ASCII as ISO 10303-21 writes them. */
const encoded = (value: string): string =>
  value
    .replaceAll("'", "''")
    .replaceAll(
      /[^\x20-\x7e]/g,
      (letter) => `\\X2\\${letter.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}\\X0\\`,
    )

const box = (x: number, y: number, w: number, d: number): [number, number][] => [
  [x, y],
  [x + w, y],
  [x + w, y + d],
  [x, y + d],
]
/** Two storeys of a small school: rooms beside each other, an L-shaped hall, one room without a stated area. */
export const SCHOOL: Storey[] = [
  {
    name: '1. krs',
    elevationM: 0,
    rooms: [
      {
        name: '101',
        longName: 'Aula',
        outline: [
          [0, 0],
          [10, 0],
          [10, 4],
          [4, 4],
          [4, 8],
          [0, 8],
        ],
        gross: 58,
        net: 56,
        use: 'lobby',
      },
      { name: '102', longName: 'Sähköpääkeskus', outline: box(4, 4, 6, 4), use: 'switchboard' },
    ],
  },
  {
    name: '2. krs',
    elevationM: 3.6,
    rooms: [
      { name: '101', longName: 'Luokka A', outline: box(0, 0, 10, 8), gross: 80 },
      { name: 'K2', longName: 'Bruttoala', outline: box(0, 0, 10, 8), kind: 'GFA' },
    ],
  },
]
