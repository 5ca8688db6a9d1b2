// Firmware: keys, images, campaigns and their steps, and the download for devices.
import type { FastifyRequest } from 'fastify'
import { IdParams, Nothing, Streamed } from '#contract/common.ts'
import {
  CampaignDetail,
  CampaignList,
  CampaignPreview,
  CampaignQuery,
  CampaignShown,
  CampaignWanted,
  FirmwareImageList,
  FirmwareImageShown,
  FirmwareImageWanted,
  FirmwareKeyList,
  FirmwareKeyShown,
  FirmwareKeyWanted,
  RetryAnswer,
  RetryWanted,
  type UpdateShown,
} from '#contract/firmware.ts'
import { Failure } from '#domain/failure.ts'
import {
  CAMPAIGN,
  FIRMWARE_IMAGE,
  FIRMWARE_KEY,
  type Campaign,
  type CampaignPaper,
  type CampaignState,
  type FirmwareImage,
  type FirmwareKey,
  type UpdatePaper,
  type UpdateState,
} from '#domain/firmware/firmware.ts'
import type { Paper, PaperKind, StoredPaper } from '#domain/ports/papers.ts'
import type { Scope } from '#domain/ports/records.ts'
import type { Id } from '#domain/registry/bundle.ts'
import { ALL, allPapers } from '#domain/registry/list-all.ts'
import { createGuessThrottle } from '#api/access/guess-throttle.ts'
import { actorOf, findIdentity, identityOf, scopeOf, type Identity } from '#api/access/identity.ts'
import { createId } from '#api/access/secrets.ts'
import { hasRole } from '#api/access/who.ts'
import { readRange } from '#api/firmware/byte-range.ts'
import { checkImage, findImage, readPublicKey, type ImagePaper } from '#api/firmware/images.ts'
import { findTargets } from '#api/firmware/targets.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import { deviceNames, type NameOf } from '#api/twin/device-names.ts'
import type { TwinParts } from '#api/twin/open-twin-parts.ts'
import { iso, isoOrNull, notFound, problems } from './answers.ts'

const TECHNICIANS = { who: ['technician' as const] }
const tags = ['firmware']

export function addFirmwareRoutes(app: ApiApp, parts: RouteParts, { images, campaigns, twins }: TwinParts): void {
  const { records, broker, limits, now } = parts
  const throttle = createGuessThrottle(limits.signInFailuresPerAddress)

  /** Of one's own organisation and the operator's, which all may use. */
  const audienceOf = ({ organisation }: Identity) => (organisation === null ? ('everyone' as const) : [organisation])
  async function mine<Body extends { organisation: Id | null }>(
    identity: Identity,
    kind: PaperKind<Body>,
    id: Id,
  ): Promise<StoredPaper<Body>> {
    const paper = await records.getPaper({ organisation: identity.organisation }, kind, id)
    if (paper === null) throw notFound()
    if (identity.organisation !== null && paper.body.organisation !== identity.organisation)
      throw new Failure('not-allowed', 'This is of another organisation: it changes it itself.')
    return paper
  }
  async function withdraw<Body extends { organisation: Id | null }>(
    request: FastifyRequest,
    kind: PaperKind<Body>,
    id: Id,
  ): Promise<void> {
    const identity = identityOf(request)
    const { premises, audience, dueAt, body, version } = await mine(identity, kind, id)
    const paper = { id, premises, audience, dueAt, body, state: 'withdrawn' }
    await records.changePapers(
      { papers: [{ kind, paper, expectedVersion: version }] },
      actorOf(identity),
      `${kind}.withdraw`,
    )
  }

  app.get(
    '/firmware/keys',
    {
      config: { who: 'viewer' },
      schema: { tags, summary: 'Keys that may sign images', response: { 200: FirmwareKeyList, ...problems } },
    },
    async (request) => {
      const items: FirmwareKeyShown[] = []
      for await (const paper of allPapers(records, scopeOf(request), FIRMWARE_KEY, {})) items.push(keyShown(paper))
      return { items }
    },
  )
  app.post(
    '/firmware/keys',
    {
      config: { who: ['admin'] },
      schema: {
        tags,
        summary: 'Trust an Ed25519 key of a maker',
        body: FirmwareKeyWanted,
        response: { 201: FirmwareKeyShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { name, manufacturer = null } = request.body
      const publicKey = readPublicKey(request.body.publicKey)
      if (publicKey === null)
        throw new Failure('invalid-body', 'This is no Ed25519 public key.', {
          problems: [
            {
              pointer: '/publicKey',
              code: 'no-key',
              message: 'should be PEM of an Ed25519 public key, or its 32 bytes in base64',
            },
          ],
        })
      const id = createId('key')
      const body: FirmwareKey = { name, manufacturer, organisation: identity.organisation, publicKey }
      const paper = { id, premises: null, audience: audienceOf(identity), state: 'valid', dueAt: null, body }
      await records.changePapers(
        { papers: [{ kind: FIRMWARE_KEY, paper, expectedVersion: 0 }] },
        actorOf(identity),
        'firmware-key.make',
      )
      return reply.status(201).send(keyShown(await mine(identity, FIRMWARE_KEY, id)))
    },
  )
  app.delete(
    '/firmware/keys/:id',
    {
      config: { who: ['admin'] },
      schema: {
        tags,
        summary: 'Trust a key no more: its images are not brought out any more',
        params: IdParams,
        response: { 204: Nothing, ...problems },
      },
    },
    async (request, reply) => {
      await withdraw(request, FIRMWARE_KEY, request.params.id)
      return reply.status(204).send(null)
    },
  )

  async function keepImage(paper: Paper<FirmwareImage>, expectedVersion: number, identity: Identity): Promise<void> {
    try {
      const change = { kind: FIRMWARE_IMAGE, paper, expectedVersion, files: [paper.body.file] }
      await records.changePapers({ papers: [change] }, actorOf(identity), `firmware-image.${paper.state}`)
    } catch (error) {
      if (!(error instanceof Failure && error.code === 'not-found')) throw error
      const message = 'is no file that you sent: send it to /files first'
      throw new Failure('invalid-body', 'The image is not taken.', {
        problems: [{ pointer: '/file', code: 'unknown-id', message }],
      })
    }
  }

  app.get(
    '/firmware/images',
    {
      config: { who: 'viewer' },
      schema: { tags, summary: 'Images of firmware', response: { 200: FirmwareImageList, ...problems } },
    },
    async (request) => {
      const items: FirmwareImageShown[] = []
      for await (const paper of allPapers(records, scopeOf(request), FIRMWARE_IMAGE, {
        states: ['ready', 'withdrawn'],
      }))
        items.push(imageShown(paper))
      return { items: items.toReversed() }
    },
  )
  app.post(
    '/firmware/images',
    {
      config: TECHNICIANS,
      schema: {
        tags,
        summary: 'Add an image whose file was sent to /files; unsigned, or signed by an unknown key, it is refused',
        body: FirmwareImageWanted,
        response: { 201: FirmwareImageShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { version, file, digest = null, signature, key, deviceType = null, model = null, notes = '' } = request.body
      const { organisation } = identity
      const id = createId('image')
      const given = { version, deviceType, model, organisation, file, signature, key, notes }
      const paper = { id, premises: null, audience: audienceOf(identity), dueAt: null }
      // A file is read once a paper carries it; until it is found good nobody can use the image.
      await keepImage({ ...paper, state: 'checking', body: { ...given, manufacturer: null, bytes: 0 } }, 0, identity)
      try {
        const { bytes, manufacturer } = await checkImage(parts, scopeOf(request), given, digest)
        await keepImage({ ...paper, state: 'ready', body: { ...given, manufacturer, bytes } }, 1, identity)
      } catch (error) {
        await records.deletePapers(FIRMWARE_IMAGE, [id], actorOf(identity), 'firmware-image.refuse')
        throw error
      }
      return reply.status(201).send(imageShown(await mine(identity, FIRMWARE_IMAGE, id)))
    },
  )
  app.delete(
    '/firmware/images/:id',
    {
      config: TECHNICIANS,
      schema: { tags, summary: 'Withdraw an image', params: IdParams, response: { 204: Nothing, ...problems } },
    },
    async (request, reply) => {
      await withdraw(request, FIRMWARE_IMAGE, request.params.id)
      return reply.status(204).send(null)
    },
  )

  /** A device shows its user name and password (HTTP Basic, RFC 7617); a person or program is known by the session or token. */
  async function deviceOf(request: FastifyRequest): Promise<Id | null> {
    const match = /^Basic ([A-Za-z0-9+/]+={0,2})$/.exec(request.headers.authorization ?? '')
    if (match === null) return null
    throttle.check(request.ip, now())
    const [userName = '', ...password] = Buffer.from(match[1] ?? '', 'base64')
      .toString()
      .split(':')
    if (await broker.knowsDevice(userName, password.join(':'))) return userName
    throttle.failed(request.ip, now())
    return null
  }
  async function downloadable(request: FastifyRequest, id: Id): Promise<{ image: ImagePaper; device: Id | null }> {
    const identity = findIdentity(request)
    if (identity !== null) {
      const image = hasRole(identity, ['technician']) ? await findImage(records, scopeOf(request), id) : null
      if (image === null) throw notFound()
      return { image, device: null }
    }
    const device = await deviceOf(request)
    if (device === null)
      throw new Failure('not-signed-in', 'Show the credential of a device: HTTP Basic with its user name and password.')
    const image = campaigns.imageFor(device, id)
    // What a device is not offered is nothing to it.
    if (image === null) throw notFound()
    return { image, device }
  }
  app.get(
    '/firmware/images/:id/content',
    {
      config: { who: 'open' },
      compress: false,
      schema: {
        tags,
        summary: 'The bytes of an image, whole or a range of them, for the device that it is offered to',
        params: IdParams,
        response: { 200: Streamed, 206: Streamed, ...problems },
      },
    },
    async (request, reply) => {
      const { image, device } = await downloadable(request, request.params.id)
      const bytes = await images.bytesOf(image.body)
      const etag = `"${image.body.file}"`
      reply.header('etag', etag)
      reply.header('accept-ranges', 'bytes')
      reply.header('cache-control', 'private, no-transform')
      const noneMatch = request.headers['if-none-match']
      if (noneMatch !== undefined && noneMatch.split(',').some((one) => one.trim() === etag))
        return reply.status(304).send()
      const ifRange = request.headers['if-range']
      const range = ifRange === undefined || ifRange === etag ? readRange(request.headers.range, bytes.length) : null
      if (range === 'unsatisfiable') {
        reply.header('content-range', `bytes */${bytes.length}`)
        throw new Failure('range-not-satisfiable', `The image has ${bytes.length} bytes.`)
      }
      reply.type('application/octet-stream')
      if (device !== null && request.method === 'GET')
        campaigns.served(device, range === null ? bytes.length : range.to + 1)
      if (range === null) return reply.send(Buffer.from(bytes))
      reply.header('content-range', `bytes ${range.from}-${range.to}/${bytes.length}`)
      return reply.status(206).send(Buffer.from(bytes.subarray(range.from, range.to + 1)))
    },
  )

  async function wantedOf(request: FastifyRequest, { premises, image: id, filter, waves }: CampaignWanted) {
    const identity = identityOf(request)
    const scope = scopeOf(request)
    if (!(await records.seesPremises(scope, premises))) throw notFound()
    const image = await findImage(records, scope, id)
    if (image?.state !== 'ready') throw notFound()
    const { type = null, versions = [], devices = [] } = filter
    const wholeFilter: Campaign['filter'] = { type, versions, devices }
    const { organisation } = identity
    const found = await findTargets(parts, twins, {
      premises,
      organisation,
      filter: wholeFilter,
      waves,
      image: image.body,
    })
    return { image, filter: wholeFilter, ...found }
  }
  app.post(
    '/firmware/campaigns/preview',
    {
      config: TECHNICIANS,
      schema: {
        tags,
        summary: 'Which devices a campaign would reach, in which wave, and which it leaves out and why',
        body: CampaignWanted,
        response: { 200: CampaignPreview, ...problems },
      },
    },
    async (request) => {
      const { targets, leftOut } = await wantedOf(request, request.body)
      const devices = [...targets, ...leftOut].map(({ device }) => device)
      const nameOf = await deviceNames(records, scopeOf(request), devices)
      const named = <T extends { device: Id }>(one: T) => ({ ...one, deviceName: nameOf(one.device) })
      return { targets: targets.map(named), leftOut: leftOut.map(named) }
    },
  )
  app.post(
    '/firmware/campaigns',
    {
      config: TECHNICIANS,
      schema: {
        tags,
        summary: 'Draft a campaign',
        body: CampaignWanted,
        response: { 201: CampaignShown, ...problems },
      },
    },
    async (request, reply) => {
      const identity = identityOf(request)
      const { image, filter, targets } = await wantedOf(request, request.body)
      const { name, premises, waves, attempts = 2 } = request.body
      if (targets.length === 0)
        throw new Failure(
          'conflict',
          'No device fits, or none that you may renew: ask for the preview, which says why.',
        )
      const body: Campaign = {
        name,
        image: image.id,
        version: image.body.version,
        organisation: identity.organisation,
        filter,
        waves,
        targets,
        wave: 0,
        passedAt: null,
        attempts,
        forgiven: 0,
        pausedBecause: null,
        startedAt: null,
        endedAt: null,
      }
      const id = createId('campaign')
      const audience = identity.organisation === null ? ('operator' as const) : [identity.organisation]
      const paper = { id, premises, audience, state: 'draft', dueAt: null, body }
      await records.changePapers(
        { papers: [{ kind: CAMPAIGN, paper, expectedVersion: 0 }] },
        actorOf(identity),
        'firmware.draft',
      )
      return reply.status(201).send(await shownOf(await mine(identity, CAMPAIGN, id)))
    },
  )
  app.get(
    '/firmware/campaigns',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'Campaigns of a premises, the newest first',
        querystring: CampaignQuery,
        response: { 200: CampaignList, ...problems },
      },
    },
    async (request) => {
      const items: CampaignShown[] = []
      for await (const paper of allPapers(records, scopeOf(request), CAMPAIGN, { premises: request.query.premises }))
        items.push(await shownOf(paper))
      return { items: items.toReversed() }
    },
  )
  app.get(
    '/firmware/campaigns/:id',
    {
      config: { who: 'viewer' },
      schema: {
        tags,
        summary: 'A campaign, with how far each device is',
        params: IdParams,
        response: { 200: CampaignDetail, ...problems },
      },
    },
    async (request) => {
      const scope = scopeOf(request)
      const paper = await campaignOf(scope, request.params.id)
      const updates = await campaigns.updatesOf(paper)
      const devices = updates.map(({ body }) => body.device)
      const nameOf = await deviceNames(records, scope, devices)
      return {
        campaign: await shownOf(paper, updates),
        updates: updates.map((update) => updateShown(update, nameOf)),
      }
    },
  )
  async function campaignOf(scope: Scope, id: Id): Promise<CampaignPaper> {
    const paper = await records.getPaper(scope, CAMPAIGN, id)
    if (paper === null) throw notFound()
    return paper
  }
  const STEPS = {
    start: 'Begin with the first wave',
    pause: 'Offer it to no more devices for now',
    resume: 'Go on; failures until now are forgiven',
    abort: 'End it; downloads under way are called off',
  } as const
  for (const [step, summary] of Object.entries(STEPS) as [keyof typeof STEPS, string][])
    app.post(
      `/firmware/campaigns/:id/${step}`,
      {
        config: TECHNICIANS,
        schema: { tags, summary, params: IdParams, response: { 200: CampaignShown, ...problems } },
      },
      async (request) => {
        const identity = identityOf(request)
        const { id } = await mine(identity, CAMPAIGN, request.params.id)
        await campaigns[step](id, actorOf(identity))
        return shownOf(await campaignOf(ALL, id))
      },
    )
  app.post(
    '/firmware/campaigns/:id/retry',
    {
      config: TECHNICIANS,
      schema: {
        tags,
        summary: 'Let devices that failed try again: these, or all',
        params: IdParams,
        body: RetryWanted,
        response: { 200: RetryAnswer, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const { id } = await mine(identity, CAMPAIGN, request.params.id)
      return { retried: await campaigns.retry(id, request.body.devices ?? null, actorOf(identity)) }
    },
  )

  async function shownOf(paper: CampaignPaper, known?: readonly UpdatePaper[]): Promise<CampaignShown> {
    const { id, premises, state, body, createdAt, createdBy } = paper
    const updates = known ?? (await campaigns.updatesOf(paper))
    const states = body.targets.map(({ device, wave }) => ({
      wave,
      state: updates.find((one) => one.body.device === device)?.state ?? 'waiting',
    }))
    const image = await findImage(records, ALL, body.image)
    return {
      id,
      name: body.name,
      premises,
      organisation: body.organisation,
      image: body.image,
      version: body.version,
      bytes: image?.body.bytes ?? 0,
      state: state as CampaignState,
      pausedBecause: body.pausedBecause,
      wave: body.wave,
      waves: body.waves.map((wave, index) => {
        const own = states.filter((one) => one.wave === index)
        return { ...wave, devices: own.length, counts: countsOf(own) }
      }),
      counts: countsOf(states),
      devices: body.targets.length,
      attempts: body.attempts,
      createdAt: iso(createdAt),
      createdBy,
      startedAt: isoOrNull(body.startedAt),
      endedAt: isoOrNull(body.endedAt),
    }
  }
  const updateShown = ({ state, body }: UpdatePaper, nameOf: NameOf): UpdateShown => ({
    device: body.device,
    deviceName: nameOf(body.device),
    wave: body.wave,
    state: state as UpdateState,
    fromVersion: body.fromVersion,
    version: body.version,
    receivedBytes: body.receivedBytes,
    attempts: body.attempts,
    via: body.via,
    error: body.error,
    connected: broker.presence(body.device).connected,
    steps: body.steps.map((one) => ({ ...one, at: iso(one.at) })),
  })
}

function countsOf(states: readonly { state: string }[]): CampaignShown['counts'] {
  const count = (...wanted: string[]): number => states.filter(({ state }) => wanted.includes(state)).length
  return {
    waiting: count('waiting'),
    underWay: count('offered', 'downloading', 'verified'),
    installed: count('installed'),
    failed: count('failed'),
    rolledBack: count('rolled-back'),
    aborted: count('aborted'),
  }
}
const keyShown = ({ id, state, body, createdAt, createdBy }: StoredPaper<FirmwareKey>): FirmwareKeyShown => ({
  id,
  ...body,
  state: state === 'valid' ? 'valid' : 'withdrawn',
  createdAt: iso(createdAt),
  createdBy,
})
const imageShown = ({ id, state, body, createdAt, createdBy }: ImagePaper): FirmwareImageShown => ({
  id,
  ...body,
  state: state === 'ready' ? 'ready' : 'withdrawn',
  createdAt: iso(createdAt),
  createdBy,
})
