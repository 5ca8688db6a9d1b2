// What hinders a proposal, and what should be known before it is sent.
import { InlineAlert } from 'suomifi-ui-components'
import type { ProposalShown, ProposalWarning } from '#contract/proposals.ts'
import { SaidByServer } from '#dashboard/components/SaidByServer.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Small, Stack } from '#dashboard/ui/Layout.tsx'
import { wordOf } from '#domain/writing/word-of.ts'

type Problems = ProposalShown['problems']
type ListProps = {
  problems: Problems
  /** The categories of the rules, by which their places are named. */
  rules: readonly { category: string }[]
  /** The field of a place, to which its line then leads. */
  idOf?: (pointer: string) => string
}
export const ProblemList = ({ problems, rules, idOf }: ListProps) => {
  const words = useWords(agreementPages)
  const placeOf = usePlaceNames(rules)
  if (problems.length === 0) return null
  return (
    <InlineAlert status="error" labelText={words.problemsTitle(problems.length)}>
      <Stack $gap={1}>
        <p>{words.problemsText}</p>
        <ul>
          {problems.map(({ pointer, code, message }) => (
            <li key={`${pointer} ${code} ${message}`}>
              {idOf === undefined ? (
                <ProblemText code={code} message={message} />
              ) : (
                <a href={`#${idOf(pointer)}`} onClick={(event) => focusField(event, idOf(pointer))}>
                  <ProblemText code={code} message={message} />
                </a>
              )}{' '}
              <Small>{placeOf(pointer)}</Small>
            </li>
          ))}
        </ul>
      </Stack>
    </InlineAlert>
  )
}

/** In which part of the form a place is. */
const usePlaceNames = (rules: readonly { category: string }[]): ((pointer: string) => string) => {
  const words = useWords(agreementPages)
  const { text } = useText()
  return (pointer) => {
    const [, part = '', member = '', index = ''] = pointer.split('/')
    if (part === 'replaces') return words.replaces
    if (part === 'agreement') return member === 'parties' ? words.parties : words.head
    if (member === 'rules') {
      const category = rules[Number(index)]?.category ?? ''
      if (index === '' || category === '') return words.rules
      return words.rule(category === '*' ? text.rules.others : wordOf(text.categories, category))
    }
    if (member !== 'terms') return member === 'to' ? words.periodTo : words.periodFrom
    return wordOf(
      {
        responsibilities: words.matrix,
        remainderBands: words.bands,
        unapprovedMeters: words.unapproved,
        accounts: words.accounts,
        estimates: words.estimatesMost,
        reminderDays: words.reminderDays,
      },
      index,
      words.terms,
    )
  }
}

/** In the reader's words where there are some, else as the API says it. */
export const ProblemText = ({ code, message }: { code: string; message: string }) => {
  const words = useWords(agreementPages)
  return Object.hasOwn(words.problem, code) ? wordOf(words.problem, code) : <SaidByServer>{message}</SaidByServer>
}

/** To the field itself, or to the nearest one that encloses the place. */
const focusField = (event: React.MouseEvent, id: string): void => {
  event.preventDefault()
  for (let place = id; place.includes('-'); place = place.slice(0, place.lastIndexOf('-'))) {
    const found = document.getElementById(place)
    if (found === null) continue
    for (let fold = found.closest('details'); fold !== null; fold = fold.parentElement?.closest('details') ?? null)
      fold.open = true
    const field = found.matches('input, select, textarea, button')
      ? found
      : found.querySelector('input, select, textarea')
    found.scrollIntoView({ block: 'center' })
    if (field instanceof HTMLElement) field.focus()
    return
  }
}

export const WarningList = ({ warnings }: { warnings: readonly ProposalWarning[] }) => {
  const { text, format } = useText()
  const words = useWords(agreementPages)
  const partyName = useOrganisationNames()
  if (warnings.length === 0) return null
  const shown = ({ code, values }: ProposalWarning): string => {
    switch (code) {
      case 'closed-months':
        return words.warning['closed-months'](format.list(values.map(format.month)))
      case 'categories-without-rule':
        return words.warning['categories-without-rule'](
          format.list(values.map((category) => wordOf(text.categories, category))),
        )
      case 'tenants-not-parties':
        return words.warning['tenants-not-parties'](format.list(values.map(partyName)))
      default:
        return `${code}: ${values.join(', ')}`
    }
  }
  return (
    <InlineAlert status="warning" labelText={words.warnings}>
      <ul>
        {warnings.map((warning) => (
          <li key={warning.code}>{shown(warning)}</li>
        ))}
      </ul>
    </InlineAlert>
  )
}
