// The firmware of a simulated device: downloads an image over HTTP ranges or MQTT, goes on where it was, checks it, installs it or fails.
import { createHash, createPublicKey, verify } from 'node:crypto'
import type { Members } from './twin-device.ts'

/** How an attempt ends badly: the file is damaged on its way, or the device does not start with it and goes back. */
export type Mishap = 'damaged' | 'rolled-back' | null
export type FirmwareOptions = {
  id: string
  via: 'http' | 'mqtt'
  /** Where the platform answers HTTP, and the password of the device there. */
  httpUrl: string | null
  password: string
  /** The maker's Ed25519 key (32 bytes in base64) that its images must be signed by; null: it trusts the platform's word. */
  trustedKey: string | null
  /** How attempt 1, 2, … to install a version ends. */
  mishap(version: string, attempt: number): Mishap
  say(topic: string, payload: Members): void
  installed(version: string): void
}
export type Firmware = {
  connected(): void
  offer(offer: Members): void
  chunk(offset: number, bytes: Uint8Array): void
  stop(): void
}

const WINDOW = 8
const HTTP_PART_BYTES = 65_536
/** Without a part for so long it asks again, from where it is. */
const ASK_AGAIN_MS = 1_500

type Download = {
  campaign: string
  version: string
  digest: string
  signature: string
  url: string
  bytes: Buffer
  chunkBytes: number
  received: number
  windowEnd: number
}

export function createFirmware(options: FirmwareOptions): Firmware {
  let download: Download | null = null
  let version = ''
  let timer: NodeJS.Timeout | null = null
  let stopped = false
  const attempts = new Map<string, number>()

  function tell(state: string, more: Members = {}): void {
    if (download === null) return
    options.say('firmware/progress', {
      campaign: download.campaign,
      state,
      receivedBytes: download.received,
      via: options.via,
      ...more,
    })
  }
  function ask(): void {
    if (timer !== null) clearTimeout(timer)
    if (download === null || stopped) return
    const { campaign, received, chunkBytes } = download
    download.windowEnd = Math.min(received + WINDOW * chunkBytes, download.bytes.length)
    options.say('firmware/request', { campaign, offset: received, window: WINDOW, chunkBytes })
    timer = setTimeout(ask, ASK_AGAIN_MS).unref()
  }

  async function fetchParts(wanted: Download): Promise<void> {
    const authorization = `Basic ${Buffer.from(`${options.id}:${options.password}`).toString('base64')}`
    while (download === wanted && wanted.received < wanted.bytes.length && !stopped) {
      const last = Math.min(wanted.received + HTTP_PART_BYTES, wanted.bytes.length) - 1
      const response = await fetch(new URL(wanted.url, options.httpUrl ?? ''), {
        headers: { authorization, range: `bytes=${wanted.received}-${last}`, 'if-range': `"${wanted.digest}"` },
      })
      if (response.status !== 206) throw new Error(`the download was answered ${response.status}`)
      const part = Buffer.from(await response.arrayBuffer())
      part.copy(wanted.bytes, wanted.received)
      wanted.received += part.length
    }
    if (download === wanted && !stopped) finish(wanted)
  }
  function begin(wanted: Download): void {
    tell('downloading')
    if (options.via === 'mqtt') return ask()
    fetchParts(wanted).catch((error: unknown) => {
      if (download === wanted) fail(error instanceof Error ? error.message : String(error))
    })
  }
  function fail(error: string, state = 'failed'): void {
    tell(state, { error })
    download = null
  }

  function finish(wanted: Download): void {
    if (timer !== null) clearTimeout(timer)
    const attempt = (attempts.get(wanted.version) ?? 0) + 1
    attempts.set(wanted.version, attempt)
    const mishap = options.mishap(wanted.version, attempt)
    if (mishap === 'damaged') wanted.bytes[0] = (wanted.bytes[0] ?? 0) ^ 0xff
    const digest = `sha256:${createHash('sha256').update(wanted.bytes).digest('hex')}`
    if (digest !== wanted.digest) return fail('the digest does not fit')
    if (options.trustedKey !== null && !isSigned(wanted, options.trustedKey)) return fail('the signature does not fit')
    tell('verified')
    if (mishap === 'rolled-back') return fail('did not start with it', 'rolled-back')
    version = wanted.version
    tell('installed', { version })
    download = null
    options.installed(version)
  }

  return {
    connected() {
      if (download !== null && options.via === 'mqtt') ask()
    },
    offer({ campaign, cancel, version: wanted, digest, signature, url, bytes, chunkBytes }) {
      if (cancel === true) {
        if (timer !== null) clearTimeout(timer)
        download = null
        return
      }
      if (typeof bytes !== 'number' || typeof digest !== 'string' || wanted === version) {
        if (wanted === version && wanted !== '') options.installed(version)
        return
      }
      // Offered again it goes on where it is.
      if (download !== null && download.campaign === campaign && download.digest === digest) {
        if (options.via === 'mqtt') ask()
        return
      }
      download = {
        campaign: textOf(campaign),
        version: textOf(wanted),
        digest,
        signature: textOf(signature),
        url: textOf(url),
        bytes: Buffer.alloc(bytes),
        chunkBytes: Math.min(Number(chunkBytes), 16_384),
        received: 0,
        windowEnd: 0,
      }
      begin(download)
    },
    chunk(offset, bytes) {
      // Only the next part is taken: it has no memory for what comes out of order.
      if (download === null || offset !== download.received || offset + bytes.length > download.bytes.length) return
      Buffer.from(bytes).copy(download.bytes, offset)
      download.received += bytes.length
      if (download.received >= download.bytes.length) return finish(download)
      if (download.received >= download.windowEnd) {
        tell('downloading')
        ask()
      }
    },
    stop() {
      stopped = true
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** Over the digest and the version (docs/TWIN.md, Firmware). */
function isSigned({ digest, version, signature }: Download, publicKey: string): boolean {
  const x = Buffer.from(publicKey, 'base64').toString('base64url')
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
  return verify(null, Buffer.from(`samtila-firmware 1\n${digest}\n${version}\n`), key, Buffer.from(signature, 'base64'))
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')
