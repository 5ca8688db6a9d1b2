// Connectors of gateways, as a file of devices says them: a row with a payload family is a gateway, and gets a connector of its own.
import type { Connector } from '#domain/ports/records.ts'
import type { Device } from '#domain/registry/bundle.ts'
import { plainWord } from './cells.ts'
import type { MadeConnector } from './import.ts'
import type { RowReader } from './row-reader.ts'

/** Where the programs of a family publish when nobody has changed it; the others have no topic of their own. */
const USUAL_FILTERS: Readonly<Record<string, string>> = {
  zigbee2mqtt: 'zigbee2mqtt/#',
  tasmota: 'tele/#',
  shelly: 'shellies/#',
  wmbusmeters: 'wmbusmeters/#',
  ruuvi: 'ruuvi/#',
  homie: 'homie/#',
  chirpstack: 'application/#',
  tts: 'v3/#',
  'sparkplug-b': 'spBv1.0/#',
  thingsboard: 'v1/gateway/#',
}
/** Names of families that people write differently from ours, by letters and digits. */
const FAMILIES: Readonly<Record<string, string>> = {
  z2m: 'zigbee2mqtt',
  wmbus: 'wmbusmeters',
  thethingsstack: 'tts',
  thethingsnetwork: 'tts',
  ttn: 'tts',
  sparkplug: 'sparkplug-b',
  sparkplugb: 'sparkplug-b',
  p1: 'dsmr',
  han: 'dsmr',
  lorawanraw: 'lorawan-raw',
}

export type GatewayConnectors = {
  /** Reads `codec` and `topicFilter` of a gateway's row; tells what is wrong with them. */
  read(row: RowReader, device: Pick<Device, 'id' | 'premises' | 'name'>): void
  made: MadeConnector[]
}

/** `known` are those that are there: a gateway that has one of the same family and topics keeps it as it is. */
export function createGatewayConnectors(known: readonly Connector[]): GatewayConnectors {
  const made: MadeConnector[] = []
  return {
    made,
    read(row, { id, premises, name }) {
      const written = row.text('codec')
      const filter = row.text('topicFilter')
      if (written === null) {
        if (filter !== null) row.tell('codec', 'missing', 'Topics are of a gateway. Write its payload family too.')
        return
      }
      const codec = FAMILIES[plainWord(written)] ?? written.trim().toLowerCase()
      const topicFilter = filter ?? (Object.hasOwn(USUAL_FILTERS, codec) ? (USUAL_FILTERS[codec] as string) : null)
      if (topicFilter === null)
        return row.tell('topicFilter', 'missing', `${codec} has no usual topics. Write where ${id} publishes.`)
      const own = known.filter(({ credential }) => credential === id)
      if (own.some((one) => one.codec === codec && one.topicFilter === topicFilter && one.premises === premises)) return
      if (known.some((one) => one.id === id))
        return row.tell('codec', 'duplicate', `There is a connector ${id} already, of another kind. Change it there.`)
      const connector: Connector = {
        id,
        name: (name?.fi ?? name?.sv ?? name?.en ?? id).slice(0, NAME_CHARACTERS),
        topicFilter,
        codec,
        credential: id,
        premises,
        deviceMap: {},
        acceptUnknown: false,
      }
      made.push({ row: row.row, connector })
    },
  }
}
const NAME_CHARACTERS = 100
