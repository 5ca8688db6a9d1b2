// Every device model that is known here; a new one is a table in one of these files.
import { ADEUNIS } from './adeunis.ts'
import { BROWAN } from './browan.ts'
import { CAYENNE } from './cayenne.ts'
import { DRAGINO } from './dragino.ts'
import { ELSYS } from './elsys.ts'
import { MILESIGHT } from './milesight.ts'
import { OTHERS } from './others.ts'
import { SENSATIVE } from './sensative.ts'
import type { Model } from '#broker/codecs/lorawan-raw/model.ts'

export const MODELS: readonly Model[] = [
  ...MILESIGHT,
  ...ELSYS,
  ...CAYENNE,
  ...DRAGINO,
  ...SENSATIVE,
  ...BROWAN,
  ...ADEUNIS,
  ...OTHERS,
]

/** The ranges of device EUIs that are a maker's own. */
export const VENDORS: readonly { eui: string; vendor: string }[] = [
  { eui: '24e124', vendor: 'milesight' },
  { eui: 'a81758', vendor: 'elsys' },
  { eui: 'a84041', vendor: 'dragino' },
  { eui: 'e8e1e1', vendor: 'browan' },
  { eui: '00137a', vendor: 'netvox' },
  { eui: '70b3d57ba', vendor: 'decentlab' },
]
