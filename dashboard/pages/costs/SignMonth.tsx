// Signing a closed month with the party's own key: made here, kept as a file by the person, read from it to sign. It never leaves the browser.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, InlineAlert } from 'suomifi-ui-components'
import type { CountersignatureWanted } from '#contract/settlements.ts'
import { apiPath, segment, sendJson } from '#dashboard/client/http.ts'
import { canSign, createKeyFile, readKeyFile, type PartyKey } from '#dashboard/client/party-key.ts'
import { FileInput } from '#dashboard/components/FileInput.tsx'
import { useOrganisationNames } from '#dashboard/components/organisations.ts'
import { Refusal } from '#dashboard/components/QueryStates.tsx'
import { useSession } from '#dashboard/components/session.ts'
import { useText } from '#dashboard/text/TextProvider.tsx'
import { useAnnounce } from '#dashboard/ui/Announcer.tsx'
import { downloadFile } from '#dashboard/ui/download.ts'
import { Row, Small, Stack } from '#dashboard/ui/Layout.tsx'

/** A key file has a few hundred bytes; nobody reads a film into the page by mistake. */
const MAX_KEY_FILE_BYTES = 10_000

type Props = { premises: string; period: string; digest: string; signed: readonly string[]; parties: readonly string[] }
/** Only for a signatory of a party that has not signed yet. */
export const SignMonth = ({ premises, period, digest, signed, parties }: Props) => {
  const { text } = useText()
  const session = useSession()
  const possible = useQuery({ queryKey: ['can-sign'], queryFn: canSign, staleTime: Number.POSITIVE_INFINITY })
  const party = session.organisation
  if (party === null || !parties.includes(party) || signed.includes(party)) return null
  if (!session.roles.includes('signatory')) return null
  if (possible.data === undefined) return null
  return (
    <Stack $gap={2} className="no-print">
      <h3>{text.proof.sign}</h3>
      {possible.data ? (
        <WithKey premises={premises} period={period} digest={digest} party={party} />
      ) : (
        <p>{text.proof.cannotSign}</p>
      )}
    </Stack>
  )
}

type WithKeyProps = { premises: string; period: string; digest: string; party: string }
const WithKey = ({ premises, period, digest, party }: WithKeyProps) => {
  const { text } = useText()
  const nameOf = useOrganisationNames()
  const announce = useAnnounce()
  const client = useQueryClient()
  const [key, setKey] = useState<PartyKey | null>(null)
  const [unreadable, setUnreadable] = useState(false)
  const make = useMutation({
    mutationFn: createKeyFile,
    onSuccess: async (pem) => {
      downloadFile(`samtila-${party}.pem`, pem, 'application/x-pem-file')
      setKey(await readKeyFile(pem))
      setUnreadable(false)
      announce(text.proof.keyMade)
    },
  })
  const sign = useMutation({
    mutationFn: async (chosen: PartyKey) => {
      const body: CountersignatureWanted = { party, publicKey: chosen.publicKey, signature: await chosen.sign(digest) }
      return sendJson('POST', apiPath(`/premises/${segment(premises)}/settlements/${period}/countersignatures`), body)
    },
    onSuccess: async () => {
      announce(text.proof.signedNow)
      await client.invalidateQueries({ queryKey: ['chain', premises] })
    },
  })
  const read = async (file: File) => {
    const found = file.size > MAX_KEY_FILE_BYTES ? null : await readKeyFile(await file.text())
    setKey(found)
    setUnreadable(found === null)
  }
  return (
    <>
      <p>{text.proof.signText}</p>
      <Row $gap={2} $end>
        <FileInput
          label={text.proof.keyFile}
          accept=".pem,.key,application/x-pem-file"
          onFile={(file) => void read(file)}
        />
        <Button variant="secondary" onClick={() => make.mutate()}>
          {text.proof.makeKey}
        </Button>
      </Row>
      <Small as="p">{text.proof.makeKeyText}</Small>
      {unreadable ? <InlineAlert status="error">{text.proof.unreadable}</InlineAlert> : null}
      {sign.error === null ? null : <Refusal error={sign.error} />}
      {key === null ? null : (
        <Stack $gap={1}>
          <p>{text.proof.exactly(nameOf(party))}</p>
          <p>
            <code>{digest}</code>
          </p>
          <p>
            {text.proof.withKey} <code>{key.fingerprint}</code>
          </p>
          <div>
            <Button onClick={() => sign.mutate(key)} disabled={sign.isPending}>
              {text.proof.signNow}
            </Button>
          </div>
        </Stack>
      )}
    </>
  )
}
