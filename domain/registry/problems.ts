// Collects what is wrong with an input, with a limit, so that a hostile one cannot make the answer large.
import type { Problem } from '#domain/failure.ts'

/** The most problems that one answer names. */
export const PROBLEM_LIMIT = 100

/** What can be wrong with a bundle; docs/adr/bundle-checks.md tells where the page leaves a choice. */
export type ProblemCode =
  | 'invalid-id'
  | 'duplicate-id'
  | 'duplicate'
  | 'unknown-id'
  | 'unknown-point'
  | 'invalid-name'
  | 'invalid-text'
  | 'invalid-choice'
  | 'invalid-date'
  | 'invalid-instant'
  | 'invalid-interval'
  | 'dates-reversed'
  | 'overlap'
  | 'invalid-number'
  | 'out-of-range'
  | 'not-whole-cents'
  | 'invalid-rate'
  | 'adds-up-to-nothing'
  | 'unknown-time-zone'
  | 'unknown-unit'
  | 'unit-family'
  | 'not-a-meter'
  | 'not-a-party'
  | 'too-deep'
  | 'steps-not-ascending'
  | 'successor-cycle'
  | 'invalid-formula'
  | 'loop'
  | 'other-premises'
  | 'virtual-meter'
  | 'more-problems'

/** `message` says what is wrong and how to mend it, in one or two sentences. */
export type Report = (pointer: string, code: ProblemCode, message: string) => void

export type Problems = { report: Report; full(): boolean; list(): Problem[] }

/** Beyond the limit only one line more tells that there are more. */
export const createProblems = (): Problems => {
  const problems: Problem[] = []
  let more = false
  return {
    report(pointer, code, message) {
      if (problems.length < PROBLEM_LIMIT) problems.push({ pointer, code, message })
      else more = true
    },
    full: () => more,
    list: () =>
      more
        ? [
            ...problems,
            {
              pointer: '',
              code: 'more-problems',
              message: `There are more problems than these ${PROBLEM_LIMIT}. Mend these first.`,
            },
          ]
        : problems,
  }
}
