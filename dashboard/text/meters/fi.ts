// What is recorded of a meter, in Finnish.

export const fi = {
  title: 'Mittarin hyväksyntä',
  approved: 'Hyväksytty laskutukseen',
  yes: 'Kyllä',
  no: 'Ei',
  unknown: 'Ei kirjattu',
  mid: 'MID-merkintä',
  verified: 'Varmennettu, viimeinen päivä',
  over: 'Varmennus on päättynyt.',
  edit: 'Kirjaa hyväksyntä',
  midHint: 'Luokka ja vuosi, esimerkiksi B M24',
  save: 'Tallenna hyväksyntä',
  saved: 'Mittarin hyväksyntä on tallennettu.',
  why: 'Hinnan saa perustaa vain hyväksyttyyn ja varmennettuun mittariin, ellei sopimuksessa ole toisin sovittu.',
}
