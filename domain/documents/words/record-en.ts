// Words of the public record, in English.
import type { RecordWords } from './record-words.ts'

export const record: RecordWords = {
  title: (premises, month) => `Public record: ${premises}, ${month}`,
  intro:
    'This file holds the cost split of a closed month, the agreement, the method and the proofs. It opens in a browser without a network and holds no program that would start.',
  redaction: 'What was left out',
  nothingRedacted: 'Nothing was left out of the facts.',
  redacted: (spaces, devices, items) =>
    `For the sake of security arrangements (Finnish Publicity Act, section 24(1)(7)) the names, places and readings of protected spaces (${spaces}) and devices (${devices}) are left out. The figures stay. Items whose grounds are left out for that reason: ${items}.`,
  hiddenDevice: 'Protected device',
  hiddenSpace: 'Protected space',
  hiddenGrounds: 'The grounds are left out, because the item rests on readings of a protected device.',
  agreement: 'Agreement',
  approvals: 'Approvals',
  organisation: 'Party',
  decision: 'Decision',
  method: 'Method',
  methodText: 'The rules by which every cent was computed:',
  verify: 'Verification',
  verifyText:
    'The proof file stands at the end of this page. Save the program below as verify.mjs and run: node verify.mjs (this file). It computes the month anew without the service.',
}
