// What happens when something is ended, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  certificate: (device) =>
    `Device ${device} can no longer connect with this certificate, and its connection is cut at once. This cannot be undone.`,
  credentials: (device) =>
    `The connection of device ${device} is cut at once, and it comes back only with new credentials. This cannot be undone.`,
  authority: 'All connections made with certificates of this authority are cut at once.',
  labels: (n) => `${n === 1 ? 'The label' : `${n} labels`} can no longer be used, even where already printed.`,
  token: (name) => `Programs that use the token ${name} are refused at once. The token cannot be brought back.`,
  identityProvider: (name) => `Nobody can sign in through ${name} any more. Those who have no password cannot come in.`,
  bridge: (name) =>
    `No more readings come over the bridge ${name}. Those that have come are kept. The bridge’s settings and password are lost.`,
  listener: (name) => `Listener ${name} is cut off at once and told nothing more.`,
  webhook: (name) => `Nothing is sent to ${name} any more.`,
  calendar: 'Shifts, exceptions and steps are lost, and nobody is on call by this calendar any more.',
  vulnerability: (code) => `Vulnerability ${code} is removed from all devices that it concerns.`,
  document: (title) => `Document ${title} and its earlier versions are no longer shown here.`,
  firmwareKey: 'Firmware signed with this key is no longer accepted, and no update can be started with it.',
  accept: {
    title: (month) => `Approve the split, ${month}`,
    whole: 'Your share in all',
    exactly: (issue) =>
      `You approve exactly these figures (issue ${issue}). If the split is issued anew, you are asked again.`,
    pays: (other) => `You pay: ${other}`,
    receives: (other) => `You receive from: ${other}`,
    read: 'See the lines and their grounds',
  },
}
