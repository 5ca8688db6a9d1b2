// Scenes: kept per premises, run now, taken back; and what became of each run.
import { IdParams, Nothing } from '#contract/common.ts'
import {
  OfPremises,
  SceneList,
  ScenePreview,
  SceneRunPage,
  SceneRunQuery,
  SceneRunShown,
  SceneShown,
  SceneWanted,
} from '#contract/scenes.ts'
import { Failure } from '#domain/failure.ts'
import type { StoredPaper } from '#domain/ports/papers.ts'
import type { Actor, Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import type { CommandPaper, CommandState } from '#domain/twin/command.ts'
import { isOpenCommand } from '#domain/twin/command.ts'
import { SCENE, SCENE_RUN, type Scene, type ScenePart, type SceneStep } from '#domain/twin/scene.ts'
import { SCHEDULE } from '#domain/twin/schedule.ts'
import { actorOf, identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { deviceNames, type NameOf } from '#api/twin/device-names.ts'
import type { TwinParts } from '#api/twin/open-twin-parts.ts'
import type { RunPaper } from '#api/twin/scenes.ts'
import { checkVersion, iso, notFound, pageOfQuery, problems, setEtag } from './answers.ts'
import { STEERING_ROLES } from './twins.ts'

const STEERING = { who: [...STEERING_ROLES] }
const tags = ['scenes']

export function addSceneRoutes(app: ApiApp, { records }: RouteParts, { scenes }: TwinParts): void {
  async function sceneOf(scope: Scope, id: Id): Promise<StoredPaper<Scene>> {
    const paper = await records.getPaper(scope, SCENE, id)
    if (paper?.state !== 'ready') throw notFound()
    return paper
  }
  /** Everyone of a premises sees its scenes; whoever made one, or the operator, changes it. */
  function mustOwn({ organisation }: Identity, { body }: StoredPaper<Scene>): void {
    if (organisation !== null && body.organisation !== organisation)
      throw new Failure('not-allowed', 'A scene is changed by the organisation that made it.')
  }
  async function shownRun(scope: Scope, run: RunPaper): Promise<SceneRunShown> {
    const nameOf = await deviceNames(
      records,
      scope,
      run.body.parts.map(({ device }) => device),
    )
    return runShown(run, await scenes.commandsOf(run), nameOf)
  }
  async function write(
    scene: { id: Id; premises: Id; state: string; body: Scene },
    expectedVersion: number,
    actor: Actor,
    action: string,
  ): Promise<void> {
    const paper = { ...scene, audience: 'premises' as const, dueAt: null }
    await records.changePapers({ papers: [{ kind: SCENE, paper, expectedVersion }] }, actor, action)
  }

  app.get(
    '/scenes',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Scenes of a premises',
        querystring: OfPremises,
        response: { 200: SceneList, ...problems },
      },
    },
    async (request) => {
      const items: SceneShown[] = []
      const { premises } = request.query
      for await (const paper of allPapers(records, scopeOf(request), SCENE, { premises, states: ['ready'] }))
        items.push(sceneShown(paper))
      return { items }
    },
  )
  app.get(
    '/scenes/:id',
    {
      config: { who: 'viewer' },
      schema: { tags, summary: 'A scene', params: IdParams, response: { 200: SceneShown, ...problems } },
    },
    async (request, reply) => {
      const paper = await sceneOf(scopeOf(request), request.params.id)
      setEtag(reply, paper.version)
      return sceneShown(paper)
    },
  )
  app.post(
    '/scenes',
    {
      config: STEERING,
      schema: { tags, summary: 'Make a scene', body: SceneWanted, response: { 201: SceneShown, ...problems } },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { premises, name, steps } = request.body
      if (!(await records.seesPremises(scopeOf(request), premises))) throw notFound()
      const id = createId('scene')
      const body: Scene = { name, organisation: identity.organisation, steps: steps as SceneStep[] }
      await write({ id, premises, state: 'ready', body }, 0, actorOf(identity), 'scene.make')
      return reply.status(201).send(sceneShown(await sceneOf(scopeOf(request), id)))
    },
  )
  app.put(
    '/scenes/:id',
    {
      config: STEERING,
      schema: {
        tags,
        summary: 'Change a scene',
        params: IdParams,
        body: SceneWanted,
        response: { 200: SceneShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const paper = await sceneOf(scopeOf(request), request.params.id)
      mustOwn(identity, paper)
      checkVersion(request, paper.version)
      const { premises, name, steps } = request.body
      if (premises !== paper.premises) throw new Failure('conflict', 'A scene stays in its premises: make a new one.')
      const body: Scene = { ...paper.body, name, steps: steps as SceneStep[] }
      await write({ id: paper.id, premises, state: 'ready', body }, paper.version, actorOf(identity), 'scene.change')
      const changed = await sceneOf(scopeOf(request), paper.id)
      setEtag(reply, changed.version)
      return sceneShown(changed)
    },
  )
  app.delete(
    '/scenes/:id',
    {
      config: STEERING,
      schema: { tags, summary: 'Withdraw a scene', params: IdParams, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const paper = await sceneOf(scopeOf(request), request.params.id)
      mustOwn(identity, paper)
      const premises = paper.premises ?? ''
      for await (const schedule of allPapers(records, ALL, SCHEDULE, { premises, states: ['on', 'off'] }))
        if (schedule.body.triggers.some(({ scene }) => scene === paper.id))
          throw new Failure('conflict', 'A schedule runs this scene: change the schedule first.')
      await write(
        { id: paper.id, premises, state: 'withdrawn', body: paper.body },
        paper.version,
        actorOf(identity),
        'scene.withdraw',
      )
      return reply.status(204).send(null)
    },
  )
  app.get(
    '/scenes/:id/preview',
    {
      config: STEERING,
      schema: {
        tags,
        summary: 'What a scene would do now, device by device, and what it may not',
        params: IdParams,
        response: { 200: ScenePreview, ...problems },
      },
    },
    async (request) => {
      const paper = await sceneOf(scopeOf(request), request.params.id)
      const parts = await scenes.preview(paper, identityOf(request).organisation)
      const devices = parts.map(({ device }) => device)
      const nameOf = await deviceNames(records, scopeOf(request), devices)
      return { parts: parts.map((part) => partShown(part, null, nameOf)) }
    },
  )
  app.post(
    '/scenes/:id/run',
    {
      config: STEERING,
      schema: { tags, summary: 'Run a scene now', params: IdParams, response: { 201: SceneRunShown, ...problems } },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const scene = await sceneOf(scopeOf(request), request.params.id)
      const { organisation } = identity
      const run = await scenes.run({
        id: createId('run'),
        scene,
        organisation,
        schedule: null,
        actor: actorOf(identity),
      })
      return reply.status(201).send(await shownRun(scopeOf(request), run))
    },
  )

  async function runOf(scope: Scope, id: Id): Promise<RunPaper> {
    const paper = await records.getPaper(ALL, SCENE_RUN, id)
    if (paper === null || !(await records.seesPremises(scope, paper.premises ?? ''))) throw notFound()
    return paper
  }
  app.get(
    '/scene-runs',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Runs of scenes, the newest first',
        querystring: SceneRunQuery,
        response: { 200: SceneRunPage, ...problems },
      },
    },
    async (request) => {
      const { premises } = request.query
      const scope = scopeOf(request)
      if (premises !== undefined && !(await records.seesPremises(scope, premises))) throw notFound()
      // Without a premises an organisation is shown none: a page over all of them would tell how many others have.
      if (premises === undefined && scope.organisation !== null)
        throw new Failure('bad-request', 'Say which premises: premises=…')
      const page = await records.listPapers(ALL, SCENE_RUN, {
        ...pageOfQuery(request.query),
        ...(premises === undefined ? {} : { premises }),
        newestFirst: true,
      })
      const items = await Promise.all(page.items.map((run) => shownRun(scope, run)))
      return { items, next: page.next }
    },
  )
  app.get(
    '/scene-runs/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'A run of a scene, with what became of each command',
        params: IdParams,
        response: { 200: SceneRunShown, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      return shownRun(scope, await runOf(scope, request.params.id))
    },
  )
  app.post(
    '/scene-runs/:id/undo',
    {
      config: STEERING,
      schema: {
        tags,
        summary: 'Bring back what devices reported before a run',
        params: IdParams,
        response: { 201: SceneRunShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const run = await runOf(scopeOf(request), request.params.id)
      const undo = await scenes.undo(run, identity.organisation, actorOf(identity))
      return reply.status(201).send(await shownRun(scopeOf(request), undo))
    },
  )
}

const sceneShown = ({ id, premises, body, version, changedAt, changedBy }: StoredPaper<Scene>): SceneShown => ({
  id,
  premises: premises ?? '',
  organisation: body.organisation,
  name: body.name,
  steps: body.steps as SceneShown['steps'],
  version,
  changedAt: iso(changedAt),
  changedBy,
})

const partShown = (
  { device, step, command, refused, before }: ScenePart,
  paper: CommandPaper | null,
  nameOf: NameOf,
) => ({
  device,
  deviceName: nameOf(device),
  step,
  command,
  state: paper === null ? null : (paper.state as CommandState),
  answer: paper?.body.answer ?? null,
  refused,
  undoable: before !== null,
})

function runShown(
  { id, premises, state, createdAt, body }: RunPaper,
  commands: ReadonlyMap<Id, CommandPaper>,
  nameOf: NameOf,
): SceneRunShown {
  const parts = body.parts.map((part) =>
    partShown(part, part.command === null ? null : (commands.get(part.command) ?? null), nameOf),
  )
  const count = (is: (part: (typeof parts)[number]) => boolean): number => parts.filter(is).length
  return {
    id,
    scene: body.scene,
    sceneName: body.sceneName,
    premises,
    organisation: body.organisation,
    state: state === 'missed' ? 'missed' : 'run',
    schedule: body.schedule,
    undoes: body.undoes,
    undoneBy: body.undoneBy,
    at: iso(createdAt),
    by: body.by,
    counts: {
      done: count((part) => part.state === 'done'),
      underWay: count((part) => part.state !== null && isOpenCommand(part.state)),
      failed: count((part) => part.state === 'failed' || part.state === 'expired'),
      refused: count((part) => part.refused !== null),
      wished: count((part) => part.command === null && part.refused === null),
    },
    parts,
  }
}
