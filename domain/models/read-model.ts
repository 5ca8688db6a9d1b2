// A graph as rows of a table: spaces, devices and points that we know, and, counted, whatever else stood there.
import type { ImportTable } from '#domain/imports/import.ts'
import { decimalFromNumber, formatDecimal, parseDecimal } from '#domain/quantity/decimal.ts'
import { kindOfClass, roleOfClass, type Role } from './classes.ts'
import { idOf, shortName, textOf, type Graph, type Node, type Term } from './graph.ts'
import { idsOfNames, localName, readOwnIri } from './iris.ts'
import { unitOfName } from './units.ts'

export const MODEL_HEADER = [
  'what', 'id', 'name', 'nameSv', 'nameEn', 'of', 'storey', 'space', 'class', 'areaM2', 'unit', 'pointKind', 'interval', 'serial',
  'manufacturer', 'model', 'mainMeter', 'facts', 'source', 'count',
] as const // prettier-ignore
type Column = (typeof MODEL_HEADER)[number] | 'premises'
type Row = Partial<Record<Column, string>>

/** What we read of each kind of thing; every other statement is counted. Inverses are read where they stand. */
const LABELS = ['rdfs:label', 'rec:name', 'http://www.w3.org/2004/02/skos/core#prefLabel']
const PARTS = ['brick:isPartOf', 'rec:isPartOf']
const PARTS_INVERSE = ['brick:hasPart', 'rec:hasPart', 'rec:includes']
const PLACES = ['brick:hasLocation', 'rec:locatedIn']
const PLACES_INVERSE = ['brick:isLocationOf', 'rec:isLocationOf']
const OWNERS = ['brick:isPointOf', 'rec:isPointOf']
const OWNERS_INVERSE = ['brick:hasPoint', 'rec:hasPoint']
const MAINS = ['brick:isSubMeterOf']
const MAINS_INVERSE = ['brick:hasSubMeter']
const ALWAYS = ['rdf:type', ...LABELS, ...PARTS_INVERSE, ...PLACES_INVERSE, ...OWNERS_INVERSE, 'samtila:facts']
const READ: { [R in Role]: readonly string[] } = {
  site: [...ALWAYS, ...PARTS],
  building: [...ALWAYS, ...PARTS, 'rec:address'],
  storey: [...ALWAYS, ...PARTS],
  space: [...ALWAYS, ...PARTS, ...PLACES, 'brick:area', 'rec:area'],
  zone: [...ALWAYS, ...PARTS],
  device: [...ALWAYS, ...PARTS, ...PLACES, ...MAINS, ...MAINS_INVERSE, 'rec:serialNumber', 'rec:modelNumber', 'rec:manufacturedBy', 'brick:meters', 'brick:isVirtualMeter'],
  point: ['rdf:type', ...LABELS, ...OWNERS, 'brick:hasUnit', 'brick:aggregate', 'brick:timeseries', 'samtila:facts'],
  aside: [],
} // prettier-ignore
/** What we write because it follows from other facts; of others' models it is not kept. */
const DERIVED: readonly string[] = ['brick:meters', 'brick:isVirtualMeter']
/** The order in which a thing of several classes is taken. */
const FIRST: readonly Role[] = ['point', 'building', 'storey', 'space', 'zone', 'site', 'device', 'aside']
const PARTS_DEEP = 32

type Seen = { role: Role; class: string; node: Node }

/** Rows of the graph, in its order: premises, spaces, devices, points, then what is not taken with how often it stood there. */
export function tableOfModel(graph: Graph, dropped: ReadonlyMap<string, number> = new Map()): ImportTable {
  const left = new Map<string, number>()
  const leave = (what: string, times = 1): void => void left.set(what, (left.get(what) ?? 0) + times)
  for (const [what, times] of dropped) leave(`JSON-LD ${what}`, times)
  const things = thingsOf(graph, leave)
  const links = linksOf(graph, things)
  leaveLooseParts(links, things, leave)
  const of = (role: Role): [string, Seen][] => [...things].filter(([, seen]) => seen.role === role)
  const buildings = of('building')
  const places = placesOf(things, links, leave)
  const premisesOf = (building: string | null): string => {
    const own = building === null ? null : readOwnIri(building)
    if (own?.what === 'premises') return own.parts[0]!
    return buildings.length > 1 && building !== null ? localName(building) : ''
  }
  const spaceIds = idsOf(of('space'), 'space', 1)
  const deviceIds = idsOf(of('device'), 'device', 0)
  const rows: Row[] = []
  for (const [iri, { node }] of buildings) {
    const address = blankOf(graph, node.get('rec:address'))
    const facts = factsOf(node)
    if (readOwnIri(iri) !== null)
      rows.push({
        what: 'premises',
        premises: premisesOf(iri),
        id: premisesOf(iri),
        ...namesOf(node),
        ...facts,
        ...some('of', textOf(address?.get('rec:addressLine1')?.[0])),
      })
    else if (namesOf(node).name !== undefined) leave('name of a building')
  }
  for (const [iri, seen] of of('space')) {
    const { building, storey } = places(iri)
    rows.push({
      what: 'space',
      premises: premisesOf(building),
      id: spaceIds.get(iri)!,
      ...namesOf(seen.node),
      ...some('storey', storey),
      class: seen.class,
      ...some('areaM2', areaOf(graph, seen.node, leave)),
      ...factsOf(seen.node),
      source: iri,
    })
  }
  const placed = new Map<string, { premises: string; space: string | null }>()
  for (const [iri, seen] of of('device')) {
    const [at] = links.place.get(iri) ?? []
    const role = at === undefined ? undefined : things.get(at)?.role
    if ((links.place.get(iri) ?? []).length > 1) leave('second location of a device')
    const space =
      at === undefined
        ? null
        : role === 'space'
          ? (spaceIds.get(at) ?? null)
          : role === 'zone'
            ? onlySpace(at, links, spaceIds)
            : null
    if (at !== undefined && space === null && role !== 'building' && role !== 'site')
      leave(`location of a device in a ${role ?? 'thing without a class'}`)
    const premises = premisesOf(at === undefined ? null : places(at).building)
    placed.set(iri, { premises, space })
    const [main] = links.main.get(iri) ?? []
    const maker = seen.node.get('rec:manufacturedBy')?.[0]
    const makerNode = maker === undefined ? undefined : graph.get(idOf(maker) ?? '')
    rows.push({
      what: 'device',
      premises,
      id: deviceIds.get(iri)!,
      ...namesOf(seen.node),
      ...some('space', space),
      class: seen.class,
      ...some('serial', textOf(seen.node.get('rec:serialNumber')?.[0])),
      ...some('model', textOf(seen.node.get('rec:modelNumber')?.[0])),
      ...some(
        'manufacturer',
        textOf(maker) ??
          (makerNode === undefined ? null : (namesOf(makerNode).name ?? namesOf(makerNode).nameEn ?? null)),
      ),
      ...some('mainMeter', main === undefined ? null : (deviceIds.get(main) ?? null)),
      ...factsOf(seen.node),
      source: iri,
    })
  }
  const points = pointRows(graph, things, links, { deviceIds, spaceIds, placed, premisesOf, places, leave })
  // What is not taken stands first, where it is seen.
  const untaken = [...left].map(([what, count]): Row => ({ what: 'left', class: what, count: `${count}` }))
  const all = [...untaken, ...rows, ...points]
  const withPremises = all.some(({ premises = '' }) => premises !== '')
  const header: Column[] = withPremises ? ['what', 'premises', ...MODEL_HEADER.slice(1)] : [...MODEL_HEADER]
  return {
    header: [...header],
    rows: all.map((row) => header.map((column) => row[column] ?? '')),
    lines: all.map((_row, i) => i + 1),
  }
}

const some = <K extends Column>(key: K, text: string | null): Row =>
  text === null || text === '' ? {} : { [key]: text }

/** What each named thing is, by its classes; statements that say nothing to us are counted by their predicate. */
function thingsOf(graph: Graph, leave: (what: string, times?: number) => void): Map<string, Seen> {
  const things = new Map<string, Seen>()
  for (const [subject, node] of graph) {
    const classes = (node.get('rdf:type') ?? []).flatMap((term) => ('iri' in term ? [shortName(term.iri)] : []))
    const roles = classes.flatMap((name) => {
      const role = roleOfClass(name)
      return role === null ? [] : [{ role, name }]
    })
    const role = FIRST.find((one) => roles.some((given) => given.role === one))
    if (role === undefined) {
      // Nodes without a name are read where they stand; those whose statement is not read are counted with it.
      if (subject.startsWith('_:') && classes.length === 0) continue
      leave(classes[0] === undefined ? 'thing without a class' : `class ${classes[0]}`)
      for (const [predicate, terms] of node)
        if (![...PARTS_INVERSE, ...PLACES_INVERSE, ...OWNERS_INVERSE, 'rdf:type'].includes(predicate))
          leave(predicate, terms.length)
      continue
    }
    if (role === 'aside' || (subject.startsWith('_:') && role !== 'device' && role !== 'space')) {
      if (roles[0]!.name !== 'owl:Ontology' && !subject.startsWith('_:') && !roles[0]!.name.startsWith('rec:'))
        leave(`class ${roles[0]!.name}`)
      continue
    }
    const named = roles.filter((given) => given.role === role).map(({ name }) => name.slice(name.indexOf(':') + 1))
    // Of several classes the one that says more: `Office_Kitchen` rather than `Room`.
    const best =
      named.find(
        (name) => !['Room', 'Space', 'Equipment', 'Point', 'Sensor', 'Architecture', 'Asset'].includes(name),
      ) ?? named[0]!
    things.set(subject, { role, class: best, node })
    const isForeign = readOwnIri(subject) === null
    if (role === 'zone' || role === 'site') leave(`class brick:${best}`)
    for (const [predicate, terms] of node)
      if (!READ[role].includes(predicate) || (isForeign && DERIVED.includes(predicate))) leave(predicate, terms.length)
  }
  return things
}

type Links = {
  part: Map<string, string[]>
  place: Map<string, string[]>
  owner: Map<string, string[]>
  main: Map<string, string[]>
  has: Map<string, string[]>
}
/** Both directions of each relation as one. */
function linksOf(graph: Graph, things: ReadonlyMap<string, Seen>): Links {
  const read = (forward: readonly string[], inverse: readonly string[]): Map<string, string[]> => {
    const found = new Map<string, Set<string>>()
    const add = (from: string, to: string): void => void found.getOrInsertComputed(from, () => new Set()).add(to)
    for (const [subject, node] of graph)
      for (const [predicate, terms] of node) {
        const way = forward.includes(predicate) ? 1 : inverse.includes(predicate) ? -1 : 0
        if (way === 0) continue
        for (const term of terms) {
          const other = idOf(term)
          if (other === null) continue
          if (way === 1) add(subject, other)
          else add(other, subject)
        }
      }
    return new Map([...found].map(([from, to]) => [from, [...to]]))
  }
  const part = read(PARTS, PARTS_INVERSE)
  const has = new Map<string, string[]>()
  for (const [below, wholes] of part)
    for (const whole of wholes) if (things.has(below)) has.getOrInsertComputed(whole, () => []).push(below)
  return {
    part,
    has,
    place: read(PLACES, PLACES_INVERSE),
    owner: read(OWNERS, OWNERS_INVERSE),
    main: read(MAINS, MAINS_INVERSE),
  }
}

/** Parts of what we do not keep, or of what the model only names. */
function leaveLooseParts(
  { part, main }: Links,
  things: ReadonlyMap<string, Seen>,
  leave: (what: string) => void,
): void {
  for (const [below, wholes] of part) {
    const role = things.get(below)?.role
    if (role === undefined) continue
    for (const whole of wholes) {
      const over = things.get(whole)?.role
      if (over === undefined) leave('part of a thing that is not in the model')
      else if (role === over && role === 'space') leave('space within a space')
      else if (role === 'device' || over === 'device') leave('part of a device')
    }
  }
  for (const [below, mains] of main)
    if (things.get(below)?.role === 'device')
      for (const one of mains) if (things.get(one)?.role !== 'device') leave('main meter that is not in the model')
}

/** The only space of a zone, or nothing. */
const onlySpace = (zone: string, { has }: Links, ids: ReadonlyMap<string, string>): string | null => {
  const spaces = (has.get(zone) ?? []).flatMap((below) => ids.get(below) ?? [])
  return spaces.length === 1 ? spaces[0]! : null
}

/** Building and storey of a place, going up from part to whole; a circle ends where it began and is told. */
function placesOf(things: ReadonlyMap<string, Seen>, { part }: Links, leave: (what: string) => void) {
  const known = new Map<string, { building: string | null; storey: string | null }>()
  return (start: string): { building: string | null; storey: string | null } => {
    const before = known.get(start)
    if (before !== undefined) return before
    const found: { building: string | null; storey: string | null } = { building: null, storey: null }
    const seen = new Set<string>()
    let layer = [start]
    for (let deep = 0; deep < PARTS_DEEP && layer.length > 0; deep += 1) {
      for (const iri of layer) {
        const thing = things.get(iri)
        if (thing?.role === 'building') found.building ??= iri
        if (thing?.role === 'storey') found.storey ??= nameOfStorey(iri, thing.node)
        seen.add(iri)
      }
      const next = [...new Set(layer.flatMap((iri) => part.get(iri) ?? []))]
      if (next.includes(start)) leave('circle of parts')
      layer = next.filter((iri) => !seen.has(iri))
    }
    known.set(start, found)
    return found
  }
}
const nameOfStorey = (iri: string, node: Node): string => {
  const own = readOwnIri(iri)
  if (own?.what === 'storey' && own.parts[1] !== undefined) return own.parts[1]
  const { name, nameEn, nameSv } = namesOf(node)
  return (name ?? nameEn ?? nameSv ?? localName(iri)).slice(0, 100)
}

/** Our own names give their ids as they are; others are made into ids. */
function idsOf(things: readonly [string, Seen][], what: 'space' | 'device', part: number): Map<string, string> {
  const ids = idsOfNames(things.map(([iri]) => iri))
  for (const [iri] of things) {
    const own = readOwnIri(iri)
    if (own?.what === what && own.parts[part] !== undefined) ids.set(iri, own.parts[part])
  }
  return ids
}

const LANGUAGE_COLUMNS: Record<string, 'name' | 'nameSv' | 'nameEn'> = { fi: 'name', sv: 'nameSv', en: 'nameEn' }
/** Labels by language; one without a language stands in the first column, where none is Finnish. */
function namesOf(node: Node): Row {
  const names: Row = {}
  for (const predicate of LABELS)
    for (const term of node.get(predicate) ?? []) {
      if (!('text' in term)) continue
      const column = LANGUAGE_COLUMNS[(term.language ?? 'fi').slice(0, 2).toLowerCase()]
      if (column !== undefined && (names[column] === undefined || term.language !== undefined))
        names[column] = term.text
    }
  return names
}
const factsOf = (node: Node): Row => some('facts', textOf(node.get('samtila:facts')?.[0]))
const blankOf = (graph: Graph, terms: readonly Term[] | undefined): Node | undefined =>
  terms?.[0] === undefined ? undefined : graph.get(idOf(terms[0]) ?? '')

const SQUARE_FOOT_M2 = 0.09290304
function areaOf(graph: Graph, node: Node, leave: (what: string) => void): string | null {
  const area = blankOf(graph, node.get('brick:area')) ?? blankOf(graph, node.get('rec:area'))
  if (area === undefined) return textOf(node.get('rec:area')?.[0] ?? node.get('brick:area')?.[0])
  const value = ['brick:value', 'rec:netArea', 'rec:rentableArea', 'rec:grossArea'].flatMap(
    (name) => textOf(area.get(name)?.[0]) ?? [],
  )[0]
  if (value === undefined) return null
  const [unit] = area.get('brick:hasUnit') ?? []
  const name = unit === undefined || !('iri' in unit) ? 'unit:M2' : shortName(unit.iri)
  if (name !== 'unit:M2' && name !== 'unit:FT2') {
    leave(`area in ${name}`)
    return null
  }
  const plain = parseDecimal(value)
  if (plain !== null && name === 'unit:M2') return formatDecimal(plain)
  const number = decimalFromNumber(Number(value) * (name === 'unit:FT2' ? SQUARE_FOOT_M2 : 1))
  return number === null ? null : formatDecimal(number)
}

type PointParts = {
  deviceIds: ReadonlyMap<string, string>
  spaceIds: ReadonlyMap<string, string>
  placed: ReadonlyMap<string, { premises: string; space: string | null }>
  premisesOf(building: string | null): string
  places(iri: string): { building: string | null }
  leave(what: string): void
}
/** Points of devices; points of a space or zone become those of one device that stands for its sensors. */
function pointRows(graph: Graph, things: ReadonlyMap<string, Seen>, links: Links, parts: PointParts): Row[] {
  const { deviceIds, spaceIds, placed, premisesOf, places, leave } = parts
  const standIns = new Map<string, Row>()
  const points: Row[] = []
  const keys = new Map<string, Set<string>>()
  for (const [iri, seen] of things) {
    if (seen.role !== 'point') continue
    const owners = links.owner.get(iri) ?? []
    const owner = owners.find((one) => deviceIds.has(one)) ?? owners.find((one) => things.has(one))
    if (owners.length > 1) leave('second owner of a point')
    if (owner === undefined) {
      leave(`point of nothing (brick:${seen.class})`)
      continue
    }
    let device = deviceIds.get(owner)
    let premises = placed.get(owner)?.premises ?? ''
    if (device === undefined) {
      const space = spaceIds.get(owner) ?? onlySpace(owner, links, spaceIds)
      device = `${(space ?? idsOfNames([owner]).get(owner)!).slice(0, 54)}-sensors`
      premises = premisesOf(places(owner).building)
      standIns.getOrInsertComputed(device, () => ({
        what: 'device',
        premises,
        id: device!,
        ...some('space', space),
        class: 'Sensor_Equipment',
        source: owner,
        count: 'stand-in',
      }))
    }
    const own = readOwnIri(iri)
    const key =
      own?.what === 'point' && own.parts[1] !== undefined
        ? own.parts[1]
        : keyOf(
            iri,
            owner,
            keys.getOrInsertComputed(device, () => new Set()),
          )
    const aggregate = blankOf(graph, seen.node.get('brick:aggregate'))
    const interval = /^R?(PT15M|PT1H)$/.exec(textOf(aggregate?.get('brick:aggregationInterval')?.[0]) ?? '')?.[1]
    const isSum = textOf(aggregate?.get('brick:aggregationFunction')?.[0]) === 'sum'
    if (aggregate !== undefined && !(isSum && interval !== undefined)) leave('brick:aggregate')
    if (own === null && seen.node.has('brick:timeseries')) leave('brick:timeseries')
    const unit = seen.node.get('brick:hasUnit')?.[0]
    const unitName =
      unit === undefined ? null : 'iri' in unit ? shortName(unit.iri).replace(/^unit:/, '') : textOf(unit)
    points.push({
      what: 'point',
      premises,
      of: device,
      id: key,
      ...namesOf(seen.node),
      class: seen.class,
      ...some('unit', unitName === null ? null : (unitOfName(unitName) ?? localName(unitName))),
      ...some('pointKind', isSum && interval !== undefined ? 'interval' : ownKind(own !== null, seen.class)),
      ...(isSum ? some('interval', interval ?? null) : {}),
      ...factsOf(seen.node),
      source: iri,
    })
  }
  return [...standIns.values(), ...points]
}
/** We write the class of a use for counters; of others' models nobody knows whether such a point counts up. */
const ownKind = (isOwn: boolean, name: string): string | null =>
  kindOfClass(name) ?? (isOwn && name !== 'Point' && name !== 'Energy_Sensor' ? 'counter' : null)

/** A key from the name of a point, without the name of what it belongs to; told apart where two are alike. */
function keyOf(iri: string, owner: string, taken: Set<string>): string {
  const [own, of] = [localName(iri), localName(owner)]
  const rest = own.startsWith(of) ? own.slice(of.length) : own.endsWith(of) ? own.slice(0, -of.length) : own
  const plain = (rest === '' ? own : rest)
    .normalize('NFKD')
    .replaceAll(/[^A-Za-z0-9_.-]+/g, '-')
    .replaceAll(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, '')
    .slice(0, 56)
  const base = plain === '' ? 'point' : plain
  let key = base
  for (let i = 2; taken.has(key); i += 1) key = `${base}-${i}`
  taken.add(key)
  return key
}
