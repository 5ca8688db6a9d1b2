// ChirpStack 4: the MQTT integration in chirpstack.toml (chirpstack.io, "Configuration").
import { hostPort, quoted, type Snippet, type SnippetFacts } from './facts.ts'

export const chirpstack = (facts: SnippetFacts): Snippet => ({
  syntax: 'toml',
  place: 'chirpstack.toml',
  text: `[integration]
  enabled = ["mqtt"]

  [integration.mqtt]
    server = ${quoted(`${facts.tls ? 'ssl' : 'tcp'}://${hostPort(facts)}/`)}
    username = ${quoted(facts.username)}
    password = ${quoted(facts.password)}
    client_id = ${quoted(facts.username)}
    clean_session = false
    qos = 1
    json = true
    event_topic = "application/{{application_id}}/device/{{dev_eui}}/event/{{event}}"
    command_topic = "application/{{application_id}}/device/{{dev_eui}}/command/{{command}}"
`,
  needs: { codec: 'chirpstack', topicFilter: 'application/+/device/+/event/+' },
})
