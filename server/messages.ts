// What the program says to the person who starts it: addresses, logins shown once, and one sentence when it can't start.
import { formatAddress, type Settings } from '#config'
import { Failure } from '#domain/failure.ts'
import type { Demonstration } from './demonstration.ts'
import type { Server } from './open-server.ts'

/** The page printed once everything listens. Passwords stand here and nowhere else. */
export function describeStart(server: Server, settings: Settings, demonstration: Demonstration | null): string {
  const lines = [
    '',
    'Samtila is running.',
    '',
    `  Dashboard and API   ${server.urls.http}`,
    `  MQTT                ${server.urls.mqtt ?? 'off'}`,
  ]
  if (server.urls.mqtts !== null) lines.push(`  MQTT with TLS       ${server.urls.mqtts}`)
  lines.push(`  Data folder         ${settings.dataFolder}`)
  const logins = [
    ...(server.firstUser === null ? [] : [{ ...server.firstUser, text: 'administrator of this installation' }]),
    ...(demonstration?.logins ?? []),
  ]
  if (logins.length > 0) {
    const width = Math.max(...logins.map((one) => one.login.length))
    lines.push('', 'Logins (passwords are shown this once; write them down):', '')
    for (const { login, password, text } of logins)
      lines.push(`  ${login.padEnd(width)}  ${password ?? '(as SAMTILA_ADMIN_PASSWORD said)'}   ${text}`)
  } else {
    lines.push('', 'Logins as made at the first start. A new password: npm run -s samtila -- user password LOGIN')
  }
  if (demonstration !== null) lines.push('', ...demonstration.description)
  lines.push('', 'Ctrl-C stops.', '')
  return `${lines.join('\n')}\n`
}

/** One clear sentence for what stopped the start: which setting or port, and how to mend it. */
export function sentenceOf(error: unknown, settings: Settings): string {
  const cause: unknown = error instanceof Failure && error.cause !== undefined ? error.cause : error
  const { code, port, address } = cause as { code?: string; port?: number; address?: string }
  if (code === 'EADDRINUSE') {
    const name =
      port === settings.http.port ? 'SAMTILA_HTTP' : port === settings.mqtt?.port ? 'SAMTILA_MQTT' : 'SAMTILA_MQTTS'
    return `${formatAddress({ host: address ?? '', port: port ?? 0 })} is in use by another program: stop that one, or set ${name} to another port.`
  }
  if (code === 'EACCES' && port !== undefined) return `Port ${port} needs more rights: choose a port above 1023.`
  if (code === 'EADDRNOTAVAIL')
    return `${address ?? 'The address'} is no address of this machine: mend SAMTILA_HTTP, SAMTILA_MQTT or SAMTILA_MQTTS.`
  if (error instanceof Failure) return error.message
  return `Samtila could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}
