// The explanation of one party's share as readable text, in the sentences that the API gives.
import { styled } from 'styled-components'
import type { ExplanationSection } from '#contract/explanation.ts'
import { Stack } from '#dashboard/ui/Layout.tsx'

const Sentences = styled.ol`
  li {
    padding: 3px 0;
    max-width: 90ch;
    overflow-wrap: anywhere;
  }
  li[data-depth='1'] {
    padding-left: 24px;
  }
  li[data-depth='2'] {
    padding-left: 48px;
  }
  li[data-depth='3'] {
    padding-left: 72px;
  }
`
type Props = { sections: readonly ExplanationSection[]; party: string }
export const Explained = ({ sections, party }: Props) => (
  <Stack $gap={3}>
    {sections
      .filter((section) => section.party === null || section.party === party)
      .map(({ key, title, sentences }) => (
        <Stack key={key} $gap={1}>
          <h3>{title}</h3>
          <Sentences>
            {sentences.map(({ text, depth }, i) => (
              // Sentences have no identity of their own; their order is the explanation.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={i} data-depth={Math.min(3, depth)}>
                {key === 'share' && i === sentences.length - 1 ? <strong>{text}</strong> : text}
              </li>
            ))}
          </Sentences>
        </Stack>
      ))}
  </Stack>
)
