// Under every refused change stands that nothing was changed: what the server says beyond it does not say so again.
import { expect, test } from 'vitest'
import { fi } from '#dashboard/text/fi.ts'
import { fi as refusalsFi } from '#dashboard/text/refusals/fi.ts'
import { sv as refusalsSv } from '#dashboard/text/refusals/sv.ts'
import { sv } from '#dashboard/text/sv.ts'

test.each([
  ['fi', fi.errors.kinds.refused, 'Mitään ei muutettu.', refusalsFi],
  ['sv', sv.errors.kinds.refused, 'Ingenting ändrades.', refusalsSv],
] as const)('in %s it stands once', (_language, always, sentence, said) => {
  expect(always).toContain(sentence)
  const again = Object.entries(said).filter(
    ([detail, text]) => detail !== 'Nothing was changed.' && text.includes(sentence),
  )
  expect(again).toEqual([])
})
