// The points that several types of the virastotalo have, and how others are written in a line.
import type { Point } from '#domain/registry/bundle.ts'
import { names } from './make-spaces.ts'

export const energy: Point = {
  key: 'energy',
  name: names('Energia', 'Energi', 'Energy'),
  unit: 'kWh',
  kind: 'counter',
  rollover: '1000000',
}
export const power: Point = { key: 'power', name: names('Teho', 'Effekt', 'Power'), unit: 'kW', kind: 'gauge' }
export const state: Point = { key: 'state', name: names('Tila', 'Tillstånd', 'State'), kind: 'state' }
export const count = (key: string, ...[fi, sv, en]: [string, string, string]): Point => ({
  key,
  name: names(fi, sv, en),
  unit: '1',
  kind: 'counter',
})
export const look = (key: string, unit: string, ...[fi, sv, en]: [string, string, string]): Point => ({
  key,
  name: names(fi, sv, en),
  unit,
  kind: 'gauge',
})
export const flag = (key: string, ...[fi, sv, en]: [string, string, string]): Point => ({
  key,
  name: names(fi, sv, en),
  kind: 'state',
})
