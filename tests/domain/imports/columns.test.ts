// Which column is which field, and what kind of file it is, by its header alone: the words of our own pages and those of other systems.
import { expect, test } from 'vitest'
import { matchColumns } from '#domain/imports/fields.ts'
import { IMPORT_KINDS } from '#domain/imports/import.ts'
import { recogniseKind, RULES } from '#domain/imports/kinds.ts'
import { en } from '#dashboard/text/imports/en.ts'
import { fi } from '#dashboard/text/imports/fi.ts'
import { sv } from '#dashboard/text/imports/sv.ts'

const fieldOf = (kind: (typeof IMPORT_KINDS)[number], head: string): string | undefined =>
  Object.keys(matchColumns([head], RULES[kind].fields))[0]

test.each(IMPORT_KINDS)('%s: each word means one field', (kind) => {
  const wrong = RULES[kind].fields.flatMap(({ key, words }) =>
    [key, ...words].filter((word) => fieldOf(kind, word) !== key).map((word) => [word, key, fieldOf(kind, word)]),
  )
  expect(wrong).toEqual([])
})

/** Forms of others: their headers are given. */
const FOREIGN = ['datahub', 'model']
/** Words of our pages that mean something else in a file: of measurements the unit, of rooms that are booked the room, of devices the Swedish name. */
const OTHERWISE = ['readings device sv', 'usage premises sv', 'devices name sv']

test.each(IMPORT_KINDS.filter((kind) => !FOREIGN.includes(kind)))(
  '%s: columns called as on our pages are known',
  (kind) => {
    const pages = Object.entries({ fi: fi.fields, sv: sv.fields, en: en.fields } as const)
    const unknown = RULES[kind].fields.flatMap(({ key }) =>
      pages
        .filter(([language]) => !OTHERWISE.includes(`${kind} ${key} ${language}`))
        .map(([language, names]): [string, string | undefined] => [language, (names as Record<string, string>)[key]])
        .filter(([, name]) => name === undefined || fieldOf(kind, name) !== key)
        .map(([language, name]) => [language, key, name]),
    )
    expect(unknown).toEqual([])
  },
)

test.each([
  ['Laskun numero;Toimittaja;Kustannuslaji;Maksaja;Summa ilman alv;Alv %;Ensimmäinen päivä;Viimeinen päivä'],
  ['Fakturanummer;Leverantör;Kostnadsslag;Betalare;Belopp utan moms;Moms %;Första dag;Sista dag'],
  ['Invoice number;Supplier;Cost type;Payer;Net;VAT %;First day;Last day'],
  ['Laskun numero;Toimittaja;Kustannuslaji;Maksaja;Ilman alv;Alv;Alkaa;Päättyy'],
  ['Faktura;Leverantör;Kostnadsslag;Betalare;Exkl. moms;Moms;Börjar;Slutar'],
  ['LASKUNUMERO;TOIMITTAJA;KULULAJI;OSTAJA;VEROTON (€);VEROKANTA (%);ALKAEN;ASTI'],
])('invoices: %s', (header) => {
  const names = header.split(';')
  expect(recogniseKind(names)).toBe('invoices')
  expect(Object.entries(matchColumns(names, RULES.invoices.fields)).toSorted(([, a], [, b]) => a - b)).toEqual(
    ['number', 'supplier', 'category', 'payer', 'net', 'vatRate', 'serviceFrom', 'lastDay'].map((key, i) => [key, i]),
  )
})

test('a header of other things is no file that we know', () => {
  expect(recogniseKind(['Nimi', 'Puhelin', 'Lempiväri'])).toBeNull()
})
