// What is said of a value that has not the form of its schema: plain words, for people who have filled in a field.
import { askedBy } from '#contract/patterned.ts'

/** Ends of sentences that begin with the name of a field; each has its own words in dashboard/text/refusals. */
export const SHAPE_WORDS = {
  integer: 'is no whole number',
  number: 'is no number',
  string: 'is no text',
  boolean: 'is neither true nor false',
  object: 'is no object',
  array: 'is no list',
  empty: 'is empty',
  uri: 'is no address such as https://example.org',
  twice: 'holds something twice',
  other: 'has not the form that is asked',
} as const

type ShapeError = { keyword: string; params: object }

export function shapeWords({ keyword, params }: ShapeError): string {
  const { limit, type, pattern, format, multipleOf } = params as Record<string, unknown>
  const most = String(limit)
  switch (keyword) {
    case 'type':
      return typeof type === 'string' && Object.hasOwn(SHAPE_WORDS, type)
        ? SHAPE_WORDS[type as keyof typeof SHAPE_WORDS]
        : SHAPE_WORDS.other
    case 'pattern': {
      const asks = askedBy(String(pattern))
      return asks === undefined ? SHAPE_WORDS.other : `must be ${asks}`
    }
    case 'format':
      return format === 'uri' ? SHAPE_WORDS.uri : SHAPE_WORDS.other
    case 'minLength':
      return limit === 1 ? SHAPE_WORDS.empty : `has fewer than ${most} characters`
    case 'maxLength':
      return `has more than ${most} characters`
    case 'minItems':
    case 'minProperties':
      return limit === 1 ? SHAPE_WORDS.empty : `holds fewer than ${most}`
    case 'maxItems':
    case 'maxProperties':
      return `holds more than ${most}`
    case 'minimum':
      return `is less than ${most}`
    case 'maximum':
      return `is more than ${most}`
    case 'exclusiveMinimum':
      return `is not more than ${most}`
    case 'exclusiveMaximum':
      return `is not less than ${most}`
    case 'multipleOf':
      return `is no multiple of ${String(multipleOf)}`
    case 'uniqueItems':
      return SHAPE_WORDS.twice
    default:
      return SHAPE_WORDS.other
  }
}
