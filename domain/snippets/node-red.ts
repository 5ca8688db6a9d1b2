// Node-RED: a flow to import (nodered.org, "Import"): what comes in as a payload of values goes out as readings.
import type { Snippet, SnippetFacts } from './facts.ts'

export const nodeRed = ({ host, port, tls, username, password }: SnippetFacts): Snippet => {
  const [flow, form, out, broker, tlsConfig] = ['flow', 'form', 'out', 'broker', 'tls'].map((part) =>
    nodeId(`${username}/${part}`),
  ) as [string, string, string, string, string]
  const nodes = [
    { id: flow, type: 'tab', label: `Samtila ${username}`, disabled: false, info: '' },
    {
      id: form,
      type: 'change',
      z: flow,
      name: 'Samtila',
      rules: [{ t: 'set', p: 'payload', pt: 'msg', to: '{"ts": $millis(), "values": payload}', tot: 'jsonata' }],
      x: 240,
      y: 100,
      wires: [[out]],
    },
    {
      id: out,
      type: 'mqtt out',
      z: flow,
      name: username,
      topic: `samtila/v1/${username}/telemetry`,
      qos: '1',
      retain: 'false',
      broker,
      x: 460,
      y: 100,
      wires: [],
    },
    {
      id: broker,
      type: 'mqtt-broker',
      name: 'Samtila',
      broker: host,
      port: String(port),
      ...(tls ? { tls: tlsConfig } : {}),
      clientid: username,
      autoConnect: true,
      usetls: tls,
      protocolVersion: '4',
      keepalive: '60',
      cleansession: true,
      credentials: { user: username, password },
    },
    ...(tls ? [{ id: tlsConfig, type: 'tls-config', name: 'Samtila', verifyservercert: true, servername: host }] : []),
  ]
  return { syntax: 'json', place: 'Import', text: `${JSON.stringify(nodes, null, 2)}\n`, needs: null }
}

/** Sixteen hexadecimal digits, always the same for the same text (FNV-1a, twice). */
const nodeId = (text: string): string =>
  [0x811c9dc5, 0x01000193]
    .map((seed) =>
      Array.from(text)
        .reduce((hash, character) => Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0, seed)
        .toString(16)
        .padStart(8, '0'),
    )
    .join('')
