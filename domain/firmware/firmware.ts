// Firmware of devices: keys of makers, images with digest and signature, campaigns that bring an image to devices in waves.
import { paperKind, type StoredPaper } from '#domain/ports/papers.ts'
import type { Id, Names } from '#domain/registry/bundle.ts'

/** An Ed25519 key that signs images, of an organisation or manufacturer; `publicKey` is its 32 bytes in base64. */
export type FirmwareKey = { name: string; manufacturer: string | null; organisation: Id | null; publicKey: string }
/** State: `valid` or `withdrawn`. */
export const FIRMWARE_KEY = paperKind<FirmwareKey>('firmware-key')

/** `file` is the digest of the image, `sha256:…`; `signature` is in base64, over `signedText`. */
export type FirmwareImage = {
  version: string
  deviceType: string | null
  manufacturer: string | null
  model: string | null
  organisation: Id | null
  file: string
  bytes: number
  signature: string
  key: Id
  notes: string
}
/** State: `checking` while digest and signature are looked at, then `ready`; `withdrawn`. */
export const FIRMWARE_IMAGE = paperKind<FirmwareImage>('firmware-image')

/** What the maker signs: the digest of the bytes and the version that they are, so that neither can be passed off as another. */
export const signedText = (file: string, version: string): string => `samtila-firmware 1\n${file}\n${version}\n`

/** How many devices: so many, or so many per cent of all targets (rounded up). */
export type Wave = {
  size: { count: number } | { percent: number }
  /** Per cent of the wave's devices that must have it before the next wave begins. */
  successPercent: number
  /** More failures than these in the wave pause the campaign. */
  failuresAllowed: number
  /** Minutes for which the wave is looked at after that. */
  waitMinutes: number
}
export type Target = { device: Id; wave: number; fromVersion: string | null }
export type Campaign = {
  name: Names
  image: Id
  version: string
  organisation: Id | null
  filter: { type: string | null; versions: readonly string[]; devices: readonly Id[] }
  waves: readonly Wave[]
  targets: readonly Target[]
  /** The wave that is being brought out, from 0. */
  wave: number
  /** When its last device that counts had it, in milliseconds since 1970. */
  passedAt: number | null
  /** How often a device tries by itself. */
  attempts: number
  /** Failures of the wave that were known when a person resumed: they do not pause it again. */
  forgiven: number
  pausedBecause: 'person' | 'failures' | null
  startedAt: number | null
  endedAt: number | null
}
export const CAMPAIGN_STATES = ['draft', 'running', 'paused', 'done', 'aborted'] as const
export type CampaignState = (typeof CAMPAIGN_STATES)[number]
export const CAMPAIGN = paperKind<Campaign>('firmware-campaign')
export type CampaignPaper = StoredPaper<Campaign>

export const UPDATE_STATES = [
  'waiting',
  'offered',
  'downloading',
  'verified',
  'installed',
  'failed',
  'rolled-back',
  'aborted',
] as const
export type UpdateState = (typeof UPDATE_STATES)[number]
/** How far one device of a campaign is. */
export type Update = {
  campaign: Id
  device: Id
  wave: number
  fromVersion: string | null
  version: string | null
  receivedBytes: number
  attempts: number
  via: 'http' | 'mqtt' | null
  error: string | null
  steps: readonly { at: number; state: UpdateState; error: string | null }[]
}
/** State: an `UpdateState`. */
export const UPDATE = paperKind<Update>('firmware-update')
export type UpdatePaper = StoredPaper<Update>

export const isOver = (state: string): boolean =>
  state === 'installed' || state === 'failed' || state === 'rolled-back' || state === 'aborted'
export const isFailure = (state: string): boolean => state === 'failed' || state === 'rolled-back'
