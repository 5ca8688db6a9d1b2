// What else stands on a chart, in Finnish.
export const fi = {
  compareWith: 'Vertaa jaksoon',
  nothing: 'Ei vertailua',
  compares: { previous: 'Edellinen jakso', year: 'Sama aika vuosi sitten' },
  addPoint: 'Lisää piste kuvaajaan',
  choosePoint: 'Valitse piste',
  otherDevices: 'Näytä myös muiden laitteiden pisteet',
  remove: 'Poista',
  takeAway: (name: string) => `Poista kuvaajasta: ${name}`,
  allPoints: 'Kaikki allekkain',
}
