// The filters of device lists, as they stand in the address and go to the API.
export const DEVICE_FILTERS = [
  'q',
  'state',
  'lifecycle',
  'type',
  'space',
  'premises',
  'tag',
  'owner',
  'holder',
  'maintainer',
] as const
export type DeviceFilters = { [F in (typeof DEVICE_FILTERS)[number]]?: string }
