// Meters and switches of electricity.
import { energy, power } from './common-points.ts'
import { counter, gauge, state, words, type DeviceType } from './device-type.ts'

const group = 'electricity'
const voltage = gauge('voltage', 'V', 0, 450, 'Jännite', 'Spänning', 'Voltage')
const current = gauge('current', 'A', 0, 10_000, 'Virta', 'Ström', 'Current')
const exported = counter('exported-energy', 'kWh', 1e9, 'Verkkoon syötetty energia', 'Inmatad energi', 'Energy fed in')

export const ELECTRICITY_TYPES: readonly DeviceType[] = [
  {
    id: 'electricity-meter',
    group,
    name: words('Sähkömittari', 'Elmätare', 'Electricity meter'),
    brick: 'Electrical_Meter',
    expectedInterval: 'PT1M',
    takesPoints: false,
    codecs: ['native', 'shelly', 'tasmota', 'wmbusmeters', 'dsmr', 'sparkplug-b'],
    points: [energy, power],
    words: [
      'energy',
      'electricity',
      'sahko',
      'el',
      'elmatare',
      'meter',
      'mittari',
      'plug',
      'pistoke',
      '3em',
      'em',
      'pm',
      'p1',
      'dsmr',
    ],
    units: ['kWh', 'Wh', 'W', 'V', 'A', 'V·A', 'var', 'Hz'],
    deviceClasses: ['energy', 'power', 'voltage', 'current'],
  },
  {
    id: 'main-electricity-meter',
    group,
    name: words('Sähkön päämittari', 'Huvudelmätare', 'Main electricity meter'),
    brick: 'Building_Electrical_Meter',
    expectedInterval: 'PT15M',
    takesPoints: false,
    codecs: ['dsmr', 'native', 'wmbusmeters'],
    points: [energy, exported, power],
    words: ['paasahkomittari', 'huvudelmatare', 'han', 'datahub'],
  },
  {
    id: 'three-phase-meter',
    group,
    name: words('Kolmivaihemittari', 'Trefasmätare', 'Three-phase meter'),
    brick: 'Electrical_Meter',
    expectedInterval: 'PT1M',
    takesPoints: false,
    codecs: ['shelly', 'native', 'mapped', 'sparkplug-b'],
    points: [
      energy,
      exported,
      power,
      ...[1, 2, 3].flatMap((phase) => [
        {
          ...voltage,
          key: `voltage-l${phase}`,
          name: words(`Jännite L${phase}`, `Spänning L${phase}`, `Voltage L${phase}`),
        },
        {
          ...current,
          key: `current-l${phase}`,
          name: words(`Virta L${phase}`, `Ström L${phase}`, `Current L${phase}`),
        },
      ]),
      gauge('frequency', 'Hz', 45, 65, 'Taajuus', 'Frekvens', 'Frequency'),
    ],
    words: ['kolmivaihe', 'trefas', 'three-phase', '3em'],
  },
  {
    id: 'smart-plug',
    group,
    name: words('Mittaava pistorasia', 'Mätande eluttag', 'Metering socket'),
    brick: 'PlugStrip',
    expectedInterval: 'PT5M',
    takesPoints: true,
    codecs: ['shelly', 'tasmota', 'zigbee2mqtt'],
    points: [energy, { ...power, unit: 'W', range: [0, 4000] }, voltage, state('on', 'Päällä', 'På', 'On')],
    words: ['pistorasia', 'eluttag', 'outlet'],
    deviceClasses: ['outlet'],
  },
  {
    id: 'relay',
    group,
    name: words('Rele', 'Relä', 'Relay'),
    brick: 'Relay',
    expectedInterval: 'PT5M',
    takesPoints: true,
    codecs: ['shelly', 'tasmota', 'zigbee2mqtt', 'homie'],
    points: [state('on', 'Päällä', 'På', 'On')],
    words: ['rele', 'rela', 'relay'],
    deviceClasses: ['switch'],
  },
  {
    id: 'switchboard',
    group,
    name: words('Sähkökeskus', 'Elcentral', 'Switchboard'),
    brick: 'Switchgear',
    expectedInterval: 'PT5M',
    takesPoints: false,
    codecs: ['native', 'sparkplug-b', 'mapped'],
    points: [
      energy,
      power,
      gauge('temperature', '°C', -20, 90, 'Keskuksen lämpötila', 'Centralens temperatur', 'Temperature inside'),
    ],
    words: ['sahkokeskus', 'elcentral', 'switchboard'],
  },
]
