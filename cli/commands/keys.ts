// `samtila keys` and `samtila sign`: a party's own Ed25519 key, and its countersignature under a closed month. The private key never leaves its file.
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign as signBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'

const publicKeyOf = (pem: string): string =>
  createPublicKey(createPrivateKey(pem)).export({ type: 'spki', format: 'der' }).toString('base64')

export async function keys(args: string[], _settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { out: { type: 'string' } })
  if (positionals[0] !== 'create') throw new CommandError('samtila keys create --out FILE')
  const file = need(values.out, '--out')
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  try {
    writeFileSync(file, pem, { mode: 0o600, flag: 'wx' })
  } catch (cause) {
    throw new CommandError(`${file} cannot be made: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  const publicKey = publicKeyOf(pem)
  show(
    values.json,
    { file, publicKey },
    () => `The private key is in ${file}: keep it secret. The public key, for the other parties:\n${publicKey}`,
  )
  return 0
}

/** Signs the digest's 71 ASCII characters (docs/PROOF.md "What is signed") and hands in the signature. */
export async function sign(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { party: { type: 'string' }, key: { type: 'string' } })
  const [premises, month] = positionals
  const path = `/premises/${encodeURIComponent(need(premises, 'The premises'))}/settlements/${encodeURIComponent(need(month, 'The month (YYYY-MM)'))}`
  const party = need(values.party, '--party')
  const pem = readKey(need(values.key, '--key'))
  return withClient(values, settings, async (client) => {
    const { digest } = (await jsonOf(await client.request('GET', path))) as Settlement
    if (digest === null)
      throw new CommandError(`${premises} ${month} is not closed: only a closed month has a digest to sign.`)
    const body = {
      party,
      publicKey: publicKeyOf(pem),
      signature: signBytes(null, Buffer.from(digest, 'ascii'), pem).toString('base64'),
    }
    await jsonOf(await client.request('POST', `${path}/countersignatures`, body))
    show(values.json, { digest, ...body }, () => `${party} has signed ${digest}.`)
    return 0
  })
}

function readKey(file: string): string {
  try {
    const pem = readFileSync(file, 'utf8')
    if (createPrivateKey(pem).asymmetricKeyType === 'ed25519') return pem
  } catch (cause) {
    throw new CommandError(`${file} is no private key: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
  throw new CommandError(`${file} is not an Ed25519 key: make one with \`samtila keys create\`.`)
}
