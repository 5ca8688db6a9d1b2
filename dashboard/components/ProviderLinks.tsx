// Links to the identity providers: each opens a page of the API that sends the browser on.
import { queryOptions, useQuery } from '@tanstack/react-query'
import { styled } from 'styled-components'
import type { OfferedProviders } from '#contract/identity-providers.ts'
import { apiPath, getJson, segment } from '#dashboard/client/http.ts'
import { sessionWords } from '#dashboard/text/session/words.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useWords } from '#dashboard/text/words.ts'
import { Soft, Stack } from '#dashboard/ui/Layout.tsx'
import { pickName } from '#domain/writing/names.ts'
import { withLanguage } from './AppLink.tsx'

type Props = {
  title: string
  lead?: string
  /** Where one is afterwards. */
  next: string
  /** The account that the provider knows was refused here: it asks for another. */
  anew?: boolean
  /** What was written in this tab stays. */
  inNewTab?: boolean
}
export const ProviderLinks = ({ title, lead, next, anew = false, inNewTab = false }: Props) => {
  const words = useWords(sessionWords)
  const { language } = useText()
  const offered = useQuery(offeredProvidersQuery).data?.items ?? []
  if (offered.length === 0) return null
  return (
    <Stack>
      <h2>{title}</h2>
      {lead === undefined ? null : <Soft as="p">{lead}</Soft>}
      {offered.map(({ id, name }) => (
        <ProviderLink
          key={id}
          href={apiPath(`/oidc/${segment(id)}/start`, {
            next: withLanguage(next, language),
            ...(anew ? { anew: 'true' } : {}),
          })}
          {...(inNewTab ? { target: '_blank' } : {})}
        >
          {words.by(pickName(name, language, id).text)}
        </ProviderLink>
      ))}
    </Stack>
  )
}
const ProviderLink = styled.a`
  display: block;
  max-width: 430px;
  padding: 12px 16px;
  border: 1px solid var(--link);
  border-radius: 2px;
  text-align: center;
  text-decoration: none;
`
const offeredProvidersQuery = queryOptions({
  queryKey: ['identity-providers', 'offered'],
  queryFn: ({ signal }) => getJson<OfferedProviders>(apiPath('/identity-providers/offered'), signal),
})
