// Zigbee2MQTT: the `mqtt` section of configuration.yaml (zigbee2mqtt.io, "MQTT").
import { hostPort, quoted, type Snippet, type SnippetFacts } from './facts.ts'

export const zigbee2mqtt = (facts: SnippetFacts): Snippet | null => {
  // A leading ! names another file there.
  if (facts.password.startsWith('!') || facts.username.startsWith('!')) return null
  return {
    syntax: 'yaml',
    place: 'configuration.yaml',
    text: `mqtt:
  base_topic: zigbee2mqtt
  server: ${quoted(`${facts.tls ? 'mqtts' : 'mqtt'}://${hostPort(facts)}`)}
  user: ${quoted(facts.username)}
  password: ${quoted(facts.password)}
  client_id: ${quoted(facts.username)}
  version: 4
  keepalive: 60
`,
    needs: { codec: 'zigbee2mqtt', topicFilter: 'zigbee2mqtt/#' },
  }
}
