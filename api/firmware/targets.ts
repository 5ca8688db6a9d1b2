// Which devices a campaign reaches: those that fit its filter, are not at the version yet, and that the organisation may renew.
import { Failure } from '#domain/failure.ts'
import type { Campaign, FirmwareImage, Target, Wave } from '#domain/firmware/firmware.ts'
import { divide } from '#domain/firmware/waves.ts'
import type { Device, Id } from '#domain/registry/bundle.ts'
import { listAll } from '#domain/registry/list-all.ts'
import type { RouteParts } from '#api/parts.ts'
import { steeringOf, whyNot } from '#api/twin/steer.ts'
import type { Twins } from '#api/twin/twins.ts'

type LeftOut = {
  device: Id
  code: 'has-version' | 'other-type' | 'other-model' | 'other-manufacturer' | 'not-allowed'
  reason: string
}
export type Targets = { targets: Target[]; leftOut: LeftOut[] }

/** @throws Failure 'too-large' when a campaign would reach more devices than it may. */
export async function findTargets(
  parts: RouteParts,
  twins: Twins,
  wanted: {
    premises: Id
    organisation: Id | null
    filter: Campaign['filter']
    waves: readonly Wave[]
    image: FirmwareImage
  },
): Promise<Targets> {
  const { premises, organisation, filter, waves, image } = wanted
  const steering = await steeringOf('patch', premises, parts)
  const fitting: { device: Device; fromVersion: string | null }[] = []
  const leftOut: Targets['leftOut'] = []
  for await (const device of listAll(parts.records, 'devices', { premises }, { organisation })) {
    if (filter.devices.length > 0 && !filter.devices.includes(device.id)) continue
    if (filter.type !== null && device.type !== filter.type) continue
    const { firmware } = (await twins.get(device.id)).twin.reported
    const fromVersion = typeof firmware === 'string' ? firmware : null
    if (filter.versions.length > 0 && (fromVersion === null || !filter.versions.includes(fromVersion))) continue
    const why = notFor(image, device, fromVersion)
    if (why !== null) {
      leftOut.push({ device: device.id, ...why })
      continue
    }
    const right = steering(organisation, device)
    if (right.allowed) fitting.push({ device, fromVersion })
    else leftOut.push({ device: device.id, code: 'not-allowed', reason: await whyNot('patch', right, parts) })
  }
  if (fitting.length > parts.limits.firmwareTargets)
    throw new Failure(
      'too-large',
      `A campaign reaches ${parts.limits.firmwareTargets} devices at most; this one reaches ${fitting.length}.`,
    )
  const ofWave = divide(
    fitting.map(({ device }) => device.id),
    waves,
  )
  const targets = fitting.map(({ device, fromVersion }, index) => ({
    device: device.id,
    wave: ofWave[index] ?? 0,
    fromVersion,
  }))
  return { targets, leftOut }
}

function notFor(image: FirmwareImage, device: Device, fromVersion: string | null): Omit<LeftOut, 'device'> | null {
  const { deviceType, model, manufacturer, version } = image
  if (fromVersion === version) return { code: 'has-version', reason: 'It has this version already.' }
  if (deviceType !== null && device.type !== deviceType)
    return { code: 'other-type', reason: `The image is for ${deviceType}.` }
  if (model !== null && device.model !== undefined && device.model !== model)
    return { code: 'other-model', reason: `The image is for the model ${model}.` }
  if (manufacturer !== null && device.manufacturer !== undefined && device.manufacturer !== manufacturer)
    return { code: 'other-manufacturer', reason: `The image is of ${manufacturer}.` }
  return null
}
