// A sum of euros on its way from a field to the API.
import { isTypedAmount, typedDecimal } from '#dashboard/format/typed.ts'
import { RequestError } from './problem.ts'

/** A sum as it was typed, as the API takes it. @throws RequestError when it is none, or could be read as a thousand times more */
export function typedAmount(typed: string): string {
  if (isTypedAmount(typed)) return typedDecimal(typed)
  const detail = 'An amount is written as 1230 or 1230.50: without a mark between thousands, with two decimals at most.'
  throw new RequestError(400, 'ambiguous-amount', detail, '', [], true)
}
