// What pages of agreements ask the API: proposals, texts, comparisons, meters, templates.
import { queryOptions } from '@tanstack/react-query'
import type { MeterList } from '#contract/agreements.ts'
import type { Comparison, ProposalDraft, ProposalPage, ProposalShown, TextAnswer } from '#contract/proposals.ts'
import type { Language } from '#domain/writing/language.ts'
import { apiPath, getJson, segment } from './http.ts'

const FRESH_MS = 30_000
/** Every key begins with this, so that one step refreshes them all. */
export const PROPOSALS = 'proposals'

export const proposalsQuery = (agreement?: string) =>
  queryOptions({
    queryKey: [PROPOSALS, 'list', agreement ?? ''],
    queryFn: ({ signal }) => getJson<ProposalPage>(apiPath('/proposals', { agreement, limit: 200 }), signal),
    staleTime: FRESH_MS,
  })
export const proposalQuery = (id: string) =>
  queryOptions({
    queryKey: [PROPOSALS, id],
    queryFn: ({ signal }) => getJson<ProposalShown>(apiPath(`/proposals/${segment(id)}`), signal),
    staleTime: FRESH_MS,
  })
/** Of a proposal, or of a version of an agreement. */
export type Comparable = { proposal: string } | { agreement: string; before: number; after: number }
export const textQuery = (of: { proposal: string } | { agreement: string; number: number }, language: Language) =>
  queryOptions({
    queryKey: [PROPOSALS, 'text', of, language],
    queryFn: ({ signal }) =>
      getJson<TextAnswer>(
        apiPath(
          'proposal' in of
            ? `/proposals/${segment(of.proposal)}/text`
            : `/agreements/${segment(of.agreement)}/versions/${of.number}/text`,
          { language },
        ),
        signal,
      ),
    staleTime: FRESH_MS,
  })
export const comparisonQuery = (of: Comparable, language: Language) =>
  queryOptions({
    queryKey: [PROPOSALS, 'comparison', of, language],
    queryFn: ({ signal }) =>
      getJson<Comparison>(
        'proposal' in of
          ? apiPath(`/proposals/${segment(of.proposal)}/comparison`, { language })
          : apiPath(`/agreements/${segment(of.agreement)}/comparison`, {
              before: of.before,
              after: of.after,
              language,
            }),
        signal,
      ),
    staleTime: FRESH_MS,
  })
export const metersQuery = (premises: string) =>
  queryOptions({
    queryKey: ['meters', premises],
    queryFn: ({ signal }) => getJson<MeterList>(apiPath(`/premises/${segment(premises)}/meters`), signal),
    staleTime: 10 * FRESH_MS,
  })
export const templatePath = (premises: string, template: string, from: string): string =>
  apiPath(`/premises/${segment(premises)}/agreement-templates/${segment(template)}`, { from })
export const getTemplate = (premises: string, template: string, from: string): Promise<ProposalDraft> =>
  getJson<ProposalDraft>(templatePath(premises, template, from))
