// What the firmware facts and the data holder of a device must be.
import { CRA_STATES, type Device } from '#domain/registry/bundle.ts'
import { checkDate, checkText, shown } from '#domain/registry/check-values.ts'
import type { Report } from '#domain/registry/problems.ts'

export function checkFirmware({ firmware, dataHolder }: Device, report: Report): void {
  if (firmware?.version !== undefined) checkText(firmware.version, '/firmware/version', report)
  if (firmware?.supportUntil !== undefined) checkDate(firmware.supportUntil, '/firmware/supportUntil', report)
  if (firmware?.cra !== undefined && !CRA_STATES.includes(firmware.cra))
    report('/firmware/cra', 'invalid-choice', `${shown(firmware.cra)} is no standing. Use ${CRA_STATES.join(', ')}.`)
  if (dataHolder !== undefined) checkText(dataHolder.name, '/dataHolder/name', report)
}
