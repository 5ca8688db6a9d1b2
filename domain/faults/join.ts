// Several reports of one fault: a further report joins, two faults become one, and what was joined wrongly is taken apart again.
import type { Id } from '#domain/registry/bundle.ts'
import type { Responsible } from '#domain/agreement/responsible.ts'
import { isOpenFault } from './fault.ts'
import type { Fault, FaultChoice, FaultState } from './fault.ts'
import { MAX_ENTRIES, reportFault } from './steps.ts'
import type { FaultStep, Known, Said, StepRefusal, StepResult } from './steps.ts'

const refused = (reason: StepRefusal): { ok: false; reason: StepRefusal } => ({ ok: false, reason })

/** One more report of the same: its words and its link come to the fault, which stays where it is. */
export function joinReport(
  { state, dueAt, body }: Known,
  { choice, followers }: { choice: FaultChoice | null; followers: readonly string[] },
  said: Said,
): StepResult {
  if (body.joinedInto !== null) return refused('joined')
  if (!isOpenFault(state)) return refused('not-open')
  if (body.entries.length >= MAX_ENTRIES) return refused('full')
  const entry = { ...said, kind: 'joined' as const, report: { choice, followers, of: null } }
  return {
    ok: true,
    step: {
      state: state as FaultState,
      dueAt,
      body: { ...body, entries: [...body.entries, entry], followers: [...body.followers, ...followers] },
    },
  }
}

/** Two faults are one: `other` ends as part of `known`, with its words, its links and its costs. */
export function joinFaults(
  known: Known & { id: Id },
  other: Known & { id: Id },
  said: Said,
): { ok: true; step: FaultStep; joined: FaultStep } | { ok: false; reason: StepRefusal } {
  if (known.body.joinedInto !== null || other.body.joinedInto !== null) return refused('joined')
  if (!isOpenFault(known.state) || !isOpenFault(other.state)) return refused('not-open')
  if (known.body.entries.length >= MAX_ENTRIES || other.body.entries.length >= MAX_ENTRIES) return refused('full')
  const { body } = other
  const entry = {
    ...said,
    text: body.what,
    files: body.entries.flatMap(({ files }) => files),
    shownToReporter: false,
    kind: 'joined' as const,
    report: { choice: body.choice, followers: body.followers, of: other.id },
  }
  return {
    ok: true,
    step: {
      state: known.state as FaultState,
      dueAt: known.dueAt,
      body: {
        ...known.body,
        entries: [...known.body.entries, entry],
        followers: [...known.body.followers, ...body.followers],
        joined: [...known.body.joined, other.id],
        since: Math.min(known.body.since, body.since),
      },
    },
    joined: {
      state: 'closed',
      dueAt: null,
      body: { ...body, joinedInto: known.id, entries: [...body.entries, { ...said, kind: 'joined' as const }] },
    },
  }
}

/** A report that was joined becomes a fault of its own: `of` names the one that it was, which opens again; null: `fresh` is a new one. */
export type Split =
  | { ok: true; step: FaultStep; of: Id | null; fresh: FaultStep | null; followers: readonly string[] }
  | { ok: false; reason: StepRefusal }

export function splitReport(known: Known, entry: number, to: Responsible, said: Said, timeZone: string): Split {
  const found = known.body.entries[entry]
  if (known.body.joinedInto !== null) return refused('joined')
  if (found?.kind !== 'joined' || found.report === undefined) return refused('no-such-report')
  const { choice, followers, of } = found.report
  const body: Fault = {
    ...known.body,
    entries: [
      ...known.body.entries.map((one, index) => {
        if (index !== entry) return one
        const { report: _gone, ...left } = one
        return left
      }),
      { ...said, kind: 'split' as const },
    ],
    followers: known.body.followers.filter((one) => !followers.includes(one)),
    joined: known.body.joined.filter((one) => one !== of),
  }
  const { device, space, language, answerHours } = known.body
  const reported = { ...found, text: found.text }
  const fresh =
    of !== null
      ? null
      : reportFault(
          {
            device,
            space,
            what: found.text,
            choice,
            source: found.by === REPORTER ? ('public' as const) : ('person' as const),
            alarm: null,
            language,
            since: found.at,
            answerHours,
            followers,
          },
          to,
          {
            at: said.at,
            by: reported.by,
            organisation: reported.organisation,
            text: reported.text,
            files: reported.files,
            shownToReporter: true,
          },
          timeZone,
        )
  return { ok: true, step: { state: known.state as FaultState, dueAt: known.dueAt, body }, of, fresh, followers }
}

/** A fault that was part of another is one of its own again, where it was. */
export function reopenJoined({ body }: Known, said: Said): FaultStep {
  return {
    state: body.custody.at(-1)?.acceptedAt === null ? 'offered' : 'accepted',
    dueAt: null,
    body: { ...body, joinedInto: null, entries: [...body.entries, { ...said, kind: 'split' as const }] },
  }
}

/** The name of whoever reports without signing in. */
export const REPORTER = 'reporter'
