// A party's own Ed25519 key in the browser: made, kept as a file by the person, read from it to sign. It is never sent anywhere.
const ALGORITHM = 'Ed25519'
/** What stands before the 32 bytes of a public key in SPKI. */
const SPKI_HEAD = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]
const PEM = /-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\s]+)-----END PRIVATE KEY-----/
const PEM_LINE = 64

export type PartyKey = {
  /** SPKI in base64, as countersignatures carry it. */
  publicKey: string
  /** As the API shows it: SHA-256 of the key's 32 bytes, its first half in groups of four digits. */
  fingerprint: string
  /** Signature of the text's bytes, in base64. */
  sign(text: string): Promise<string>
}

/** Whether this browser can sign: it needs a secure connection (or this very computer) and a browser that knows Ed25519. */
export const canSign = async (): Promise<boolean> => {
  if (globalThis.crypto?.subtle === undefined) return false
  return crypto.subtle.generateKey(ALGORITHM, false, ['sign', 'verify']).then(
    () => true,
    () => false,
  )
}

/** A new key as the text of its file: PKCS #8 in PEM, the same form as `samtila keys create` writes. */
export const createKeyFile = async (): Promise<string> => {
  const pair = (await crypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])) as {
    privateKey: CryptoKey
  }
  const base64 = base64Of(new Uint8Array(await crypto.subtle.exportKey('pkcs8', pair.privateKey)))
  const lines = base64.match(new RegExp(`.{1,${PEM_LINE}}`, 'gu')) ?? []
  return ['-----BEGIN PRIVATE KEY-----', ...lines, '-----END PRIVATE KEY-----', ''].join('\n')
}

/** The key in the text of a key file; null when there is none of this kind in it. */
export const readKeyFile = async (text: string): Promise<PartyKey | null> => {
  const inside = PEM.exec(text)?.[1]
  if (inside === undefined) return null
  try {
    const pkcs8 = bytesOf(inside.replaceAll(/\s/gu, ''))
    // Exported once to learn the public half; what signs cannot be exported.
    const { x } = await crypto.subtle.exportKey(
      'jwk',
      await crypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, true, ['sign']),
    )
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign'])
    const raw = bytesOf((x ?? '').replaceAll('-', '+').replaceAll('_', '/'))
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', raw))
    return {
      publicKey: base64Of(Uint8Array.from([...SPKI_HEAD, ...raw])),
      fingerprint: [...hash.subarray(0, 16)]
        .map((byte) => byte.toString(16).padStart(2, '0'))
        .join('')
        .replaceAll(/(.{4})(?!$)/gu, '$1 '),
      sign: async (message) =>
        base64Of(new Uint8Array(await crypto.subtle.sign(ALGORITHM, key, new TextEncoder().encode(message)))),
    }
  } catch {
    return null // some other kind of key
  }
}

const base64Of = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes))
const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64), (character) => character.codePointAt(0) ?? 0)
