// The way to a month, or one party's part of it, as a document with the grounds of every share.
import { documentPath } from '#dashboard/client/queries.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'

type Props = { premises: string; period: string; party?: string }
/** A plain link: the document is a page of its own, without the dashboard. */
export const DocumentLink = ({ premises, period, party }: Props) => {
  const { text, language } = useText()
  return <a href={documentPath(premises, period, language, party)}>{text.costs.document}</a>
}
