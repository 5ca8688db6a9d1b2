// Device keys behind gateways, as a file of devices says them: entries of the device map of the connector that reads the gateway.
import { MAPPED_KEYS } from '#domain/inbox/accept-unknown.ts'
import type { Connector } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import type { KeyMapping } from './import.ts'
import type { RowReader } from './row-reader.ts'

export type GatewayKeys = {
  /** Reads `gateway` and `key` of a row for its device; tells what is wrong with them. */
  read(row: RowReader, device: { id: Id; premises: Id; serial?: string }): void
  mappings: KeyMapping[]
}

export function createGatewayKeys(connectors: readonly Connector[]): GatewayKeys {
  const mappings: KeyMapping[] = []
  /** Row of the file that named a key first, and how many entries each connector would have. */
  const rowOf = new Map<string, number>()
  const sizeOf = new Map<Id, number>()

  /** By its own id, or by its gateway when one connector alone reads that here. */
  function connectorOf(row: RowReader, name: string, premises: Id): Connector | null {
    const here = connectors.filter((one) => one.premises === premises)
    const found = here.filter(({ id }) => id === name)
    if (found.length === 0) found.push(...here.filter(({ credential }) => credential === name))
    const [first] = found
    if (first !== undefined && found.length === 1) return first
    row.tell(
      'gateway',
      'unknown-id',
      first === undefined
        ? `${premises} has no connector that reads the gateway ${name}. Make it first, or leave the cell empty.`
        : `Several connectors read the gateway ${name}: ${found.map(({ id }) => id).join(', ')}. Write the id of one.`,
    )
    return null
  }

  return {
    mappings,
    read(row, { id: device, premises, serial }) {
      const name = row.text('gateway')
      const key = row.text('key') ?? (name === null ? null : (serial ?? null))
      if (name === null) {
        if (key !== null)
          row.tell('gateway', 'missing', `The key ${key} is one of a gateway. Write which, or leave the key empty.`)
        return
      }
      const connector = connectorOf(row, name, premises)
      // Without an entry the device's own id is its key.
      if (connector === null || key === null || key === device) return
      const place = `${connector.id} ${key}`
      const twin = rowOf.get(place)
      const now = Object.hasOwn(connector.deviceMap, key) ? (connector.deviceMap[key] ?? null) : null
      if (twin !== undefined)
        return row.tell('key', 'duplicate', `Row ${twin} has the key ${key} of this gateway too. One of them is wrong.`)
      if (now !== null && now !== device)
        return row.tell('key', 'duplicate', `The key ${key} of ${connector.id} stands for the device ${now} already.`)
      rowOf.set(place, row.row)
      if (now === device) return
      const size = (sizeOf.get(connector.id) ?? Object.keys(connector.deviceMap).length) + 1
      sizeOf.set(connector.id, size)
      if (size > MAPPED_KEYS)
        return row.tell(
          'gateway',
          'out-of-range',
          `${connector.id} would map more than ${MAPPED_KEYS} keys. Make another one.`,
        )
      mappings.push({ connector: connector.id, key, device })
    },
  }
}
