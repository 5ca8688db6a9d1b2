// Records with a bridge `silta` to another broker and a connector of it, for the tests of bridges and for the server that they kill.
import { BRIDGE, bridgeSecret, type Bridge } from '#domain/bridges/bridge.ts'
import type { Records } from '#domain/ports/records.ts'
import { createSealer } from '#server/sealer.ts'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { ACTOR, fillRecords } from './fill-records.ts'

export const SEALING_KEY = new Uint8Array(32).fill(7)
const sealer = createSealer(SEALING_KEY)

export const bridgeOf = (port: number): Bridge => ({
  name: 'Kunnan Mosquitto',
  host: 'localhost',
  port,
  tls: false,
  version: '3.1.1',
  clientId: 'samtila-silta',
  username: 'samtila',
  password: null,
  ca: null,
  certificate: null,
  key: null,
  topicFilters: ['kunta/#'],
})

export async function bridgeRecords(
  other: { port: number; access: { password: string }; tls?: { ca: string; certificate: string; key: string } | null },
  changes: Partial<Bridge> = {},
): Promise<Records> {
  const records = openMemoryRecords()
  await fillRecords(records)
  const { tls = null } = other
  const body: Bridge = {
    ...bridgeOf(other.port),
    password: sealer.seal(other.access.password, bridgeSecret('silta', 'password')),
    ...(tls === null
      ? {}
      : {
          tls: true,
          ca: tls.ca,
          certificate: tls.certificate,
          key: sealer.seal(tls.key, bridgeSecret('silta', 'key')),
        }),
    ...changes,
  }
  const paper = { id: 'silta', premises: null, audience: 'operator' as const, state: 'on', dueAt: null, body }
  await records.changePapers({ papers: [{ kind: BRIDGE, paper }] }, ACTOR, 'test')
  await records.putConnector(
    {
      id: 'kunta',
      name: 'Kunta',
      topicFilter: 'kunta/+',
      codec: 'senml',
      credential: 'silta',
      premises: 'hall-a',
      deviceMap: {},
      acceptUnknown: false,
    },
    ACTOR,
  )
  return records
}
