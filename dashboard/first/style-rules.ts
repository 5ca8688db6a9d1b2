// Style attributes of a drawn page as rules: the Content Security Policy takes styles with a nonce, and no attributes.
const ATTRIBUTE = / style="([^"]*)"/g
const ENTITIES: Record<string, string> = { '&quot;': '"', '&#x27;': "'", '&amp;': '&', '&lt;': '<', '&gt;': '>' }

/** The same page with a mark in place of each style attribute, and the rules of the marks, as strong as the attributes were. */
export const styleRules = (html: string): { html: string; rules: string } => {
  const marks = new Map<string, number>()
  const marked = html.replaceAll(ATTRIBUTE, (_, style: string) => {
    const mark = marks.get(style) ?? marks.size
    marks.set(style, mark)
    return ` data-style="${mark}"`
  })
  const rules = [...marks].map(([style, mark]) => {
    // Nothing of them can end the style element, nor the rule.
    const declared = style
      .replaceAll(/&(?:quot|#x27|amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity)
      .replaceAll(/[<{}]/g, (sign) => `\\${sign.codePointAt(0)!.toString(16)} `)
    const strong = declared
      .split(';')
      .filter(Boolean)
      .map((one) => `${one} !important`)
    return `[data-style="${mark}"]{${strong.join(';')}}`
  })
  return { html: marked, rules: rules.join('\n') }
}
