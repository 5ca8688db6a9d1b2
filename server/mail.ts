// E-mail by SMTP: the notifier of an installation that has a mail server.
import { readFileSync } from 'node:fs'
import { createTransport } from 'nodemailer'
import { isLoopback, type MailSettings } from '#config'
import type { Notifier, NotifierState } from '#domain/ports/notifier.ts'

/** How long a mail server may take to connect and to greet, and may then be silent. */
const CONNECT_MS = 10_000
const SILENCE_MS = 30_000

/** Beyond this machine the connection is encrypted: `smtps:`, or STARTTLS, without which nothing is sent. */
export function createMailer(settings: MailSettings, now: () => number): Notifier {
  const url = new URL(settings.url)
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const secure = url.protocol === 'smtps:'
  const password =
    settings.passwordFile === null
      ? decodeURIComponent(url.password)
      : readFileSync(settings.passwordFile, 'utf8').trim()
  const user = decodeURIComponent(url.username)
  const transport = createTransport({
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: !secure && !isLoopback(host),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user === '' ? {} : { auth: { user, pass: password } }),
  })
  const state: NotifierState = { from: settings.from, sent: 0, lastSentAt: null, lastFailure: null }
  const domain = /@([^\s>]+)/.exec(settings.from)?.[1] ?? 'samtila'
  return {
    state: () => ({ ...state }),
    async send({ id, to, subject, text, language }) {
      try {
        await transport.sendMail({
          from: settings.from,
          to,
          subject,
          text,
          messageId: `<${id}@${domain}>`,
          headers: { 'Content-Language': language, 'Auto-Submitted': 'auto-generated' },
        })
        state.sent += 1
        state.lastSentAt = now()
        state.lastFailure = null
      } catch (error) {
        state.lastFailure = error instanceof Error ? error.message : String(error)
        throw error
      }
    },
    close: () => transport.close(),
  }
}

/** Where no mail server is set up: nothing is sent, and /system says so. */
export const NO_MAIL: Notifier = {
  state: () => ({ from: null, sent: 0, lastSentAt: null, lastFailure: null }),
  send: () => Promise.reject(new Error('no mail server is set up')),
  close: () => {},
}
