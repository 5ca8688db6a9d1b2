// The public rules of e-invoices, run on XML: Finvoice's schema, EN 16931's and Peppol's Schematron. They lie beside the project, or are not run.
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { XmlDocument, XsdValidator } from 'libxml2-wasm'
import { Schema } from 'node-schematron'
import type { TestContext } from 'vitest'
import { notRun } from '#tests/not-run.ts'

const FOLDER = join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'einvoice')
const HOW =
  'put Finvoice3.0.xsd, CEN-EN16931-UBL.sch, PEPPOL-EN16931-UBL.sch and examples/ into ../shared/data/einvoice'

/** Ends the test as not run when the rules are not there. */
export function needRules(context: TestContext): void {
  if (!existsSync(join(FOLDER, 'Finvoice3.0.xsd'))) notRun(context, 'the public rules of e-invoices', HOW, true)
}
const text = (name: string): string => readFileSync(join(FOLDER, name), 'utf8')
export const examples = (): Record<string, string> =>
  Object.fromEntries(readdirSync(join(FOLDER, 'examples')).map((name) => [name, text(join('examples', name))] as const))

let finvoice: XsdValidator | null = null
/** What the schema says against a Finvoice message; empty when it is valid. */
export function finvoiceProblems(xml: string): string[] {
  finvoice ??= XsdValidator.fromDoc(XmlDocument.fromString(text('Finvoice3.0.xsd')))
  const document = XmlDocument.fromString(xml)
  try {
    finvoice.validate(document)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  } finally {
    document.dispose()
  }
}

/** Peppol's own functions, which its rules declare in XSLT: the XPath engine takes them as functions of this program. */
const digitsOf = (value: string): number[] => Array.from(value, Number)
const FUNCTIONS: Record<string, [types: string[], of: (...given: never[]) => boolean]> = {
  gln: [
    ['xs:anyAtomicType?'],
    (value: unknown) => {
      const all = digitsOf(String(value))
      const sum = all
        .slice(0, -1)
        .toReversed()
        .reduce((total, digit, i) => total + digit * (i % 2 === 0 ? 3 : 1), 0)
      return (10 - (sum % 10)) % 10 === all.at(-1)
    },
  ],
  slack: [
    ['xs:anyAtomicType?', 'xs:anyAtomicType?', 'xs:anyAtomicType?'],
    // Figures of a few decimals: the smallest parts of binary floats must not decide.
    (expected: number, value: number, slack: number) =>
      Math.abs(Number(expected) - Number(value)) <= Number(slack) + 1e-9,
  ],
  mod11: [
    ['xs:anyAtomicType?'],
    (value: unknown) => {
      const all = digitsOf(String(value))
      const sum = all
        .slice(0, -1)
        .toReversed()
        .reduce((total, digit, i) => total + digit * ((i % 6) + 2), 0)
      return Number(value) > 0 && (11 - (sum % 11)) % 11 === all.at(-1)
    },
  ],
  'mod97-0208': [
    ['xs:anyAtomicType?'],
    (value: unknown) => Number(String(value).slice(8, 10)) === 97 - (Number(String(value).slice(0, 8)) % 97),
  ],
}
/** Checks of Italian, Australian and Swedish identifiers: none of our documents has one, and one that had would fail here. */
export const FUNCTIONS_NOT_RUN = [
  'checkCodiceIPA',
  'checkCF',
  'checkPIVAseIT',
  'abn',
  'TinVerification',
  'checkSEOrgnr',
] as const

type XPath = {
  registerCustomXPathFunction(
    name: { namespaceURI: string; localName: string },
    types: string[],
    returns: string,
    run: (context: unknown, ...given: never[]) => boolean,
  ): void
}
const schematron = createRequire(createRequire(import.meta.url).resolve('node-schematron'))
const xpath = schematron('fontoxpath') as XPath

let registered = false
function registerFunctions(): void {
  if (registered) return
  registered = true
  const add = (localName: string, types: string[], run: (...given: never[]) => boolean): void =>
    xpath.registerCustomXPathFunction({ namespaceURI: 'utils', localName }, types, 'xs:boolean', (_context, ...given) =>
      run(...given),
    )
  for (const [name, [types, run]] of Object.entries(FUNCTIONS)) add(name, types, run)
  for (const name of FUNCTIONS_NOT_RUN)
    add(name, ['xs:anyAtomicType?'], () => {
      throw new Error(`not run: u:${name}`)
    })
}

const schemas = new Map<string, Schema>()
function schemaOf(name: string): Schema {
  const known = schemas.get(name)
  if (known !== undefined) return known
  registerFunctions()
  const schema = Schema.fromString(text(name))
  for (const { rules } of schema.patterns) for (const rule of rules) rule.context = fromRoot(rule.context)
  schemas.set(name, schema)
  return schema
}

/** The library asks `//(context)`, which walks an absolute path from every node anew: here it is walked once, from the root. */
function fromRoot(context: string): string {
  const ways = context.split('|').map((way) => way.trim())
  const whole = ways.every((way) => way.split('[').length === way.split(']').length && way.startsWith('/'))
  return whole ? `.[false()]) | (${ways.join(' | ')}` : context
}

/** Ids of the rules that a UBL document breaks. */
export function schematronProblems(name: 'CEN-EN16931-UBL.sch' | 'PEPPOL-EN16931-UBL.sch', xml: string): string[] {
  return schemaOf(name)
    .validateString(xml)
    .map(({ assertId, message }) => assertId ?? message ?? '?')
}
export const ublProblems = (xml: string): string[] => [
  ...schematronProblems('CEN-EN16931-UBL.sch', xml),
  ...schematronProblems('PEPPOL-EN16931-UBL.sch', xml),
]
