// The language of rules over several points: numbers, texts, points by key, arithmetic, comparisons, and, or, not.
// `co2 > 1200 and ([supply-temperature] < 16 or not running)`; a key with other letters than A–Z, 0–9 and _ stands in brackets.

export type ExpressionValue = number | boolean | string
/** Gives the newest value of a point; undefined while none is known. */
export type ValueOf = (point: string) => ExpressionValue | undefined
export type Expression = {
  /** The points that it asks for, each once. */
  points: readonly string[]
  /** Null while something that it needs is not known, or cannot be reckoned with (a text in a sum, a division by nothing). */
  evaluate: (valueOf: ValueOf) => ExpressionValue | null
}
/** `at` is the place in the text, from 0. */
export type ExpressionProblem = { at: number; message: string }

export const MAX_EXPRESSION_LENGTH = 1_000
export const MAX_EXPRESSION_PARTS = 200
export const MAX_EXPRESSION_DEPTH = 40
export const MAX_EXPRESSION_POINTS = 20

type Node = (valueOf: ValueOf) => ExpressionValue | null
type Token = { kind: 'number' | 'text' | 'point' | 'word' | 'sign' | 'end'; text: string; at: number }

const TOKEN =
  /\s*(?:(\d+(?:\.\d+)?)|"([^"]*)"|\[([A-Za-z0-9_][A-Za-z0-9_.:-]{0,63})\]|([A-Za-z_][A-Za-z0-9_]*)|(<=|>=|!=|==|[-+*/()<>=,]))/y
const WORDS = new Set(['and', 'or', 'not', 'true', 'false', 'abs', 'min', 'max'])

/** Reads an expression; the answer is either it or the first problem. */
export function parseExpression(
  text: string,
): { ok: true; expression: Expression } | { ok: false; problem: ExpressionProblem } {
  try {
    return { ok: true, expression: new Parser(tokensOf(text)).whole() }
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, problem: { at: error.at, message: error.message } }
    throw error
  }
}

class Wrong extends Error {
  readonly at: number
  constructor(at: number, message: string) {
    super(message)
    this.at = at
  }
}

function tokensOf(text: string): Token[] {
  if (text.length > MAX_EXPRESSION_LENGTH)
    throw new Wrong(MAX_EXPRESSION_LENGTH, `is longer than ${MAX_EXPRESSION_LENGTH} characters`)
  const tokens: Token[] = []
  let at = 0
  while (text.slice(at).trim() !== '') {
    TOKEN.lastIndex = at
    const match = TOKEN.exec(text)
    const start = at + (text.slice(at).length - text.slice(at).trimStart().length)
    if (match === null)
      throw new Wrong(start, `cannot be read from ${JSON.stringify(text.slice(start, start + 12))} on`)
    const [whole, number, quoted, point, word, sign] = match
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at: start })
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted, at: start })
    else if (point !== undefined) tokens.push({ kind: 'point', text: point, at: start })
    else if (word !== undefined)
      tokens.push(
        WORDS.has(word.toLowerCase())
          ? { kind: 'word', text: word.toLowerCase(), at: start }
          : { kind: 'point', text: word, at: start },
      )
    else tokens.push({ kind: 'sign', text: sign ?? '', at: start })
    at += whole.length
    if (tokens.length > MAX_EXPRESSION_PARTS) throw new Wrong(start, `has more than ${MAX_EXPRESSION_PARTS} parts`)
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }]
}

/** By precedence: or, and, not, comparison, sum, product, sign, value. */
class Parser {
  readonly #tokens: Token[]
  readonly #points = new Set<string>()
  #next = 0
  #depth = 0
  constructor(tokens: Token[]) {
    this.#tokens = tokens
  }
  whole(): Expression {
    const evaluate = this.#or()
    const { kind, at, text } = this.#token()
    if (kind !== 'end') throw new Wrong(at, `does not go on with ${JSON.stringify(text)}`)
    const points = [...this.#points]
    if (points.length === 0) throw new Wrong(0, 'asks for no point')
    if (points.length > MAX_EXPRESSION_POINTS) throw new Wrong(0, `asks for more than ${MAX_EXPRESSION_POINTS} points`)
    return { points, evaluate }
  }
  #token(): Token {
    return this.#tokens[this.#next] as Token
  }
  #take(kind: Token['kind'], ...texts: string[]): string | null {
    const token = this.#token()
    if (token.kind !== kind || !texts.includes(token.text)) return null
    this.#next++
    return token.text
  }
  #deeper<T>(read: () => T): T {
    if (++this.#depth > MAX_EXPRESSION_DEPTH) throw new Wrong(this.#token().at, 'is nested too deep')
    const node = read()
    this.#depth--
    return node
  }
  #or(): Node {
    return this.#deeper(() => {
      let left = this.#and()
      while (this.#take('word', 'or') !== null) left = either(left, this.#and(), true)
      return left
    })
  }
  #and(): Node {
    let left = this.#not()
    while (this.#take('word', 'and') !== null) left = either(left, this.#not(), false)
    return left
  }
  #not(): Node {
    if (this.#take('word', 'not') === null) return this.#comparison()
    const inner = this.#deeper(() => this.#not())
    return (valueOf) => {
      const value = truth(inner(valueOf))
      return value === null ? null : !value
    }
  }
  #comparison(): Node {
    const left = this.#sum()
    const sign = this.#take('sign', '<', '<=', '>', '>=', '=', '==', '!=')
    return sign === null ? left : compared(left, sign, this.#sum())
  }
  #sum(): Node {
    let left = this.#product()
    for (let sign = this.#take('sign', '+', '-'); sign !== null; sign = this.#take('sign', '+', '-'))
      left = reckoned(left, sign, this.#product())
    return left
  }
  #product(): Node {
    let left = this.#signed()
    for (let sign = this.#take('sign', '*', '/'); sign !== null; sign = this.#take('sign', '*', '/'))
      left = reckoned(left, sign, this.#signed())
    return left
  }
  #signed(): Node {
    if (this.#take('sign', '-') === null) return this.#value()
    const inner = this.#deeper(() => this.#signed())
    return reckoned(() => 0, '-', inner)
  }
  #value(): Node {
    const { kind, text, at } = this.#token()
    this.#next++
    if (kind === 'number') {
      const number = Number(text)
      return () => number
    }
    if (kind === 'text') return () => text
    if (kind === 'point') {
      this.#points.add(text)
      return (valueOf) => valueOf(text) ?? null
    }
    if (kind === 'word' && (text === 'true' || text === 'false')) return () => text === 'true'
    if (kind === 'word' && (text === 'abs' || text === 'min' || text === 'max')) return this.#call(text, at)
    if (kind === 'sign' && text === '(') {
      const inner = this.#or()
      this.#close()
      return inner
    }
    throw new Wrong(at, kind === 'end' ? 'ends too early' : `has ${JSON.stringify(text)} where a value should be`)
  }
  #call(name: 'abs' | 'min' | 'max', at: number): Node {
    if (this.#take('sign', '(') === null) throw new Wrong(at, `${name} needs brackets`)
    const given = [this.#or()]
    while (this.#take('sign', ',') !== null) given.push(this.#or())
    this.#close()
    if (name === 'abs' && given.length > 1) throw new Wrong(at, 'abs takes one value')
    return (valueOf) => {
      const numbers = given.map((node) => numeric(node(valueOf)))
      return numbers.includes(null) ? null : finite(Math[name](...(numbers as [number])))
    }
  }
  #close(): void {
    if (this.#take('sign', ')') === null) throw new Wrong(this.#token().at, 'lacks a closing bracket')
  }
}

/** What decides alone decides, also while the other side is not known. */
const either =
  (left: Node, right: Node, decisive: boolean): Node =>
  (valueOf) => {
    const a = truth(left(valueOf))
    if (a === decisive) return decisive
    const b = truth(right(valueOf))
    if (b === decisive) return decisive
    return a === null || b === null ? null : !decisive
  }

const compared =
  (left: Node, sign: string, right: Node): Node =>
  (valueOf) => {
    const [a, b] = [left(valueOf), right(valueOf)]
    if (a === null || b === null) return null
    if (sign === '=' || sign === '==') return same(a, b)
    if (sign === '!=') return !same(a, b)
    const [x, y] = [numeric(a), numeric(b)]
    if (x === null || y === null) return null
    if (sign === '<') return x < y
    if (sign === '<=') return x <= y
    return sign === '>' ? x > y : x >= y
  }

const reckoned =
  (left: Node, sign: string, right: Node): Node =>
  (valueOf) => {
    const [a, b] = [numeric(left(valueOf)), numeric(right(valueOf))]
    if (a === null || b === null) return null
    if (sign === '+') return finite(a + b)
    if (sign === '-') return finite(a - b)
    return sign === '*' ? finite(a * b) : finite(a / b)
  }

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
/** A boolean counts as 1 or 0, as in charts. */
const numeric = (value: ExpressionValue | null): number | null =>
  typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null
const truth = (value: ExpressionValue | null): boolean | null =>
  typeof value === 'boolean' ? value : typeof value === 'number' ? value !== 0 : null
const same = (a: ExpressionValue, b: ExpressionValue): boolean =>
  typeof a === 'string' || typeof b === 'string' ? String(a) === String(b) : Number(a) === Number(b)
