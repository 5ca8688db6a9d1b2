// What the demonstration must remember between starts: when it began, its devices' credentials, how far the past is filled.
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DeviceCredential } from '#sim/live/start-simulator.ts'

export type DemoState = {
  start: number
  filledUntil: number
  credentials: DeviceCredential[]
  /** The past months have been issued, accepted and closed. */
  settled?: boolean
  /** Emission factors and the weather are said. */
  figured?: boolean
  /** Alarm rules are made. */
  watched?: boolean
  /** Service plans, tasks and inspections are made. */
  serviced?: boolean
  /** Faults and report codes are made. */
  faulted?: boolean
  /** Who is on call, and how people are told. */
  notified?: boolean
  /** Storey plans are drawn, with the devices on them. */
  planned?: boolean
  /** Documents, money facts and vulnerabilities of the equipment are there. */
  equipped?: boolean
  /** Scenes, schedules and a firmware campaign are made. */
  steered?: boolean
}

/** The saved state, or null when there is none. */
export function readState(file: string): DemoState | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as DemoState
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw new Error(`${file} can't be read: ${(error as Error).message}`, { cause: error })
  }
}

/** Replaces the file in one step; only its owner may read it, as it holds passwords. */
export function writeState(file: string, state: DemoState): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(`${file}.new`, JSON.stringify(state), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}
