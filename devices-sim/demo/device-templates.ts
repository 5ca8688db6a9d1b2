// One template for each type of device of the virastotalo: points, maker, how often it is heard.
import type { Point } from '#domain/registry/bundle.ts'
import { count, energy, flag, look, power, state } from './device-points.ts'
import { names } from './make-spaces.ts'

type Template = { brick: string; manufacturer: string; model: string; expectedInterval: string; points: Point[] }
export const TEMPLATES: Record<string, Template> = {
  'electricity-meter': {
    brick: 'Electrical_Meter',
    manufacturer: 'Esimerkkimittari',
    model: 'EM-3',
    expectedInterval: 'PT1M',
    points: [energy, power],
  },
  'heat-meter': {
    brick: 'Hot_Water_Meter',
    manufacturer: 'Esimerkkimittari',
    model: 'HM-50',
    expectedInterval: 'PT5M',
    points: [
      energy,
      {
        key: 'volume',
        name: names('Vesivirta yhteensä', 'Vattenvolym', 'Volume'),
        unit: 'm3',
        kind: 'counter',
        rollover: '1000000',
      },
      power,
      look('supply-temperature', '°C', 'Menolämpötila', 'Framledningstemperatur', 'Supply temperature'),
      look('return-temperature', '°C', 'Paluulämpötila', 'Returtemperatur', 'Return temperature'),
    ],
  },
  'water-meter': {
    brick: 'Water_Meter',
    manufacturer: 'Esimerkkimittari',
    model: 'WM-25',
    expectedInterval: 'PT5M',
    points: [
      {
        key: 'volume',
        name: names('Vesimäärä', 'Vattenmängd', 'Volume'),
        unit: 'm3',
        kind: 'counter',
        rollover: '100000',
      },
      look('flow', 'l/h', 'Virtaama', 'Flöde', 'Flow'),
    ],
  },
  'ventilation-unit': {
    brick: 'Air_Handling_Unit',
    manufacturer: 'Pohjoisilma',
    model: 'TK-9',
    expectedInterval: 'PT5M',
    points: [
      state,
      look('fan-speed', '%', 'Puhaltimen nopeus', 'Fläkthastighet', 'Fan speed'),
      look('supply-temperature', '°C', 'Tuloilma', 'Tilluft', 'Supply air'),
      look('filter-pressure', 'Pa', 'Suodattimen paine-ero', 'Filtrets tryckfall', 'Filter pressure'),
      energy,
    ],
  },
  'room-sensor': {
    brick: 'IAQ_Sensor_Equipment',
    manufacturer: 'Aistin',
    model: 'R4',
    expectedInterval: 'PT5M',
    points: [
      look('temperature', '°C', 'Lämpötila', 'Temperatur', 'Temperature'),
      look('co2', 'ppm', 'Hiilidioksidi', 'Koldioxid', 'Carbon dioxide'),
      look('humidity', '%', 'Ilmankosteus', 'Luftfuktighet', 'Humidity'),
    ],
  },
  'weather-station': {
    brick: 'Weather_Station',
    manufacturer: 'Aistin',
    model: 'S1',
    expectedInterval: 'PT15M',
    points: [look('temperature', '°C', 'Ulkolämpötila', 'Utetemperatur', 'Outdoor temperature')],
  },
  'meeting-room': {
    brick: 'Audio_Visual_Equipment',
    manufacturer: 'Kokousväline',
    model: 'Sali 2',
    expectedInterval: 'PT5M',
    points: [state, look('power', 'W', 'Teho', 'Effekt', 'Power')],
  },
  'video-booth': {
    brick: 'Audio_Visual_Equipment',
    manufacturer: 'Kokousväline',
    model: 'Koppi',
    expectedInterval: 'PT5M',
    points: [
      flag('occupied', 'Varattu', 'Upptagen', 'Occupied'),
      count('sessions', 'Istunnot', 'Sessioner', 'Sessions'),
      flag('link', 'Yhteyden laatu', 'Förbindelse', 'Connection'),
    ],
  },
  'ev-charger': {
    brick: 'Electric_Vehicle_Charging_Station',
    manufacturer: 'Latausasema',
    model: 'LA-11',
    expectedInterval: 'PT1M',
    points: [state, power, { ...energy, rollover: '100000' }],
  },
  printer: {
    brick: 'ICT_Hardware',
    manufacturer: 'Tulostin',
    model: 'Monitoimi C3',
    expectedInterval: 'PT15M',
    points: [
      count('pages', 'Tulosteet', 'Utskrifter', 'Pages'),
      look('toner', '%', 'Väriaine', 'Toner', 'Toner'),
      state,
    ],
  },
  door: {
    brick: 'Access_Control_Equipment',
    manufacturer: 'Kulku',
    model: 'Ovi 1',
    expectedInterval: 'PT5M',
    points: [
      flag('open', 'Auki', 'Öppen', 'Open'),
      flag('locked', 'Lukittu', 'Låst', 'Locked'),
      count('openings', 'Avauskerrat', 'Öppningar', 'Openings'),
    ],
  },
  'pv-inverter': {
    brick: 'Photovoltaic_Inverter',
    manufacturer: 'Aurinko',
    model: 'Invertteri 30 kWp',
    expectedInterval: 'PT1M',
    points: [energy, power, state],
  },
  'queue-machine': {
    brick: 'Equipment',
    manufacturer: 'Vuoro',
    model: 'V2',
    expectedInterval: 'PT5M',
    points: [count('tickets', 'Vuoronumerot', 'Könummer', 'Queue tickets'), state],
  },
  'photo-kiosk': {
    brick: 'Equipment',
    manufacturer: 'Kuva',
    model: 'Passi',
    expectedInterval: 'PT15M',
    points: [count('photos', 'Kuvat', 'Foton', 'Photos'), state],
  },
  'people-counter': {
    brick: 'People_Count_Sensor_Equipment',
    manufacturer: 'Aistin',
    model: 'K1',
    expectedInterval: 'PT5M',
    points: [count('entries', 'Sisääntulot', 'Inpasseringar', 'Entries'), state],
  },
  'info-screen': {
    brick: 'Audio_Visual_Equipment',
    manufacturer: 'Näyttö',
    model: 'N55',
    expectedInterval: 'PT15M',
    points: [state, look('power', 'W', 'Teho', 'Effekt', 'Power')],
  },
  gateway: {
    brick: 'ICT_Hardware',
    manufacturer: 'Reuna',
    model: 'G1',
    expectedInterval: 'PT1M',
    points: [
      look('load', '%', 'Kuormitus', 'Belastning', 'Load'),
      look('signal', 'dBm', 'Kuuluvuus', 'Signal', 'Signal'),
    ],
  },
  lift: {
    brick: 'Elevator',
    manufacturer: 'Nostin',
    model: 'H3',
    expectedInterval: 'PT5M',
    points: [count('trips', 'Ajot', 'Åkturer', 'Trips'), state],
  },
}
