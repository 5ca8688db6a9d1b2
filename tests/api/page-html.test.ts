// What people have written comes into a drawn page as words, never as a part of it.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openPageHtml } from '#api/pages/page-html.ts'

const folder = mkdtempSync(join(tmpdir(), 'samtila-page-'))
writeFileSync(join(folder, 'first.js'), 'void 0')
writeFileSync(
  join(folder, 'index.html'),
  '<html lang="fi"><head><meta property="csp-nonce" nonce="__NONCE__" /><title>Samtila</title></head><body><div id="root"><!--/root--></div></body></html>',
)
afterAll(() => rmSync(folder, { recursive: true }))
const HOSTILE = '</script><script>alert(1)</script><!-- $& $` __NONCE__'

test('an answer ends no script and learns no nonce', () => {
  const html = openPageHtml(folder).html('nonce-of-now', {
    language: 'sv',
    drawn: {
      title: 'A </title> & B – Samtila',
      html: '<p>__NONCE__ $&amp;</p>',
      styles: '',
      known: [],
      used: [],
      missing: [],
    },
    sent: { address: '/devices?lang=sv', known: [[['device'], { name: HOSTILE }]] },
  })
  const sent = /<script type="application\/json" id="sent-along">(.*?)<\/script>/.exec(html)?.[1] ?? ''
  expect(JSON.parse(sent)).toEqual({ address: '/devices?lang=sv', known: [[['device'], { name: HOSTILE }]] })
  expect(sent).not.toContain('<')
  expect(html).toContain('<div id="root"><p>__NONCE__ $&amp;</p></div>')
  expect(html).toContain('<title>A &lt;/title> &amp; B – Samtila</title>')
  expect(html).toContain('<html lang="sv" data-drawn="/devices">')
  expect(html.match(/nonce="[^"]*"/g)).toEqual(Array.from({ length: 3 }, () => 'nonce="nonce-of-now"'))
})
