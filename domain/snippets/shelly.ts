// Shelly, second generation and later: the body of a POST to its /rpc (shelly-api-docs.shelly.cloud, "Mqtt"); then it is restarted.
import { hostPort, type Snippet, type SnippetFacts } from './facts.ts'

export const shelly = (facts: SnippetFacts): Snippet => ({
  syntax: 'json',
  place: 'POST http://<shelly>/rpc',
  text: `${JSON.stringify(
    {
      id: 1,
      method: 'Mqtt.SetConfig',
      params: {
        config: {
          enable: true,
          server: hostPort(facts),
          client_id: facts.username,
          user: facts.username,
          pass: facts.password,
          // The certificate authorities that it has built in.
          ssl_ca: facts.tls ? 'ca.pem' : null,
          topic_prefix: facts.username,
          rpc_ntf: true,
          status_ntf: true,
        },
      },
    },
    null,
    2,
  )}\n`,
  needs: { codec: 'shelly', topicFilter: `${facts.username}/#` },
})
