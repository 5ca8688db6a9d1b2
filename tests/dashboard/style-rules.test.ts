// Style attributes of a drawn page become rules that say the same and nothing more.
import { expect, test } from 'vitest'
import { styleRules } from '#dashboard/first/style-rules.ts'

test('elements of one style share a rule, as strong as the attribute was', () => {
  const { html, rules } = styleRules(
    '<p style="width:3px;color:red">a</p><b style="left:1px">b</b><p style="width:3px;color:red">c</p>',
  )
  expect(html).toBe('<p data-style="0">a</p><b data-style="1">b</b><p data-style="0">c</p>')
  expect(rules).toBe(
    '[data-style="0"]{width:3px !important;color:red !important}\n[data-style="1"]{left:1px !important}',
  )
})

test('a style ends neither its rule nor its element, and what a page says is no style', () => {
  const { rules } = styleRules('<p style="--a:red}body{display:none}&lt;/style&gt;">a</p>')
  expect(rules).not.toContain('</style')
  expect(rules.replace(/^\[data-style="0"\]\{/, '').replace(/\}$/, '')).not.toMatch(/[{}]/)
  const said = '<p>a style=&quot;color:red&quot; of a person</p>'
  expect(styleRules(said)).toEqual({ html: said, rules: '' })
})
