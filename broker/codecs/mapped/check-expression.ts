// Whether a mapping's JSONata expression can be run here: it parses, and names nothing that mappings do not have.
import jsonata from 'jsonata'

/** Longest expression, in characters. */
export const EXPRESSION_CHARACTERS = 16_384
/** Brackets and functions within each other; the parser is recursive. */
const NODES = 20_000
/** Functions that would give another reading each time, or hide what is run. */
const NOT_HERE = new Set(['eval', 'random', 'shuffle'])
/** Names that no payload has and that only an attempt to get out of the expression asks for. */
const OF_THE_ENGINE = new Set(['__proto__', 'constructor', 'prototype'])

export type ExpressionProblem = {
  /** Characters before the place, from 0; null when it is the whole expression. */
  position: number | null
  message: string
}

/** What is wrong with an expression, or null. Nothing of it is run. */
export function checkExpression(expression: string): ExpressionProblem | null {
  if (expression.trim() === '') return { position: null, message: 'the expression is empty' }
  if (expression.length > EXPRESSION_CHARACTERS)
    return { position: null, message: `the expression has more than ${EXPRESSION_CHARACTERS} characters` }
  let tree: unknown
  try {
    tree = jsonata(expression).ast()
  } catch (error) {
    return parseProblem(error)
  }
  return forbidden(tree)
}

function parseProblem(error: unknown): ExpressionProblem {
  const { position, message } = (typeof error === 'object' && error !== null ? error : {}) as Record<string, unknown>
  const at = typeof position === 'number' ? position : null
  const why = error instanceof RangeError ? 'it is nested too deeply' : String(message ?? error).slice(0, 200)
  return { position: at, message: at === null ? why : `${why} (character ${at})` }
}

/** Looks at every node, without recursion: the tree may be deep. */
function forbidden(tree: unknown): ExpressionProblem | null {
  const waiting: unknown[] = [tree]
  const seen = new Set<unknown>()
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (typeof node !== 'object' || node === null || node instanceof RegExp || seen.has(node)) continue
    seen.add(node)
    if (seen.size > NODES) return { position: null, message: 'the expression has too many parts' }
    const { type, value, position } = node as { type?: unknown; value?: unknown; position?: unknown }
    const at = typeof position === 'number' ? position : null
    if (type === 'variable' && NOT_HERE.has(String(value)))
      return { position: at, message: `$${String(value)} cannot be used in a mapping (character ${at})` }
    if ((type === 'name' || type === 'string') && OF_THE_ENGINE.has(String(value)))
      return { position: at, message: `${String(value)} cannot be asked for in a mapping (character ${at})` }
    waiting.push(...Object.values(node))
  }
  return null
}
