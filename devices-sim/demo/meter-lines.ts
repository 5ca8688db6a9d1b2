// The meters of the virastotalo.
import { line, type Line } from './device-line.ts'
import { energy, look, power } from './device-points.ts'
import { names } from './make-spaces.ts'

export const METERS: Line[] = [
  line('em-main', 'electricity-meter', '117', 'Sähkön päämittari', 'Elhuvudmätare', 'Main electricity meter', {
    brick: 'Building_Electrical_Meter',
    points: [
      energy,
      {
        key: 'energy-export',
        name: names('Verkkoon annettu energia', 'Inmatad energi', 'Exported energy'),
        unit: 'kWh',
        kind: 'counter',
        rollover: '1000000',
      },
      power,
      look('voltage', 'V', 'Jännite', 'Spänning', 'Voltage'),
    ],
  }),
  line('em-poliisi', 'electricity-meter', '117', 'Alamittari, poliisi', 'Undermätare, polisen', 'Sub-meter, police'),
  line(
    'em-vero',
    'electricity-meter',
    '211',
    'Alamittari, Verohallinto',
    'Undermätare, Skatteförvaltningen',
    'Sub-meter, tax',
  ),
  line('em-kela', 'electricity-meter', '211', 'Alamittari, Kela', 'Undermätare, FPA', 'Sub-meter, Kela'),
  line(
    'em-kuusamo-1',
    'electricity-meter',
    '117',
    'Alamittari, kaupunki 1. krs',
    'Undermätare, staden vån. 1',
    'Sub-meter, town storey 1',
    { points: [{ ...energy, rollover: '10000' }, power] },
  ),
  line(
    'em-kuusamo-3',
    'electricity-meter',
    '309',
    'Alamittari, kaupunki 3. krs',
    'Undermätare, staden vån. 3',
    'Sub-meter, town storey 3',
  ),
  line(
    'em-common',
    'electricity-meter',
    '117',
    'Alamittari, yhteiset tilat',
    'Undermätare, gemensamma utrymmen',
    'Sub-meter, common areas',
  ),
  line(
    'em-heating-posts',
    'electricity-meter',
    null,
    'Autolämmityspistorasiat',
    'Motorvärmaruttag',
    'Block-heater outlets',
    {
      points: [
        {
          key: 'energy-hour',
          name: names('Tuntienergia', 'Timenergi', 'Hourly energy'),
          unit: 'kWh',
          kind: 'interval',
          interval: 'PT1H',
        },
        power,
      ],
      interval: 'PT1H',
    },
  ),
  line(
    'hm-main',
    'heat-meter',
    '116',
    'Kaukolämmön päämittari',
    'Fjärrvärmens huvudmätare',
    'Main district-heat meter',
    { brick: 'Building_Hot_Water_Meter' },
  ),
  line('hm-kela', 'heat-meter', '116', 'Lämmön alamittari, Kela', 'Värmeundermätare, FPA', 'Heat sub-meter, Kela'),
  line('wm-main', 'water-meter', '116', 'Veden päämittari', 'Vattenhuvudmätare', 'Main water meter', {
    brick: 'Building_Water_Meter',
  }),
  line('wm-canteen', 'water-meter', '112', 'Ruokalan vesimittari', 'Matsalens vattenmätare', 'Canteen water meter', {
    // One pulse per litre; the multiplier makes m³ of them.
    points: [
      {
        key: 'volume',
        name: names('Pulssit', 'Pulser', 'Pulses'),
        unit: 'm3',
        kind: 'counter',
        multiplier: '0.001',
        rollover: '10000000',
      },
      look('flow', 'l/h', 'Virtaama', 'Flöde', 'Flow'),
    ],
  }),
]
