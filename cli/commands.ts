// The table of commands: what each takes, one sentence, and the file that does it.
import type { ServerSettings } from '#server/limits.ts'
import { backup, restore } from './commands/backup.ts'
import { exportBundle, importBundle } from './commands/bundles.ts'
import { credentials } from './commands/credentials.ts'
import { decode } from './commands/decode.ts'
import { keys, sign } from './commands/keys.ts'
import { bundle, settle } from './commands/settlements.ts'
import { token } from './commands/tokens.ts'
import { user } from './commands/users.ts'

/** Runs a command with its arguments; gives the exit code. */
export type Command = { takes: string; text: string; run(args: string[], settings: ServerSettings): Promise<number> }

export const COMMANDS: Record<string, Command> = {
  token: {
    takes: 'create --name N [--role R…] [--organisation O] [--days D] | list | revoke ID',
    text: 'API tokens; a new one is shown once',
    run: token,
  },
  credentials: {
    takes: 'create DEVICE… [--gateway] | revoke DEVICE',
    text: 'MQTT credentials of devices and gateways; passwords are shown once',
    run: credentials,
  },
  user: {
    takes: 'add LOGIN --name N [--organisation O] [--role R…] [--language fi|sv|en]',
    text: 'makes a user with a random password, shown once',
    run: user,
  },
  import: { takes: 'FILE|-', text: 'takes in a bundle, all or nothing', run: importBundle },
  export: {
    takes: '[--premises P] [--readings] [--out FILE]',
    text: 'writes everything, or one premises, as a bundle',
    run: exportBundle,
  },
  settle: { takes: 'PREMISES MONTH', text: 'the settlement of a month, as a table or --json', run: settle },
  bundle: {
    takes: 'PREMISES MONTH [--out FILE]',
    text: 'the proof file of a closed month, for verify.mjs',
    run: bundle,
  },
  keys: {
    takes: 'create --out FILE',
    text: "makes a party's Ed25519 key pair; the private key stays in FILE",
    run: keys,
  },
  sign: {
    takes: 'PREMISES MONTH --party P --key FILE',
    text: "countersigns a closed month with a party's own key",
    run: sign,
  },
  decode: {
    takes: '--topic T [--codec C] [--encoding text|json|hex|base64] [--ndjson]',
    text: 'what would be read from a payload on standard input; stores nothing',
    run: decode,
  },
  backup: { takes: 'FOLDER', text: 'a consistent copy of all data, while the server runs', run: backup },
  restore: { takes: 'FOLDER', text: 'puts a backup into an empty data folder', run: restore },
}

/** The page that `samtila help` prints. */
export function usage(): string {
  const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length))
  const lines = Object.entries(COMMANDS).map(
    ([name, { takes, text }]) => `  ${name.padEnd(width)}  ${takes}\n  ${' '.repeat(width)}    ${text}`,
  )
  return [
    'samtila <command> [options]',
    '',
    ...lines,
    '',
    'Every command works on the running server of SAMTILA_DATA (./data), on the folder itself when no server runs,',
    'or on another server with --url URL --token TOKEN. --json gives JSON where there is a choice.',
    '',
  ].join('\n')
}
