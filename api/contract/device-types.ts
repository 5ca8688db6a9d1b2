// The library of device types: what devices of a kind are called, which points they have, how often they are heard.
import { Type, type Static } from 'typebox'
import { closed, Id, LanguageCode, orNull } from './common.ts'

const AllNames = closed({ fi: Type.String(), sv: Type.String(), en: Type.String() })
export const DeviceTypeShown = closed({
  id: Id,
  group: Type.String(),
  name: AllNames,
  brick: Type.String({ description: 'A class of Brick 1.4' }),
  expectedInterval: Type.String(),
  takesPoints: Type.Boolean({ description: 'Undeclared points of such devices are taken without asking' }),
  codecs: Type.Array(Type.String()),
  words: Type.Array(Type.String(), { description: 'Other words by which it is found, without accents' }),
  points: Type.Array(
    closed({
      key: Type.String(),
      name: AllNames,
      unit: orNull(Type.String()),
      kind: Type.Union([
        Type.Literal('counter'),
        Type.Literal('interval'),
        Type.Literal('gauge'),
        Type.Literal('state'),
      ]),
      range: orNull(closed({ least: Type.Number(), most: Type.Number() })),
    }),
  ),
})
export const DeviceTypeList = closed({ items: Type.Array(DeviceTypeShown) })
export const DeviceTypeQuery = closed({
  q: Type.Optional(
    Type.String({
      maxLength: 100,
      description: 'Words of its name, in any of the languages, or other words that speak for it',
    }),
  ),
  language: Type.Optional(LanguageCode),
})

export type DeviceTypeShown = Static<typeof DeviceTypeShown>
export type DeviceTypeList = Static<typeof DeviceTypeList>
