// Texts of a form: the pattern, and what it asks in words, which is what a refusal says.
import { Type, type TString, type TStringOptions } from 'typebox'

const asked = new Map<string, string>()

/** `asks`: what a value must be, such as `a date such as 2026-11-23`; dashboard/text/refusals has it in the other languages. */
export function patterned(pattern: string, asks: string, options: TStringOptions = {}): TString {
  asked.set(pattern, asks)
  return Type.String({ pattern, description: `Must be ${asks}`, ...options })
}

/** What a pattern asks; undefined where nobody types such a value. */
export const askedBy = (pattern: string): string | undefined => asked.get(pattern)
