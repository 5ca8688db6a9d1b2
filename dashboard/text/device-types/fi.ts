// Laitteen lajin valinnan sanat suomeksi.
export const fi = {
  narrow: 'Hae sanalla',
  found: (n: number): string => (n === 0 ? 'Hakusanalla ei löydy lajia.' : `${n} ${n === 1 ? 'laji' : 'lajia'}`),
  points: (list: string): string => `Mittauspisteet: ${list}`,
  groups: {
    energy: 'Energia',
    meters: 'Mittarit',
    hvac: 'Lämmitys, ilmanvaihto ja jäähdytys',
    sensors: 'Anturit',
    electricity: 'Sähkö',
    access: 'Kulunvalvonta',
    safety: 'Turvallisuus',
    network: 'Tietoverkko',
    meetings: 'Kokoustilat',
    service: 'Asiakaspalvelu',
    workplace: 'Työpisteet',
    building: 'Rakennus',
  },
}
