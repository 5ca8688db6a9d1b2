// Classes of Brick 1.4 and RealEstateCore 4: what kind of thing each is here, which device type, and what a point is called.
import { DEVICE_TYPES, findDeviceType } from '#domain/device-types/library.ts'
import type { DeviceType } from '#domain/device-types/device-type.ts'
import type { Device, Point } from '#domain/registry/bundle.ts'

export type Role = 'site' | 'building' | 'storey' | 'space' | 'zone' | 'point' | 'device' | 'aside'

/** A class and the next above it that is in the library of device types, or in this table. Older names stand for today's. */
const ABOVE: Record<string, string> = {
  AHU: 'Air_Handling_Unit',
  Air_Handler_Unit: 'Air_Handling_Unit',
  Dedicated_Outdoor_Air_System_Unit: 'Air_Handling_Unit',
  DOAS: 'Air_Handling_Unit',
  Makeup_Air_Unit: 'Air_Handling_Unit',
  Rooftop_Unit: 'Air_Handling_Unit',
  RTU: 'Air_Handling_Unit',
  VAV: 'Variable_Air_Volume_Box',
  RVAV: 'Variable_Air_Volume_Box',
  Variable_Air_Volume_Box_With_Reheat: 'Variable_Air_Volume_Box',
  FCU: 'Fan_Coil_Unit',
  CRAC: 'Computer_Room_Air_Conditioning',
  Computer_Room_Air_Handler: 'Computer_Room_Air_Conditioning',
  Supply_Fan: 'Fan',
  Discharge_Fan: 'Fan',
  Return_Fan: 'Fan',
  Relief_Fan: 'Fan',
  Fan: 'HVAC_Equipment',
  HVAC_Equipment: 'Equipment',
  Heat_Pump: 'Packaged_Heat_Pump',
  Air_Source_Heat_Pump: 'Packaged_Heat_Pump',
  Ground_Source_Heat_Pump: 'Packaged_Heat_Pump',
  Condensing_Natural_Gas_Boiler: 'Boiler',
  Noncondensing_Natural_Gas_Boiler: 'Boiler',
  Natural_Gas_Boiler: 'Boiler',
  Electric_Boiler: 'Boiler',
  Hot_Water_Pump: 'Water_Pump',
  Chilled_Water_Pump: 'Water_Pump',
  Condenser_Water_Pump: 'Water_Pump',
  Domestic_Hot_Water_Pump: 'Water_Pump',
  Absorption_Chiller: 'Chiller',
  Centrifugal_Chiller: 'Chiller',
  Electric_Meter: 'Electrical_Meter',
  Electrical_Energy_Meter: 'Electrical_Meter',
  Hot_Water_Meter: 'Water_Meter',
  Building_Water_Meter: 'Water_Meter',
  Domestic_Water_Meter: 'Water_Meter',
  Building_Chilled_Water_Meter: 'Chilled_Water_Meter',
  Gas_Meter: 'Meter',
  Building_Gas_Meter: 'Gas_Meter',
  Building_Meter: 'Meter',
  PV_Inverter: 'Photovoltaic_Inverter',
  Inverter: 'Electrical_Equipment',
  PV_Panel: 'Electrical_Equipment',
  Photovoltaic_Array: 'Electrical_Equipment',
  PV_Array: 'Photovoltaic_Array',
  PV_Generation_System: 'Photovoltaic_Array',
  Electric_Vehicle_Charging_Hub: 'Electrical_Equipment',
  Luminaire: 'Lighting_Equipment',
  Lighting: 'Lighting_Equipment',
  Luminaire_Driver: 'Lighting_Equipment',
  Server: 'ICT_Hardware',
  ICT_Equipment: 'ICT_Hardware',
  IAQ_Sensor_Equipment: 'Sensor_Equipment',
  Occupancy_Sensor_Equipment: 'Sensor_Equipment',
  Camera: 'Surveillance_Camera',
  NVR: 'Security_Equipment',
  PACS: 'Access_Control_Equipment',
  Lift: 'Elevator',
  Escalator: 'Equipment',
  Tablet: 'ICT_Hardware',
  Damper: 'HVAC_Equipment',
  Heat_Exchanger: 'HVAC_Equipment',
  Coil: 'HVAC_Equipment',
  Cooling_Coil: 'Coil',
  Heating_Coil: 'Coil',
  Terminal_Unit: 'HVAC_Equipment',
  Valve: 'Equipment',
  Filter: 'Equipment',
  Pump: 'HVAC_Equipment',
  Motor: 'Equipment',
  Battery: 'Energy_Storage',
  Meter: 'Equipment',
}
const LIBRARY: ReadonlyMap<string, DeviceType[]> = Map.groupBy(DEVICE_TYPES, ({ brick }) => brick)
/** Higher than this no chain of classes goes. */
const MAX_ABOVE = 8

/** Whether the class of a device is known here, of itself or under another. */
export const isKnownClass = (name: string): boolean => name === 'Equipment' || name in ABOVE || LIBRARY.has(name)

/** The library's type of a class: of itself, else of the next above that has one; of several the one with most of these points, or none. */
export function typeOfClass(
  name: string,
  points: readonly { key: string; unit?: string | undefined }[],
): DeviceType | null {
  let at: string | undefined = name
  for (let i = 0; i < MAX_ABOVE && at !== undefined; i += 1) {
    const types: DeviceType[] = at === 'Equipment' ? [] : (LIBRARY.get(at) ?? [])
    if (types.length === 1) return types[0]!
    if (types.length > 1) return bestOf(types, points)
    at = ABOVE[at]
  }
  return null
}
function bestOf(types: readonly DeviceType[], points: readonly { key: string }[]): DeviceType | null {
  const scored = types.map((type) => ({
    type,
    score: points.filter(({ key }) => type.points.some((one) => one.key === key)).length,
  }))
  const most = Math.max(...scored.map(({ score }) => score))
  const best = scored.filter(({ score }) => score === most)
  return most > 0 && best.length === 1 ? best[0]!.type : null
}

/** The class of a device as a model says it. */
export const classOfDevice = ({ brick, type }: Pick<Device, 'brick' | 'type'>): string => {
  const given = brick?.replace(/^brick:/, '')
  return given !== undefined && /^[A-Za-z][A-Za-z0-9_.-]*$/.test(given)
    ? given
    : (findDeviceType(type)?.brick ?? 'Equipment')
}

const STOREYS = new Set([
  'Floor',
  'Level',
  'Storey',
  'BasementLevel',
  'Basement',
  'RoofLevel',
  'Rooftop',
  'MezzanineLevel',
])
const SPACES = new Set([
  'Space', 'Room', 'Office', 'Apartment', 'Lobby', 'Hallway', 'Corridor', 'Library', 'Lounge', 'Kitchen', 'Office_Kitchen', 'Cubicle',
  'Elevator_Shaft', 'Staircase', 'Stairwell', 'Atrium', 'Auditorium', 'Cafeteria', 'Gymnasium', 'Laboratory', 'Private_Office', 'Enclosed_Office',
  'Open_Office', 'Parking_Structure', 'Parking_Level', 'Garage', 'Toilet', 'Restroom', 'Storage', 'Vertical_Space', 'Workshop', 'Studio', 'Reception',
  'Shelter', 'Waiting_Area', 'Sports_Service_Room', 'Outdoor_Area', 'Common_Space', 'Entrance', 'Architecture', 'Classroom', 'Bedroom', 'LivingRoom', 'CookingRoom',
  'ConferenceRoom', 'MeetingRoom', 'Garage', 'Pantry', 'Sauna', 'Laundry', 'Wardrobe', 'OutdoorSpace', 'ClimateControlRoom',
]) // prettier-ignore
const POINT_WORDS =
  /(?:^|_)(?:Sensor|Setpoint|Status|Alarm|Command|Parameter|Limit|Point|Deadband_Setpoint|Setpoint_Limit|Detected|Enable)$/
const ASIDE = new Set([
  'owl:Ontology', 'owl:Class', 'rec:ArchitectureArea', 'rec:ArchitectureCapacity', 'rec:PostalAddress', 'rec:Organization', 'rec:Company', 'rec:Agent',
  'brick:TimeseriesReference', 'brick:Database', 'brick:EntityPropertyValue',
]) // prettier-ignore

/** What a thing of this class (`brick:Room`) is here; null when the class is none of Brick or RealEstateCore. */
export function roleOfClass(name: string): Role | null {
  if (ASIDE.has(name)) return 'aside'
  const match = /^(?:brick|rec):(.+)$/.exec(name)
  if (match === null) return null
  const local = match[1]!
  if (local === 'Site' || local === 'RealEstate' || local === 'Campus' || local === 'Region' || local === 'Portfolio')
    return 'site'
  if (local === 'Building' || local === 'SubBuilding') return 'building'
  if (STOREYS.has(local)) return 'storey'
  if (/(?:^|_|[a-z])Zone$/.test(local)) return 'zone'
  if (SPACES.has(local) || /(?:_|[a-z])(?:Room|Office|Space|Area|Hall|Lobby)$/.test(local)) return 'space'
  if (POINT_WORDS.test(local)) return 'point'
  if (/(?:^|_)(?:System|Loop|Collection|Portfolio)$|Shape$|^Tag$|^Substance/.test(local) || local === 'Location')
    return 'aside'
  return 'device'
}
/** A class that says no more than what kind of thing it is. */
export const isPlainSpace = (local: string): boolean =>
  local === 'Space' || local === 'Room' || local === 'Architecture'

const ENERGY = new Set(['kWh', 'Wh', 'MWh', 'MJ', 'GJ'])
const POWER = new Set(['W', 'kW', 'MW'])
const BY_KEY: [key: RegExp, unit: string | null, name: string][] = [
  [/setpoint/, '°C', 'Temperature_Setpoint'],
  [/setpoint/, null, 'Setpoint'],
  [/outdoor/, '°C', 'Outside_Air_Temperature_Sensor'],
  [/humidity/, '%', 'Relative_Humidity_Sensor'],
  [/damper/, '%', 'Damper_Position_Sensor'],
  [/valve/, '%', 'Valve_Position_Sensor'],
  [/co2/, 'ppm', 'CO2_Level_Sensor'],
  [/wind/, 'm/s', 'Wind_Speed_Sensor'],
  [/air-?flow/, null, 'Air_Flow_Sensor'],
]
const BY_UNIT: Record<string, string> = {
  '°C': 'Temperature_Sensor',
  '°F': 'Temperature_Sensor',
  V: 'Voltage_Sensor',
  A: 'Current_Sensor',
  Hz: 'Frequency_Sensor',
  lx: 'Illuminance_Sensor',
  Pa: 'Pressure_Sensor',
  hPa: 'Pressure_Sensor',
  kPa: 'Pressure_Sensor',
  bar: 'Pressure_Sensor',
  'l/h': 'Flow_Sensor',
  'l/s': 'Flow_Sensor',
  'm3/h': 'Flow_Sensor',
  'm/s': 'Speed_Sensor',
}
const STATES: Record<string, string> = {
  on: 'On_Off_Status',
  occupied: 'Occupancy_Status',
  open: 'Open_Close_Status',
  alarm: 'Alarm',
  leak: 'Alarm',
  fault: 'Fault_Status',
}

/** The class of a point, by what it counts, its key and its unit. */
export function classOfPoint({ key, unit = '', kind }: Point): string {
  if (kind === 'state') return STATES[key] ?? 'Status'
  if (kind === 'counter' || kind === 'interval')
    return ENERGY.has(unit) ? 'Energy_Usage_Sensor' : unit === 'h' ? 'Run_Time_Sensor' : 'Usage_Sensor'
  // Computed, or nobody has said what it is: no class may make a register of it.
  if (kind !== 'gauge') return ENERGY.has(unit) ? 'Energy_Sensor' : 'Point'
  const named = BY_KEY.find(([words, of]) => words.test(key) && (of === null || of === unit))
  if (named !== undefined) return named[2]
  if (POWER.has(unit)) return 'Power_Sensor'
  return BY_UNIT[unit] ?? 'Sensor'
}

/** What one can tell of a point from its class alone: states and what is shown at an instant; never that it counts up, for which money may be owed. */
export function kindOfClass(local: string): 'state' | 'gauge' | null {
  if (/(?:^|_)(?:Status|Alarm|Command|Detected|Enable)$/.test(local)) return 'state'
  if (/(?:Energy|Usage|Run_Time|Count|Volume|Duration)_(?:\w+_)?Sensor$|^Usage_Sensor$|^Point$/.test(local)) return null
  return 'gauge'
}
