// One guided act: a closed invoice with a wrong payer or VAT is credited and entered anew, after a preview of what that does.
import { Correction, CorrectionWanted } from '#contract/corrections.ts'
import { IdParams } from '#contract/common.ts'
import { Failure, type Problem } from '#domain/failure.ts'
import {
  correctInvoice,
  statementsMoved,
  type CorrectionRefusal,
  type InvoiceCorrection,
} from '#domain/corrections/correct-invoice.ts'
import { parseCents } from '#domain/quantity/money.ts'
import { importBundle } from '#domain/registry/import-bundle.ts'
import type { Bundle } from '#domain/registry/bundle.ts'
import { actorOf, identityOf, scopeOf } from '#api/access/identity.ts'
import { checkMayChange } from '#api/access/may-change.ts'
import { premisesForCosts } from '#api/access/may-settle.ts'
import type { ApiApp } from '#api/open-api-server.ts'
import type { RouteParts } from '#api/parts.ts'
import type { Settlements } from '#api/settlement/settlements.ts'
import { notFound, problems } from './answers.ts'

const ALL = { organisation: null }
const REFUSALS: Record<CorrectionRefusal, string> = {
  'nothing-to-correct': 'Payer, VAT and net are as they stand already.',
  'not-closed': 'No closed month holds this invoice: change the invoice itself.',
  'only-net': 'Only the net differs: change the invoice itself, and the difference is adjusted in an open month.',
}

export function addCorrectionRoutes(app: ApiApp, parts: RouteParts, settlements: Settlements): void {
  const { records, telemetry, now } = parts
  app.post(
    '/invoices/:id/correction',
    {
      config: { who: ['controller', 'admin'] },
      schema: {
        tags: ['invoices'],
        summary:
          'Credit a closed invoice and enter it anew with the right payer or VAT; first without `apply`, as a preview',
        params: IdParams,
        body: CorrectionWanted,
        response: { 200: Correction, ...problems },
      },
    },
    async (request) => {
      const identity = identityOf(request)
      const stored = await records.getObject(scopeOf(request), 'invoices', request.params.id)
      if (stored === null) throw notFound()
      const invoice = stored.value
      const premises = await premisesForCosts(identity, invoice.premises, records)
      const { apply, ...wanted } = request.body
      await checkWanted(wanted)
      const ledger = await records.ledger(premises.id)
      const monthsWith = (status: 'closed' | null): Set<string> =>
        new Set(ledger.filter((entry) => status === null || entry.status === status).map(({ period }) => period))
      const planned = correctInvoice(invoice, wanted, { closed: monthsWith('closed'), frozen: monthsWith(null) })
      if (!planned.ok) throw new Failure('conflict', REFUSALS[planned.reason])
      const { month, changed, credit, entry } = planned.plan
      for (const { id } of [credit, entry])
        if ((await records.getObject(ALL, 'invoices', id)) !== null)
          throw new Failure('conflict', `This invoice has been corrected already: see ${id}. Correct the new one.`)
      const invoices = [...(changed === null ? [] : [changed]), credit, entry]
      const bundle: Bundle = { invoices }
      await checkMayChange(identity, bundle, records)
      const before = await settlements.supposing(premises.id, month, {})
      const after = await settlements.supposing(premises.id, month, { invoices })
      if (apply) {
        const result = await importBundle(bundle, {
          records,
          telemetry,
          now: now(),
          actor: actorOf(identity),
          action: 'invoice.correct',
          expectedVersions: new Map([
            [`invoices/${credit.id}`, 0],
            [`invoices/${entry.id}`, 0],
            ...(changed === null ? [] : [[`invoices/${changed.id}`, stored.version] as const]),
          ]),
        })
        if (!result.ok)
          throw new Failure('invalid-bundle', 'It does not fit the other facts; nothing was changed.', {
            problems: result.problems,
          })
      }
      return {
        applied: apply,
        month,
        changed,
        credit,
        entry,
        moved: statementsMoved(before, after),
        transfers: { before: before.transfers, after: after.transfers },
      }
    },
  )

  const checkWanted = async ({ payer, net }: InvoiceCorrection): Promise<void> => {
    const problems: Problem[] = []
    if (payer !== undefined && (await records.getObject(ALL, 'organisations', payer)) === null)
      problems.push({ pointer: '/payer', code: 'unknown', message: `there is no organisation ${payer}` })
    if (net !== undefined && parseCents(net) === null)
      problems.push({ pointer: '/net', code: 'not-cents', message: 'must be in whole cents' })
    if (problems.length > 0)
      throw new Failure('invalid-bundle', 'It does not fit the other facts; nothing was changed.', { problems })
  }
}
