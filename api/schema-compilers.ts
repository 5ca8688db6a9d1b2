// Runs the contract: compiles the TypeBox schemas of a route into checks of what comes in and of what goes out.
import type { TSchema } from 'typebox'
import { Compile } from 'typebox/compile'
import { Settings } from 'typebox/system'
import { shapeWords } from '#api/shape-words.ts'
import { Failure, type FailureCode, type Problem } from '#domain/failure.ts'

const MAX_PROBLEMS = 50
Settings.Set({ maxErrors: MAX_PROBLEMS * 4 })

/** Many routes share schemas: each is compiled once, and only when it is first needed. */
const compiled = new WeakMap<object, ReturnType<typeof Compile>>()
function checkOf(schema: TSchema): ReturnType<typeof Compile> {
  let check = compiled.get(schema)
  if (check === undefined) compiled.set(schema, (check = Compile(schema)))
  return check
}

type SchemaError = { keyword: string; schemaPath: string; instancePath: string; params: object; message: string }
type PartOfRequest = { schema: TSchema; httpPart?: string }

/** A member of a union that was not meant, at one place of the input: a literal that tells the members apart says so. */
type OtherMember = { union: string; member: string; place: string; literal: string }

/**
 * Errors as problems with JSON Pointers. Of a union whose members are told apart by a literal property
 * only the errors of the member that was meant are given; when none was meant, that the literal is unknown.
 */
export function problemsOf(errors: readonly SchemaError[]): Problem[] {
  const others = errors.flatMap((error): OtherMember[] => {
    const match =
      error.keyword === 'const' ? /^((.*)\/anyOf\/\d+)\/properties\/[a-zA-Z]+$/.exec(error.schemaPath) : null
    const place = error.instancePath.slice(0, error.instancePath.lastIndexOf('/'))
    return match === null ? [] : [{ member: match[1] ?? '', union: match[2] ?? '', place, literal: error.instancePath }]
  })
  const isWithin = (path: string, whole: string): boolean => path === whole || path.startsWith(`${whole}/`)
  const meant = errors.filter(
    (error) =>
      !others.some(({ member, place }) => isWithin(error.schemaPath, member) && isWithin(error.instancePath, place)),
  )
  const unknown = others
    .filter(
      ({ union, place }) =>
        !meant.some((error) => error.schemaPath.startsWith(`${union}/anyOf/`) && isWithin(error.instancePath, place)),
    )
    .map(({ literal }) => ({ pointer: literal, code: 'const', message: 'is none of those known here' }))
  const constants = Map.groupBy(
    meant.filter(({ keyword }) => keyword === 'const'),
    ({ instancePath }) => instancePath,
  )
  const problems = new Map<string, Problem>()
  for (const problem of [...unknown, ...meant.flatMap((error) => problemsOfOne(error, constants))]) {
    const key = `${problem.pointer} ${problem.code}`
    if (!problems.has(key) && problems.size < MAX_PROBLEMS) problems.set(key, problem)
  }
  return [...problems.values()]
}

function problemsOfOne(error: SchemaError, constants: ReadonlyMap<string, readonly SchemaError[]>): Problem[] {
  const { requiredProperties, additionalProperties, allowedValues } = error.params as Record<
    string,
    string[] | undefined
  >
  const allowed =
    error.keyword === 'const'
      ? constants.get(error.instancePath)?.map(({ params }) => (params as { allowedValue: unknown }).allowedValue)
      : allowedValues
  if (allowed !== undefined)
    return [{ pointer: error.instancePath, code: error.keyword, message: `must be ${orOf(allowed)}` }]
  if (error.keyword === 'required' && requiredProperties)
    return requiredProperties.map((name) => ({
      pointer: `${error.instancePath}/${escape(name)}`,
      code: 'required',
      message: 'is missing',
    }))
  if (error.keyword === 'additionalProperties' && additionalProperties)
    return additionalProperties.map((name) => ({
      pointer: `${error.instancePath}/${escape(name)}`,
      code: 'unknown-property',
      message: 'is not known here',
    }))
  // The member-wise echo of additionalProperties, and the summary of a union, say nothing more.
  if (error.keyword === 'boolean' || error.keyword === 'anyOf') return []
  return [{ pointer: error.instancePath, code: error.keyword, message: shapeWords(error) }]
}

/** Values as a choice: "a", "b" or "c". */
const orOf = (values: readonly unknown[]): string =>
  [...new Set(values.map((value) => JSON.stringify(value)))].join(', ').replace(/, ([^,]*)$/, ' or $1')

const escape = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** What of a value has not the form of the schema. */
export function problemsOfShape(schema: TSchema, value: unknown): Problem[] {
  const check = checkOf(schema)
  return check.Check(value) ? [] : problemsOf(check.Errors(value))
}

/** A validator compiler for Fastify; a body that does not fit is refused with `bodyCode`. */
export const validatorCompiler =
  (bodyCode: FailureCode = 'invalid-body') =>
  ({ schema, httpPart }: PartOfRequest) => {
    return (given: unknown): { value: unknown } | { error: Failure } => {
      const check = checkOf(schema)
      // A body may be left out where nothing in it is required; texts of a query become numbers where the schema says so.
      const value =
        httpPart === 'body' ? (given === undefined ? {} : given) : converted(schema, given as Record<string, unknown>)
      if (check.Check(value)) return { value }
      const problems = problemsOf(check.Errors(value))
      const place = httpPart === 'body' ? 'The body' : httpPart === 'params' ? 'The path' : 'The query'
      const listed =
        problems.length > 0 ? problems : [{ pointer: '', code: 'type', message: 'has not the form that is asked' }]
      const detail = `${place} is not as it should be: ${listed
        .slice(0, 3)
        .map((problem) => `${problem.pointer || '/'} ${problem.message}`)
        .join('; ')}${listed.length > 3 ? '; …' : ''}.`
      // Whatever does not fit a path's pattern names nothing that exists.
      const code = httpPart === 'body' ? bodyCode : httpPart === 'params' ? 'not-found' : 'bad-request'
      return {
        error: new Failure(
          code,
          code === 'not-found' ? NOTHING_HERE : detail,
          code === 'not-found' ? {} : { problems: listed },
        ),
      }
    }
  }

/** Texts of a query as the numbers and switches that the schema asks for, where they are plainly that. */
function converted(schema: TSchema, given: Record<string, unknown>): Record<string, unknown> {
  const { properties = {} } = schema as { properties?: Record<string, { type?: string }> }
  return Object.fromEntries(
    Object.entries(given).map(([name, text]) => {
      const type = Object.hasOwn(properties, name) ? properties[name]?.type : undefined
      if (
        (type === 'integer' || type === 'number') &&
        typeof text === 'string' &&
        /^-?\d{1,15}(\.\d{1,15})?$/.test(text)
      )
        return [name, Number(text)]
      if (type === 'boolean' && (text === 'true' || text === 'false')) return [name, text === 'true']
      return [name, text]
    }),
  )
}

/** What is said of an object that is not there, and in the same words of one that is not yours to see. */
export const NOTHING_HERE = 'There is nothing here under that name, or it is not yours to see.'

/** A serializer compiler for Fastify: an answer that is not as the contract says is a defect and is not sent. */
export const serializerCompiler = ({ schema, method, url }: { schema: unknown; method: string; url: string }) => {
  return (answer: unknown): string => {
    const check = checkOf(schema as TSchema)
    if (check.Check(answer)) return JSON.stringify(answer)
    const problems = problemsOf(check.Errors(answer))
    const first = problems[0]
    throw new Error(
      `The answer of ${method} ${url} breaks its contract: ${first?.pointer ?? ''} ${first?.code ?? ''} ${first?.message ?? ''}`,
    )
  }
}
