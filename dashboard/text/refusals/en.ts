// The server itself speaks English.
import type { Refusals } from './translate.ts'

export const en: Refusals = {}
