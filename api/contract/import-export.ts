// The bundle in and out.
import { Type, type Static } from 'typebox'
import { closed, Id } from './common.ts'

export const ImportAnswer = closed({
  created: Type.Integer(),
  changed: Type.Integer(),
  unchanged: Type.Integer(),
  readings: closed({ stored: Type.Integer(), duplicate: Type.Integer(), superseded: Type.Integer() }),
})
export const ExportQuery = closed({ premises: Type.Optional(Id), readings: Type.Optional(Type.Boolean()) })

export type ImportAnswer = Static<typeof ImportAnswer>
