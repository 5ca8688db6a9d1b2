// Energy and water by use, in Finnish.
export const fi = {
  title: 'Energia ja vesi käyttötarkoituksittain tänään',
  lead: (time: string) =>
    `Keskiyöstä kello ${time} asti. Tavallisesti on saman viikonpäivän keskiarvo neljältä viikolta samaan aikaan.`,
  media: { electricity: 'Sähkö', heat: 'Lämpö', water: 'Vesi' },
  uses: {
    heating: 'Lämmitys',
    cooling: 'Jäähdytys',
    ventilation: 'Ilmanvaihto',
    lighting: 'Valaistus',
    vehicles: 'Autojen lataus ja lämmitys',
    kitchen: 'Keittiö',
    lifts: 'Hissit',
    ict: 'Tietotekniikka',
  },
  rest: 'Muu käyttö',
  total: 'Yhteensä',
  use: 'Käyttötarkoitus',
  soFar: 'Tänään',
  expected: 'Tavallisesti',
  change: 'Ero',
  restHow: 'Muu käyttö on päämittarin ja omien mittareiden erotus.',
}
