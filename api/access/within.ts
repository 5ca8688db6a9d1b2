// Requests that a route of this process asks of another one, for somebody whose own request was counted already.
import { createSecret } from './secrets.ts'

const HEADER = 'x-samtila-within'
const SECRET = createSecret()

/** Header of such a request; nobody outside knows its value. */
export const withinHeader = (): Record<string, string> => ({ [HEADER]: SECRET })
export const isWithin = (headers: Readonly<Record<string, string | string[] | undefined>>): boolean =>
  headers[HEADER] === SECRET
