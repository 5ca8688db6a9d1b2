// Runs scenes: finds the devices of each step, asks the right for each, gives the commands and wishes together, and takes a run back.
import type { Actor } from '#domain/ports/records.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { ALL, listAll } from '#domain/registry/list-all.ts'
import { COMMAND, type CommandPaper, type CommandSource } from '#domain/twin/command.ts'
import { commandOfType, isAccessType, undoParams } from '#domain/twin/command-types.ts'
import { checkDesired } from '#domain/twin/configuration.ts'
import type { JsonObject } from '#domain/twin/field.ts'
import {
  devicesOfStep,
  SCENE_RUN,
  type Scene,
  type ScenePart,
  type SceneRun,
  type SceneStep,
} from '#domain/twin/scene.ts'
import type { RouteParts } from '#api/parts.ts'
import { createId } from '#api/access/secrets.ts'
import { commandProblems, expiryOf, isRepeatable } from './check-command.ts'
import type { Commands, WantedCommand } from './commands.ts'
import { steeringOf, whyNot } from './steer.ts'
import type { Twins } from './twins.ts'

export type RunPaper = StoredPaper<SceneRun>
type Run = { id: Id; scene: StoredPaper<Scene>; organisation: Id | null; schedule: Id | null; actor: Actor }
export type Scenes = {
  /** What a scene would do now, device by device, without doing it. */
  preview(scene: StoredPaper<Scene>, organisation: Id | null): Promise<ScenePart[]>
  /** Runs it under this id once: a second time is Failure 'changed-meanwhile'. */
  run(wanted: Run): Promise<RunPaper>
  /** Brings back what was reported before the run, where it was known. @throws Failure 'conflict' when that was done already. */
  undo(run: RunPaper, organisation: Id | null, actor: Actor): Promise<RunPaper>
  /** The commands of a run by id. */
  commandsOf(run: RunPaper): Promise<ReadonlyMap<Id, CommandPaper>>
}
type Step = { device: Device; step: SceneStep; index: number }
type Made = { part: ScenePart; command: WantedCommand | null; desired: JsonObject | null }

const RETRIES = 3

export function createScenes(parts: RouteParts, twins: Twins, commands: Commands): Scenes {
  const { records, limits, now } = parts

  async function stepsOf(scene: StoredPaper<Scene>, organisation: Id | null): Promise<Step[]> {
    const devices: Device[] = []
    const premises = scene.premises ?? ''
    for await (const device of listAll(records, 'devices', { premises }, { organisation })) devices.push(device)
    const steps = scene.body.steps.flatMap((step, index) =>
      devicesOfStep(step, devices).map((device) => ({ device, step, index })),
    )
    if (steps.length > limits.sceneDevices)
      throw new Failure(
        'too-large',
        `A scene reaches ${limits.sceneDevices} devices at most; this one reaches ${steps.length}.`,
      )
    return steps
  }

  /** What each step makes of its device: a command, a wish, or why neither. */
  async function make(
    steps: readonly Step[],
    {
      premises,
      organisation,
      source,
      reason,
    }: { premises: Id; organisation: Id | null; source: CommandSource; reason: string },
  ): Promise<Made[]> {
    const steering = await steeringOf('steer', premises, parts)
    const made: Made[] = []
    for (const { device, step, index } of steps) {
      const part: ScenePart = { device: device.id, step: index, command: null, refused: null, before: null }
      const refuse = (code: NonNullable<ScenePart['refused']>['code'], message: string): void =>
        void made.push({ part: { ...part, refused: { code, message } }, command: null, desired: null })
      const right = steering(organisation, device)
      if (!right.allowed) {
        refuse('not-allowed', await whyNot('steer', right, parts))
        continue
      }
      const { twin } = await twins.get(device.id)
      if ('desired' in step) {
        const [problem] = checkDesired(device.type, step.desired, '')
        if (problem !== undefined) {
          refuse('invalid', `${problem.pointer.slice(1)} ${problem.message}`)
          continue
        }
        const before = Object.keys(step.desired).map((key) => [key, twin.reported[key] ?? twin.desired[key] ?? null])
        made.push({
          part: { ...part, before: Object.fromEntries(before) as JsonObject },
          command: null,
          desired: step.desired,
        })
        continue
      }
      const type = commandOfType(device.type, step.command)
      const [problem] = commandProblems(device, step.command, step.params, '')
      if (problem !== undefined) {
        refuse(problem.code === 'unknown-command' ? 'unknown-command' : 'invalid', problem.message)
        continue
      }
      // Nobody is there to see whom a door lets in.
      if (source.kind === 'schedule' && isAccessType(device.type) && type?.repeatable !== true) {
        refuse('not-allowed', 'A door or booth is opened by a person, not by a schedule.')
        continue
      }
      const command: WantedCommand = {
        id: createId('command'),
        device: device.id,
        premises: device.premises,
        name: step.command,
        params: step.params,
        repeatable: isRepeatable(device, step.command, false),
        source,
        organisation,
        ground: right.ground,
        reason,
        expiresAt: expiryOf(device, null, now(), limits),
      }
      const before =
        type === null || undoParams(type, twin.reported) === null ? null : reportedOf(type.reports, twin.reported)
      made.push({ part: { ...part, command: command.id, before }, command, desired: null })
    }
    return made
  }

  /** Commands, wishes and the record of the run in one transaction, then out to the devices. */
  async function carryOut(
    id: Id,
    premises: Id,
    run: Omit<SceneRun, 'parts' | 'by'>,
    remake: () => Promise<Made[]>,
    actor: Actor,
    beside?: RunPaper,
  ): Promise<RunPaper> {
    for (let attempt = 1; ; attempt++) {
      const made = await remake()
      const wishes = await Promise.all(
        [
          ...Map.groupBy(
            made.filter(({ desired }) => desired !== null),
            ({ part }) => part.device,
          ),
        ].map(([device, of]) =>
          twins.desire(
            device,
            premises,
            Object.assign({}, ...of.map(({ desired }) => desired)) as JsonObject,
            actor.name,
          ),
        ),
      )
      const body: SceneRun = { ...run, by: actor.name, parts: made.map(({ part }) => part) }
      const record = { id, premises, audience: 'operator' as const, state: 'run', dueAt: null, body }
      const papers = [
        { kind: SCENE_RUN, paper: record, expectedVersion: 0, action: 'scene.run' },
        ...wishes.filter((change) => change !== null),
        ...(beside === undefined ? [] : [undone(beside, id)]),
      ]
      try {
        await commands.make(
          made.flatMap(({ command }) => command ?? []),
          papers,
          actor,
          'scene.run',
        )
        for (const { part, desired } of made) if (desired !== null) await twins.tell(part.device)
        break
      } catch (error) {
        const isRun = (await records.getPaper(ALL, SCENE_RUN, id)) !== null
        const mayRetry = error instanceof Failure && error.code === 'changed-meanwhile' && !isRun
        if (attempt >= RETRIES || !mayRetry) throw error
      }
    }
    const stored = await records.getPaper(ALL, SCENE_RUN, id)
    if (stored === null) throw new Failure('not-found', 'The run is not kept any more.')
    return stored
  }

  return {
    async preview(scene, organisation) {
      const source = { kind: 'scene', run: '' } as const
      const made = await make(await stepsOf(scene, organisation), {
        premises: scene.premises ?? '',
        organisation,
        source,
        reason: '',
      })
      return made.map(({ part }) => ({ ...part, command: null }))
    },
    run({ id, scene, organisation, schedule, actor }) {
      const premises = scene.premises ?? ''
      const source: CommandSource =
        schedule === null ? { kind: 'scene', run: id } : { kind: 'schedule', schedule, run: id }
      const run = { scene: scene.id, sceneName: scene.body.name, organisation, schedule, undoes: null, undoneBy: null }
      const reason = Object.values(scene.body.name)[0] ?? scene.id
      const remake = async () => make(await stepsOf(scene, organisation), { premises, organisation, source, reason })
      return carryOut(id, premises, run, remake, actor)
    },
    async undo(paper, organisation, actor) {
      if (paper.body.undoneBy !== null) throw new Failure('conflict', 'This run is taken back already.')
      const premises = paper.premises ?? ''
      const id = createId('run')
      const { scene, sceneName } = paper.body
      const run = { scene, sceneName, organisation, schedule: null, undoes: paper.id, undoneBy: null }
      const commandsBefore = await readCommands(paper)
      const remake = async (): Promise<Made[]> => {
        const steps: Step[] = []
        const lost: Made[] = []
        // The last change first, so that the first known state is what remains.
        for (const part of paper.body.parts.toReversed()) {
          if (part.refused !== null) continue
          const device = (await records.getObject({ organisation }, 'devices', part.device))?.value
          if (device === undefined) continue
          const command = part.command === null ? null : (commandsBefore.get(part.command) ?? null)
          const type = command === null ? null : commandOfType(device.type, command.body.name)
          const params = type === null || part.before === null ? null : undoParams(type, part.before)
          const of = { device: device.id }
          if (part.command === null && part.before !== null)
            steps.push({ device, index: part.step, step: { of, desired: part.before } })
          else if (type !== null && params !== null)
            steps.push({ device, index: part.step, step: { of, command: type.name, params } })
          else
            lost.push({
              part: {
                ...part,
                command: null,
                refused: { code: 'invalid', message: 'What was there before is not known, or cannot be brought back.' },
              },
              command: null,
              desired: null,
            })
        }
        const source = { kind: 'undo', run: id } as const
        return [...(await make(steps, { premises, organisation, source, reason: 'undo' })), ...lost]
      }
      return carryOut(id, premises, run, remake, actor, paper)
    },
    commandsOf: readCommands,
  }

  async function readCommands({ body }: RunPaper): Promise<ReadonlyMap<Id, CommandPaper>> {
    const ids = body.parts.flatMap(({ command }) => command ?? [])
    const found = new Map<Id, CommandPaper>()
    for (const id of ids) {
      const paper = await records.getPaper(ALL, COMMAND, id)
      if (paper !== null) found.set(id, paper)
    }
    return found
  }
}

const reportedOf = (reports: Readonly<Record<string, string>>, reported: JsonObject): JsonObject =>
  Object.fromEntries(Object.values(reports).map((key) => [key, reported[key] ?? null]))

const undone = ({ id, premises, audience, state, dueAt, body, version }: RunPaper, undoneBy: Id) => ({
  kind: SCENE_RUN,
  paper: { id, premises, audience, state, dueAt, body: { ...body, undoneBy } },
  expectedVersion: version,
  action: 'scene.undo',
})
