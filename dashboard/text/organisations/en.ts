// English words of the organisations page and of the groups of settings.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  title: 'Organisations',
  about: 'Public bodies and companies that use spaces, own devices or pay costs.',
  find: 'Find an organisation',
  name: 'Name',
  id: 'Id',
  idHint: 'Lower case letters, digits and hyphens. It cannot be changed later.',
  idWrong: 'Give an id, for example town-of-kuusamo.',
  idTaken: 'There is an organisation with this id already.',
  nameNeeded: 'Give the name in at least one language.',
  businessId: 'Business ID',
  successor: 'Successor',
  from: (name: string, day: string) => `${name} from ${day}`,
  add: 'Add an organisation',
  addEffect: 'After this it can have people, spaces, devices and costs.',
  saved: (name: string) => `${name} is saved.`,
  none: 'No organisation fits.',
  noneYet: 'There are no organisations yet.',
  ownOnly: 'You can change the name of your own organisation. The operator of the platform adds new ones.',
  noId: 'not given',
  settings: {
    set: 'Set for this server',
    noneSet: 'All settings have their defaults.',
    main: (n: number) => (n === 1 ? 'Setting of the server (1)' : `Settings of the server (${n})`),
    limits: (n: number) => (n === 1 ? 'Limit (1)' : `Limits (${n})`),
  },
  actions: {
    access: 'Access',
    accessText: 'You are asked once more before a new password is given or the account is closed.',
  },
}
