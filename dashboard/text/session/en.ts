// English words of signing in and of one's own account.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  code: 'One-time code',
  codeHint: 'Six digits from your authenticator app, or one of your recovery codes.',
  codeNeeded: 'The password is right. Now give the one-time code.',
  codeWrong: 'The code is wrong or was used already. Wait for the next one, and check the clock of your phone.',
  or: 'Or sign in with your organisation’s account',
  by: (name) => `Sign in: ${name}`,
  refused: 'The sign-in did not succeed. Begin again in this browser.',
  noRole: 'You were identified, but you have no rights here. Ask your organisation’s administrator for them.',
  endedElsewhere:
    'Your session has ended: it grew too old or was ended elsewhere. Sign in again to go on where you were. What you wrote is still here.',
  inNewTab: 'The sign-in opens in a new tab. Come back to this tab afterwards: what you wrote is still here.',
  join: 'Account of another organisation',
  joinText:
    'If you work in two organisations, sign in here with the other account too. After that you switch organisation at the top of the page without signing in again.',
  joinRefused:
    'The account was not joined: it has no rights here, or it is another user’s already. Ask your organisation’s administrator.',
  joinFailed: 'The account was not joined. Try again in this browser.',
  secondFactor: 'Two-step sign-in',
  isOn: 'In use. When you sign in, you are asked for a one-time code besides your password.',
  isOff: 'Not in use. A one-time code protects your account even if your password falls into the wrong hands.',
  turnOn: 'Turn on',
  turnOff: 'Turn off',
  yourPassword: 'Your password',
  scan: 'Scan the code with an authenticator app (for example Microsoft Authenticator or Google Authenticator).',
  orType: 'If you cannot scan the picture, type this key into the app:',
  qr: 'QR code for the authenticator app',
  confirm: 'Confirm with the code',
  confirmEffect: 'Your other sessions end.',
  cancel: 'Cancel',
  recovery: 'Recovery codes',
  recoveryText:
    'Keep these in a safe place. Each lets you sign in once if your phone is not at hand. They are not shown again.',
  recoveryDone: 'I have saved the codes',
  sessions: 'Sessions',
  sessionsText: 'Devices and browsers where you are signed in.',
  browser: 'Browser',
  since: 'Signed in',
  until: 'Ends at the latest',
  thisOne: 'this session',
  end: 'End the session',
  ended: 'The session has ended.',
  unknownBrowser: 'unknown browser',
  action: 'Action',
}
