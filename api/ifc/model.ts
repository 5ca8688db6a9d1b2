// What is read out of an IFC model (ISO 16739-1; IFC2x3, IFC4, IFC4x3): storeys and spaces with names, areas, use and outline.
import type { Spot } from './footprint.ts'

export type IfcStorey = { globalId: string; name: string; elevationM: number | null; building: number }
export type IfcSpace = {
  globalId: string
  /** Usually the number of the room. */
  name: string
  longName: string
  storey: number | null
  /** By classification, else by what the model calls it. */
  type: string
  areaM2: number | null
  /** Where the area stands in the model: a quantity, a property, or the geometry. */
  areaFrom: string
  outline: Spot[]
}
export type IfcModel = {
  schema: string
  project: string
  buildings: string[]
  storeys: IfcStorey[]
  spaces: IfcSpace[]
  /** Spaces that are no rooms (gross areas, outdoors). */
  left: number
}
export type IfcLimits = { spaces: number }
/** What the process says: that it is ready to read, then its one answer. */
export type IfcAnswer =
  | { model: IfcModel }
  | { wrong: 'no-ifc' | 'no-spaces' | 'too-many-spaces' | 'broken'; detail: string }
