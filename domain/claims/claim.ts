// A claim: a printed code by which a technician puts a device into use, once, until a date. And the record of how it was put into use.
import { paperKind } from '#domain/ports/papers.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Value } from '#domain/ports/telemetry.ts'
import type { Id } from '#domain/registry/bundle.ts'

/** Kept under an id made of the code's hash; the code itself stands on the label only. */
export type Claim = {
  /** The device that it puts into use; null for a label that may go on any. */
  device: Id | null
  /** Labels of one batch are numbered from 1. */
  batch: string
  number: number
  /** The organisation that had it printed; null for the operator. */
  organisation: Id | null
  /** The device it went on, once it is used. */
  usedFor: Id | null
}
export const CLAIM_STATES = ['open', 'used', 'withdrawn'] as const
export type ClaimState = (typeof CLAIM_STATES)[number]
export const CLAIM = paperKind<Claim>('claim')
export type ClaimPaper = StoredPaper<Claim>

/** Whether a claim can still be used: `dueAt` is when it ends. */
export const isOpen = ({ state, dueAt }: Pick<ClaimPaper, 'state' | 'dueAt'>, now: number): boolean =>
  state === 'open' && (dueAt === null || now < dueAt)

/** Who put a device into use, when, where, and what it showed then; photos are the files of the paper. */
export type Commissioning = {
  device: Id
  space: Id | null
  /** The claim that was used; null when it was put into use without one. */
  claim: Id | null
  by: string
  /** When it was done at the place, in milliseconds since 1970; it may have been sent later. */
  at: number
  note: string
  /** The newest reading of each point when the record arrived. */
  values: { point: string; unit: string | null; at: number; value: Exclude<Value, object>; simulated: boolean }[]
}
export const COMMISSIONING = paperKind<Commissioning>('commissioning')
