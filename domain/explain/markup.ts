// HTML with every value escaped, so that no name or text of anybody becomes markup.

/** A piece of HTML. */
export class Markup {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}
type Value = Markup | string | number | null | readonly (Markup | null)[]

const SIGNS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => SIGNS[sign] ?? '')

const written = (value: Value): string => {
  if (value === null) return ''
  if (value instanceof Markup) return value.text
  if (typeof value === 'object') return value.map((one) => one?.text ?? '').join('')
  return escape(String(value))
}

/** markup`<p>${text}</p>`: texts are escaped, pieces of HTML and lists of them stand as they are, null is nothing. */
export const markup = (strings: TemplateStringsArray, ...values: readonly Value[]): Markup =>
  new Markup(strings.map((text, i) => (i === 0 ? '' : written(values[i - 1] ?? null)) + text).join(''))
