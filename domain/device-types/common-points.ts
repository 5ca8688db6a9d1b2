// Points that many device types have, so that one thing has one key and one name everywhere.
import { counter, gauge, state } from './device-type.ts'

export const energy = counter('energy', 'kWh', 1e9, 'Energia', 'Energi', 'Energy')
export const power = gauge('power', 'kW', 0, 10_000, 'Teho', 'Effekt', 'Power')
export const volume = counter('volume', 'm3', 1e7, 'Vesimäärä', 'Vattenmängd', 'Volume')
export const flow = gauge('flow', 'l/h', 0, 1_000_000, 'Virtaama', 'Flöde', 'Flow')
export const running = state('state', 'Toimintatila', 'Driftläge', 'State of operation')
export const temperature = gauge('temperature', '°C', -10, 45, 'Lämpötila', 'Temperatur', 'Temperature')
export const humidity = gauge('humidity', '%', 0, 100, 'Ilmankosteus', 'Luftfuktighet', 'Humidity')
export const co2 = gauge('co2', 'ppm', 300, 5000, 'Hiilidioksidi', 'Koldioxid', 'Carbon dioxide')
export const battery = gauge('battery', '%', 0, 100, 'Paristo', 'Batteri', 'Battery')
export const signal = gauge('signal', 'dBm', -140, 0, 'Kuuluvuus', 'Signal', 'Signal')
export const open = state('open', 'Auki', 'Öppen', 'Open')
export const alarm = state('alarm', 'Hälytys', 'Larm', 'Alarm')
export const occupied = state('occupied', 'Varattu', 'Upptagen', 'Occupied')
export const online = state('online', 'Verkossa', 'På nätet', 'Online')
export const supplyTemperature = gauge(
  'supply-temperature',
  '°C',
  -20,
  120,
  'Menolämpötila',
  'Framledningstemperatur',
  'Supply temperature',
)
export const returnTemperature = gauge(
  'return-temperature',
  '°C',
  -20,
  120,
  'Paluulämpötila',
  'Returtemperatur',
  'Return temperature',
)
