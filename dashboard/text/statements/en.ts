// English accessibility statement (act 306/2019), privacy statement and feedback form.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  accessibility: {
    title: 'Accessibility statement',
    lead: 'This statement is about the Samtila service. The Finnish act on the provision of digital services (306/2019) asks that it is accessible.',
    stateTitle: 'How accessible the service is',
    state: 'The aim is level AA of WCAG 2.2. The service meets most of it.',
    testedTitle: 'How accessibility was assessed',
    tested:
      'Every page is checked automatically, light and dark, each time the program changes, and the main tasks are done by keyboard alone too. There has been no outside assessment yet.',
    missingTitle: 'What is not accessible yet',
    missing: [
      'The service has not yet been tried systematically with screen readers (NVDA, JAWS, VoiceOver).',
      'Some details of errors from the server are in English only.',
      'Charts are drawings. The same figures always stand beside them as a table.',
    ],
    feedbackTitle: 'Tell us about an accessibility problem',
    feedback: 'We answer within 14 days. You need not sign in.',
    supervisionTitle: 'Supervision',
    supervision:
      'If you are not content with the answer, or get none within two weeks, you may notify the Finnish Transport and Communications Agency Traficom, which supervises accessibility.',
    authority: 'Finnish Transport and Communications Agency Traficom, supervision of digital accessibility',
    datedTitle: 'Date of this statement',
    dated: '22 November 2026',
  },
  form: {
    text: 'What did not work?',
    textHint: 'Tell what you tried to do and what happened.',
    contact: 'E-mail address for the answer (optional)',
    send: 'Send feedback',
    short: 'Say in a few words what did not work.',
    sent: (id) => `Thank you. The feedback was received with the number ${id}.`,
    website: 'Leave this field empty',
  },
  privacy: {
    title: 'Privacy statement',
    lead: 'Which personal data there are in the service, why and for how long.',
    sections: [
      {
        title: 'Controller',
        text: 'The organisation for which you use the service. The operator of the service processes the data on its behalf.',
      },
      {
        title: 'Which data',
        text: 'Name, login, language, roles in organisations, and an e-mail address if one is given. The audit log tells who changed or approved what, and who looked at what is delicate: people, the log, locks and cameras and plans with them, documents and the contact of a reporter. Of bookings only the party and the time are kept, not who booked. A fault can be reported anonymously; a contact that is given is seen only by whoever repairs the fault, and is deleted when it is dealt with.',
      },
      {
        title: 'Why',
        text: 'To manage rights, and so that approvals of the cost split can be shown later. The ground is a legal obligation and the public interest.',
      },
      {
        title: 'For how long',
        text: 'Data of users as long as the person has a role. Accounting material with its approvals is kept as the Accounting Act and the organisation’s records management say.',
      },
      {
        title: 'Cookies',
        text: 'The service uses the session cookie of the sign-in only. Language and look are remembered in the browser. There is no tracking, and nothing is loaded from other servers.',
      },
      {
        title: 'Your rights',
        text: 'You may ask your organisation’s data protection officer to show, correct or delete your data, and complain to the Data Protection Ombudsman.',
      },
    ],
  },
  inbox: {
    title: 'Accessibility feedback',
    none: 'No feedback has come.',
    due: 'To be answered by',
    page: 'Page',
    contact: 'Contact',
    text: 'Feedback',
    state: 'State',
    open: 'open',
    answered: 'answered',
    answer: 'Mark as answered',
    reopen: 'Open again',
    action: 'Action',
    noContact: 'asks for no answer',
  },
}
