// What the money facts of a device must be: dates that exist, amounts in whole cents, texts that can be read.
import type { Device } from '#domain/registry/bundle.ts'
import { checkCents, checkDate, checkText, checkWhole } from '#domain/registry/check-values.ts'
import { at } from '#domain/registry/pointer.ts'
import type { Report } from '#domain/registry/problems.ts'
import { COVERS } from './money-facts.ts'

/** A hundred years. */
const LIFE_MONTHS_LIMIT = 1_200

export function checkMoneyFacts(device: Device, report: Report): void {
  if (device.supplier !== undefined) checkText(device.supplier, '/supplier', report)
  for (const [i, grant] of (device.funding ?? []).entries()) {
    checkText(grant.by, at('/funding', i, 'by'), report)
    checkCents(grant.amount, at('/funding', i, 'amount'), report, 'zero')
    if (grant.encumberedUntil !== undefined)
      checkDate(grant.encumberedUntil, at('/funding', i, 'encumberedUntil'), report)
  }
  for (const name of COVERS) {
    const cover = device[name]
    if (cover === undefined) continue
    checkText(cover.by, `/${name}/by`, report)
    checkDate(cover.until, `/${name}/until`, report)
  }
  if (device.expectedLifeMonths !== undefined)
    checkWhole(device.expectedLifeMonths, 1, LIFE_MONTHS_LIMIT, '/expectedLifeMonths', report)
  if (device.replacement === undefined) return
  checkDate(device.replacement.on, '/replacement/on', report)
  checkCents(device.replacement.cost, '/replacement/cost', report, 'zero')
}
