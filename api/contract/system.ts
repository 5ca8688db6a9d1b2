// The state of the installation, and its backup.
import { Type, type Static } from 'typebox'
import { closed, Instant, orNull } from './common.ts'

export const SystemState = closed({
  version: Type.String(),
  node: Type.String(),
  startedAt: Instant,
  uptimeS: Type.Integer(),
  memoryBytes: Type.Integer(),
  eventLoopDelayP99Ms: Type.Number(),
  telemetry: closed({
    state: Type.String(),
    reason: orNull(Type.String()),
    readings: Type.Integer(),
    bytes: Type.Integer(),
    queued: Type.Integer(),
  }),
  broker: closed({
    listening: Type.Boolean(),
    connections: Type.Integer(),
    storedReadings: Type.Integer(),
    duplicateReadings: Type.Integer(),
    quarantinedReadings: Type.Integer(),
    acknowledgedMessages: Type.Integer(),
  }),
  /** `from` is null where no mail server is set up: nothing is sent then. */
  mail: closed({
    from: orNull(Type.String()),
    sent: Type.Integer(),
    lastSentAt: orNull(Instant),
    lastFailure: orNull(Type.String()),
  }),
  /** The first line of the audit log that does not fit its hash, or null. */
  auditBrokenAt: orNull(Type.Integer()),
  /** Where backups are kept on the server, the newest first in `backups`. */
  backupsFolder: Type.String(),
  /** The newest backup since the start: whether it is still being made, and why it failed. */
  backup: orNull(closed({ startedAt: Instant, running: Type.Boolean(), failed: orNull(Type.String()) })),
  backups: Type.Array(closed({ folder: Type.String(), at: Instant, bytes: Type.Integer() })),
})
/** Settings and limits in force: `value` is null for a secret, '' where nothing is set; `set` by whoever runs the server. */
export const SettingList = Type.Object(
  {
    items: Type.Array(
      closed({ name: Type.String(), value: orNull(Type.String()), set: Type.Boolean(), text: Type.String() }),
    ),
  },
  { additionalProperties: false },
)
export const BackupWanted = closed({
  /**
   * Name of a folder below `backups/` of the data folder; absent: named by the instant.
   * A command on this machine may give the path of any folder.
   */
  folder: Type.Optional(Type.String({ minLength: 1, maxLength: 1024 })),
  /** False: answered at once; `backup` of the installation's state says when it is ready. */
  wait: Type.Optional(Type.Boolean()),
})
export const BackupMade = closed({ folder: Type.String(), bytes: Type.Integer() })
export const BackupBegun = closed({ folder: Type.String() })

export type SettingList = Static<typeof SettingList>
export type SystemState = Static<typeof SystemState>
export type BackupWanted = Static<typeof BackupWanted>
export type BackupMade = Static<typeof BackupMade>
export type BackupBegun = Static<typeof BackupBegun>
