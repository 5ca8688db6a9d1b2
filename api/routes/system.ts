// The state of the installation, for its operator, and the backup while it runs.
import { mkdirSync, readdirSync, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { BackupBegun, BackupMade, BackupWanted, SettingList, SystemState } from '#contract/system.ts'
import { Failure } from '#domain/failure.ts'
import { actorOf, identityOf, type Identity } from '#api/access/identity.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { iso, isoOrNull, problems } from './answers.ts'
import { createAuditCheck } from './audit-check.ts'

/** The operator's token for commands on this machine; only it may name a folder anywhere. */
const LOCAL_TOKEN = 'local-command-line'
const PLAIN_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,99}$/
const MAX_BACKUPS_SHOWN = 100

export function addSystemRoutes(app: ApiApp, parts: RouteParts): void {
  const { records, telemetry, broker, now, settings, version, log } = parts
  const startedAt = now()
  const delay = monitorEventLoopDelay({ resolution: 20 })
  delay.enable()
  app.addHook('onClose', async () => void delay.disable())
  const backupsFolder = join(settings.dataFolder, 'backups')
  const auditBrokenAt = createAuditCheck(records, now)
  /** The backup that is being made, or the one that was made last since the start. */
  let backup: { startedAt: number; running: boolean; failed: string | null } | null = null

  app.get(
    '/system',
    {
      config: { who: { operator: ['admin', 'technician'] } },
      schema: { tags: ['system'], summary: 'State of the installation', response: { 200: SystemState, ...problems } },
    },
    async () => {
      const counts = broker.counts()
      return {
        version,
        node: process.versions.node,
        startedAt: iso(startedAt),
        uptimeS: Math.floor(process.uptime()),
        memoryBytes: process.memoryUsage.rss(),
        eventLoopDelayP99Ms: Math.round(delay.percentile(99) / 1e4) / 100,
        telemetry: telemetry.state(),
        broker: {
          listening: counts.listening,
          connections: counts.connections,
          storedReadings: counts.stored,
          duplicateReadings: counts.duplicate,
          quarantinedReadings: counts.quarantined,
          acknowledgedMessages: counts.acknowledged,
        },
        mail: mailState(parts),
        auditBrokenAt: await auditBrokenAt(),
        backupsFolder,
        backups: backupsIn(backupsFolder),
        backup: backup === null ? null : { ...backup, startedAt: iso(backup.startedAt) },
      }
    },
  )
  app.get(
    '/system/settings',
    {
      config: { who: { operator: ['admin', 'technician'] } },
      schema: {
        tags: ['system'],
        summary: 'Every setting and limit in force, with what it means; no secrets',
        response: { 200: SettingList, ...problems },
      },
    },
    async () => ({ items: [...(settings.inForce ?? [])] }),
  )
  app.post(
    '/backup',
    {
      config: { who: { operator: ['admin'] } },
      handlerTimeout: 3_600_000,
      schema: {
        tags: ['system'],
        summary: 'Copy everything acknowledged so far into a new folder, while running',
        body: BackupWanted,
        response: { 200: BackupMade, 202: BackupBegun, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const folder = folderOf(request.body.folder ?? iso(now()).replaceAll(/[:.]/g, '-'), identity)
      if (backup?.running === true) throw new Failure('conflict', 'A backup is being made already.')
      mkdirSync(folder, { recursive: true, mode: 0o700 })
      if (readdirSync(folder).length > 0) throw new Failure('conflict', 'That folder is not empty; name a new one.')
      const state = { startedAt: now(), running: true, failed: null as string | null }
      backup = state
      const made = (async () => {
        try {
          // Readings after the records: what a settlement rests on is then surely in the copy.
          await records.backup(folder)
          await telemetry.backup(folder)
          await records.appendAudit(actorOf(identity), 'backup', 'system', 'backup', null, folder)
        } catch (error) {
          state.failed = error instanceof Error ? error.message : String(error)
          throw error
        } finally {
          state.running = false
        }
      })()
      if (request.body.wait === false) {
        // How it ended stands in the state of the installation.
        made.catch((error: unknown) => log.error('a backup failed', { folder, error: String(error) }))
        return reply.code(202).send({ folder })
      }
      await made
      return { folder, bytes: bytesIn(folder) }
    },
  )
  const folderOf = (wanted: string, identity: Identity): string => {
    if (PLAIN_NAME.test(wanted)) return join(backupsFolder, wanted)
    if (identity.id === LOCAL_TOKEN && isAbsolute(wanted) && !wanted.includes('\0')) return wanted
    throw new Failure('invalid-body', 'folder is a plain name; the backup goes below backups/ of the data folder.', {
      problems: [{ pointer: '/folder', code: 'not-a-name', message: 'is a name of letters, digits, points, hyphens' }],
    })
  }
}

function mailState({ notifier }: RouteParts): SystemState['mail'] {
  const state = notifier?.state() ?? { from: null, sent: 0, lastSentAt: null, lastFailure: null }
  return { ...state, lastSentAt: isoOrNull(state.lastSentAt) }
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0)
}

function backupsIn(folder: string): SystemState['backups'] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => ({
        folder: entry.name,
        at: iso(statSync(join(folder, entry.name)).mtimeMs),
        bytes: bytesIn(join(folder, entry.name)),
      }))
      .sort((a, b) => (a.at < b.at ? 1 : -1))
      .slice(0, MAX_BACKUPS_SHOWN)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}
