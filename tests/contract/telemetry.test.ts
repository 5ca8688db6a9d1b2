// The contract of the telemetry store on the memory store and on the embedded one.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import { openEmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import type { EmbeddedTelemetry } from '#store/embedded/open-telemetry.ts'
import { openMemoryTelemetry } from '#store/memory/telemetry.ts'
import { telemetrySuite } from './telemetry.suite.ts'

telemetrySuite({
  name: 'memory',
  open: async () => openMemoryTelemetry(),
  openBackup: async (folder) => openMemoryTelemetry(folder),
  settle: null,
})

const folders: string[] = []
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })))

telemetrySuite({
  name: 'embedded',
  async open() {
    const folder = mkdtempSync(join(tmpdir(), 'samtila-telemetry-'))
    folders.push(folder)
    return openEmbeddedTelemetry({ folder })
  },
  openBackup: (folder) => openEmbeddedTelemetry({ folder }),
  settle: (store: Telemetry) => (store as EmbeddedTelemetry).settle(),
})
