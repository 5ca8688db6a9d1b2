// `samtila firmware`: signs and uploads images, and leads campaigns.
import { createHash, createPrivateKey, sign } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import type {
  CampaignDetail,
  CampaignList,
  CampaignShown,
  FirmwareImageList,
  FirmwareImageShown,
} from '#contract/firmware.ts'
import { signedText } from '#domain/firmware/firmware.ts'
import { pickName } from '#domain/writing/names.ts'
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, type Client } from '#cli/client.ts'
import { pathOf } from '#cli/requests.ts'

const STEPS = ['start', 'pause', 'resume', 'abort'] as const

export async function firmware(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, {
    premises: { type: 'string' },
    version: { type: 'string' },
    key: { type: 'string' },
    'private-key': { type: 'string' },
    signature: { type: 'string' },
    type: { type: 'string' },
    image: { type: 'string' },
    name: { type: 'string' },
    waves: { type: 'string' },
  })
  const [action = 'list', first] = positionals
  if (action === 'sign') {
    const { signature, file } = signFile(
      need(first, 'The file'),
      need(values.version, '--version'),
      need(values['private-key'], '--private-key'),
    )
    show(values.json, { file, signature }, () => `${file}\n${signature}`)
    return 0
  }
  return withClient(values, settings, async (client) => {
    switch (action) {
      case 'images': {
        const { items } = (await jsonOf(await client.request('GET', '/firmware/images'))) as FirmwareImageList
        show(values.json, items, () =>
          items.length === 0
            ? 'No images.'
            : items
                .map(
                  ({ id, version, state, deviceType, bytes }) =>
                    `${id}  ${version}  ${state}  ${deviceType ?? 'any type'}  ${bytes} bytes`,
                )
                .join('\n'),
        )
        return 0
      }
      case 'upload': {
        const image = await upload(client, need(first, 'The file'), values)
        show(values.json, image, () => `${image.id}  ${image.version}  ${image.file}`)
        return 0
      }
      case 'draft': {
        const made = (await jsonOf(
          await client.request('POST', '/firmware/campaigns', draftOf(values)),
        )) as CampaignShown
        show(values.json, made, () => campaignLine(made))
        return 0
      }
      case 'list': {
        const premises = need(values.premises, '--premises')
        const { items } = (await jsonOf(
          await client.request('GET', `/firmware/campaigns?premises=${encodeURIComponent(premises)}`),
        )) as CampaignList
        show(values.json, items, () => (items.length === 0 ? 'No campaigns.' : items.map(campaignLine).join('\n')))
        return 0
      }
      case 'show': {
        const detail = (await jsonOf(
          await client.request('GET', pathOf('firmware', 'campaigns', need(first, 'The id of a campaign'))),
        )) as CampaignDetail
        show(values.json, detail, () =>
          [
            campaignLine(detail.campaign),
            ...detail.updates.map(({ device, wave, state, version, error }) =>
              [device, `wave ${wave + 1}`, state, version ?? '–', ...(error === null ? [] : [error])].join('  '),
            ),
          ].join('\n'),
        )
        return 0
      }
      case 'retry': {
        const path = `${pathOf('firmware', 'campaigns', need(first, 'The id of a campaign'))}/retry`
        const answer = (await jsonOf(await client.request('POST', path, {}))) as { retried: number }
        show(values.json, answer, () => `${answer.retried} devices try again.`)
        return 0
      }
      default: {
        const step = STEPS.find((one) => one === action)
        if (step === undefined)
          throw new CommandError('samtila firmware sign|upload|images|draft|list|show|start|pause|resume|abort|retry')
        const path = `${pathOf('firmware', 'campaigns', need(first, 'The id of a campaign'))}/${step}`
        const changed = (await jsonOf(await client.request('POST', path))) as CampaignShown
        show(values.json, changed, () => campaignLine(changed))
        return 0
      }
    }
  })
}

const campaignLine = ({ id, name, version, state, counts, devices }: CampaignShown): string =>
  `${id}  ${pickName(name, 'en', id).text}  ${version}  ${state}  ${counts.installed}/${devices} installed, ${counts.failed + counts.rolledBack} failed`

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new CommandError(error instanceof Error ? error.message : String(error))
  }
}

/** The maker's signature: Ed25519 over digest and version; the private key (PEM, PKCS #8) stays on this machine. */
function signFile(path: string, version: string, keyFile: string): { file: string; signature: string } {
  const file = `sha256:${createHash('sha256').update(readBytes(path)).digest('hex')}`
  const key = createPrivateKey(readBytes(keyFile))
  if (key.asymmetricKeyType !== 'ed25519') throw new CommandError('--private-key is no Ed25519 key.')
  return { file, signature: sign(null, Buffer.from(signedText(file, version)), key).toString('base64') }
}

type Values = { [option: string]: string | boolean | undefined }
const textOf = (values: Values, option: string): string =>
  need(typeof values[option] === 'string' ? values[option] : undefined, `--${option}`)

async function upload(client: Client, path: string, values: Values): Promise<FirmwareImageShown> {
  const version = textOf(values, 'version')
  const bytes = readBytes(path)
  const signature =
    values['private-key'] === undefined
      ? textOf(values, 'signature')
      : signFile(path, version, textOf(values, 'private-key')).signature
  const name = encodeURIComponent(basename(path))
  const { digest } = (await jsonOf(
    await client.request('POST', `/files?name=${name}`, bytes, 'application/octet-stream'),
  )) as { digest: string }
  const type = values['type']
  const body = {
    version,
    file: digest,
    signature,
    key: textOf(values, 'key'),
    ...(type === undefined ? {} : { deviceType: type }),
  }
  return (await jsonOf(await client.request('POST', '/firmware/images', body))) as FirmwareImageShown
}

/** `--waves 10,30,100`: per cent of all targets; the last takes what is left. */
function draftOf(values: Values): unknown {
  const sizes = String(values['waves'] ?? '10,100').split(',')
  const type = values['type']
  return {
    name: { en: String(values['name'] ?? 'Firmware') },
    premises: textOf(values, 'premises'),
    image: textOf(values, 'image'),
    filter: type === undefined ? {} : { type },
    waves: sizes.map((size) => ({
      size: { percent: Number(size) },
      successPercent: 100,
      failuresAllowed: 0,
      waitMinutes: 0,
    })),
  }
}
