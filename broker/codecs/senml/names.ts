// Which device and which point a resolved SenML name means.

export type DeviceAndKey = { device: string | null; rest: string }

/** `urn:dev:…` (RFC 9039) names a device; what follows the identifier names a part of it. */
const DEVICE_URN = /^(urn:dev:[a-z]+:[^:_;/]+)(?:[:_;/](.*))?$/
const SEPARATORS_AT_END = /[:/._-]+$/

/**
 * The device key and the rest that names the point (empty when the name is the device's alone). On a device's own topic
 * every record is that device's; the split depends on the record alone, so a series keeps its key whatever it is sent with.
 */
export function splitName(base: string, name: string, own: string | null): DeviceAndKey {
  const whole = base + name
  const urn = DEVICE_URN.exec(whole)
  if (urn !== null) return { device: own ?? (urn[1] as string), rest: urn[2] ?? '' }
  if (own !== null) return { device: own, rest: withoutOwn(whole, own) }
  if (base !== '') return { device: base.replace(SEPARATORS_AT_END, ''), rest: name }
  const split = Math.max(whole.lastIndexOf('/'), whole.lastIndexOf(':'))
  return split > 0 ? { device: whole.slice(0, split), rest: whole.slice(split + 1) } : { device: null, rest: whole }
}

function withoutOwn(whole: string, own: string): string {
  if (whole === own) return ''
  return whole.startsWith(own) && /[:/._-]/.test(whole[own.length] as string) ? whole.slice(own.length + 1) : whole
}

/** The point's key: slashes become dots. */
export function keyOfRest(rest: string): string {
  return rest.replaceAll('/', '.')
}
