// The plant of the virastotalo, the weather station outside, and the sensors of its rooms.
import { ALL, line, type Line } from './device-line.ts'

export const PLANT: Line[] = [
  line(
    'ahu-1',
    'ventilation-unit',
    '309',
    'Ilmanvaihtokone TK1, asiakastilat',
    'Ventilationsaggregat TK1, kundutrymmen',
    'Ventilation unit TK1, customers',
    { bought: { cost: '28400.00', date: '@-40-15', months: 180 } },
  ),
  line(
    'ahu-2',
    'ventilation-unit',
    '309',
    'Ilmanvaihtokone TK2, toimistot',
    'Ventilationsaggregat TK2, kontor',
    'Ventilation unit TK2, offices',
    { bought: { cost: '33900.00', date: '@-40-15', months: 180 } },
  ),
  line(
    'ahu-3',
    'ventilation-unit',
    '309',
    'Ilmanvaihtokone TK3, ruokala',
    'Ventilationsaggregat TK3, matsal',
    'Ventilation unit TK3, canteen',
  ),
  line('pv-1', 'pv-inverter', '309', 'Aurinkosähköinvertteri', 'Solväxelriktare', 'Solar inverter', {
    owners: ALL,
    bought: { cost: '41600.00', residual: '1600.00', date: '@-14-20', months: 180 },
  }),
  line('ev-1', 'ev-charger', null, 'Latausasema 1', 'Laddstation 1', 'Charging station 1', {
    owners: ALL,
    bought: { cost: '2890.00', date: '@-9-10', months: 84, category: 'ev-equipment' },
  }),
  line('ev-2', 'ev-charger', null, 'Latausasema 2', 'Laddstation 2', 'Charging station 2', {
    owners: ALL,
    bought: { cost: '2890.00', date: '@-9-10', months: 84, category: 'ev-equipment' },
  }),
  line('ev-3', 'ev-charger', null, 'Latausasema 3', 'Laddstation 3', 'Charging station 3', {
    owners: { kuusamo: '1' },
  }),
  line('ev-4', 'ev-charger', null, 'Latausasema 4', 'Laddstation 4', 'Charging station 4', {
    owners: { kuusamo: '1' },
  }),
  line('lift-1', 'lift', '101', 'Hissi', 'Hiss', 'Lift'),
  line('gateway-1', 'gateway', '211', 'Yhdyskäytävä', 'Nätsluss', 'Gateway', {
    owners: { koillistieto: '1' },
    maintainer: 'koillistieto',
  }),
]
const ROOMS = [
  '101',
  '102',
  '105',
  '107',
  '109',
  '110',
  '111',
  '113',
  '201',
  '203',
  '205',
  '206',
  '213',
  '301',
  '302',
  '303',
  '304',
  '305',
]
export const SENSORS: Line[] = ROOMS.map((number) =>
  line(
    `air-${number}`,
    'room-sensor',
    number,
    `Huoneanturi ${number}`,
    `Rumsgivare ${number}`,
    `Room sensor ${number}`,
  ),
)

export const OUTSIDE: Line[] = [line('saa-1', 'weather-station', null, 'Sääasema', 'Väderstation', 'Weather station')]
