// The hash of digests, marks and readings' texts, as the engine asks for it: UTF-8 in, hexadecimal out.
import { createHash } from 'node:crypto'

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
