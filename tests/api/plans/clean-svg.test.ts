// What an SVG may bring: drawing. Everything that runs, loads, opens or grows without end is left out or refused.
import { expect, test } from 'vitest'
import { cleanSvg } from '#api/plans/clean-svg.ts'

const svg = (inside: string, more = ''): string =>
  `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 400 300" ${more}>${inside}</svg>`

test('what is drawing stays as it is', () => {
  const cleaned = cleanSvg(
    svg(
      '<style>.wall{stroke:#333}</style><defs><g id="door"><path d="M0 0h9"/></g></defs><use href="#door" x="4"/><rect class="wall" fill="url(#a)" width="9" height="9"/><text x="1">Sähkö &amp; vesi</text>',
    ),
  )
  expect(cleaned).toMatchObject({ width: 400, height: 300, leftOut: [] })
  for (const kept of [
    '.wall{stroke:#333}',
    'href="#door"',
    'fill="url(#a)"',
    'Sähkö &amp; vesi',
    'viewBox="0 0 400 300"',
  ])
    expect(cleaned.svg).toContain(kept)
  expect(cleaned.svg).not.toContain('DOCTYPE')
})

const HOSTILE: [string, string][] = [
  ['a script', '<script>alert(1)</script><script href="data:,alert(1)"/>'],
  ['a handler', '<rect onclick="alert(1)" ONLOAD="alert(1)"/>'],
  ['foreign markup', '<foreignObject><iframe src="https://evil.example/"/></foreignObject>'],
  ['a link that runs', '<a xlink:href="javascript:alert(1)"><rect/></a>'],
  ['a picture from elsewhere', '<image href="https://evil.example/x.png"/><image xlink:href="file:///etc/passwd"/>'],
  ['a picture that is an svg', '<image href="data:image/svg+xml;base64,PHN2Zz4="/>'],
  ['use of another file', '<use href="https://evil.example/x.svg#a"/>'],
  ['style that loads', '<style>@import "https://evil.example/x.css"; rect{fill:url(https://evil.example/)}</style>'],
  ['a style attribute that loads', '<rect style="fill:url( https://evil.example/a )"/>'],
  ['a disguised style', '<rect style="fill:u\\72l(https://evil.example/)" fill="&#117;rl(https://evil.example/)"/>'],
  ['animation', '<set attributeName="href" to="javascript:alert(1)"/><animate attributeName="x"/>'],
  ['a cdata disguise', '<style><![CDATA[@import "https://evil.example/";]]></style>'],
  ['names of others', '<evil:script xmlns:evil="http://www.w3.org/2000/svg">alert(1)</evil:script>'],
]
test.for(HOSTILE)('%s is left out, and told', ([, inside]) => {
  const { svg: cleaned, leftOut } = cleanSvg(svg(`${inside}<rect width="1" height="1"/>`))
  expect(cleaned).not.toMatch(/evil|javascript|alert|@import|script|on(click|load)|file:|foreign|animate|<set/i)
  expect(leftOut.length).toBeGreaterThan(0)
  // What came out is clean: cleaning it again changes nothing.
  expect(cleanSvg(cleaned)).toMatchObject({ svg: cleaned, leftOut: [] })
})

const REFUSED: [string, string][] = [
  ['entities', '<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg viewBox="0 0 1 1">&b;</svg>'],
  ['an external entity', '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg viewBox="0 0 1 1">&x;</svg>'],
  ['no size', '<svg><rect/></svg>'],
  ['a page', '<html><body>hello</body></html>'],
  ['half a file', '<svg viewBox="0 0 1 1"><g>'],
  ['use of itself', svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')],
  ['depth', svg(`${'<g>'.repeat(400)}${'</g>'.repeat(400)}`)],
]
test.for(REFUSED)('%s is refused with the reason', ([, text]) => {
  expect(() => cleanSvg(text)).toThrow(/The SVG cannot be shown: /)
})

test('repetition of repetition is counted before anybody draws it', () => {
  const levels = Array.from(
    { length: 30 },
    (_, i) => `<g id="l${i}">${i === 0 ? '<rect/>' : `<use href="#l${i - 1}"/>`.repeat(10)}</g>`,
  )
  expect(() => cleanSvg(svg(levels.join('')))).toThrow(/more than 500000/)
})
