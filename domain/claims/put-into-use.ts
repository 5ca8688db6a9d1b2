// Puts a device into use: the device with its place, the used claim and the record of it, in one transaction.
import { pointsOfType } from '#domain/device-types/device-type.ts'
import { findDeviceType } from '#domain/device-types/library.ts'
import type { Problem } from '#domain/failure.ts'
import type { Actor, Records, Stored } from '#domain/ports/records.ts'
import type { Telemetry } from '#domain/ports/telemetry.ts'
import type { Device, Id, Names } from '#domain/registry/bundle.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import { CLAIM, COMMISSIONING } from './claim.ts'
import type { ClaimPaper, Commissioning } from './claim.ts'

/** What the technician says of the device; what is absent stays as it is. */
export type InstalledFacts = {
  name?: Names
  type?: string
  serial?: string
  manufacturer?: string
  model?: string
}

/** The device as it will be: a known one with what is new of it, or a new one with what its type says. */
export const installedDevice = (
  known: Device | null,
  { id, premises, space }: { id: Id; premises: Id; space: Id | null | undefined },
  facts: InstalledFacts,
): Device => {
  const type = findDeviceType(facts.type ?? known?.type)
  const typed = type === null ? {} : { brick: type.brick, expectedInterval: type.expectedInterval }
  const points = known?.points ?? []
  return {
    ...typed,
    ...known,
    id,
    premises,
    ...(space === undefined ? {} : { space }),
    ...facts,
    ...(type === null || points.length > 0 ? {} : { points: pointsOfType(type) }),
  }
}

/** Stores it all or nothing; gives the problems by JSON Pointer into the device. @throws Failure 'changed-meanwhile' when somebody else was quicker. */
export async function putIntoUse(
  wanted: {
    device: Device
    known: Stored<Device> | null
    claim: ClaimPaper | null
    record: { id: Id; body: Commissioning; photos: readonly string[] }
  },
  { records, telemetry, now, actor }: { records: Records; telemetry: Telemetry; now: number; actor: Actor },
): Promise<{ ok: true } | { ok: false; problems: Problem[] }> {
  const { device, known, claim, record } = wanted
  const used =
    claim === null
      ? []
      : [
          {
            kind: CLAIM,
            paper: {
              id: claim.id,
              premises: device.premises,
              audience: claim.audience,
              state: 'used',
              dueAt: null,
              body: { ...claim.body, usedFor: device.id },
            },
            expectedVersion: claim.version,
          },
        ]
  const result = await importBundle(
    { devices: [device] },
    {
      records,
      telemetry,
      now,
      actor,
      action: 'device.put-into-use',
      expectedVersions: new Map([[`devices/${device.id}`, known?.version ?? 0]]),
      beside: {
        papers: [
          ...used,
          {
            kind: COMMISSIONING,
            paper: {
              id: record.id,
              premises: device.premises,
              audience: 'premises' as const,
              state: 'done',
              dueAt: null,
              body: record.body,
            },
            files: record.photos,
            expectedVersion: 0,
          },
        ],
      },
    },
  )
  if (result.ok) return { ok: true }
  return {
    ok: false,
    problems: result.problems.map((one) => ({ ...one, pointer: one.pointer.replace(/^\/devices\/0/, '') })),
  }
}
