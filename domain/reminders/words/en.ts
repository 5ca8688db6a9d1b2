// Reminders in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { reminderWords as fi } from './fi.ts'

export const reminderWords: Worded<typeof fi> = {
  subject: (count) => (count === 1 ? 'Samtila: one thing waits for you' : `Samtila: ${count} things wait for you`),
  greeting: (name) => `Hello ${name}`,
  intro: (organisation) => `These wait for your organisation ${organisation}:`,
  kinds: {
    'month-to-issue': (month) => `Issue ${month} to the parties.`,
    'month-to-accept': (month) => `Accept or dispute ${month}.`,
    'month-to-close': (month) => `Close ${month}.`,
    'dispute-to-answer': (month) => `Answer the dispute, ${month}.`,
    'dispute-to-settle': (month) => `Say what you think of the answer in the dispute, ${month}.`,
    'proposal-to-approve': () => 'Approve or reject the proposed agreement.',
    'transfer-to-answer': () => 'Accept or decline the device that is offered to you.',
    'loan-to-return': () => 'Give the lent device back.',
    'meter-change-to-witness': () => 'Confirm or refuse the change of a meter as its witness.',
    'data-request-to-answer': () => 'Answer the request for the data of a device.',
    'fault-to-answer': () => 'Accept the fault, or decline it with a reason.',
    'service-task-due': () => 'Do the service task, or say why it was not possible.',
    'inspection-due': () => 'Have the statutory inspection made, and record it.',
  },
  equipment: {
    'support-ends': (date) => `Support of the firmware ends on ${date}. Prepare the renewal.`,
    'warranty-ends': (date) => `The warranty ends on ${date}. Report defects before that.`,
    'service-contract-ends': (date) => `The service contract ends on ${date}. Renew it or put it out to tender.`,
    'insurance-ends': (date) => `The insurance ends on ${date}. Renew it.`,
    'verification-due': (date) => `The verification of the meter holds until ${date}. Change the meter before that.`,
    'document-ends': (date) => `A document is valid until ${date}. Get a new one.`,
    'certificate-ends': (date) =>
      `The certificate of the device ends on ${date}. Give it a new one, or it can’t connect.`,
  },
  more: (count) => `and ${count} more`,
  until: (date) => `By ${date}.`,
  overdue: (date) => `The time ended on ${date}.`,
  silence: 'If you do not answer in time, the month counts as accepted.',
  footer: 'This reminder was sent by Samtila. It cannot be answered.',
}
