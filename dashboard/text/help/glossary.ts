// The glossary as data: each term by its key, what it is called in the three languages, and what it means in plain words.
import type { Language } from '#domain/writing/language.ts'

type Entry = Record<Language, readonly [term: string, meaning: string]>

export const glossary = {
  'allocation-key': {
    fi: [
      'jakoperuste',
      'Sääntö, jolla kustannus jaetaan osapuolille, esimerkiksi pinta-ala, mitattu kulutus tai henkilömäärä.',
    ],
    sv: [
      'fördelningsgrund',
      'Regeln för hur en kostnad fördelas på parterna, till exempel yta, uppmätt förbrukning eller personantal.',
    ],
    en: [
      'allocation key',
      'The rule by which a cost is split between the parties, such as floor area, metered consumption or headcount.',
    ],
  },
  remainder: {
    fi: [
      'jäännösosuus',
      'Se osa päämittarin kulutuksesta, jota mikään alamittari ei ole mitannut. Se jaetaan sopimuksen omalla säännöllä.',
    ],
    sv: [
      'restpost',
      'Den del av huvudmätarens förbrukning som ingen undermätare har mätt. Den fördelas enligt en egen regel i avtalet.',
    ],
    en: [
      'remainder',
      'The part of the main meter’s consumption that no sub-meter has measured. The agreement splits it by a rule of its own.',
    ],
  },
  adjustment: {
    fi: [
      'oikaisu',
      'Suljettua kuukautta ei muuteta. Jos sen tiedot korjautuvat, ero lasketaan ja lisätään avoimelle kuukaudelle omana eränään.',
    ],
    sv: [
      'rättelse',
      'En stängd månad ändras inte. Om dess uppgifter rättas räknas skillnaden ut och läggs till den öppna månaden som en egen post.',
    ],
    en: [
      'adjustment',
      'A closed month is not changed. When its facts are corrected, the difference is computed and added to the open month as an item of its own.',
    ],
  },
  'cost-split': {
    fi: [
      'kustannustenjako',
      'Laskelma siitä, kuka vastaa mistäkin osuudesta toimitilan kustannuksia kuukauden aikana.',
    ],
    sv: ['kostnadsfördelning', 'Kalkylen över vem som står för vilken andel av lokalernas kostnader under en månad.'],
    en: ['cost split', 'The calculation of who bears which share of the premises’ costs in a month.'],
  },
  settlement: {
    fi: [
      'tilitys',
      'Kuukauden kustannustenjako lopullisena: osuudet ja maksut, joilla osapuolet korvaavat ne toisilleen.',
    ],
    sv: [
      'avräkning',
      'Månadens kostnadsfördelning i slutlig form: andelarna och de betalningar som parterna ersätter varandra med.',
    ],
    en: [
      'settlement',
      'The cost split of a month in its final form: the shares, and the payments by which the parties compensate each other.',
    ],
  },
  'cost-item': {
    fi: ['kustannuserä', 'Yksi jaettava kustannus: lasku, mitattu kulutus, toistuva kustannus, poisto tai oikaisu.'],
    sv: [
      'kostnadspost',
      'En kostnad som ska fördelas: en faktura, uppmätt förbrukning, en återkommande kostnad, en avskrivning eller en rättelse.',
    ],
    en: [
      'cost item',
      'One cost to be split: an invoice, metered consumption, a recurring cost, depreciation or an adjustment.',
    ],
  },
  'cost-type': {
    fi: [
      'kustannuslaji',
      'Mihin kustannus kuuluu, esimerkiksi sähkö, siivous tai aulapalvelu. Sopimus antaa jakoperusteen kustannuslajeittain.',
    ],
    sv: [
      'kostnadsslag',
      'Vad kostnaden gäller, till exempel el, städning eller receptionstjänster. Avtalet anger fördelningsgrunden för varje kostnadsslag.',
    ],
    en: [
      'cost type',
      'What the cost is for, such as electricity, cleaning or reception. The agreement gives an allocation key for each cost type.',
    ],
  },
  statement: {
    fi: ['kustannuserittely', 'Yhden osapuolen kuukausi riveittäin: mistä sen osuus koostuu ja kenelle se maksetaan.'],
    sv: ['kostnadsspecifikation', 'En parts månad rad för rad: vad partens andel består av och vem den betalas till.'],
    en: ['statement', 'One party’s month line by line: what its share consists of and to whom it is paid.'],
  },
  share: {
    fi: ['osuus', 'Se osa kustannuksesta, josta osapuoli vastaa. Osuudet ovat yhteensä täsmälleen koko kustannus.'],
    sv: ['andel', 'Den del av kostnaden som en part står för. Andelarna är tillsammans exakt hela kostnaden.'],
    en: ['share', 'The part of a cost that a party bears. The shares add up to exactly the whole cost.'],
  },
  'fixed-share': {
    fi: ['kiinteä osuus', 'Sopimuksessa sovittu osuus, joka ei riipu mittauksesta eikä pinta-alasta.'],
    sv: ['fast andel', 'En andel som avtalet bestämmer och som inte beror på mätning eller yta.'],
    en: ['fixed share', 'A share set by the agreement that does not depend on metering or floor area.'],
  },
  rounding: {
    fi: [
      'pyöristys',
      'Osuudet ovat kokonaisia senttejä. Jäljelle jäävä sentti annetaan sille, jonka osuus on sitä lähinnä.',
    ],
    sv: ['avrundning', 'Andelarna är hela cent. En cent som blir över ges till den vars andel ligger närmast.'],
    en: [
      'rounding',
      'Shares are whole cents. A cent that is left over goes to the party whose share is closest to it.',
    ],
  },
  payer: {
    fi: ['maksaja', 'Se, joka on maksanut kustannuksen toimittajalle ja jolle muut osapuolet korvaavat osuutensa.'],
    sv: ['betalare', 'Den som har betalat kostnaden till leverantören och som de andra parterna ersätter.'],
    en: ['payer', 'Who has paid the cost to the supplier and is compensated by the other parties.'],
  },
  party: {
    fi: ['osapuoli', 'Organisaatio, joka on sopimuksessa mukana ja vastaa omasta osuudestaan.'],
    sv: ['part', 'En organisation som är med i avtalet och står för sin egen andel.'],
    en: ['party', 'An organisation that has joined the agreement and bears its own share.'],
  },
  agreement: {
    fi: ['kustannustenjakosopimus', 'Sopimus siitä, ketkä jakavat toimitilan kustannukset ja millä perusteella.'],
    sv: ['avtal om kostnadsfördelning', 'Avtalet om vilka som delar på lokalernas kostnader och på vilken grund.'],
    en: ['cost-sharing agreement', 'The agreement on who shares the costs of the premises and on what grounds.'],
  },
  'agreement-version': {
    fi: [
      'sopimusversio',
      'Sopimuksen sisältö tietystä päivästä alkaen. Versio on voimassa vasta, kun kaikki osapuolet ovat hyväksyneet sen.',
    ],
    sv: [
      'avtalsversion',
      'Avtalets innehåll från och med en viss dag. Versionen gäller först när alla parter har godkänt den.',
    ],
    en: [
      'agreement version',
      'The content of the agreement from a certain day. It is in force only when every party has approved it.',
    ],
  },
  'responsibility-matrix': {
    fi: ['vastuunjakotaulukko', 'Taulukko siitä, kuka hankkii, ylläpitää ja maksaa minkäkin laitteen tai tilan.'],
    sv: [
      'ansvarsfördelningstabell',
      'Tabellen över vem som skaffar, underhåller och betalar vilken enhet eller vilket utrymme.',
    ],
    en: ['responsibility matrix', 'The table of who buys, maintains and pays for which device or space.'],
  },
  'at-cost': {
    fi: ['omakustannusperiaate', 'Osapuolilta peritään vain todelliset kustannukset, ei voittoa.'],
    sv: ['självkostnadsprincip', 'Av parterna tas endast ut de verkliga kostnaderna, ingen vinst.'],
    en: ['at-cost principle', 'The parties are charged the actual costs only, without profit.'],
  },
  'comment-period': {
    fi: ['huomautusaika', 'Aika, jonka kuluessa osapuoli voi hyväksyä kuukauden tai ilmoittaa erimielisyydestä.'],
    sv: ['anmärkningstid', 'Den tid inom vilken en part kan godkänna månaden eller anmäla en meningsskiljaktighet.'],
    en: ['comment period', 'The time within which a party may accept the month or dispute it.'],
  },
  dispute: {
    fi: ['erimielisyys', 'Osapuoli ei hyväksy riviä. Muu osa kuukaudesta on maksettavissa, kunnes asia on ratkaistu.'],
    sv: ['meningsskiljaktighet', 'En part godkänner inte en rad. Resten av månaden kan betalas medan saken avgörs.'],
    en: [
      'dispute',
      'A party does not accept a line. The rest of the month is payable while the matter is being resolved.',
    ],
  },
  draft: {
    fi: ['luonnos', 'Laskelma, jota ei ole vielä lähetetty hyväksyttäväksi. Se muuttuu, kun tiedot täydentyvät.'],
    sv: ['utkast', 'En kalkyl som ännu inte har sänts för godkännande. Den ändras när uppgifterna kompletteras.'],
    en: ['draft', 'A calculation that has not been sent for approval. It changes as facts come in.'],
  },
  'closed-month': {
    fi: ['suljettu kuukausi', 'Kuukausi, joka on hyväksytty ja jäädytetty. Se ei enää muutu.'],
    sv: ['stängd månad', 'En månad som är godkänd och låst. Den ändras inte längre.'],
    en: ['closed month', 'A month that has been accepted and frozen. It does not change any more.'],
  },
  digest: {
    fi: ['tarkistussumma', 'Kuukauden kaikista luvuista laskettu tunnus. Jos yksikin luku muuttuu, tunnus on toinen.'],
    sv: [
      'kontrollsumma',
      'En kod som räknas ut av månadens alla siffror. Om en enda siffra ändras blir koden en annan.',
    ],
    en: ['digest', 'A code computed from all figures of the month. If a single figure changes, the code is another.'],
  },
  chain: {
    fi: [
      'ketju',
      'Jokainen suljettu kuukausi sisältää edellisen tarkistussumman, joten mennyttä ei voi muuttaa huomaamatta.',
    ],
    sv: [
      'kedja',
      'Varje stängd månad innehåller den föregåendes kontrollsumma, så det förflutna kan inte ändras obemärkt.',
    ],
    en: [
      'chain',
      'Each closed month contains the digest of the one before, so that the past cannot be changed unnoticed.',
    ],
  },
  transfer: {
    fi: [
      'osapuolten välinen maksu',
      'Summa, jonka osapuoli maksaa toiselle, jotta kumpikin on vastannut vain omasta osuudestaan.',
    ],
    sv: [
      'betalning mellan parterna',
      'Beloppet som en part betalar till en annan för att båda ska ha stått för endast sin egen andel.',
    ],
    en: [
      'payment between parties',
      'The sum that one party pays to another so that each has borne only its own share.',
    ],
  },
  advance: {
    fi: [
      'ennakkomaksu',
      'Etukäteen maksettu arvio kustannuksista. Se tasataan, kun todelliset kustannukset tiedetään.',
    ],
    sv: [
      'förskottsbetalning',
      'En uppskattning av kostnaderna som betalas på förhand. Den utjämnas när de verkliga kostnaderna är kända.',
    ],
    en: [
      'advance payment',
      'An estimate of the costs that is paid beforehand. It is trued up when the actual costs are known.',
    ],
  },
  'true-up': {
    fi: ['vuositasaus', 'Vuoden ennakkomaksujen ja todellisten kustannusten ero, joka maksetaan tai palautetaan.'],
    sv: [
      'årsavräkning',
      'Skillnaden mellan årets förskottsbetalningar och de verkliga kostnaderna, som betalas eller återbetalas.',
    ],
    en: [
      'annual true-up',
      'The difference between the year’s advance payments and the actual costs, which is paid or paid back.',
    ],
  },
  depreciation: {
    fi: ['poisto', 'Hankinnan hinta jaettuna käyttöajan kuukausille.'],
    sv: ['avskrivning', 'Anskaffningens pris fördelat på månaderna av dess livslängd.'],
    en: ['depreciation', 'The price of an acquisition spread over the months of its service life.'],
  },
  vat: {
    fi: [
      'arvonlisävero (alv)',
      'Kustannukset näytetään ilman veroa ja veron kanssa. Veroprosentti tulee laskulta tai hinnastosta.',
    ],
    sv: [
      'mervärdesskatt (moms)',
      'Kostnaderna visas exklusive och inklusive moms. Skattesatsen kommer från fakturan eller prislistan.',
    ],
    en: [
      'value added tax (VAT)',
      'Costs are shown without and with the tax. The rate comes from the invoice or the price list.',
    ],
  },
  'credit-note': {
    fi: ['hyvityslasku', 'Lasku, jolla aiempi lasku perutaan kokonaan tai osittain.'],
    sv: ['kreditfaktura', 'En faktura som helt eller delvis återtar en tidigare faktura.'],
    en: ['credit note', 'An invoice that takes back an earlier invoice wholly or in part.'],
  },
  'cost-centre': {
    fi: ['kustannuspaikka', 'Kirjanpidon yksikkö, jolle organisaatio kirjaa osuutensa.'],
    sv: ['kostnadsställe', 'Den enhet i bokföringen som organisationen bokför sin andel på.'],
    en: ['cost centre', 'The unit in the accounts to which an organisation books its share.'],
  },
  device: {
    fi: ['laite', 'Mittari, anturi tai muu laite, joka lähettää lukemia.'],
    sv: ['enhet', 'En mätare, en givare eller en annan apparat som sänder avläsningar.'],
    en: ['device', 'A meter, sensor or other piece of equipment that sends readings.'],
  },
  'measuring-point': {
    fi: ['mittauspiste', 'Yksi suure, jota laite mittaa, esimerkiksi energia tai lämpötila.'],
    sv: ['mätpunkt', 'En storhet som enheten mäter, till exempel energi eller temperatur.'],
    en: ['measuring point', 'One quantity that a device measures, such as energy or temperature.'],
  },
  reading: {
    fi: ['lukema', 'Mitattu arvo ja hetki, jolloin se mitattiin.'],
    sv: ['avläsning', 'Ett uppmätt värde och den tidpunkt då det mättes.'],
    en: ['reading', 'A measured value and the moment when it was measured.'],
  },
  consumption: {
    fi: ['kulutus', 'Kahden lukeman erotus, esimerkiksi kuukauden alun ja lopun välillä.'],
    sv: ['förbrukning', 'Skillnaden mellan två avläsningar, till exempel månadens början och slut.'],
    en: ['consumption', 'The difference of two readings, such as those at the start and end of a month.'],
  },
  'sub-meter': {
    fi: ['alamittari', 'Päämittarin takana oleva mittari, joka mittaa yhden osapuolen tai laitteen kulutuksen.'],
    sv: ['undermätare', 'En mätare bakom huvudmätaren som mäter en parts eller en enhets förbrukning.'],
    en: ['sub-meter', 'A meter behind the main meter that measures the consumption of one party or device.'],
  },
  estimated: {
    fi: [
      'arvioitu',
      'Lukema puuttuu, ja kulutus on laskettu sitä ennen ja sen jälkeen saaduista lukemista. Arvioitu osa näytetään aina.',
    ],
    sv: [
      'uppskattad',
      'En avläsning saknas, och förbrukningen har räknats ut av avläsningarna före och efter. Den uppskattade delen visas alltid.',
    ],
    en: [
      'estimated',
      'A reading is missing, and the consumption is computed from those before and after. The estimated part is always shown.',
    ],
  },
  tariff: {
    fi: ['tariffi', 'Hinnat, joilla mitattu kulutus muuttuu euroiksi: energiamaksu, perusmaksu ja muut osat.'],
    sv: ['tariff', 'Priserna som gör förbrukningen till euro: energiavgift, grundavgift och andra delar.'],
    en: ['tariff', 'The prices that turn metered consumption into euros: energy fee, basic fee and other parts.'],
  },
  'spot-price': {
    fi: ['pörssihinta', 'Sähkön hinta, joka vaihtuu vartin tai tunnin välein.'],
    sv: ['börspris', 'Elpriset som växlar varje kvart eller timme.'],
    en: ['exchange price', 'The price of electricity that changes every quarter-hour or hour.'],
  },
  'floor-area': {
    fi: ['huoneistoala', 'Toimitilan pinta-ala, jonka mukaan kustannuksia usein jaetaan.'],
    sv: ['lägenhetsyta', 'Lokalens yta, som kostnaderna ofta fördelas efter.'],
    en: ['net lettable floor area', 'The floor area by which costs are often split.'],
  },
  'common-areas': {
    fi: [
      'yhteiset tilat',
      'Tilat, joita kaikki osapuolet käyttävät, kuten aula. Niiden kustannukset jaetaan sopimuksen mukaan.',
    ],
    sv: [
      'gemensamma utrymmen',
      'Utrymmen som alla parter använder, till exempel lobbyn. Deras kostnader fördelas enligt avtalet.',
    ],
    en: ['common areas', 'Spaces that every party uses, such as the lobby. Their costs are split by the agreement.'],
  },
  owner: {
    fi: ['omistaja', 'Organisaatio, jolle laite kuuluu. Yhteisomistajilla on kullakin oma osuutensa.'],
    sv: ['ägare', 'Organisationen som enheten tillhör. Delägare har var sin andel.'],
    en: ['owner', 'The organisation to which a device belongs. Co-owners each have a share.'],
  },
  holder: {
    fi: ['haltija', 'Organisaatio, jonka käytössä tila tai laite on.'],
    sv: ['innehavare', 'Organisationen som använder utrymmet eller enheten.'],
    en: ['holder', 'The organisation that has the space or the device in its use.'],
  },
  quarantine: {
    fi: [
      'karanteeni',
      'Paikka viesteille, joita ei ole voitu käyttää. Mitään ei katoa: viesti käsitellään uudelleen, kun syy on korjattu.',
    ],
    sv: [
      'karantän',
      'Platsen för meddelanden som inte har kunnat användas. Inget går förlorat: meddelandet behandlas på nytt när orsaken är åtgärdad.',
    ],
    en: [
      'quarantine',
      'The place for messages that could not be used. Nothing is lost: a message is processed again when its cause has been put right.',
    ],
  },
  gateway: {
    fi: ['yhdyskäytävä', 'Laite, joka välittää usean muun laitteen lukemat.'],
    sv: ['nätsluss', 'En enhet som förmedlar flera andra enheters avläsningar.'],
    en: ['gateway', 'A device that passes on the readings of several others.'],
  },
  'audit-log': {
    fi: ['tapahtumaloki', 'Luettelo siitä, kuka teki tai katsoi mitä ja milloin. Lokia ei voi muuttaa huomaamatta.'],
    sv: ['händelselogg', 'Förteckningen över vem som gjorde eller läste vad och när. Loggen kan inte ändras obemärkt.'],
    en: ['audit log', 'The list of who did or saw what, and when. It cannot be changed unnoticed.'],
  },
  alarm: {
    fi: ['hälytys', 'Ilmoitus siitä, että jokin on nyt vialla. Se pysyy voimassa, kunnes tilanne on ohi.'],
    sv: ['larm', 'Ett meddelande om att något är fel just nu. Det gäller tills läget är över.'],
    en: ['alarm', 'Word that something is wrong now. It stands until it is over.'],
  },
  'alarm-rule': {
    fi: [
      'hälytyssääntö',
      'Sääntö siitä, milloin laite tai toimitila hälyttää, esimerkiksi kun arvo on liian kauan yli rajan.',
    ],
    sv: [
      'larmregel',
      'En regel för när en enhet eller lokal larmar, till exempel när ett värde är för länge över gränsen.',
    ],
    en: [
      'alarm rule',
      'Says when a device or premises raises an alarm, such as when a value is above a limit for too long.',
    ],
  },
  acknowledge: {
    fi: ['kuittaus', 'Merkintä siitä, että joku on huomannut hälytyksen. Se ei vielä korjaa mitään.'],
    sv: ['kvittering', 'En anteckning om att någon har märkt larmet. Den reparerar ännu ingenting.'],
    en: ['acknowledgement', 'A note that somebody has noticed the alarm. It repairs nothing yet.'],
  },
  'silenced-alarm': {
    fi: ['hiljennetty hälytys', 'Hälytys, josta ei muistuteta ennen sovittua hetkeä. Se pysyy luettelossa.'],
    sv: ['tystat larm', 'Ett larm som ingen påminns om före en viss tidpunkt. Det står kvar i listan.'],
    en: ['silenced alarm', 'An alarm that nobody is reminded of until a chosen time. It stays in the list.'],
  },
} satisfies Record<string, Entry>

export type TermKey = keyof typeof glossary
