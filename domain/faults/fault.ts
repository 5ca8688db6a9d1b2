// A fault: something is broken, who has it now, what is done about it, and what it cost. It moves between organisations; its custody is kept.
import type { Decimal, Id, LocalDate } from '#domain/registry/bundle.ts'
import { paperKind } from '#domain/ports/papers.ts'

export const FAULT_STATES = ['offered', 'accepted', 'in-work', 'done', 'closed'] as const
export type FaultState = (typeof FAULT_STATES)[number]
export const OPEN_FAULT_STATES: readonly FaultState[] = ['offered', 'accepted', 'in-work']

/** Why an organisation has it: by the matrix of the agreement, as holder of the space, as landlord, or because another handed it on. */
export type CustodyGround = 'matrix' | 'holder' | 'landlord' | 'handed-on'
export type Custody = {
  organisation: Id
  ground: CustodyGround
  /** Milliseconds since 1970. */
  from: number
  acceptedAt: number | null
  declinedAt: number | null
  /** Why it was declined. */
  reason: string | null
}
export type FaultFile = { digest: string; name: string }
export type FaultEntry = {
  at: number
  by: string
  organisation: Id | null
  kind:
    | 'reported'
    | 'joined'
    | 'offered'
    | 'accepted'
    | 'declined'
    | 'escalated'
    | 'message'
    | 'step'
    | 'cost'
    | 'done'
    | 'reopened'
    | 'closed'
  text: string
  files: readonly FaultFile[]
  /** Also shown to who reported it by the public page. */
  shownToReporter: boolean
}
export type Work = {
  on: LocalDate
  by: string
  what: string
  hours: Decimal | null
  parts: readonly { name: string; quantity: Decimal }[]
}
export type Fault = {
  device: Id | null
  space: Id | null
  /** In the reporter's words. */
  what: string
  source: 'alarm' | 'person' | 'public'
  alarm: Id | null
  language: 'fi' | 'sv' | 'en'
  /** Who has it is the last of these. */
  custody: readonly Custody[]
  entries: readonly FaultEntry[]
  work: readonly Work[]
  /** The cost items that it is the ground of. */
  invoices: readonly Id[]
  /** Hashes of the secrets of the links by which reporters follow it. */
  followers: readonly string[]
  /** Faults that were joined into this one. */
  joined: readonly Id[]
}
/** State: a `FaultState`. `dueAt`: until when whoever has it must accept or decline. */
export const FAULT = paperKind<Fault>('fault')
