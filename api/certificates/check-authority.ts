// What is wrong with the certificate of a foreign authority that somebody wants to register.
import { X509Certificate } from 'node:crypto'
import type { AuthorityPaper } from '#domain/certificates/certificate.ts'
import type { Problem } from '#domain/failure.ts'

const RSA_BITS = 2_048

/** Problems with pointers into the body; `others` are the authorities that are registered besides. */
export function checkAuthority(pem: string, others: readonly AuthorityPaper[], now: number): Problem[] {
  const problem = (code: string, message: string): Problem[] => [{ pointer: '/certificate', code, message }]
  const chain = parse(pem)
  const [authority] = chain ?? []
  if (chain === null || authority === undefined) return problem('wrong-pem', 'is no certificate in PEM form')
  for (const [index, certificate] of chain.entries()) {
    const which = index === 0 ? '' : `certificate ${index + 1} `
    if (!certificate.ca)
      return problem('no-authority', `${which}is not the certificate of an authority (basicConstraints CA:TRUE)`)
    if (certificate.validToDate.getTime() <= now) return problem('expired', `${which}is over`)
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey
    if (asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) < RSA_BITS)
      return problem('weak-key', `${which}has an RSA key of less than ${RSA_BITS} bits`)
    const signer = chain[index + 1] ?? certificate
    if (!certificate.checkIssued(signer) || !certificate.verify(signer.publicKey))
      return problem('no-root', `${which}was signed by another authority: put its certificate below, up to the root`)
  }
  // One key would vouch for the devices of two organisations, or pass for the platform.
  const same = others.find(({ body }) => parse(body.certificate)?.[0]?.publicKey.equals(authority.publicKey) === true)
  return same === undefined ? [] : problem('registered', `has the key of the authority ${same.id}`)
}

const PEM = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g

function parse(text: string): X509Certificate[] | null {
  try {
    return (text.match(PEM) ?? []).map((pem) => new X509Certificate(pem))
  } catch {
    return null
  }
}
