// The small settings of the installation, by key.
import type { Statements } from './context.ts'

/** Only inside a transaction. */
export const putMeta = ({ run }: Pick<Statements, 'run'>, key: string, value: string): void =>
  void run(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    value,
  )
