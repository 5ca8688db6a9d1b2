// What people are told, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { notificationWords as fi } from './fi.ts'

export const notificationWords: Worded<typeof fi> = {
  product: 'Samtila',
  raised: {
    info: 'Notice',
    warning: 'Warning',
    major: 'Major alarm',
    critical: 'Critical alarm',
  },
  kinds: {
    'alarm-raised': 'Alarm',
    'alarm-assigned': 'Alarm given to you',
    'alarm-cleared': 'Alarm over',
    'fault-offered': 'New fault for you',
    'fault-accepted': 'Fault accepted',
    'fault-declined': 'Fault declined',
    'fault-escalated': 'Nobody has accepted the fault',
    'fault-done': 'Fault repaired',
    'service-due': 'Service coming up',
    'service-overdue': 'Service overdue',
    'service-done': 'Service done',
    'webhook-disabled': 'A webhook was disabled because its messages did not get through',
    'system-away': 'A server does not answer',
    'system-back': 'A server answers again',
  },
  titled: (head, name) => `${head}: ${name}`,
  subject: (what, place) => `${what} – ${place}`,
  andMore: (count) => `(and ${count} more)`,
  value: (value) => `Value ${value}.`,
  valueLimit: (value, limit) => `Value ${value}, limit ${limit}.`,
  reasons: {
    subscribed: 'You subscribed to this.',
    assigned: 'It has been given to you.',
    'on-call': 'You are on call.',
    deputy: 'You get this as a deputy.',
  },
  escalated: 'Nobody has acknowledged the alarm yet.',
  over: 'It is over by now.',
  greeting: (name) => `Hello ${name}`,
  digest: {
    hourly: 'Summary of the last hour:',
    daily: 'Summary of the day:',
  },
  more: (count) => `And ${count} other things:`,
  footer: (link) => `This message was sent by Samtila. It cannot be answered. Choose what you are told: ${link}`,
  testSubject: 'Samtila test message',
  test: 'E-mail works. What you are told comes to this address.',
  calendar: {
    name: 'Samtila: shifts and service',
    onCall: (name) => `On call: ${name}`,
    substitute: (name) => `Substitute: ${name}`,
  },
}
