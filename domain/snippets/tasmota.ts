// Tasmota: one line for its console (tasmota.github.io, "Commands"); the device restarts by itself afterwards.
import type { Snippet, SnippetFacts } from './facts.ts'

export const tasmota = ({ host, port, tls, username, password }: SnippetFacts): Snippet | null => {
  // Backlog divides at semicolons and has no way to write one; values end at the next, without the spaces around them.
  const plain = (text: string): boolean => text !== '' && !/[;\s"]/.test(text)
  if (![host, username, password].every(plain)) return null
  const commands = [
    `MqttHost ${host}`,
    `MqttPort ${port}`,
    `MqttUser ${username}`,
    `MqttPassword ${password}`,
    `MqttClient ${username}`,
    `Topic ${username}`,
    // Everything that it says stands below its own name, so that one connector reads it.
    'FullTopic %topic%/%prefix%/',
    // Its own discovery would speak on topics of others.
    'SetOption19 1',
    'TelePeriod 60',
    // Builds with TLS only: on, and checked against the certificate authorities that it has built in (1 would be a fingerprint).
    `SetOption103 ${tls ? 1 : 0}`,
    ...(tls ? ['SetOption132 0'] : []),
  ]
  return {
    syntax: 'console',
    place: 'Console',
    text: `Backlog ${commands.join('; ')}\n`,
    needs: { codec: 'tasmota', topicFilter: `${username}/#` },
  }
}
