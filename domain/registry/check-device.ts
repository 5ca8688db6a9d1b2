// What a device must be: points with keys and kinds, ownership rows that follow each other, an acquisition that can be depreciated.
import { checkMeterFacts } from '#domain/metering/meter-approval.ts'
import { compare, sum, ZERO } from '#domain/quantity/fraction.ts'
import { microFrom } from '#domain/quantity/micro.ts'
import { DEVICE_ROLES } from '#domain/registry/bundle.ts'
import type { Acquisition, Device, OwnershipRow, Point } from '#domain/registry/bundle.ts'
import {
  checkCents,
  checkDate,
  checkDecimal,
  checkInstant,
  checkNames,
  checkNoOverlap,
  checkSpan,
  checkText,
  checkUnique,
  checkVat,
  checkWhole,
  isPointKey,
  shown,
} from './check-values.ts'
import { checkLifecycle } from '#domain/lifecycle/check-lifecycle.ts'
import { checkFirmware } from '#domain/lifecycle/check-firmware.ts'
import { checkMoneyFacts } from '#domain/lifecycle/check-money-facts.ts'
import type { Look } from './facts.ts'
import { at } from './pointer.ts'
import type { Report } from './problems.ts'

/** The longest useful life: a hundred years. */
export const USEFUL_LIFE_MONTHS_LIMIT = 1_200
const DURATION = /^P(?!$)(?:\d{1,4}D)?(?:T(?=\d)(?:\d{1,4}H)?(?:\d{1,5}M)?(?:\d{1,6}S)?)?$/

export const checkDevice = (value: Device, report: Report): void => {
  if (value.name !== undefined) checkNames(value.name, '/name', report)
  if (value.expectedInterval !== undefined && !DURATION.test(value.expectedInterval)) {
    report(
      '/expectedInterval',
      'invalid-interval',
      `${shown(value.expectedInterval)} is no duration. Write it as PT15M or P1D.`,
    )
  }
  checkOwnership(value.ownership ?? [], report)
  for (const [i, row] of (value.roles ?? []).entries()) {
    checkSpan(row, at('/roles', i), report)
    if (!DEVICE_ROLES.includes(row.role) || (row.role as string) === 'owner') {
      const choice = DEVICE_ROLES.filter((role) => role !== 'owner').join(', ')
      report(
        at('/roles', i, 'role'),
        'invalid-choice',
        `${shown(row.role)} is no role here. Use ${choice}; owners stand in ownership.`,
      )
    }
  }
  if (value.acquisition !== undefined) checkAcquisition(value.acquisition, report)
  if (value.lifecycle !== undefined) checkLifecycle(value.lifecycle, report)
  checkMoneyFacts(value, report)
  if (value.meter !== undefined) checkMeterFacts(value.meter, report)
  checkFirmware(value, report)
  const points = value.points ?? []
  checkUnique(
    points,
    (point) => point.key,
    (i) => at('/points', i, 'key'),
    'duplicate-id',
    report,
  )
  for (const [i, point] of points.entries()) checkPoint(point, at('/points', i), report)
}

/** Its space must be one of its premises. */
export const checkDevicePlace = (value: Device, look: Look, report: Report): void => {
  const premises = look('premises', value.premises)
  if (value.space === null || value.space === undefined || premises === undefined) return
  if ((premises.spaces ?? []).some((space) => space.id === value.space)) return
  report(
    '/space',
    'unknown-id',
    `There is no space ${shown(value.space)} in ${value.premises}. Declare it in its spaces.`,
  )
}

const checkOwnership = (rows: readonly OwnershipRow[], report: Report): void => {
  for (const [i, row] of rows.entries()) {
    const pointer = at('/ownership', i)
    checkSpan(row, pointer, report)
    const shares = Object.entries(row.shares).map(([id, share]) =>
      checkDecimal(share, at(pointer, 'shares', id), report, 'above-zero'),
    )
    const known = shares.filter((share) => share !== null)
    if (known.length === shares.length && compare(sum(known), ZERO) <= 0) {
      report(
        at(pointer, 'shares'),
        'adds-up-to-nothing',
        'The shares of this row add up to nothing. Name at least one owner.',
      )
    }
  }
  checkNoOverlap(
    rows.map((row, i) => ({ span: row, pointer: at('/ownership', i) })),
    'The ownership',
    report,
  )
}

const checkAcquisition = (value: Acquisition, report: Report): void => {
  const cost = checkCents(value.cost, '/acquisition/cost', report, 'zero')
  const residual = checkCents(value.residual ?? '0', '/acquisition/residual', report, 'zero')
  if (cost !== null && residual !== null && residual > cost) {
    report(
      '/acquisition/residual',
      'out-of-range',
      `The residual ${value.residual} is more than the cost ${value.cost}.`,
    )
  }
  checkDate(value.date, '/acquisition/date', report)
  checkWhole(value.usefulLifeMonths, 1, USEFUL_LIFE_MONTHS_LIMIT, '/acquisition/usefulLifeMonths', report)
  checkVat(value.vat, '/acquisition/vat', report)
  if (value.category !== undefined) checkText(value.category, '/acquisition/category', report)
}

const checkPoint = (point: Point, pointer: string, report: Report): void => {
  if (!isPointKey(point.key)) {
    report(
      at(pointer, 'key'),
      'invalid-id',
      `${shown(point.key)} is no point key. Use 1–64 letters, digits and _ . : - only.`,
    )
  }
  if (point.name !== undefined) checkNames(point.name, at(pointer, 'name'), report)
  if (point.kind === 'interval' && point.interval !== 'PT15M' && point.interval !== 'PT1H') {
    report(at(pointer, 'interval'), 'invalid-interval', 'An interval point needs its interval: PT15M or PT1H.')
  }
  if (point.multiplier !== undefined) checkDecimal(point.multiplier, at(pointer, 'multiplier'), report, 'above-zero')
  if (point.rollover !== undefined) checkDecimal(point.rollover, at(pointer, 'rollover'), report, 'above-zero')
  const changes = (point.meterChanges ?? []).map((change, i) => {
    const place = at(pointer, 'meterChanges', i)
    checkMeterValue(change.final, at(place, 'final'), report)
    checkMeterValue(change.initial, at(place, 'initial'), report)
    return checkInstant(change.at, at(place, 'at'), report) ?? `unreadable ${i}`
  })
  checkUnique(
    changes,
    (instant) => instant,
    (i) => at(pointer, 'meterChanges', i, 'at'),
    'duplicate',
    report,
  )
}

/** A value of a meter: a decimal or float within what a meter can show. */
export const checkMeterValue = (value: string | number, pointer: string, report: Report): bigint | null => {
  const micro = microFrom(value)
  if (typeof micro === 'bigint') return micro
  if (micro === 'out-of-range') report(pointer, 'out-of-range', `${shown(value)} is more than a meter can show.`)
  else report(pointer, 'invalid-number', `${shown(value)} is not a number. Write it as a decimal like "812.5".`)
  return null
}
