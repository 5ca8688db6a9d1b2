// Signs messages as Standard Webhooks says (v1, HMAC-SHA256 over id, timestamp and body), once with each secret that is in force.
import { createHmac } from 'node:crypto'

const PREFIX = 'whsec_'

/** The three headers; `secrets` are in the form `whsec_…` (base64). @throws Error for a secret of another form. */
export function signedHeaders(
  id: string,
  atMs: number,
  body: string,
  secrets: readonly string[],
): Record<string, string> {
  const timestamp = String(Math.floor(atMs / 1000))
  const signatures = secrets.map((secret) => {
    if (!secret.startsWith(PREFIX)) throw new Error('no secret of a webhook')
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
}
