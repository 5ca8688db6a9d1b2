// The port by which people are told something outside of the platform: e-mail.
/** `id` is the same for the same message, so that a receiver can tell a copy. */
export type Mail = { id: string; to: string; subject: string; text: string; language: 'fi' | 'sv' | 'en' }
export type NotifierState = {
  /** The address that mail comes from; null: nothing is set up, and nothing is sent. */
  from: string | null
  sent: number
  lastSentAt: number | null
  lastFailure: string | null
}
export type Notifier = {
  state(): NotifierState
  /** Resolves when the mail server has taken it. @throws Error when it has not. */
  send(mail: Mail): Promise<void>
  close(): void
}
