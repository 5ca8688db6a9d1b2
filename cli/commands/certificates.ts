// `samtila certificates`: client certificates of devices and gateways, and the authorities whose certificates are taken.
import { readFileSync, writeFileSync } from 'node:fs'
import type { AuthorityList, AuthorityShown, CertificateIssued, CertificatePage } from '#contract/certificates.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf, textOf, type Client } from '#cli/client.ts'
import type { ServerSettings } from '#server/limits.ts'

const OPTIONS = {
  gateway: { type: 'boolean' },
  request: { type: 'string' },
  days: { type: 'string' },
  out: { type: 'string' },
  file: { type: 'string' },
  organisation: { type: 'string' },
  premises: { type: 'string', multiple: true },
  name: { type: 'string' },
  subject: { type: 'string' },
  prefix: { type: 'string' },
  off: { type: 'boolean' },
} as const
type Values = ReturnType<typeof readArguments<typeof OPTIONS>>['values']

export async function certificates(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, OPTIONS)
  const [action, ...rest] = positionals
  return withClient(values, settings, async (client) => {
    if (action === 'issue') await issue(client, need(rest[0], 'The id of a device'), values)
    else if (action === 'list') await list(client, rest[0], values)
    else if (action === 'revoke') {
      const serial = need(rest[0], 'The serial number of the certificate').toLowerCase().replaceAll(':', '')
      const answer = await jsonOf(
        await client.request('DELETE', `/credentials/certificates/${encodeURIComponent(serial)}`),
      )
      show(values.json, answer, () => `The certificate ${serial} is revoked.`)
    } else if (action === 'ca') await authority(client, rest, values)
    else throw new CommandError('samtila certificates issue|list|revoke|ca')
    return 0
  })
}

async function issue(client: Client, device: string, values: Values): Promise<void> {
  const { gateway, request, days, out } = values
  const body = {
    device,
    ...(gateway === true ? { gateway: true } : {}),
    ...(request === undefined ? {} : { request: readText(request) }),
    ...(days === undefined ? {} : { days: Number(days) }),
  }
  const made = (await jsonOf(await client.request('POST', '/credentials/certificates', body))) as CertificateIssued
  const files: [string, string | null, number][] = [
    ['certificate', made.certificate, 0o644],
    ['key', made.privateKey, 0o600],
  ]
  if (out !== undefined)
    for (const [what, pem, mode] of files)
      if (pem !== null) writeFileSync(`${out}.${what}.pem`, `${pem.trim()}\n`, { mode, flag: 'wx' })
  show(values.json, made, () =>
    [
      `${made.device}  serial ${made.serial}  valid to ${made.validTo}`,
      ...(out === undefined ? files.flatMap(([, pem]) => (pem === null ? [] : [pem.trim()])) : []),
      ...(made.privateKey === null ? [] : ['The key is shown this once; it is kept nowhere here.']),
    ].join('\n'),
  )
}

async function list(client: Client, device: string | undefined, values: Values): Promise<void> {
  const items: CertificatePage['items'] = []
  let after: string | null = ''
  while (after !== null) {
    const query = new URLSearchParams({ limit: '200' })
    if (device !== undefined) query.set('device', device)
    if (after !== '') query.set('after', after)
    const page = (await jsonOf(await client.request('GET', `/credentials/certificates?${query}`))) as CertificatePage
    items.push(...page.items)
    after = page.next
  }
  show(values.json, items, () =>
    items.length === 0
      ? 'No certificates.'
      : items.map((one) => `${one.serial}  ${one.device}  ${one.state}  to ${one.validTo}`).join('\n'),
  )
}

async function authority(client: Client, [action = 'list', id, serial]: string[], values: Values): Promise<void> {
  const items = async (): Promise<AuthorityShown[]> =>
    ((await jsonOf(await client.request('GET', '/certificate-authorities'))) as AuthorityList).items
  const path = (): string => `/certificate-authorities/${encodeURIComponent(need(id, 'The id of the authority'))}`
  if (action === 'list') {
    const found = await items()
    show(values.json, found, () => (found.length === 0 ? 'No authorities.' : found.map(lineOf).join('\n')))
  } else if (action === 'put') {
    const known = (await items()).find((one) => one.id === id)
    const body = {
      name: values.name ?? known?.name ?? need(id, 'The id of the authority'),
      certificate: values.file === undefined ? need(known?.certificate, '--file') : readText(values.file),
      organisation: values.organisation ?? need(known?.organisation ?? undefined, '--organisation'),
      premises: values.premises ?? known?.premises ?? null,
      subject: values.subject ?? known?.subject ?? 'cn',
      prefix: values.prefix ?? known?.prefix ?? '',
      enabled: values.off !== true,
    }
    const answer = await jsonOf(await client.request('PUT', path(), body, undefined, known?.recordedVersion))
    show(values.json, answer, () => `The authority ${id} is ${known === undefined ? 'registered' : 'changed'}.`)
  } else if (action === 'revoke') {
    const body = { serial: need(serial, 'The serial number of the certificate') }
    const answer = await jsonOf(await client.request('POST', `${path()}/revocations`, body))
    show(values.json, answer, () => `The certificate ${body.serial} of ${id} is revoked.`)
  } else if (action === 'remove') {
    await textOf(await client.request('DELETE', path()))
    show(values.json, { removed: id }, () => `The authority ${id} is removed.`)
  } else throw new CommandError('samtila certificates ca list|put|revoke|remove')
}

function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new CommandError(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
  }
}
function lineOf({ id, own, name, organisation, enabled, validTo, revoked }: AuthorityShown): string {
  const whose = own ? "the platform's own" : `${name}, for ${organisation}`
  return `${id}  ${whose}  ${enabled ? 'on' : 'off'}  to ${validTo}  ${revoked.length} revoked`
}
