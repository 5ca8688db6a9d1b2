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
    | 'split'
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
  /** Of a report that joined: what was chosen from the list, the links that follow it, and the fault that it was, if it was one. */
  report?: { choice: FaultChoice | null; followers: readonly string[]; of: Id | null }
  /** Of an escalation: its third refusal, or that nobody answered in time. It reaches the managers of all parties. */
  because?: 'refused' | 'unanswered'
  /** Of a cost: its invoice. */
  invoice?: Id
}
export type Work = {
  on: LocalDate
  by: string
  organisation: Id | null
  what: string
  hours: Decimal | null
  parts: readonly { name: string; quantity: Decimal }[]
}

/** What can be chosen instead of writing; which of them fit a device is said by its type (choices.ts). */
export const FAULT_CHOICES = [
  'too-cold',
  'too-warm',
  'bad-air',
  'draught',
  'noise',
  'smell',
  'leak',
  'no-water',
  'no-power',
  'dark',
  'no-network',
  'shows-error',
  'does-not-start',
  'does-not-open',
  'does-not-close',
  'wrong-reading',
  'damaged',
  'dirty',
  'other',
] as const
export type FaultChoice = (typeof FAULT_CHOICES)[number]

export type Fault = {
  device: Id | null
  space: Id | null
  /** In the reporter's words; may be empty where something was chosen. */
  what: string
  choice: FaultChoice | null
  source: 'alarm' | 'person' | 'public'
  alarm: Id | null
  language: 'fi' | 'sv' | 'en'
  /** When it began, in milliseconds: the alarm's begin, else the report. */
  since: number
  /** Who has it is the last of these. */
  custody: readonly Custody[]
  /** Working hours within which whoever is offered it answers. */
  answerHours: number
  /** How often it was escalated. */
  escalations: number
  entries: readonly FaultEntry[]
  work: readonly Work[]
  /** The cost items that it is the ground of. */
  invoices: readonly Id[]
  /** Ids of the papers of the links by which reporters follow it. */
  followers: readonly string[]
  /** Faults that were joined into this one, and the one that this was joined into. */
  joined: readonly Id[]
  joinedInto: Id | null
}
/** State: a `FaultState`. `dueAt`: until when whoever has it must accept or decline. */
export const FAULT = paperKind<Fault>('fault')

/** A printed code of the public page: of a device or of a space. State `open` or `withdrawn`; no secret, but not to be guessed. */
export type ReportCode = { code: string; device: Id | null; space: Id | null }
export const REPORT_CODE = paperKind<ReportCode>('report-code')

/** A link by which a reporter follows a fault; its id is a hash of the link's secret. Until `dueAt` it opens. */
export type Follower = { fault: Id; language: 'fi' | 'sv' | 'en' }
export const FOLLOWER = paperKind<Follower>('fault-follower')

/** How a reporter can be reached, kept apart from the fault, for whoever has it only, and deleted at `dueAt` with all its versions. */
export type ReporterContact = { fault: Id; contact: string }
export const REPORTER_CONTACT = paperKind<ReporterContact>('reporter-contact')

/** Who has it now. */
export const keeperOf = ({ custody }: Pick<Fault, 'custody'>): Custody | null => custody.at(-1) ?? null
export const isOpenFault = (state: string): boolean => (OPEN_FAULT_STATES as readonly string[]).includes(state)
