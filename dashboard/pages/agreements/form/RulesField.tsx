// The rules of a draft: a cost category and its split method each, in their order.
import { useId } from 'react'
import { styled } from 'styled-components'
import type { ProposalDraft } from '#contract/proposals.ts'
import { agreementPages } from '#dashboard/text/agreements/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { useRuleWords } from '#dashboard/components/AgreementView.tsx'
import { Fold } from '#dashboard/ui/Fold.tsx'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'
import { methodSentence } from '#domain/writing/rule-sentence.ts'
import { wordOf } from '#domain/writing/word-of.ts'
import { fieldId, movedUp, replaced, useDraftFacts, useProblemAt, without } from './draft-context.ts'
import { AddButton, ProblemOf, RemoveButton, UpButton } from './fields.tsx'
import { MethodField } from './MethodField.tsx'

type Rules = ProposalDraft['version']['rules']
const CategoryInput = styled.div`
  display: inline-flex;
  flex-direction: column;
  gap: 4px;
  label {
    font-weight: 600;
  }
  input {
    min-height: 44px;
    padding: 0 12px;
    max-width: 100%;
    color: var(--ink);
    background: var(--surface);
    border: 1px solid var(--ink-soft);
    border-radius: 2px;
  }
`
type Props = { premises: string; rules: Rules; onChange: (rules: Rules) => void }
export const RulesField = ({ premises, rules, onChange }: Props) => {
  const words = useWords(agreementPages)
  const { text } = useText()
  const { problems } = useDraftFacts()
  const sentenceWords = useRuleWords(premises)
  const hasProblem = (at: string) => problems.some(({ pointer }) => pointer.startsWith(`${at}/`))
  const nameOf = (category: string) => (category === '*' ? text.rules.others : wordOf(text.categories, category))
  return (
    <Stack $gap={2} id={fieldId('/version/rules')}>
      <Small>{words.rulesHint}</Small>
      <ProblemOf at="/version/rules" />
      {rules.map((rule, i) => {
        const at = `/version/rules/${i}`
        const title = words.rule(nameOf(rule.category))
        return (
          // Categories may be empty or double while they are typed: the place tells rules apart.
          // eslint-disable-next-line react/no-array-index-key
          <Fold
            key={i}
            open={rule.category === '' || hasProblem(at)}
            summary={
              <>
                <strong>{nameOf(rule.category)}</strong> <Small>{methodSentence(rule.method, sentenceWords)}</Small>
              </>
            }
          >
            <Stack $gap={2}>
              <Row $gap={2} $end $spread>
                <CategoryField
                  at={`${at}/category`}
                  value={rule.category}
                  onChange={(category) => onChange(replaced(rules, i, { ...rule, category }))}
                />
                <Row $gap={1}>
                  {i === 0 ? null : <UpButton what={title} onClick={() => onChange(movedUp(rules, i))} />}
                  <RemoveButton what={title} onClick={() => onChange(without(rules, i))} />
                </Row>
              </Row>
              <MethodField
                at={`${at}/method`}
                value={rule.method}
                depth={1}
                onChange={(method) => onChange(replaced(rules, i, { ...rule, method }))}
              />
            </Stack>
          </Fold>
        )
      })}
      <AddButton onClick={() => onChange([...rules, { category: '', method: { by: 'area' } }])}>
        {words.addRule}
      </AddButton>
    </Stack>
  )
}

/** Any text, with those that are in use on offer. */
const CategoryField = ({ at, value, onChange }: { at: string; value: string; onChange: (value: string) => void }) => {
  const words = useWords(agreementPages)
  const { categories } = useDraftFacts()
  const list = useId()
  const problem = useProblemAt(at)
  return (
    <CategoryInput>
      <label htmlFor={fieldId(at)}>{words.category}</label>
      <input
        id={fieldId(at)}
        list={list}
        value={value}
        maxLength={64}
        aria-invalid={problem !== undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      <datalist id={list}>
        {categories.map((one) => (
          <option key={one.value} value={one.value}>
            {one.text}
          </option>
        ))}
      </datalist>
      <ProblemOf at={at} />
    </CategoryInput>
  )
}
