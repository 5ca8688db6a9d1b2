// `samtila credentials`: MQTT credentials of devices and gateways.
import type { ServerSettings } from '#server/limits.ts'
import { need, readArguments, show, withClient } from '#cli/arguments.ts'
import { CommandError, jsonOf } from '#cli/client.ts'

/** Devices in one request; more are asked for in turn. */
const DEVICES_PER_REQUEST = 500

export async function credentials(args: string[], settings: ServerSettings): Promise<number> {
  const { values, positionals } = readArguments(args, { gateway: { type: 'boolean' } })
  const [action, ...devices] = positionals
  return withClient(values, settings, async (client) => {
    if (action === 'create') {
      need(devices[0], 'The id of a device')
      const made: { device: string; username: string; password: string }[] = []
      for (let start = 0; start < devices.length; start += DEVICES_PER_REQUEST) {
        const body = {
          devices: devices.slice(start, start + DEVICES_PER_REQUEST),
          ...(values.gateway === true ? { gateway: true } : {}),
        }
        made.push(...((await jsonOf(await client.request('POST', '/credentials', body))) as typeof made))
      }
      show(values.json, made, () =>
        [
          'Passwords are shown this once:',
          ...made.map((one) => `${one.device}  user name ${one.username}  password ${one.password}`),
        ].join('\n'),
      )
    } else if (action === 'revoke') {
      const device = need(devices[0], 'The id of the device')
      const answer = (await jsonOf(await client.request('DELETE', `/credentials/${encodeURIComponent(device)}`))) as {
        revoked: number
      }
      show(values.json, answer, () => `${answer.revoked} credentials of ${device} are revoked.`)
    } else throw new CommandError('samtila credentials create|revoke')
    return 0
  })
}
