// Comfort and opening hours, in English.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const en: Worded<typeof fi> = {
  title: 'Temperature and carbon dioxide in the spaces',
  limits: 'Limits',
  sets: { 'new-building': 'Design values of new buildings', action: 'Action limits' },
  sources: {
    'new-building':
      'Source: decree of the Ministry of the Environment on the indoor climate and ventilation of new buildings 1009/2017, sections 4 and 5. In an older building the values are an aim, not a duty.',
    action:
      'Source: decree of the Ministry of Social Affairs and Health on health-related conditions of housing and other residential buildings 545/2015, sections 6 and 8 and annex 1. The temperature limits are those of dwellings; the decree does not cover spaces where people only work. A sensor above the limit is not yet a finding of the authority.',
  },
  range: (heating, otherwise, co2, above, outdoor) =>
    `Temperature ${heating} in the heating season (October to April) and ${otherwise} otherwise. Carbon dioxide at most ${co2}: ${above} above the outdoor air, which is taken to be ${outdoor}.`,
  span: 'Time',
  spans: { '7': '7 days', '30': '30 days', '90': '90 days' },
  within: 'Within limits while open',
  withinAll: 'Within limits',
  hours: (n) => `${n} h measured`,
  tooCold: (n) => `too cold ${n} h`,
  tooWarm: (n) => `too warm ${n} h`,
  tooMuch: (n) => `above the limit ${n} h`,
  verdicts: { within: 'within limits', below: 'below the limit', above: 'above the limit' },
  space: 'Space',
  now: 'Now',
  quantities: { temperature: 'Temperature', co2: 'Carbon dioxide' },
  range2: 'Lowest to highest',
  none: 'No space has a sensor of temperature or carbon dioxide.',
  noneStep: 'Give the sensor a space, and the points temperature or co2.',
  allHours: 'No opening hours are given: every hour counts.',
  worst: 'Weakest spaces',
  allWithin: 'All spaces have stayed within the limits.',
  nothingYet: 'Nothing has been measured while open yet.',
  more: 'There are more sensors than are shown here.',
  opening: 'Opening hours',
  open: 'Open now',
  closed: 'Closed now',
  closedDay: 'closed',
  noOpening: 'No opening hours are given.',
  giveHours: 'Give opening hours',
  changeHours: 'Change opening hours',
  toSchedules: 'Schedules and opening hours',
  days: 'The two weeks ahead',
  day: 'Day',
  because: 'Why',
  weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  week: 'Week',
  holidays: 'Closed on public holidays',
  eves: 'Closed on eves',
}
