// The way to a new invoice of a premises: by form, or as a file.
import { AppLink } from '#dashboard/components/AppLink.tsx'
import { hasRole, useSession } from '#dashboard/components/session.ts'
import { importWords } from '#dashboard/text/imports/words.ts'
import { useWords } from '#dashboard/text/words.ts'

export const AddInvoice = ({ premises }: { premises: string }) => {
  const words = useWords(importWords)
  return hasRole(useSession(), 'controller', 'admin') ? (
    <AppLink to={`/imports?invoice=${premises}`}>{words.invoice}</AppLink>
  ) : null
}
