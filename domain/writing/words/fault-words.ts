// The words of a fault's states and of what happens to it, the same on pages and in files.
import type { FaultEntry, FaultState } from '#domain/faults/fault.ts'
import type { Language } from '#domain/writing/language.ts'

type FaultWords = {
  states: Record<FaultState, string>
  entryKinds: Record<FaultEntry['kind'], string>
  because: Record<NonNullable<FaultEntry['because']>, string>
}
export const FAULT_WORDS: Record<Language, FaultWords> = {
  fi: {
    states: {
      offered: 'Odottaa vastausta',
      accepted: 'Otettu hoidettavaksi',
      'in-work': 'Korjataan',
      done: 'Korjattu',
      closed: 'Päättynyt',
    },
    entryKinds: {
      reported: 'ilmoitti viasta',
      joined: 'ilmoitti samasta viasta',
      split: 'erotti ilmoituksen omaksi viakseen',
      offered: 'Osoitettiin',
      accepted: 'otti hoidettavaksi',
      declined: 'palautti',
      escalated: 'Vietiin osapuolten johdolle',
      message: 'kirjoitti',
      step: 'teki työtä',
      cost: 'kirjasi kustannuksen',
      done: 'merkitsi korjatuksi',
      reopened: 'avasi uudelleen',
      closed: 'päätti asian',
    },
    because: { refused: 'kolmas palautus', unanswered: 'kukaan ei vastannut ajoissa' },
  },
  sv: {
    states: {
      offered: 'Väntar på svar',
      accepted: 'Mottaget',
      'in-work': 'Repareras',
      done: 'Åtgärdat',
      closed: 'Avslutat',
    },
    entryKinds: {
      reported: 'anmälde felet',
      joined: 'anmälde samma fel',
      split: 'skilde en anmälan till ett eget fel',
      offered: 'Riktades till',
      accepted: 'tog emot felet',
      declined: 'avböjde',
      escalated: 'Fördes till parternas ledning',
      message: 'skrev',
      step: 'arbetade med felet',
      cost: 'antecknade en kostnad',
      done: 'märkte felet som åtgärdat',
      reopened: 'öppnade igen',
      closed: 'avslutade ärendet',
    },
    because: { refused: 'tredje avböjandet', unanswered: 'ingen svarade i tid' },
  },
  en: {
    states: {
      offered: 'Waits for an answer',
      accepted: 'Taken on',
      'in-work': 'Being repaired',
      done: 'Repaired',
      closed: 'Ended',
    },
    entryKinds: {
      reported: 'reported the fault',
      joined: 'reported the same fault',
      split: 'made a report a fault of its own',
      offered: 'Addressed to',
      accepted: 'took it on',
      declined: 'declined',
      escalated: 'Taken to the managers of the parties',
      message: 'wrote',
      step: 'worked on it',
      cost: 'recorded a cost',
      done: 'marked it as repaired',
      reopened: 'opened it again',
      closed: 'ended it',
    },
    because: { refused: 'third refusal', unanswered: 'nobody answered in time' },
  },
}
