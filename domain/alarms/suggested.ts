// Rules that are suggested for what is installed: one table, in the three languages; each is a rule of the premises for all devices of a type.
import type { Device, Id, LocalDate, Names } from '#domain/registry/bundle.ts'
import type { AlarmCondition, AlarmRule, AlarmTarget, Severity } from './rule.ts'
import { watchedDevices } from './watched.ts'

export type Suggestion = { id: Id; rule: AlarmRule }

type Row = {
  /** The end of the rule's id. */
  key: string
  severity: Severity
  target: AlarmTarget
  condition: AlarmCondition
  latching?: true
  name: Names
  advice: Names
}
const ofType = (type: string): AlarmTarget => ({ kind: 'type', type })
const PREMISES: AlarmTarget = { kind: 'premises' }

const ROWS: readonly Row[] = [
  {
    key: 'no-data',
    severity: 'warning',
    target: PREMISES,
    condition: { kind: 'no-data' },
    name: { fi: 'Laite ei lähetä tietoja', sv: 'Enheten sänder inga uppgifter', en: 'The device sends no data' },
    advice: {
      fi: 'Tarkista laitteen virta ja verkkoyhteys.',
      sv: 'Kontrollera enhetens ström och nätförbindelse.',
      en: 'Check the power and the network connection of the device.',
    },
  },
  {
    key: 'leak',
    severity: 'critical',
    target: PREMISES,
    condition: { kind: 'threshold', point: 'leak', above: '0.5' },
    latching: true,
    name: { fi: 'Vesivuoto', sv: 'Vattenläcka', en: 'Water leak' },
    advice: {
      fi: 'Sulje vesi ja tarkista paikka heti.',
      sv: 'Stäng av vattnet och kontrollera platsen genast.',
      en: 'Shut off the water and look at the place at once.',
    },
  },
  {
    key: 'co2',
    severity: 'warning',
    target: PREMISES,
    condition: { kind: 'threshold', point: 'co2', above: '1200', hysteresis: '100', for: 'PT15M' },
    name: { fi: 'Hiilidioksidia on paljon', sv: 'Hög koldioxidhalt', en: 'Too much carbon dioxide' },
    advice: {
      fi: 'Lisää ilmanvaihtoa tai vähennä väkeä.',
      sv: 'Öka ventilationen eller minska antalet personer.',
      en: 'Ventilate more, or have fewer people in the room.',
    },
  },
  {
    key: 'cold-room',
    severity: 'major',
    target: ofType('cold-room-sensor'),
    condition: { kind: 'threshold', point: 'temperature', above: '8', hysteresis: '1', for: 'PT30M' },
    name: { fi: 'Kylmäkaluste on liian lämmin', sv: 'Kylutrymmet är för varmt', en: 'The refrigerator is too warm' },
    advice: {
      fi: 'Sulje ovi ja tarkista kylmälaite; siirrä elintarvikkeet tarvittaessa.',
      sv: 'Stäng dörren och kontrollera kylanläggningen; flytta livsmedlen vid behov.',
      en: 'Close the door and check the cooling; move the food where needed.',
    },
  },
  {
    key: 'server-room',
    severity: 'critical',
    target: ofType('server-room-cooling'),
    condition: { kind: 'threshold', point: 'temperature', above: '27', hysteresis: '1', for: 'PT5M' },
    name: { fi: 'Laitetila on liian lämmin', sv: 'Serverrummet är för varmt', en: 'The server room is too warm' },
    advice: {
      fi: 'Tarkista jäähdytys; sammuta tarvittaessa laitteita.',
      sv: 'Kontrollera kylningen; stäng av utrustning vid behov.',
      en: 'Check the cooling; switch equipment off where needed.',
    },
  },
  {
    key: 'rack',
    severity: 'major',
    target: ofType('equipment-rack'),
    condition: { kind: 'threshold', point: 'temperature', above: '32', hysteresis: '2', for: 'PT5M' },
    name: { fi: 'Laitekaappi on liian lämmin', sv: 'Apparatskåpet är för varmt', en: 'The equipment rack is too warm' },
    advice: {
      fi: 'Tarkista kaapin jäähdytys ja puhaltimet.',
      sv: 'Kontrollera skåpets kylning och fläktar.',
      en: 'Check the cooling and the fans of the rack.',
    },
  },
  {
    key: 'battery',
    severity: 'info',
    target: PREMISES,
    condition: { kind: 'threshold', point: 'battery', below: '15', hysteresis: '5' },
    name: { fi: 'Paristo on loppumassa', sv: 'Batteriet tar slut', en: 'The battery is running out' },
    advice: { fi: 'Vaihda paristo.', sv: 'Byt batteri.', en: 'Change the battery.' },
  },
  {
    key: 'counter-back',
    severity: 'major',
    target: PREMISES,
    condition: { kind: 'counter-back', point: 'energy' },
    name: { fi: 'Mittarilukema meni taaksepäin', sv: 'Mätarställningen gick bakåt', en: 'The meter reading went back' },
    advice: {
      fi: 'Jos mittari on vaihdettu, kirjaa vaihto; muuten tarkista mittari.',
      sv: 'Om mätaren har bytts, anteckna bytet; annars kontrollera mätaren.',
      en: 'If the meter was changed, record the change; otherwise check the meter.',
    },
  },
  {
    key: 'power-range',
    severity: 'warning',
    target: PREMISES,
    condition: { kind: 'out-of-range', point: 'power', for: 'PT5M' },
    name: { fi: 'Teho ei ole mahdollinen', sv: 'Effekten är inte möjlig', en: 'The power is not possible' },
    advice: {
      fi: 'Tarkista mittarin kytkentä ja yksikkö.',
      sv: 'Kontrollera mätarens inkoppling och enhet.',
      en: 'Check the wiring and the unit of the meter.',
    },
  },
  {
    key: 'night-base-load',
    severity: 'info',
    target: ofType('main-electricity-meter'),
    condition: { kind: 'night-base-load', point: 'power', overUsualPercent: '30' },
    name: { fi: 'Yön pohjakuorma on noussut', sv: 'Nattens grundlast har ökat', en: 'The night base load has risen' },
    advice: {
      fi: 'Katso, mikä on jäänyt päälle yöksi.',
      sv: 'Se efter vad som har blivit på under natten.',
      en: 'See what was left on overnight.',
    },
  },
  {
    key: 'missing-price',
    severity: 'warning',
    target: PREMISES,
    condition: { kind: 'missing-price' },
    name: { fi: 'Hinta tai tariffi puuttuu', sv: 'Pris eller tariff saknas', en: 'A price or tariff is missing' },
    advice: {
      fi: 'Lisää tariffin versio tai hae hinnat.',
      sv: 'Lägg till en version av tariffen eller hämta priserna.',
      en: 'Add a version of the tariff, or fetch the prices.',
    },
  },
]

/** Those that have something to watch, named after the premises; `hasCosts`: something is priced here. */
export function suggestions(
  premises: Id,
  devices: readonly Device[],
  today: LocalDate,
  hasCosts: boolean,
): Suggestion[] {
  return ROWS.flatMap(({ key, ...row }) => {
    const rule: AlarmRule = { on: true, ...row }
    const fits = row.condition.kind === 'missing-price' ? hasCosts : watchedDevices(rule, devices, today).length > 0
    return fits ? [{ id: suggestedId(premises, key), rule }] : []
  })
}

/** The same for the same premises: switched on twice it is one rule. */
const suggestedId = (premises: Id, key: string): Id => `${premises.slice(0, 62 - key.length)}-${key}`
