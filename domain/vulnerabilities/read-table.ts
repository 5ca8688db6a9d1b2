// A table of vulnerabilities, one product a row, with the problems of each row; rows of one code make one vulnerability.
import { matchColumns, textField, type Field } from '#domain/imports/fields.ts'
import { NO_WORK, type ImportTable, type RowProblem } from '#domain/imports/import.ts'
import { createFinder, createTelling, readRows } from '#domain/imports/row-reader.ts'
import { SEVERITIES, severityOfScore, severityOfWord, type Vulnerability } from './vulnerability.ts'

export const VULNERABILITY_FIELDS: readonly Field[] = [
  textField(
    'code',
    ['cve', 'id', 'number', 'numero', 'nummer', 'tunnus', 'cve id', 'cve-id', 'advisory', 'beteckning'],
    true,
  ),
  textField('manufacturer', ['vendor', 'valmistaja', 'tillverkare', 'maker'], true),
  textField('model', ['product', 'malli', 'modell', 'tuote', 'produkt'], true),
  textField('version', ['versio', 'affected version']),
  textField('from', ['from version', 'alkaen', 'från', 'first affected']),
  textField('before', ['fixed', 'fixed in', 'less than', 'korjattu', 'korjattu versiossa', 'rättad', 'rättad i']),
  textField('upTo', ['last affected', 'viimeinen', 'sista', 'up to']),
  textField('severity', ['vakavuus', 'allvarlighet', 'baseseverity']),
  { key: 'score', form: 'decimal', words: ['cvss', 'pisteet', 'poäng', 'base score'] },
  textField('title', ['otsikko', 'kuvaus', 'description', 'rubrik', 'summary']),
  textField('remedy', ['solution', 'toimenpide', 'ohje', 'åtgärd', 'korjaus']),
  { key: 'published', form: 'date', words: ['julkaistu', 'publicerad', 'date'] },
  textField('url', ['link', 'linkki', 'länk', 'osoite']),
]
/** Problems that are told. */
const PROBLEM_LIMIT = 200

export function readVulnerabilityTable(table: ImportTable): {
  vulnerabilities: Vulnerability[]
  problems: RowProblem[]
} {
  const { tell, problems } = createTelling(PROBLEM_LIMIT)
  const none = {
    premises: new Map(),
    organisations: new Map(),
    devices: new Map(),
    priceSeries: new Map(),
    invoices: [],
    costTypes: new Map(),
    connectors: [],
    today: '',
  }
  const work = { ...NO_WORK, columns: matchColumns(table.header, VULNERABILITY_FIELDS) }
  const found = new Map<string, Vulnerability>()
  for (const row of readRows(table, work, VULNERABILITY_FIELDS, createFinder(none), tell)) {
    const [code, manufacturer, model] = [row.text('code'), row.text('manufacturer'), row.text('model')]
    const [version, from, before, upTo] = (['version', 'from', 'before', 'upTo'] as const).map((key) => row.text(key))
    const [title, remedy, url, word] = (['title', 'remedy', 'url', 'severity'] as const).map((key) => row.text(key))
    const [score, published] = [row.decimal('score'), row.date('published')]
    const severity = word == null ? null : severityOfWord(word)
    if (word != null && severity === null)
      row.tell('severity', 'invalid-choice', `“${word.slice(0, 40)}” is no severity. Use ${SEVERITIES.join(', ')}.`)
    if (row.failed() || code === null || manufacturer === null || model === null) continue
    const one = found.getOrInsertComputed(code, () => ({
      code,
      title: title ?? code,
      severity: severity ?? (score === null ? 'unknown' : severityOfScore(Number(score))),
      score,
      affected: [],
      remedy: remedy ?? null,
      published,
      url: url ?? null,
    }))
    one.affected.push({
      manufacturer,
      model,
      ...(version == null ? {} : { versions: [version] }),
      ...(from == null ? {} : { from }),
      ...(before == null ? {} : { before }),
      ...(upTo == null ? {} : { upTo }),
    })
  }
  if (found.size === 0 && problems.length === 0) tell(0, null, 'nothing', 'The table has no row.')
  return { vulnerabilities: [...found.values()], problems }
}
