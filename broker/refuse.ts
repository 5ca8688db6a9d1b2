// How a refusal looks outside, in MQTT 3.1.1: a CONNACK code, a closed connection, or a SUBACK with 0x80. Nowhere else.

/** Why a connection or message is refused; docs/PROTOCOL.md lists each. `connack` is the code of a refused CONNECT. */
export const REFUSALS = {
  'no-credential': { connack: 4, message: 'user name or password is missing' },
  'wrong-credential': { connack: 4, message: 'unknown user name or wrong password' },
  'credential-revoked': { connack: 5, message: 'the credential was revoked' },
  'certificate-not-trusted': { connack: 5, message: 'no known authority signed the certificate, or not for a client' },
  'certificate-expired': { connack: 5, message: 'the certificate is not valid now' },
  'certificate-of-nobody': { connack: 5, message: 'the certificate names no device that its authority may vouch for' },
  'other-user-name': { connack: 4, message: 'the user name is not the device of the certificate' },
  'records-unavailable': { connack: 3, message: 'credentials cannot be checked at the moment' },
  'client-id-invalid': { connack: 2, message: 'the client id is too long or has characters that ids cannot have' },
  'client-id-taken': { connack: 2, message: 'the client id belongs to another credential' },
  'will-not-allowed': { connack: 5, message: "the topic of the will is not one of the client's own" },
  'too-many-connections': { connack: 3, message: 'too many connections' },
  'too-many-connections-of-credential': { connack: 3, message: 'too many connections of this credential' },
  'wrong-origin': { connack: 5, message: 'a browser page of another origin' },
  'packet-too-large': { connack: 5, message: 'a packet is larger than the limit' },
  'too-much-before-connect': { connack: 5, message: 'too many bytes before the credential was accepted' },
  'not-mqtt': { connack: 1, message: 'the first packet is no CONNECT' },
  malformed: { connack: 5, message: 'a malformed packet' },
  'publish-not-allowed': { connack: 5, message: 'the client may not publish to this topic' },
  'subscribe-not-allowed': { connack: 5, message: 'the client may not subscribe to this filter' },
  'too-many-subscriptions': { connack: 5, message: 'too many subscriptions of one connection' },
  'bad-packet-id': { connack: 5, message: 'the packet has no packet identifier' },
  'store-unavailable': { connack: 3, message: 'the store does not take readings at the moment' },
  'too-slow': { connack: 5, message: 'the client does not read what it subscribed to' },
} as const
export type RefusalReason = keyof typeof REFUSALS

/** An error as aedes wants it: it closes the connection, or answers CONNECT with `returnCode`. */
export class Refusal extends Error {
  readonly reason: RefusalReason
  readonly returnCode: 1 | 2 | 3 | 4 | 5
  constructor(reason: RefusalReason) {
    super(REFUSALS[reason].message)
    this.name = 'Refusal'
    this.reason = reason
    this.returnCode = REFUSALS[reason].connack
  }
}
