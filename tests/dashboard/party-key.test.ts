// A party's key as the browser makes it: the same file as the command line's, signatures that anybody can check, nothing else taken for a key.
import { createPrivateKey, createPublicKey, generateKeyPairSync, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { fingerprintOf } from '#api/settlement/fingerprint.ts'
import { canSign, createKeyFile, readKeyFile } from '#dashboard/client/party-key.ts'

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`
const holds = (publicKey: string, signature: string): boolean =>
  verify(
    null,
    Buffer.from(DIGEST, 'ascii'),
    createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' }),
    Buffer.from(signature, 'base64'),
  )

test('a key made in the browser is a key file that the command line reads, and signs', async () => {
  expect(await canSign()).toBe(true)
  const file = await createKeyFile()
  expect(createPrivateKey(file).asymmetricKeyType).toBe('ed25519')
  const key = await readKeyFile(file)
  const publicKey = createPublicKey(file).export({ type: 'spki', format: 'der' }).toString('base64')
  expect(key?.publicKey).toBe(publicKey)
  expect(key?.fingerprint).toBe(fingerprintOf(publicKey))
  expect(holds(publicKey, (await key?.sign(DIGEST)) ?? '')).toBe(true)
  expect(await createKeyFile()).not.toBe(file)
})

test('a key file of the command line signs in the browser, also with other line ends', async () => {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  for (const text of [pem, pem.replaceAll('\n', '\r\n'), `  ${pem}\n\n`]) {
    const key = await readKeyFile(text)
    expect(holds(key?.publicKey ?? '', (await key?.sign(DIGEST)) ?? '')).toBe(true)
  }
})

test('anything else is no key', async () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
  const publicPem = generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })
  const cut = (await createKeyFile()).replace(/.{20}\n/u, '\n')
  for (const text of ['', 'hello', String(rsa), String(publicPem), cut]) expect(await readKeyFile(text)).toBeNull()
})
