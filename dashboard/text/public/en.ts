// The public page of a premises, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  title: (name) => `Costs of shared equipment: ${name}`,
  lead: 'What the shared services and equipment of this house cost and use.',
  gone: 'There is no such page',
  goneText: 'The public page of this house has not been opened, or it has been closed.',
  costs: 'Costs by month, euros excluding VAT',
  use: 'Consumption by month',
  none: 'There are no closed months yet.',
  floor: (m2) => `Floor area ${m2} m²`,
  month: 'Month',
  rule: (least, percent) =>
    `A cost type is shown when at least ${least} parties pay for it and none more than ${percent} per cent. Of the months only cost types that the same parties pay are shown, so that nobody’s part is the difference of two months. Costs of security are not shown. The figures are of closed months and rounded to whole euros.`,
  panel: 'Public page',
  isOpen: 'The page is open to everybody without signing in.',
  isClosed:
    'The page is closed. When you open it, anybody sees what the shared equipment costs and uses, without anything about the parties.',
  open: 'Open the public page',
  close: 'Close the public page',
  look: 'See the public page',
  done: 'Changed.',
  page: 'Public page',
  preview: 'This is what everybody would see. Nobody is shown it before it is opened.',
  previewBack: 'Back to the key figures',
  lookFirst: 'See what the page would show',
}
