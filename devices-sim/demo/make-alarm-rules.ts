// The alarm rules of the demonstration: those that are suggested for what is installed, and some of the landlord's own.
import type { ApiClient } from '#sim/api-client.ts'
import { ApiError } from '#sim/api-client.ts'
import { DEMO_PREMISES } from './demo-bundle.ts'

const OWN_RULES: Record<string, object> = {
  'virastotalo-toner': {
    name: { fi: 'Väriaine loppuu', sv: 'Färgpulvret tar slut', en: 'Toner is running out' },
    severity: 'info',
    target: { kind: 'type', type: 'printer' },
    condition: { kind: 'threshold', point: 'toner', below: '20', hysteresis: '5' },
    advice: { fi: 'Tilaa väriaine.', sv: 'Beställ färgpulver.', en: 'Order toner.' },
  },
  'virastotalo-peak': {
    name: { fi: 'Huipputeho ylittyy', sv: 'Effekttoppen överskrids', en: 'The power peak will be passed' },
    severity: 'major',
    target: { kind: 'premises' },
    condition: { kind: 'peak-forecast', meter: { device: 'em-main', point: 'energy' }, above: '45', interval: 'PT1H' },
    advice: {
      fi: 'Siirrä latauksia ja ilmanvaihdon tehostusta myöhemmäksi.',
      sv: 'Skjut upp laddning och forcerad ventilation.',
      en: 'Put off charging and extra ventilation.',
    },
  },
  'virastotalo-unmeasured': {
    name: { fi: 'Paljon sähköä on mittaamatta', sv: 'Mycket el är omätt', en: 'Much electricity is not metered' },
    severity: 'warning',
    target: { kind: 'premises' },
    condition: {
      kind: 'main-against-subs',
      main: { device: 'em-main', point: 'energy' },
      subs: ['em-poliisi', 'em-vero', 'em-kela', 'em-kuusamo-1', 'em-kuusamo-3', 'em-common'].map((device) => ({
        device,
        point: 'energy',
      })),
      overPercent: '20',
    },
    advice: {
      fi: 'Katso, mille ryhmälle alamittari puuttuu.',
      sv: 'Se efter vilken grupp som saknar undermätare.',
      en: 'See which circuit lacks a sub-meter.',
    },
  },
  'virastotalo-screens': {
    name: {
      fi: 'Näyttö on päällä aukioloajan ulkopuolella',
      sv: 'Skärmen är på utanför öppettiderna',
      en: 'The screen is on outside of the opening hours',
    },
    severity: 'info',
    target: { kind: 'type', type: 'info-screen' },
    condition: {
      kind: 'off-hours',
      point: 'power',
      above: '20',
      hours: [{ days: [1, 2, 3, 4, 5], from: '07:00', to: '18:00' }],
      for: 'PT30M',
    },
  },
}

/** Once the past is filled in, so that it raises nothing; repeated, it changes nothing. */
export async function makeAlarmRules(api: ApiClient): Promise<void> {
  await api.request('POST', `/premises/${DEMO_PREMISES}/alarm-rules/suggested`, {})
  for (const [id, rule] of Object.entries(OWN_RULES))
    try {
      await api.request('PUT', `/alarm-rules/${id}`, { premises: DEMO_PREMISES, on: true, ...rule })
    } catch (error) {
      // It is there already, perhaps changed by somebody.
      if (!(error instanceof ApiError) || error.status !== 428) throw error
    }
}
