// Lists as tables to keep: which lists there are, and the form.
import { Type } from 'typebox'
import { closed, Id, LanguageCode, oneOf } from './common.ts'

/** By name: the path of the list; `:premises` is taken from the query. */
export const TABLES = {
  devices: '/devices',
  premises: '/premises',
  organisations: '/organisations',
  equipment: '/premises/:premises/equipment',
  meters: '/premises/:premises/meter-tree',
  vulnerabilities: '/vulnerabilities',
  alarms: '/alarms',
  'alarm-rules': '/alarm-rules',
  faults: '/faults',
  tasks: '/service/tasks',
  'service-plans': '/service/plans',
  inspections: '/inspections',
  'device-documents': '/device-documents',
  transfers: '/transfers',
  agreements: '/agreements',
  invoices: '/invoices',
  imports: '/imports',
  audit: '/audit',
  quarantine: '/quarantine',
  inbox: '/inbox',
} as const
export type TableName = keyof typeof TABLES
export const TableParams = closed({
  list: oneOf(Object.keys(TABLES) as TableName[]),
})
/** The filters of the list itself are given beside. */
export const TableQuery = Type.Object(
  {
    format: Type.Optional(Type.Union([Type.Literal('csv'), Type.Literal('xlsx')])),
    language: Type.Optional(LanguageCode),
    premises: Type.Optional(Id),
  },
  { additionalProperties: Type.String({ maxLength: 500 }) },
)
