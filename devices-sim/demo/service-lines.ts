// What serves customers and staff in the virastotalo: booths, meeting rooms, printers, doors, screens.
import { ALL, line, type Line } from './device-line.ts'

export const SERVICE: Line[] = [
  line('booth-1', 'video-booth', '103', 'Etäpalvelukoppi 1', 'Distansservicebås 1', 'Remote-service booth 1', {
    owners: { kuusamo: '60', kela: '40' },
    bought: { cost: '14900.00', residual: '900.00', date: '@-6-01', months: 60 },
    payer: 'kela',
  }),
  line('booth-2', 'video-booth', '104', 'Etäpalvelukoppi 2', 'Distansservicebås 2', 'Remote-service booth 2', {
    owners: { vero: '1', kela: '1' },
    bought: { cost: '14900.00', residual: '900.00', date: '@2-18', months: 60 },
    payer: 'vero',
  }),
  line('av-ruka', 'meeting-room', '113', 'Kokouslaitteet, Ruka', 'Mötesutrustning, Ruka', 'Meeting equipment, Ruka', {
    owners: ALL,
    bought: { cost: '6240.00', date: '@-20-11', months: 48 },
  }),
  line(
    'av-oulanka',
    'meeting-room',
    '205',
    'Kokouslaitteet, Oulanka',
    'Mötesutrustning, Oulanka',
    'Meeting equipment, Oulanka',
    { owners: { vero: '2', kela: '1' }, bought: { cost: '5180.00', date: '@-20-11', months: 48 }, payer: 'vero' },
  ),
  line(
    'av-kitka',
    'meeting-room',
    '206',
    'Kokouslaitteet, Kitka',
    'Mötesutrustning, Kitka',
    'Meeting equipment, Kitka',
    { owners: { vero: '1', kela: '1' } },
  ),
  line(
    'av-council',
    'meeting-room',
    '304',
    'Valtuustosalin laitteet',
    'Fullmäktigesalens utrustning',
    'Council chamber equipment',
    { bought: { cost: '38200.00', residual: '2200.00', date: '@-11-03', months: 72 } },
  ),
  line(
    'av-julma-olkky',
    'meeting-room',
    '305',
    'Kokouslaitteet, Julma-Ölkky',
    'Mötesutrustning, Julma-Ölkky',
    'Meeting equipment, Julma-Ölkky',
  ),
  line(
    'printer-1',
    'printer',
    '102',
    'Monitoimilaite, asiakaspalvelu',
    'Multifunktionsskrivare, kundservice',
    'Printer, customer service',
    { owners: { koillistieto: '1' }, maintainer: 'koillistieto' },
  ),
  line('printer-2', 'printer', '210', 'Monitoimilaite 2. krs', 'Multifunktionsskrivare, vån. 2', 'Printer, storey 2', {
    owners: { koillistieto: '1' },
    maintainer: 'koillistieto',
  }),
  line('printer-3', 'printer', '307', 'Monitoimilaite 3. krs', 'Multifunktionsskrivare, vån. 3', 'Printer, storey 3', {
    owners: { kuusamo: '1' },
    maintainer: 'koillistieto',
  }),
  line('door-main', 'door', '101', 'Pääovi', 'Huvuddörr', 'Main door'),
  line('door-staff', 'door', '114', 'Henkilökunnan ovi', 'Personaldörr', 'Staff door'),
  line('door-poliisi', 'door', '106', 'Poliisin ovi', 'Polisens dörr', 'Police door', { owners: { poliisi: '1' } }),
  line('door-kela', 'door', '203', 'Kelan ovi', 'FPA:s dörr', 'Kela door', { owners: { kela: '1' } }),
  line('door-vero', 'door', '201', 'Verohallinnon ovi', 'Skatteförvaltningens dörr', 'Tax door', {
    owners: { vero: '1' },
  }),
  line('queue-1', 'queue-machine', '101', 'Vuoronumerolaite', 'Könummerautomat', 'Queue machine', {
    owners: { kuusamo: '1', poliisi: '1', vero: '1', kela: '1' },
    bought: { cost: '8760.00', date: '@-3-22', months: 60 },
  }),
  line('photo-1', 'photo-kiosk', '105', 'Passikuvalaite', 'Passfotoautomat', 'Passport-photo kiosk', {
    owners: { poliisi: '1' },
  }),
  line('people-1', 'people-counter', '101', 'Kävijälaskuri', 'Besöksräknare', 'People counter'),
  line('screen-1', 'info-screen', '101', 'Infonäyttö, aula', 'Infoskärm, aula', 'Info screen, lobby', { owners: ALL }),
  line(
    'screen-2',
    'info-screen',
    '102',
    'Infonäyttö, asiakaspalvelu',
    'Infoskärm, kundservice',
    'Info screen, customer service',
    { owners: ALL },
  ),
]
