// Mosquitto: a bridge in mosquitto.conf (mosquitto.org, mosquitto.conf(5)) that passes on what a connector here reads.
import { hostPort, type Snippet, type SnippetFacts } from './facts.ts'

/** What is passed on, until somebody writes another filter there. */
const TOPIC_FILTER = 'zigbee2mqtt/#'

export const mosquitto = (facts: SnippetFacts): Snippet | null => {
  // A value is the rest of its line without the spaces at its ends; nothing is quoted.
  if ([facts.host, facts.username, facts.password].some((text) => text === '' || text !== text.trim())) return null
  return {
    syntax: 'conf',
    place: 'mosquitto.conf',
    text: `connection samtila-${facts.username}
address ${hostPort(facts)}
bridge_protocol_version mqttv311
remote_username ${facts.username}
remote_password ${facts.password}
remote_clientid ${facts.username}
topic ${TOPIC_FILTER} out 1
cleansession false
try_private false
notifications false
keepalive_interval 60
${facts.tls ? 'bridge_capath /etc/ssl/certs\n' : ''}`,
    needs: { codec: 'zigbee2mqtt', topicFilter: TOPIC_FILTER },
  }
}
