// Telegraf from 1.24: an output in telegraf.conf that sends readings in our own form (docs/PROTOCOL.md "Native JSON").
import { hostPort, quoted, type Snippet, type SnippetFacts } from './facts.ts'

export const telegraf = (facts: SnippetFacts): Snippet => ({
  syntax: 'toml',
  place: 'telegraf.conf',
  text: `[[outputs.mqtt]]
  servers = [${quoted(`${facts.tls ? 'mqtts' : 'mqtt'}://${hostPort(facts)}`)}]
  protocol = "3.1.1"
  topic = ${quoted(`samtila/v1/${facts.username}/telemetry`)}
  username = ${quoted(facts.username)}
  password = ${quoted(facts.password)}
  client_id = ${quoted(facts.username)}
  qos = 1
  keep_alive = 30
  data_format = "json"
  json_timestamp_units = "1ms"
  json_transformation = '{"ts": timestamp, "values": fields}'
`,
  needs: null,
})
