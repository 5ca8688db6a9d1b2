// What people have begun in the example: a proposal in draft, a dispute over an issued month, a file that is not taken yet.
import { call, type Program } from '#tests/process/program.ts'
import { INVOICE, LIBRARY, LIBRARY_MONTH, PROPOSAL, UPLOAD } from './example.ts'
import type { Made } from './pages.ts'

/** Each by its own party: nobody acts for another organisation, the operator neither. */
export const makePapers = async (program: Program): Promise<Made> => {
  const [kuusamo, poliisi] = await Promise.all([tokenOf(program, 'kuusamo'), tokenOf(program, 'poliisi')])
  const month = `/premises/${LIBRARY}/settlements/${LIBRARY_MONTH}`
  await made(kuusamo, `${month}/issue`, {})
  const dispute = await made(poliisi, `${month}/disputes`, {
    party: 'poliisi',
    item: `invoice:${INVOICE}`,
    reason: 'amount',
    text: 'Viikolla 16 ei siivottu.',
  })
  const proposal = await made(kuusamo, '/proposals', PROPOSAL)
  const response = await fetch(`${program.httpUrl}/api/v1/imports?name=laskut.csv`, {
    method: 'POST',
    headers: { authorization: `Bearer ${program.token}`, 'content-type': 'text/csv' },
    body: UPLOAD,
  })
  return { dispute: dispute.id, proposal: proposal.id, upload: ((await response.json()) as { id: string }).id }
}

type Caller = Pick<Program, 'httpUrl' | 'token'>
const made = async (caller: Caller, path: string, body: unknown): Promise<{ id: string }> => {
  const answer = await call(caller, 'POST', path, body)
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body as { id: string }
}
const tokenOf = async (program: Program, organisation: string): Promise<Caller> => {
  const { body } = await call(program, 'POST', '/tokens', {
    name: 'Testi',
    organisation,
    roles: ['controller', 'manager', 'technician'],
    scopes: ['read', 'write'],
  })
  return { httpUrl: program.httpUrl, token: (body as { token: string }).token }
}
