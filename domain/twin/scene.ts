// A scene: several commands and wishes over devices, types or spaces of a premises, given together; and what became of one.
import { paperKind } from '#domain/ports/papers.ts'
import type { Device, Id, Names } from '#domain/registry/bundle.ts'
import type { JsonObject } from './field.ts'

/** One device, or all of a type and in a space; both given, both must fit. */
export type SceneTarget = { device: Id } | { type?: string; space?: Id }
/** A command that is given, or keys of the configuration that are desired. */
export type SceneStep = { of: SceneTarget } & ({ command: string; params: JsonObject } | { desired: JsonObject })
export type Scene = { name: Names; organisation: Id | null; steps: readonly SceneStep[] }
/** State: `ready` or `withdrawn`. */
export const SCENE = paperKind<Scene>('scene')

/** What one step did to one device. */
export type ScenePart = {
  device: Id
  step: number
  /** The command that was made, or null: the configuration, or nothing. */
  command: Id | null
  /** Why nothing was done: not allowed, not known to the device. */
  refused: { code: 'not-allowed' | 'unknown-command' | 'invalid'; message: string } | null
  /** What the device reported before of the keys that the step changes; null when it cannot be taken back. */
  before: JsonObject | null
}
export type SceneRun = {
  scene: Id
  sceneName: Names
  /** The name of whoever ran it. */
  by: string
  organisation: Id | null
  /** The schedule that ran it, or the run that it undoes. */
  schedule: Id | null
  undoes: Id | null
  undoneBy: Id | null
  parts: readonly ScenePart[]
}
/** State: `run`, or `missed` (a schedule whose time passed while the platform was down). */
export const SCENE_RUN = paperKind<SceneRun>('scene-run')

/** Devices of the premises that a step is for, in their order. */
export const devicesOfStep = ({ of }: SceneStep, devices: readonly Device[]): Device[] =>
  devices.filter(({ id, type, space }) =>
    'device' in of
      ? id === of.device
      : (of.type === undefined || type === of.type) && (of.space === undefined || space === of.space),
  )
