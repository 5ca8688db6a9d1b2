// Reading JSON of others: what is not there or of another form reads as nothing.
import type { Vulnerability } from './vulnerability.ts'

/** What a document gives: vulnerabilities, codes that were taken back, or where and why it can't be read. */
export type Read =
  | { ok: true; vulnerabilities: Vulnerability[]; withdrawn: string[] }
  | { ok: false; pointer: string; message: string }

export const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {}
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : [])
/** A text that is not empty, trimmed; else null. */
export const textOf = (value: unknown): string | null =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : null
