// `node scripts/settings-tables.ts`: writes the tables of settings and limits in docs/OPERATING.md from the code that has them.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SETTINGS, limitSettingName } from '#config'
import { LIMITS } from '#server/limits.ts'

const FILE = fileURLToPath(new URL('../docs/OPERATING.md', import.meta.url))

type Row = { name: string; default: string; text: string }

const settings: Row[] = [...SETTINGS]
const limits: Row[] = Object.entries(LIMITS).map(([name, limit]) => ({
  name: limitSettingName(name),
  default: String(limit.default),
  text: limit.description,
}))

/** The rows as a table of the document; a bar in a text would end its cell. */
function tableOf(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ name, default: value, text }) =>
      `| \`${name}\` | ${value === '' ? '–' : `\`${value}\``} | ${text.replaceAll('|', '\\|')} |`,
  )
  return ['| setting | default | meaning |', '|---|---|---|', ...lines].join('\n')
}

/** Puts the table between `<!-- name -->` and `<!-- /name -->`. */
function replaceTable(text: string, name: string, rows: readonly Row[]): string {
  const [start, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(start), text.indexOf(end)]
  if (from === -1 || to < from) throw new Error(`${FILE} has no ${start} … ${end}`)
  return `${text.slice(0, from + start.length)}\n${tableOf(rows)}\n${text.slice(to)}`
}

const before = readFileSync(FILE, 'utf8')
const after = replaceTable(replaceTable(before, 'settings', settings), 'limits', limits)
if (after !== before) writeFileSync(FILE, after)
