// Finnish sentences for what the server says in English when it refuses; tests/rules/refusals.test.ts holds that none is missing.
import type { Refusals } from './translate.ts'

export const fi: Refusals = {
  'Alarms are for technicians and managers of the landlord and of those who have a role towards the device.':
    'Hälytyksiä käsittelevät vuokranantajan sekä laitteesta vastaavien organisaatioiden asentajat ja päälliköt.',
  'The alarm is cleared.': 'Hälytys on jo poistunut.',
  'An alarm sleeps for 90 days at most.': 'Hälytyksen voi vaientaa enintään 90 päiväksi.',
  'should be within the next 90 days': 'anna ajankohta seuraavien 90 päivän ajalta',
  'What raised it is not over: say why it is cleared.':
    'Hälytyksen syy ei ole poistunut: kerro, miksi hälytys kuitataan päättyneeksi.',
  'should say why': 'kerro syy',
  'The alarm cannot be assigned so.': 'Hälytystä ei voi antaa näin.',
  'has no role towards the device': 'organisaatiolla ei ole roolia laitteessa',
  'is nobody of {}': 'henkilö ei kuulu organisaatioon {}',
  'There are {} rules already.': 'Sääntöjä on jo {}.',
  'The rule could not watch anything; nothing was changed.': 'Sääntö ei voisi valvoa mitään.',
  'The rule could not watch anything.': 'Sääntö ei voisi valvoa mitään.',
  'Rules are for the landlord’s managers, and for those of an owner or the holder of everything that the rule watches.':
    'Sääntöjä tekevät vuokranantajan päälliköt sekä kaiken valvottavan omistajan tai haltijan päälliköt.',
  'A rule stays in its premises: make a new one there.': 'Sääntö pysyy toimitilassaan: tee sinne uusi sääntö.',
  'Give either the id of a rule, or a rule with its premises.': 'Anna joko säännön tunnus tai sääntö ja sen toimitila.',
  'to comes after from, and from is in the past.':
    'Päättymisen on oltava alkamisen jälkeen ja alkamisen menneisyydessä.',
  'Try at most {} days at once.': 'Kokeile enintään {} päivää kerralla.',
  'there is no device {} in {}': 'laitetta {} ei ole toimitilassa {}',
  'there is no space {} in {}': 'tilaa {} ei ole toimitilassa {}',
  'a rule of kind {} watches the premises as a whole': 'tämä sääntö ({}) valvoo koko toimitilaa',
  'needs above, below or both': 'anna yläraja, alaraja tai molemmat',
  'leaves nothing between below and above, with the hysteresis on both sides':
    'rajojen väliin ei jää mitään, kun palautumisväli otetaan huomioon',
  'needs above (kW), overUsualPercent or both': 'anna raja kilowatteina, ylitys prosentteina tai molemmat',
  '{}, at character {}': '{} (merkki {})',
  'there is no {}': 'päivää {} ei ole',
  'should be after from: it is the first day that is over':
    'päättymisen on oltava alkamisen jälkeen: se on ensimmäinen päivä, jona jakso on ohi',
  'Only two faults of the same premises are joined.': 'Vain saman toimitilan kaksi vikaa voi yhdistää.',
  'The cost does not fit the other facts; nothing was changed.': 'Kustannus ei sovi muihin tietoihin.',
  'It can be handed on only to another who is concerned.': 'Vian voi siirtää vain toiselle, jota se koskee.',
  'This is for the organisation that has the fault.': 'Tämän tekee se organisaatio, jolla vika on.',
  'Accept the fault first.': 'Ota vika ensin vastaan.',
  'The fault is accepted already, or still open.': 'Vika on jo otettu vastaan tai vielä avoin.',
  'The fault has ended.': 'Vika on päättynyt.',
  'It waits for the answer of whom it was offered to.': 'Vika odottaa sen vastausta, jolle sitä tarjottiin.',
  'This fault is part of another: go on there.': 'Tämä vika kuuluu toiseen vikaan: jatka siellä.',
  'This fault holds as many entries as it can: report another one.':
    'Tähän vikaan ei mahdu enempää merkintöjä: ilmoita uusi vika.',
  'There is no joined report at this place.': 'Tässä ei ole yhdistettyä ilmoitusta.',
  'A fault was made of this alarm already: {}.': 'Tästä hälytyksestä on jo tehty vika {}.',
  'Say of which device or premises.': 'Kerro, mitä laitetta tai toimitilaa vika koskee.',
  'Say what is wrong, in words or by a choice.': 'Kerro sanoin tai valinnalla, mikä on vialla.',
  'say what is wrong': 'kerro, mikä on vialla',
  'This is for technicians and managers.': 'Tämän tekevät asentajat ja päälliköt.',
  'This is for a {} of who has the fault, or of the landlord.':
    'Tämän tekee vian käsittelijän tai vuokranantajan päällikkö tai talousvastaava.',
  'Many reports have come just now; try again a little later.':
    'Ilmoituksia on juuri tullut paljon. Yritä hetken kuluttua uudelleen.',
  'Many reports come just now; try again in a moment.':
    'Ilmoituksia tulee juuri nyt paljon. Yritä hetken kuluttua uudelleen.',
  'Many notes have come by this link; try again later.':
    'Tästä linkistä on tullut monta viestiä. Yritä myöhemmin uudelleen.',
  'A photo may have {} bytes.': 'Kuvan koko saa olla enintään {} tavua.',
  'The report did not come from the page: open its address and send it there.':
    'Ilmoitus ei tullut sivulta: avaa sivun osoite ja lähetä siellä.',
  'The page was open for too long: open it again.': 'Sivu oli auki liian kauan: avaa se uudelleen.',
  'That was too quick; try again.': 'Se kävi liian nopeasti. Yritä uudelleen.',
  'The photo is no whole JPEG, PNG or WebP picture.': 'Kuva ei ole ehjä JPEG-, PNG- tai WebP-kuva.',
  'The photo has no size.': 'Kuvalla ei ole kokoa.',
  'The photo has {} × {} pixels; {} are taken.': 'Kuvassa on {} × {} kuvapistettä, enintään {} otetaan vastaan.',
  'Name devices or spaces, or say that all are meant.': 'Nimeä laitteet tai tilat, tai valitse kaikki.',
  'There is no such label sheet, or it has fewer labels.':
    'Tällaista tarra-arkkia ei ole, tai siinä on vähemmän tarroja.',
  'Codes of spaces are made by the landlord and by who holds the space.':
    'Tilojen koodit tekee vuokranantaja tai tilan haltija.',
  'A contractor chooses only who of its own people does it.': 'Urakoitsija valitsee vain, kuka sen omista tekee työn.',
  'Something is missing in it, or is not as the task asks.': 'Jotain puuttuu tai ei ole niin kuin tehtävä pyytää.',
  'An inspection is recorded by a manager of who maintains it, of the landlord, or by its contractor.':
    'Tarkastuksen kirjaa kunnossapitäjän tai vuokranantajan päällikkö tai tarkastuksen urakoitsija.',
  'This inspection has ended.': 'Tämä tarkastus on päättynyt.',
  'The service is planned by a manager of who maintains it, or of the landlord.':
    'Huollon suunnittelee kunnossapitäjän tai vuokranantajan päällikkö.',
  'The plan has ended: make a new one.': 'Suunnitelma on päättynyt: tee uusi.',
  'What is inspected stays: register a new inspection.': 'Tarkastuksen kohde ei vaihdu: kirjaa uusi tarkastus.',
  'There is no such template.': 'Tällaista mallia ei ole.',
  'Give a title, or a template.': 'Anna otsikko tai malli.',
  'Name the law or contract that asks for it.': 'Nimeä laki tai sopimus, joka tätä vaatii.',
  'Give the interval in months.': 'Anna väli kuukausina.',
  'It lies in the future.': 'Päivä on tulevaisuudessa.',
  'The next one is after this one.': 'Seuraava on tämän jälkeen.',
  'Say what brings it about, or give a template.': 'Kerro, mistä huolto käynnistyy, tai anna malli.',
  'It is above zero.': 'Luvun on oltava suurempi kuin nolla.',
  'The device has no such point.': 'Laitteella ei ole tällaista pistettä.',
  'A plan stays in its premises: make a new one.': 'Suunnitelma pysyy toimitilassaan: tee uusi.',
  'What it is for stays: make a new plan.': 'Suunnitelman kohde ei vaihdu: tee uusi suunnitelma.',
  'Nobody of the responsible organisation or the contractor has this id.':
    'Vastuussa olevassa organisaatiossa tai urakoitsijalla ei ole tällaista henkilöä.',
  'The premises have no such space.': 'Toimitilassa ei ole tällaista tilaa.',
  'When it was done lies in the future, or more than 90 days ago.':
    'Tekoaika on tulevaisuudessa tai yli 90 päivää sitten.',
  'Another item has this id.': 'Toisella kohdalla on jo tämä tunnus.',
  'The task has no such item.': 'Tehtävässä ei ole tällaista kohtaa.',
  'It is answered twice.': 'Kohtaan on vastattu kahdesti.',
  'There are fewer photos.': 'Kuvia on vähemmän.',
  'Say why it was not possible.': 'Kerro, miksi se ei ollut mahdollista.',
  '{} is required.': '{} on pakollinen.',
  'Nothing was changed.': 'Mitään ei muutettu.',
  'give a time zone such as Europe/Helsinki': 'anna aikavyöhyke, esimerkiksi Europe/Helsinki',
  'quiet hours begin and end at different times': 'hiljaisen ajan on alettava ja päätyttävä eri aikaan',
  'must be after {}': 'oltava {} jälkeen',
  'must be somebody else of your organisation': 'valitse joku muu omasta organisaatiostasi',
  'No mail server is set up in this installation.': 'Tässä asennuksessa ei ole sähköpostipalvelinta.',
  'You have no e-mail address. Give one in your account.':
    'Sinulla ei ole sähköpostiosoitetta. Anna osoite omissa tiedoissasi.',
  'Test messages are on their way already.': 'Testiviestejä on jo matkalla.',
  'People are told, tokens are not: use a webhook or a listener.':
    'Ihmisille kerrotaan, tunnisteille ei: käytä webhookia tai kuuntelijaa.',
  'The calendar cannot work; nothing was changed.': 'Kalenteri ei voi toimia näin.',
  'There are {} calendars already.': 'Kalentereita on jo {}.',
  'the substitute is somebody else': 'varalla on oltava joku muu',
  'one turn lasts a year at most': 'yksi vuoro kestää enintään vuoden',
  'each step comes later than the one before': 'jokaisen portaan on tultava edellistä myöhemmin',
  'There is no such premises.': 'Tällaista toimitilaa ei ole.',
  'The calendar cannot be read. Export it again as iCalendar (.ics).':
    'Kalenteria ei voi lukea. Vie se uudelleen iCalendar-muodossa (.ics).',
  'The calendar has more than {} turns. Export a shorter time.': 'Kalenterissa on yli {} vuoroa. Vie lyhyempi aika.',
  'Nothing was taken: every event must name somebody.': 'Mitään ei tuotu: jokaisen tapahtuman on nimettävä joku.',
  'The webhook cannot work; nothing was changed.': 'Webhook ei voi toimia näin.',
  'There are {} webhooks already.': 'Webhookeja on jo {}.',
  'The webhook is off. Switch it on first.': 'Webhook ei ole käytössä. Ota se ensin käyttöön.',
  'is no address': 'ei ole osoite',
  'must not hold a user name or password': 'osoitteessa ei saa olla käyttäjätunnusta eikä salasanaa',
  'must begin with https://': 'osoitteen alussa on oltava https://',
  'goes to {}, which is not on the public internet. The operator can allow it by SAMTILA_WEBHOOK_HOSTS':
    'vie osoitteeseen {}, joka ei ole julkisessa internetissä. Ylläpitäjä voi sallia sen asetuksella SAMTILA_WEBHOOK_HOSTS',
  'A listener belongs to an organisation: sign in as one.':
    'Kuuntelija kuuluu organisaatiolle: kirjaudu organisaation jäsenenä.',
  'There are {} listeners already.': 'Kuuntelijoita on jo {}.',
  'An owner offers its own part; the operator does not.':
    'Omistaja tarjoaa oman osuutensa; alustan ylläpito ei tee sitä.',
  'There is no such organisation.': 'Tällaista organisaatiota ei ole.',
  'It begins today at the earliest: what is past has been settled.':
    'Alkaa aikaisintaan tänään: mennyt aika on jo jaettu.',
  'The device would not be right after it; nothing was changed.': 'Laitteen tiedot eivät olisi sen jälkeen oikein.',
  'The day on which it begins is over: it is offered anew with another day.':
    'Alkamispäivä on ohi: tee uusi tarjous toiselle päivälle.',
  'The part, the books or the grants have changed since the offer: it is offered anew.':
    'Osuus, kirjanpitoarvo tai avustukset ovat muuttuneet tarjouksen jälkeen: tee uusi tarjous.',
  'Only who owns a part of it on that day can pass it on or lend it.':
    'Vain se, joka omistaa laitteesta osan sinä päivänä, voi luovuttaa tai lainata sen.',
  'It goes to another organisation.': 'Vastaanottajan on oltava toinen organisaatio.',
  'A loan ends after it begins.': 'Lainan on päätyttävä alkamisensa jälkeen.',
  'Another organisation holds it: its holder lends it, or who owns all of it.':
    'Laite on toisen organisaation hallussa: sen lainaa haltija tai se, joka omistaa laitteen kokonaan.',
  'The device is retired by then.': 'Laite on silloin jo poistettu.',
  'The receiver’s signatory answers; a manager of the giver takes back or receives back. Nobody acts for another.':
    'Vastaanottajan allekirjoittaja vastaa; luovuttajan kiinteistövastaava peruu tai ottaa takaisin. Kukaan ei toimi toisen puolesta.',
  'It has been answered already.': 'Tähän on jo vastattu.',
  'The witness is of another organisation than who changes the meter.':
    'Todistajan on oltava muusta organisaatiosta kuin mittarin vaihtaja.',
  'The witness is of an organisation that has to do with these premises.':
    'Todistajan on oltava organisaatiosta, jolla on tekemistä tämän toimitilan kanssa.',
  'A change of this meter waits for its witness already. Take it back first.':
    'Tämän mittarin vaihto odottaa jo todistajaa. Peru se ensin.',
  'Only a counter is changed under its point; an interval point goes on by itself.':
    'Vain kumulatiivinen mittari vaihdetaan mittauspisteensä alla; jaksolukemien piste jatkuu sellaisenaan.',
  'A meter change of this very moment is recorded already.': 'Tälle hetkelle on jo kirjattu mittarinvaihto.',
  'The moment of the change is now at the latest.': 'Vaihdon hetki on viimeistään nyt.',
  'It is no number that a meter shows.': 'Tämä ei ole mittarin lukema.',
  'The register of this meter has fewer digits before the point.':
    'Tämän mittarin lukemassa on vähemmän kokonaisia numeroita.',
  'The register of this meter has fewer digits after the point.': 'Tämän mittarin lukemassa on vähemmän desimaaleja.',
  'The witness confirms or refuses; who changed the meter takes back. Nobody acts for another.':
    'Todistaja vahvistaa tai hylkää; mittarin vaihtaja peruu. Kukaan ei toimi toisen puolesta.',
  'Documents are kept by who owns, holds or maintains the device, or has the space.':
    'Asiakirjoja hoitaa se, joka omistaa laitteen, on sen haltija tai kunnossapitäjä tai jonka tila on.',
  'Only a user of the product asks for its data: who owns it, holds it or uses it.':
    'Tietoja pyytää vain tuotteen käyttäjä: sen omistaja, haltija tai käyttäjä.',
  'It is not recorded who holds the data of this device. Record it first.':
    'Laitteelle ei ole kirjattu tietojen haltijaa. Kirjaa se ensin.',
  'The asker records what came, or the data holder answers. Nobody acts for another.':
    'Pyytäjä kirjaa, mitä saatiin, tai tietojen haltija vastaa. Kukaan ei toimi toisen puolesta.',
  'The device would not be right in this state.': 'Laitteen tiedot eivät olisi tässä tilassa oikein.',
  'Only the last state can be withdrawn, and only before its day.':
    'Vain viimeisen tilan voi perua ja vain ennen sen päivää.',
  'The device would not be right without this state.': 'Laitteen tiedot eivät olisi ilman tätä tilaa oikein.',
  'A document has {} versions at most. Make a new one.': 'Asiakirjalla on enintään {} versiota. Tee uusi asiakirja.',
  'The records server did not answer in time: it is not known whether the change was made. Look at it before you try again.':
    'Rekisteripalvelin ei vastannut ajoissa: ei ole tiedossa, tehtiinkö muutos. Tarkista tilanne, ennen kuin yrität uudelleen.',
  'reports version {}': 'laite ilmoittaa version {}',
  'the digest does not fit': 'tiivistesumma ei täsmää',
  'the signature does not fit': 'allekirjoitus ei täsmää',
  'did not start with it': 'laite ei käynnistynyt uudella versiolla',
  'An amount is written as 1230 or 1230.50: without a mark between thousands, with two decimals at most.':
    'Kirjoita summa muodossa 1230 tai 1230,50: ilman tuhaterotinta, enintään kaksi desimaalia.',
  '{} is a bridge: choose another id for the gateway.': '{} on silta: valitse yhdyskäytävälle toinen tunnus.',
  '{} has {} valid credentials; revoke them first.':
    'Laitteella {} on jo {} voimassa olevaa tunnusta; mitätöi ensin niitä.',
  'Give the reference of your decision: its § or diary number.': 'Anna päätöksenne viite: pykälä tai diaarinumero.',
  'Your organisation has approved this text already.': 'Organisaatiosi on jo hyväksynyt tämän tekstin.',
  'The agreement has changed since this was proposed: withdraw it and propose it anew on the agreement as it is now.':
    'Sopimus on muuttunut ehdotuksen jälkeen: peru ehdotus ja tee uusi nykyisen sopimuksen pohjalta.',
  'It does not fit the facts any more; nothing was changed.': 'Ehdotus ei enää sovi muihin tietoihin.',
  'Say why: all parties see it.': 'Kerro syy: kaikki osapuolet näkevät sen.',
  'It could not come into force like this; nothing was changed.': 'Sopimus ei voisi tulla voimaan tällaisena.',
  'It is no draft any more.': 'Tämä ei ole enää luonnos.',
  'It does not wait for approvals: it is {}.': 'Ehdotus ei odota enää hyväksyntöjä.',
  'The change as a whole would not be right: {}': 'Muutos ei olisi kokonaisuutena oikein: {}',
  'The devices would not be right any more.': 'Laitteiden tiedot eivät olisi enää oikein.',
  'This bulk edit is {}; only one that is {} can be {}.': 'Joukkomuutos on jo toisessa tilassa. Päivitä sivu.',
  'Say what is to be changed.': 'Kerro, mitä muutetaan.',
  'Give either the devices or a filter.': 'Anna joko laitteet tai suodatin.',
  'One bulk edit takes {} devices at most. Narrow the filter.':
    'Kerralla voi muuttaa enintään {} laitetta. Rajaa suodatusta.',
  'No certificate is made for this request.': 'Tälle pyynnölle ei tehdä varmennetta.',
  'to is a month not before from; both are in.': 'Viimeinen kuukausi ei voi olla ennen ensimmäistä.',
  'Ask for {} months at most.': 'Pyydä enintään {} kuukautta.',
  'Compare two months, or two years.': 'Vertaa kahta kuukautta tai kahta vuotta.',
  'The name is not that of the demonstration’s premises.': 'Nimi ei ole esimerkin toimitilan nimi.',
  'It is not only a demonstration: {}.': 'Tiedoissa on muutakin kuin esimerkkiä: {}.',
  'The documents can’t be made yet; nothing was made. Say what is missing in the invoicing details.':
    'Laskuja ei voi vielä tehdä. Täydennä laskutustiedot.',
  'Only a closed month is exported to a ledger.': 'Vain suljetun kuukauden voi viedä kirjanpitoon.',
  '{} has no part in this settlement.': 'Organisaatiolla {} ei ole osaa tässä jaossa.',
  'Documents are made of a closed month.': 'Laskut tehdään suljetusta kuukaudesta.',
  'A credit note is not credited: make the document anew.': 'Hyvityslaskua ei hyvitetä: tee asiakirja uudelleen.',
  'Only a closed month has a public record.': 'Vain suljetusta kuukaudesta on julkinen asiakirja.',
  'What this export holds is deleted already.': 'Tämän viennin asiakirjat on jo poistettu.',
  'The digest is not that of the exported file: download the file, and send its digest.':
    'Tarkistussumma ei ole viedyn tiedoston: lataa tiedosto ja lähetä sen tarkistussumma.',
  '{} is no party of this settlement.': '{} ei ole tämän jaon osapuoli.',
  'params are longer than {} bytes.': 'Komennon tiedot ovat pidemmät kuin {} tavua.',
  'The campaign is {}: this is for one that is {}.': 'Päivitys on jo toisessa tilassa. Päivitä sivu.',
  'Another campaign is under way for: {}.': 'Näillä laitteilla on jo kesken toinen päivitys: {}.',
  'The image is not taken.': 'Ohjelmistoa ei oteta vastaan.',
  'The image is not kept any more.': 'Ohjelmisto ei ole enää tallessa.',
  'A campaign reaches {} devices at most; this one reaches {}.':
    'Päivitys koskee enintään {} laitetta; tässä niitä olisi {}.',
  'No device fits, or none that you may renew: ask for the preview, which says why.':
    'Yksikään laite ei sovi tai organisaatiosi ei saa päivittää niitä. Esikatselu kertoo syyn.',
  'This is no Ed25519 public key.': 'Tämä ei ole julkinen Ed25519-avain.',
  'The model has no spaces (IfcSpace). Export it with its rooms: in most programs that is an option of the export.':
    'Mallissa ei ole tiloja (IfcSpace). Vie malli uudelleen huoneineen: useimmissa ohjelmissa se on viennin asetus.',
  'The model has {} spaces; {} are taken. Split it by building or storey.':
    'Mallissa on {} tilaa; kerralla otetaan {}. Jaa malli rakennuksittain tai kerroksittain.',
  'Reading the model takes more than {} MiB. Export fewer storeys, or spaces only.':
    'Mallin lukeminen vie yli {} MiB muistia. Vie vähemmän kerroksia tai vain tilat.',
  'Reading the model takes more than {} s. Export fewer storeys, or spaces only.':
    'Mallin lukeminen kestää yli {} s. Vie vähemmän kerroksia tai vain tilat.',
  'Reading the model takes more memory than it is given. Export fewer storeys, or spaces only.':
    'Mallin lukeminen vie liikaa muistia. Vie vähemmän kerroksia tai vain tilat.',
  'The file is damaged: the reader of models gave up on it. Export it again as IFC4 or IFC2x3.':
    'Tiedosto on vioittunut, eikä sitä voi lukea. Vie se uudelleen muodossa IFC4 tai IFC2x3.',
  'The file cannot be read as an IFC model{}. Export it again as IFC4 or IFC2x3.':
    'Tiedostoa ei voi lukea IFC-mallina{}. Vie se uudelleen muodossa IFC4 tai IFC2x3.',
  'Credentials are made for the devices of an import that is taken.':
    'Tunnukset tehdään vasta, kun tuonti on otettu käyttöön.',
  'Each device of this import has a credential already, or is read behind a gateway; a password is shown once.':
    'Tuonnin jokaisella laitteella on jo tunnus tai se luetaan yhdyskäytävän kautta. Salasana näytetään vain kerran.',
  '{}, row {}: {}': '{}, rivi {}: {}',
  'It cannot be told from the header what the file is. Choose its kind and send it again.':
    'Otsikoista ei selviä, mitä tiedostossa on. Valitse sisältö ja lähetä tiedosto uudelleen.',
  'A file of {} has at most {} bytes. Split it.': 'Tiedosto on liian suuri. Jaa se osiin.',
  'The import is {}; this goes only while it is {}.': 'Tuonti on jo toisessa tilassa. Päivitä sivu.',
  'The file is an IFC model; only spaces are read from it, not {}.':
    'Tiedosto on IFC-malli: siitä luetaan vain tilat. Valitse sisällöksi tilat.',
  'The file is no table from line {} on: {}. Mend the quotes there.':
    'Tiedosto ei ole taulukko rivistä {} alkaen: {}. Korjaa rivin lainausmerkit.',
  'Reading the file takes more than {} s. Split it.': 'Tiedoston lukeminen kestää yli {} s. Jaa se osiin.',
  'The file unpacks to more than there is memory for. Split it.': 'Purettu tiedosto ei mahdu muistiin. Jaa se osiin.',
  'The file cannot be read. Save it again as CSV or XLSX.':
    'Tiedostoa ei voi lukea. Tallenna se uudelleen CSV- tai XLSX-muodossa.',
  'The reading of the file ended without an answer.': 'Tiedoston lukeminen keskeytyi. Yritä uudelleen.',
  'The calendar cannot be read. Export it again as iCalendar (.ics) or CSV.':
    'Kalenteria ei voi lukea. Vie se uudelleen iCalendar-muodossa (.ics) tai CSV-muodossa.',
  'The calendar has more than {} bookings. Export a shorter time.':
    'Kalenterissa on yli {} varausta. Vie lyhyempi aika.',
  'The XML has a document type. Invoices have none; it is not read.':
    'XML-tiedostossa on dokumenttityyppi (DOCTYPE). Laskuissa sitä ei ole, joten tiedostoa ei lueta.',
  'The XML is broken at line {}: {}': 'XML on virheellinen rivillä {}: {}',
  'The XML is neither a Finvoice nor a UBL invoice or credit note with a VAT breakdown.':
    'XML ei ole Finvoice- eikä UBL-lasku, jossa on arvonlisäveron erittely.',
  'The XML is nested deeper than {} elements.': 'XML-tiedostossa on yli {} sisäkkäistä elementtiä.',
  'The file is a building model, not a table. Import it as a model.':
    'Tiedosto on rakennusmalli eikä taulukko. Tuo se mallina.',
  'The model makes more than {} rows. Split it, by building or by system.':
    'Mallista tulisi yli {} riviä. Jaa se rakennuksittain tai järjestelmittäin.',
  'The file is XML; only invoices (Finvoice, UBL) are read from it.':
    'Tiedosto on XML: siitä luetaan vain laskut (Finvoice, UBL).',
  'The file is a calendar; only bookings (usage) are read from it.':
    'Tiedosto on kalenteri: siitä luetaan vain varaukset.',
  'The file is a building model; only the kind model is read from it, not {}.':
    'Tiedosto on rakennusmalli. Valitse sisällöksi rakennusmalli.',
  'No column of the file is recognised as the start of a booking. Name the columns huone, järjestäjä, alkaa and päättyy (or room, organiser, start, end); others are not kept, because they may tell of people.':
    'Tiedostosta ei löydy varauksen alkua. Nimeä sarakkeet huone, järjestäjä, alkaa ja päättyy. Muita ei tallenneta, koska ne voivat kertoa henkilöistä.',
  'The file is neither a table nor text. Save it as CSV (UTF-8) or XLSX and send it again.':
    'Tiedosto ei ole taulukko eikä tekstiä. Tallenna se CSV- (UTF-8) tai XLSX-muodossa ja lähetä uudelleen.',
  'The file is no workbook that can be read. Save it again as XLSX or CSV.':
    'Työkirjaa ei voi lukea. Tallenna se uudelleen XLSX- tai CSV-muodossa.',
  'The workbook unpacks to more than {} bytes.': 'Purettu työkirja on suurempi kuin {} tavua.',
  'The workbook has more than {} parts.': 'Työkirjassa on yli {} osaa.',
  'The workbook is damaged. Save it again as XLSX, or as CSV.':
    'Työkirja on vioittunut. Tallenna se uudelleen XLSX- tai CSV-muodossa.',
  'The file is empty.': 'Tiedosto on tyhjä.',
  'The file has more than {} rows. Split it.': 'Tiedostossa on yli {} riviä. Jaa se osiin.',
  'A row has more than {} columns. Take away those that are not needed.':
    'Rivillä on yli {} saraketta. Poista tarpeettomat.',
  'Nothing was taken: {}': 'Mitään ei otettu käyttöön: {}',
  'Nothing was taken: {} things are wrong now. Mend them, or leave their rows out.':
    'Mitään ei otettu käyttöön: {} kohtaa on nyt väärin. Korjaa ne tai jätä niiden rivit pois.',
  'This import keeps nothing to be undone.': 'Tässä tuonnissa ei ole mitään peruttavaa.',
  'Others have changed {} of these since. Undo the rest, or nothing.':
    'Näistä {} on sen jälkeen muutettu muualla. Peru muut tai älä peru mitään.',
  'Closed months rest on it: they stay, and get adjustments. Say that you want that.':
    'Tuontiin perustuu suljettuja kuukausia: ne säilyvät, ja erot oikaistaan avoimessa kuussa. Vahvista, että haluat tämän.',
  'The file is no JSON: {}': 'Tiedosto ei ole JSON-muotoa: {}',
  'The model names the context {}, which would have to be fetched; nothing is fetched. Write the context into the file, or name {}.':
    'Malli viittaa verkosta haettavaan kontekstiin {}. Mitään ei haeta: kirjoita konteksti tiedostoon tai käytä kontekstia {}.',
  'The file is no JSON-LD: {}': 'Tiedosto ei ole JSON-LD-muotoa: {}',
  'The JSON is nested more than {} deep.': 'JSON-tiedostossa on yli {} sisäkkäistä tasoa.',
  'The model has statements about statements (RDF 1.2); they are not read. Export it as Turtle 1.1.':
    'Mallissa on väitteitä väitteistä (RDF 1.2), eikä niitä lueta. Vie malli muodossa Turtle 1.1.',
  'A name in the model is longer than {} characters: {}…': 'Mallissa on yli {} merkin nimi: {}…',
  'A text of the model is longer than {} characters (at {}). Take it out.':
    'Mallissa on yli {} merkin teksti (kohdassa {}). Poista se.',
  'The model has more than {} statements. Split it, by building or by system.':
    'Mallissa on yli {} väitettä. Jaa se rakennuksittain tai järjestelmittäin.',
  'The file is no Turtle: {}': 'Tiedosto ei ole Turtle-muotoa: {}',
  'The SVG would draw more than {} things. Simplify it.':
    'SVG-kuvassa on yli {} piirrettävää osaa. Yksinkertaista kuvaa.',
  'The SVG cannot be shown: {}.': 'SVG-kuvaa ei voi näyttää: {}.',
  'A plan is an SVG, PNG, JPEG or WebP picture. Save a PDF or drawing as one of them.':
    'Pohjakuva on SVG-, PNG-, JPEG- tai WebP-kuva. Tallenna PDF tai piirustus jossakin näistä muodoista.',
  'Premises have {} plans at most. Withdraw old ones.': 'Toimitilalla on enintään {} pohjakuvaa. Poista vanhoja.',
  'The plan names a space that the premises do not have.': 'Pohjakuvassa on tila, jota toimitilassa ei ole.',
  'One of the devices is not in these premises.': 'Jokin laitteista ei ole tässä toimitilassa.',
  'A plan shows {} devices at most.': 'Pohjakuvassa voi olla enintään {} laitetta.',
  'The picture is empty.': 'Kuva on tyhjä.',
  'This was done already with the same Idempotency-Key; its secret was shown that once.':
    'Tämä on jo tehty, ja salaisuus näytettiin silloin kerran.',
  '{} is no instant: give ISO 8601 with offset or Z.': '{} ei ole ajanhetki.',
  '{} is no date: there is no {}.': '{} ei ole päivä: päivää {} ei ole.',
  'The voucher is not reversed yet.': 'Tositetta ei ole vielä purettu.',
  'The bridge cannot work; nothing was changed.': 'Silta ei voisi toimia näillä tiedoilla.',
  'There are {} bridges already.': 'Siltoja on jo {}.',
  'A budget is read from CSV or XLSX.': 'Talousarvio luetaan CSV- tai XLSX-tiedostosta.',
  'The authority cannot be registered; nothing was changed.': 'Varmentajaa ei voi rekisteröidä.',
  '{} certificates of this authority are revoked already.': 'Tämän varmentajan varmenteita on jo mitätöity {}.',
  "{} is the platform's own authority: choose another id.": '{} on palvelun oma varmentaja: valitse toinen tunnus.',
  'There are {} authorities already.': 'Varmentajia on jo {}.',
  'It does not fit the other facts; nothing was changed.': 'Tieto ei sovi muihin tietoihin.',
  'since lies at most 31 days back.': 'Alkuhetki voi olla enintään 31 päivää sitten.',
  'The invoice cannot be taken.': 'Laskua ei voi ottaa vastaan.',
  'Name devices, or say how many blank labels.': 'Valitse laitteet tai kerro, montako tyhjää tarraa tehdään.',
  'devices names one twice.': 'Sama laite on mukana kahdesti.',
  'to comes after from.': 'Lopun on oltava alun jälkeen.',
  'Ask for {} days at most.': 'Pyydä enintään {} päivää.',
  'This label is for the device {}.': 'Tämä tarra on laitteelle {}.',
  'Say in which premises the device is.': 'Kerro, missä toimitilassa laite on.',
  'This label was printed for the premises {}, and the device is one of {}. Use a label of {}, or choose a device of {}.':
    'Tämä tarra on tulostettu toimitilalle {}, ja laite kuuluu toimitilaan {}. Käytä toimitilan {} tarraa tai valitse toimitilan {} laite.',
  'The device is one of {}; it is moved by its own form, not here.':
    'Laite kuuluu toimitilaan {}. Siirrä laite sen omalla lomakkeella.',
  'The device would not be right; nothing was changed.': 'Laitteen tiedot eivät olisi oikein.',
  'There are {} connectors already.': 'Liittimiä on jo {}.',
  'The connector cannot work; nothing was changed.': 'Liitin ei voisi toimia näillä tiedoilla.',
  'The points lie in different premises: ask for each by itself.':
    'Mittauspisteet ovat eri toimitiloissa: katso niitä erikseen.',
  '{}/{} is no meter.': '{}/{} ei ole mittari.',
  'The points lie in different time zones: ask for each by itself.':
    'Mittauspisteet ovat eri aikavyöhykkeillä: katso niitä erikseen.',
  '{}/{} is no meter: only counter, interval and virtual points have consumption.':
    '{}/{} ei ole mittari: kulutus on vain kumulatiivisilla, jaksolukemien ja laskennallisilla mittauspisteillä.',
  'This invoice has been corrected already: see {}. Correct the new one.':
    'Tämä lasku on jo korjattu: katso {}. Korjaa uutta laskua.',
  'Payer, VAT and net are as they stand already.': 'Maksaja, arvonlisävero ja summa ovat jo näin.',
  'No closed month holds this invoice: change the invoice itself.':
    'Lasku ei ole missään suljetussa kuukaudessa: muuta laskua suoraan.',
  'Only the net differs: change the invoice itself, and the difference is adjusted in an open month.':
    'Vain summa muuttuu: muuta laskua suoraan, niin ero oikaistaan avoimessa kuussa.',
  'A normal year has twelve months, or none is given.':
    'Anna vertailuvuoden kaikki kaksitoista kuukautta tai ei yhtään.',
  'The sensor is a temperature in °C of a device of these premises.':
    'Anturin on oltava tämän toimitilan laitteen lämpötila (°C).',
  'payload is not {}.': 'Viestin sisältö ei ole valitussa muodossa.',
  'The device proposes no point {}.': 'Laite ei ehdota mittauspistettä {}.',
  'The device would not be right with these points.': 'Laitteen tiedot eivät olisi oikein näillä mittauspisteillä.',
  'The command is over before it is sent.': 'Komento vanhenisi ennen kuin se lähetetään.',
  'The command would wait too long.': 'Komento odottaisi liian kauan.',
  'The issuer is an https address.': 'Kirjautumispalvelun osoitteen on alettava https://.',
  'Nothing was imported: {} {}': 'Mitään ei tuotu: {} {}',
  '{} is taken in already, as {}.': '{} on jo otettu käyttöön laitteena {}.',
  'The devices would not be right; nothing was changed.': 'Laitteiden tiedot eivät olisi oikein.',
  '{} proposes no point {}.': '{} ei ehdota mittauspistettä {}.',
  'The devices would not be right with these points.': 'Laitteiden tiedot eivät olisi oikein näillä mittauspisteillä.',
  'One id is named twice.': 'Sama tunnus on mukana kahdesti.',
  'The invoicing details are not right.': 'Laskutustiedoissa on virhe.',
  '{} has no point {} that is read by hand.': 'Laitteella {} ei ole käsin luettavaa mittauspistettä {}.',
  'What is to be recorded of the meter is not right.': 'Mittarista kirjattavissa tiedoissa on virhe.',
  '{} is a point of the device already: give the virtual meter another key.':
    'Laitteella on jo mittauspiste {}: anna laskennalliselle mittarille toinen tunnus.',
  'The succession is not possible; nothing was changed.': 'Organisaation seuraajaa ei voi merkitä näin.',
  'No closing reading of {}/{} is demanded.': 'Mittarista {}/{} ei tarvita loppulukemaa.',
  'It is not possible like this; nothing was changed.': 'Muutosta ei voi tehdä näin.',
  'The premises have more than {} devices.': 'Toimitilassa on yli {} laitetta.',
  'The signature is not of this digest by this key.':
    'Allekirjoitus ei ole tehty tällä avaimella tästä tarkistussummasta.',
  'Only a closed month can be signed.': 'Vain suljetun kuukauden voi allekirjoittaa.',
  'A hold is of kinds that have a retention class.':
    'Säilytysmääräyksen voi asettaa vain aineistolle, jolla on säilytysaika.',
  'There are no such premises.': 'Tällaista toimitilaa ei ole.',
  '{} has no credential yet: make one.': 'Laitteella {} ei ole vielä tunnusta: tee sille tunnus.',
  'One person keeps {} views at most. Delete one first.':
    'Yhdellä henkilöllä voi olla enintään {} näkymää. Poista ensin yksi.',
  'The address must be one of the dashboard, such as /devices?state=offline.':
    'Osoitteen on oltava tämän palvelun sivu, esimerkiksi /devices?state=offline.',
  'A scene stays in its premises: make a new one.': 'Tilanne pysyy toimitilassaan: luo uusi.',
  'A schedule runs this scene: change the schedule first.':
    'Aikaohjelma suorittaa tämän tilanteen: muuta ensin aikaohjelmaa.',
  'A schedule stays in its premises: make a new one.': 'Aikaohjelma pysyy toimitilassaan: luo uusi.',
  'The schedule cannot be kept like this.': 'Aikaohjelmaa ei voi tallentaa näin.',
  'The new password is the old one.': 'Uusi salasana on sama kuin vanha.',
  'A password has at least {} characters.': 'Salasanassa on oltava vähintään {} merkkiä.',
  'A password has at most {} bytes.': 'Salasana on liian pitkä.',
  'This password is among the most common ones; choose another.':
    'Tämä salasana on yleisimpien joukossa; valitse toinen.',
  'A password has at least five different characters.': 'Salasanassa on oltava vähintään viisi eri merkkiä.',
  'A password is not made of the login name.': 'Salasana ei saa perustua käyttäjätunnukseen.',
  'There is a second factor already: remove it first.': 'Kaksivaiheinen kirjautuminen on jo käytössä: poista se ensin.',
  'There is no second factor to confirm: begin one first.':
    'Kaksivaiheista kirjautumista ei ole aloitettu: aloita alusta.',
  'Say the reason: it is shown to every party.': 'Kerro syy: se näytetään kaikille osapuolille.',
  'Say what is disputed.': 'Kerro, mitä riitautetaan.',
  'folder is a plain name; the backup goes below backups/ of the data folder.': 'Anna kansion nimi ilman polkua.',
  'A backup is being made already.': 'Varmuuskopiota tehdään jo.',
  'That folder is not empty; name a new one.': 'Kansio ei ole tyhjä; anna uusi nimi.',
  'This list is of one premises: name it.': 'Luettelo on toimitilakohtainen: valitse toimitila.',
  'A table has {} rows at most. Narrow the filters.': 'Taulukossa on enintään {} riviä. Rajaa suodatusta.',
  'expiresAt has passed already.': 'Päättymishetki on jo mennyt.',
  'There are {} tokens already; revoke some first.': 'Avaimia on jo {}; mitätöi ensin joitakin.',
  'This command does not fit the device.': 'Komento ei sovi laitteelle.',
  'The command was given to the device already, or is over.': 'Komento on jo annettu laitteelle tai se on vanhentunut.',
  'This cannot be desired of such a device.': 'Tällaiselle laitteelle ei voi asettaa tätä.',
  'memberships names an organisation twice.': 'Sama organisaatio on mukana kahdesti.',
  'Give the user a role in your organisation.': 'Anna käyttäjälle rooli organisaatiossasi.',
  'You cannot take your own administrator’s right; another administrator can.':
    'Et voi poistaa omaa ylläpito-oikeuttasi; toinen ylläpitäjä voi.',
  'This is no topic filter that can be watched.': 'Tätä aihetta ei voi seurata.',
  'This is disputed already: say more in the dispute {}.': 'Tämä on jo riitautettu: jatka samassa erimielisyydessä.',
  'The month has not been issued anew since: nothing has been mended yet.':
    'Kuukautta ei ole sen jälkeen lähetetty uudelleen: mitään ei ole vielä korjattu.',
  'The one who must answer has nothing to do with this month.':
    'Vastaajaksi valittu organisaatio ei liity tähän kuukauteen.',
  'The dispute has ended.': 'Erimielisyys on päättynyt.',
  'It has not been answered yet.': 'Tähän ei ole vielä vastattu.',
  'Only a closed month has a proof.': 'Vain suljetusta kuukaudesta on todistetiedosto.',
  'The month is closed already.': 'Kuukausi on jo suljettu.',
  'The month is closed.': 'Kuukausi on suljettu.',
  'The month is not issued yet.': 'Kuukautta ei ole vielä lähetetty.',
  'Somebody else has changed the state of this settlement just now; look again.':
    'Joku muu muutti juuri kuukauden tilaa. Päivitä sivu.',
  'The settlement has no item {}.': 'Jaossa ei ole kustannuserää {}.',
  'The month is closed; what comes to light later is adjusted in an open month.':
    'Kuukausi on suljettu; myöhemmin ilmenevät erot oikaistaan avoimessa kuussa.',
  'The month is not over before {}.': 'Kuukausi ei ole vielä päättynyt.',
  'Blocked items must be mended first: {}.': 'Näitä kustannuseriä ei voida jakaa, ennen kuin ne korjataan: {}.',
  'More is estimated than was agreed: {}.': 'Arvioitua on enemmän kuin on sovittu: {}.',
  'A meter that may not decide a price is behind {}.': 'Taustalla on mittari, joka ei saa ratkaista hintaa: {}.',
  'It rests on readings of simulated devices, and the premises is not a demonstration.':
    'Jako perustuu simuloitujen laitteiden lukemiin, eikä toimitila ole esimerkki.',
  'It rests on readings of simulated devices and was issued before the premises was a demonstration: issue it anew.':
    'Jako perustuu simuloitujen laitteiden lukemiin ja lähetettiin ennen kuin toimitila oli esimerkki: lähetä se uudelleen.',
  'It has not been issued to the parties yet.': 'Jakoa ei ole vielä lähetetty osapuolille.',
  'Open disputes of {}.': 'Avoimia erimielisyyksiä: {}.',
  'Not yet accepted by {}; their time to comment ends {}.': 'Hyväksyntä puuttuu: {}. Huomautusaika päättyy {}.',
  '{} has {} commands waiting: withdraw some first.': 'Laitteella {} odottaa {} komentoa: peru ensin joitakin.',
  'This run is taken back already.': 'Tämä suoritus on jo palautettu.',
  'A scene reaches {} devices at most; this one reaches {}.':
    'Tilanne koskee enintään {} laitetta; tässä niitä olisi {}.',
  'At most {} keys and {} bytes can be desired of a device.': 'Laitteelle voi asettaa enintään {} arvoa ja {} tavua.',
  'Ask for {} points at most.': 'Katso enintään {} mittauspistettä kerralla.',
  'Ask for {} months of meters at most: fewer points or a shorter time.':
    'Katso kerralla vähemmän mittauspisteitä tai lyhyempi aika (enintään {} mittarikuukautta).',
  'Ask for {} steps at most: longer steps, fewer points or a shorter time.':
    'Valitse pidemmät jaksot, vähemmän mittauspisteitä tai lyhyempi aika (enintään {} jaksoa).',
  'The file begins like JSON but is none. Send it as it was downloaded.':
    'Tiedosto alkaa kuin JSON mutta ei ole sitä. Lähetä se sellaisena kuin se ladattiin.',
  'It is neither a CSAF 2.0 advisory nor a CVE record (JSON 5). Or send a table as CSV.':
    'Tiedosto ei ole CSAF 2.0 -tiedote eikä CVE-tietue (JSON 5). Voit lähettää myös CSV-taulukon.',
  '{} vulnerabilities are kept at most. Withdraw old ones.':
    'Haavoittuvuuksia säilytetään enintään {}. Poista vanhoja.',
  'Try {} months at most at a time.': 'Kokeile enintään {} kuukautta kerralla.',
  'Some of the rules can not be tried; nothing was computed.': 'Joitakin jakoperusteita ei voi kokeilla.',
  'The proposal {} is about other premises.': 'Ehdotus {} koskee toista toimitilaa.',
  'The voucher is {} already.': 'Tosite on jo toisessa tilassa. Päivitä sivu.',
  'There is nothing to post.': 'Kirjattavaa ei ole.',
  'Only a posted voucher is reversed; this one is {}.': 'Vain kirjatun tositteen voi purkaa.',
  'The day of the reversal is not before that of the voucher.': 'Purkupäivä ei voi olla ennen tositteen päivää.',
  'The voucher is posted and stands. Take it back first (reverse it within the year).':
    'Tosite on kirjattu. Peru se ensin.',
  'cutOff is the last day of a month of {}.': 'Valitse vuoden {} jonkin kuukauden viimeinen päivä.',
  'cutOff has not passed yet: what belongs to the time before it is not known.':
    'Päivä ei ole vielä mennyt: sitä edeltävän ajan kustannuksia ei vielä tunneta.',
  'The true-up waits for months that are not closed: {}.': 'Tasaus odottaa kuukausia, joita ei ole suljettu: {}.',
  'The other party has not agreed to the plan.': 'Toinen osapuoli ei ole hyväksynyt ennakkoa.',
  'The year is trued up with this advance: credit the true-up first.':
    'Vuosi on jo tasattu tällä ennakolla: hyvitä ensin tasauslasku.',
  '{} is no month of the plan: it covers {} to {}-12.': '{} ei kuulu ennakkoon: se kattaa kuukaudet {}–{}-12.',
  'The year is trued up: no advance is invoiced any more.': 'Vuosi on tasattu: ennakkoja ei enää laskuteta.',
  'The plan is not right.': 'Ennakon tiedoissa on virhe.',
  'The plan is agreed: it stands for the year.': 'Ennakko on sovittu vuodeksi.',
  'The other party has proposed a plan for the year: answer it first.':
    'Toinen osapuoli on ehdottanut ennakkoa tälle vuodelle: vastaa siihen ensin.',
  'The plan is {} already.': 'Ennakko on jo toisessa tilassa. Päivitä sivu.',
  'Months of the plan are invoiced already ({}): let it begin later, or have them credited first.':
    'Ennakon kuukausia on jo laskutettu ({}): aloita myöhemmin tai hyvitä ne ensin.',
  'The budget is not right.': 'Talousarviossa on virhe.',
  'The file has a column of cost types, and either one of the year or twelve of the months.':
    'Tiedostossa on oltava kustannuslajien sarake ja joko vuoden sarake tai kaksitoista kuukauden saraketta.',
  'The file has no row of a cost type.': 'Tiedostossa ei ole kustannuslajien rivejä.',
  'A budget has at most {} lines.': 'Talousarviossa on enintään {} riviä.',
  'Rows of the file are not right; nothing was kept.': 'Tiedoston riveillä on virheitä.',
  '{} has no part in the costs of {}.': 'Organisaatiolla {} ei ole osaa toimitilan {} kustannuksista.',
  'The connector {} would map more than {} keys. Make another one.':
    'Liitin {} tulkitsisi yli {} arvoa. Tee toinen liitin.',
  'The login {} is taken. Choose another.': 'Käyttäjätunnus {} on varattu. Valitse toinen.',
  'This login is taken.': 'Käyttäjätunnus on varattu.',
  '{} has countersigned {} for {} already.': '{} on jo allekirjoittanut kuukauden.',
  '{} is closed; differences go to an open month.': 'Kuukausi on suljettu; erot menevät avoimeen kuukauteen.',
  '{} in {} is named by {} in {}.': 'Tietoa {} ({}) käyttää vielä {} ({}).',
  'A code has 15 characters.': 'Koodissa on 15 merkkiä.',
  'A code has no 0, O, 1, I or L, only other letters and digits.':
    'Koodissa ei ole merkkejä 0, O, 1, I eikä L, vain muita kirjaimia ja numeroita.',
  'A character of the code is wrong: compare it with the label.':
    'Jokin koodin merkki on väärin: vertaa koodia tarraan.',
  'This label is used already, for the device {}.': 'Tämä tarra on jo käytetty laitteelle {}.',
  'The date until which this label could be used is over. Print a new one.':
    'Tarran voimassaolo on päättynyt. Tulosta uusi.',
  'Closing readings of {} are missing: {}.': 'Loppulukemia puuttuu ({}): {}.',
  'Close the months before first, whose depreciation is owed to {}: {}.':
    'Sulje ensin aiemmat kuukaudet, joiden poistot kuuluvat organisaatiolle {}: {}.',
  'Months from the date on are closed, and their depreciation was paid to {}: {}. Give a date in a month that is open.':
    'Päivästä alkaen on suljettuja kuukausia, joiden poistot on maksettu organisaatiolle {}: {}. Anna päivä avoimesta kuukaudesta.',
  'The body is not as it should be: {}': 'Tiedot eivät ole oikeassa muodossa: {}',
  'Another agreement has this id: choose another one.': 'Toisella sopimuksella on jo tämä tunnus: valitse toinen.',
  'The parties of an agreement stay: make a new agreement that replaces this one.':
    'Sopimuksen osapuolet pysyvät: tee uusi sopimus, joka korvaa tämän.',
  'Without rules nothing can be split. Give at least one.':
    'Ilman jakoperusteita mitään ei voi jakaa. Anna ainakin yksi.',
  'These premises have no agreement {}.': 'Toimitilalla ei ole sopimusta {}.',
  'There is no device "{}" that you see.': 'Laitetta ”{}” ei ole tai se ei näy sinulle.',
  'is not known': 'ei tunneta',
  'is missing': 'puuttuu',
  'is {} now': 'on nyt {}',
  'is the name of the premises, as it is shown': 'kirjoita toimitilan nimi niin kuin se näytetään',
  'should be {} bytes at most': 'enintään {} tavua',
  '{} of {} is closed: what this changes of it becomes an adjustment of a later month.':
    'Kuukausi {} ({}) on suljettu: muutos oikaistaan myöhemmässä kuussa.',
  'The header is: {}': 'Otsikkorivi: {}',
  '{} of {} is closed.': 'Kuukausi {} ({}) on suljettu.',
  '{} prices of {} were changed since.': '{} hintaa sarjassa {} on sen jälkeen muutettu.',
  '{} readings of {}/{} were changed since.': '{} lukemaa mittauspisteessä {}/{} on sen jälkeen muutettu.',
  'There is no organisation {}.': 'Organisaatiota {} ei ole.',
  'is no space of these premises': 'ei ole tämän toimitilan tila',
  'is no device of these premises': 'ei ole tämän toimitilan laite',
  '{} is another’s.': '{} on toisen organisaation.',
  'should be {}': 'oikea arvo: {}',
  'is no organisation': 'ei ole organisaatio',
  'is not let by {}': 'organisaatio {} ei ole vuokranantaja',
  'Sheets: {}': 'Arkit: {}',
  'Name the premises.': 'Valitse toimitila.',
  'The label is one of {}.': 'Tarra kuuluu toimitilaan {}.',
  'Give the instant at which it was put into use.': 'Kerro, milloin laite otettiin käyttöön.',
  "there is neither a device, a gateway's credential nor a bridge {}": 'laitetta, yhdyskäytävää tai siltaa {} ei ole',
  'must be in whole cents': 'enintään kaksi desimaalia',
  'give twelve figures, January first, or none': 'anna kaksitoista lukua tammikuusta alkaen tai ei yhtään',
  'no such temperature here': 'tällaista lämpötilaa ei ole',
  'is not {}': 'ei ole {}',
  'is not proposed': 'ei ole ehdotettu',
  'should be in the future': 'anna tuleva ajankohta',
  'should be PEM of an Ed25519 public key, or its 32 bytes in base64':
    'anna julkinen Ed25519-avain PEM-muodossa tai sen 32 tavua base64-muodossa',
  'Give the https address of the issuer.': 'Anna kirjautumispalvelun https-osoite.',
  'is not yours to change': 'organisaatiosi ei voi muuttaa tätä',
  'is no counter or gauge of the device': 'ei ole laitteen luettava mittauspiste',
  '{} has left already, from {}; the agreement without it is to be approved.':
    '{} on jo lähtenyt ({}); hyväksyttävänä on sopimus ilman sitä.',
  'does not hold': 'ei täsmää',
  'is no kind with a retention class': 'aineistolla ei ole säilytysaikaa',
  'is no address of the dashboard': 'ei ole tämän palvelun osoite',
  'is no scene of this premises': 'ei ole tämän toimitilan tilanne',
  'stands twice': 'on mukana kahdesti',
  'should be a day after from': 'anna alkupäivän jälkeinen päivä',
  'is a name of letters, digits, points, hyphens': 'käytä kirjaimia, numeroita, pisteitä ja viivoja',
  'is needed: whom a door or booth is opened for is written down': 'puuttuu: kirjaa, kenelle ovi tai koppi avataan',
  'is none of those known here': 'ei ole mikään tunnetuista',
  'must be {}': 'oikea arvo: {}',
  'is not known here': 'ei ole tunnettu kenttä',
  'has not the form that is asked': 'ei ole oikeassa muodossa',
  'is no whole number': 'kirjoita kokonaisluku',
  'is no number': 'kirjoita luku',
  'is no text': 'kirjoita tekstiä',
  'is neither true nor false': 'valitse kyllä tai ei',
  'is no object': 'ei ole oikeassa muodossa',
  'is no list': 'ei ole luettelo',
  'is empty': 'on tyhjä',
  'is no address such as https://example.org': 'kirjoita verkko-osoite, esimerkiksi https://example.org',
  'holds something twice': 'sama on mukana kahdesti',
  'has fewer than {} characters': 'vähintään {} merkkiä',
  'has more than {} characters': 'enintään {} merkkiä',
  'holds fewer than {}': 'vähintään {} kappaletta',
  'holds more than {}': 'enintään {} kappaletta',
  'is less than {}': 'vähintään {}',
  'is more than {}': 'enintään {}',
  'is not more than {}': 'oltava enemmän kuin {}',
  'is not less than {}': 'oltava vähemmän kuin {}',
  'is no multiple of {}': 'ei ole luvun {} monikerta',
  'must be 1–63 small letters a–z, digits and hyphens, not a hyphen first':
    'käytä 1–63 pientä kirjainta a–z, numeroa ja viivaa; viiva ei voi olla ensin',
  'must be 1–64 letters a–z, digits and _ . : -': 'käytä 1–64 kirjainta a–z, numeroa tai merkkiä _ . : -',
  'must be a number such as 12.5': 'kirjoita luku, esimerkiksi 12,5',
  'must be a number such as 12.5, not below zero': 'kirjoita luku, joka ei ole negatiivinen, esimerkiksi 12,5',
  'must be a date such as 2026-11-23': 'anna päivä, esimerkiksi 23.11.2026',
  'must be a month such as 2026-11': 'anna kuukausi, esimerkiksi 11/2026',
  'must be an instant such as 2026-11-23T10:00:00Z': 'anna päivä ja kellonaika',
  'must be a date such as 2026-11-23, or an instant': 'anna päivä tai päivä ja kellonaika',
  'must be a duration such as PT15M or P1D': 'anna kesto, esimerkiksi PT15M tai P1D',
  'must be a clock time such as 07:30': 'anna kellonaika, esimerkiksi 07.30',
  'must be a day and a clock time': 'anna päivä ja kellonaika',
  'must be an e-mail address': 'kirjoita sähköpostiosoite',
  'must be a post code': 'kirjoita postinumero',
  'must be the two capitals of a country, such as FI':
    'kirjoita maan tunnus kahdella isolla kirjaimella, esimerkiksi FI',
  'must be 2–35 letters a–z and digits': 'käytä 2–35 kirjainta a–z ja numeroa',
  'must be hours such as 1.5': 'kirjoita tunnit, esimerkiksi 1,5',
  'must be letters a–z, digits and . _ + - only': 'käytä vain kirjaimia a–z, numeroita ja merkkejä . _ + -',
  'must be letters a–z, digits and _ . : - only': 'käytä vain kirjaimia a–z, numeroita ja merkkejä _ . : -',
  'must be 1–64 letters a–z, digits and . _ : -': 'käytä 1–64 kirjainta a–z, numeroa tai merkkiä . _ : -',
  'must be letters a–z, digits and : . _ @ / - only': 'käytä vain kirjaimia a–z, numeroita ja merkkejä : . _ @ / -',
  'must be hexadecimal digits': 'käytä numeroita 0–9 ja kirjaimia a–f',
  'must be the name of a claim, without spaces': 'kirjoita väittämän nimi ilman välilyöntejä',
  'must be a time zone such as Europe/Helsinki': 'anna aikavyöhyke, esimerkiksi Europe/Helsinki',
  'is no command of such a device; there are: {}': 'laitteella ei ole tätä komentoa; komennot: {}',
  'What was there before is not known, or cannot be brought back.':
    'Aiempaa tilaa ei tunneta tai sitä ei voi palauttaa.',
  'Give one of key, rules and proposal.': 'Valitse, mitä jakoa kokeillaan.',
  '“{}” is no number that a meter shows.': '”{}” ei ole mittarin lukema.',
  'The time of the reading is in the future.': 'Lukeman aika on tulevaisuudessa.',
  'The reading of that moment is {}; this one would replace it.': 'Sen hetken lukema on {}; uusi korvaisi sen.',
  'The register has {} digits before the point.': 'Mittarin lukemassa on {} kokonaista numeroa.',
  'The register has {} digits after the point.': 'Mittarin lukemassa on {} desimaalia.',
  'The meter shows less than {}.': 'Mittari näyttää enintään alle {}.',
  'It is less than the last reading {}. Was the meter changed?':
    'Lukema on pienempi kuin edellinen {}. Onko mittari vaihdettu?',
  'It is more than the later reading {}.': 'Lukema on suurempi kuin myöhempi {}.',
  'The consumption since the last reading is more than {} times the one before.':
    'Kulutus edellisestä lukemasta on yli {}-kertainen aiempaan verrattuna.',
  '{} is no standing. Use {}.': '{} ei ole mikään tiloista. Vaihtoehdot: {}.',
  '{} is no state. Use {}.': '{} ei ole mikään tiloista. Vaihtoehdot: {}.',
  '{} does not come after {}. Give the states in the order of their dates.':
    '{} ei voi seurata tilaa {}. Anna tilat päivien järjestyksessä.',
  'An agreement needs at least one party.': 'Sopimuksella on oltava ainakin yksi osapuoli.',
  'This is no hash of a text. Write it as sha256: and 64 hexadecimal digits.':
    'Tämä ei ole tekstin tarkistussumma. Kirjoita sha256: ja 64 heksadesimaalinumeroa.',
  '{} is not a party of this agreement. Add it to parties, or leave it out here.':
    '{} ei ole sopimuksen osapuoli. Lisää se osapuoliin tai jätä se tästä pois.',
  'Methods are nested more than {} deep here.': 'Jakoperusteessa on yli {} sisäkkäistä tasoa.',
  '{} is no split method. Use {}.': '{} ei ole jakotapa. Vaihtoehdot: {}.',
  '{} cannot be a type of space.': '{} ei voi olla tilan tyyppi.',
  'A mix needs at least one part.': 'Yhdistelmässä on oltava ainakin yksi osa.',
  '{}/{} is in {}, another meter of this method in {}: these cannot be added up.':
    'Mittarin {}/{} yksikkö on {}, toisen mittarin {}: niitä ei voi laskea yhteen.',
  'This version overlaps the agreement {} of the same premises ({}). End one before the other begins.':
    'Versio on voimassa samaan aikaan kuin toimitilan sopimus {} ({}). Päätä toinen ennen kuin toinen alkaa.',
  'There is no {} {}, neither here nor in what is already known.': 'Tietoa ei ole: {} {}.',
  'The meter is in {}, the tariff {} in {}: these cannot be converted.':
    'Mittarin yksikkö on {} ja hinnaston {} yksikkö {}: niitä ei voi muuntaa.',
  'The meter is in {}, its sub-meters in {} in {}: these cannot be compared.':
    'Mittarin yksikkö on {} ja alamittarien ({}) {}: niitä ei voi verrata.',
  '{} is no duration. Write it as PT15M or P1D.': '{} ei ole kesto. Kirjoita PT15M tai P1D.',
  '{} is no role here. Use {}; owners stand in ownership.': '{} ei ole rooli. Vaihtoehdot: {}.',
  'There is no space {} in {}. Declare it in its spaces.': 'Tilaa {} ei ole toimitilassa {}. Lisää se ensin tiloihin.',
  'The shares of this row add up to nothing. Name at least one owner.':
    'Osuuksien summa on nolla. Anna ainakin yksi omistaja.',
  'The residual {} is more than the cost {}.': 'Jäännösarvo {} on suurempi kuin hankintahinta {}.',
  '{} is no point key. Use 1–64 letters, digits and _ . : - only.':
    '{} ei käy mittauspisteen tunnukseksi. Käytä 1–64 kirjainta, numeroa tai merkkiä _ . : -',
  'An interval point needs its interval: PT15M or PT1H.':
    'Jaksolukemien mittauspiste tarvitsee jakson: PT15M tai PT1H.',
  '{} is more than a meter can show.': '{} on enemmän kuin mittari voi näyttää.',
  '{} is not a number. Write it as a decimal like "812.5".': '{} ei ole luku. Kirjoita esimerkiksi 812,5.',
  'The device {} has no point {}. Declare it in its points.':
    'Laitteella {} ei ole mittauspistettä {}. Lisää se ensin laitteelle.',
  '{} of {} is a virtual meter: it shows, but decides no money. Name its main meter and sub-meters in the method metered, which divides the same difference.':
    '{} ({}) on laskennallinen mittari: se näyttää, mutta ei ratkaise rahaa. Valitse sen päämittari ja alamittarit.',
  'The point {} of {} is neither a counter nor an interval point, so it cannot be settled.':
    'Mittauspiste {} ({}) ei ole kumulatiivinen eikä jaksolukemien piste, joten sitä ei voi käyttää jaossa.',
  'The point {} of {} is in {}, which cannot be settled. Use Wh, kWh, MWh, GJ, l or m3.':
    'Mittauspisteen {} ({}) yksikköä {} ei voi käyttää jaossa. Käytä yksikköä Wh, kWh, MWh, GJ, l tai m3.',
  'A formula has at least one meter.': 'Kaavassa on oltava ainakin yksi mittari.',
  '{}/{} would be a main meter of itself. Choose another main meter.':
    '{}/{} olisi itsensä päämittari. Valitse toinen päämittari.',
  'The device {} has no point {}.': 'Laitteella {} ei ole mittauspistettä {}.',
  '{} lies in other premises than this meter.': '{} on eri toimitilassa kuin tämä mittari.',
  '{} is in {}, which cannot be added to {}.': 'Mittarin {} yksikköä {} ei voi laskea yhteen yksikön {} kanssa.',
  'The successors of {} come back to {}. One of them must have none.':
    'Organisaation {} seuraajat johtavat takaisin organisaatioon {}. Jollakin ei saa olla seuraajaa.',
  '{} is no time zone. Use a name like Europe/Helsinki.':
    '{} ei ole aikavyöhyke. Kirjoita esimerkiksi Europe/Helsinki.',
  '{} is no use of a space. Use exclusive, common or technical.': '{} ei ole tilan käyttötapa.',
  'There is no space {} in these premises. Declare it in spaces.': 'Tilaa {} ei ole toimitilassa. Lisää se ensin.',
  'The end {} is not after the start {}.': 'Loppu {} ei ole alun {} jälkeen.',
  '{} is not on the {}.': '{} ei osu jakson rajalle ({}).',
  'A {} point takes numbers, not {}.': 'Mittauspiste ({}) ottaa vain lukuja, ei arvoa {}.',
  'The consumption {} of an interval is below zero.': 'Jakson kulutus {} on pienempi kuin nolla.',
  '{} is not a number.': '{} ei ole luku.',
  'A state has at most {} characters.': 'Tilan arvossa on enintään {} merkkiä.',
  '{} is no unit of a price. Use EUR/Wh, EUR/kWh, EUR/MWh, EUR/GJ, EUR/l or EUR/m3.':
    '{} ei ole hinnan yksikkö. Käytä yksikköä EUR/Wh, EUR/kWh, EUR/MWh, EUR/GJ, EUR/l tai EUR/m3.',
  '{} is not on the quarter of an hour.': '{} ei osu varttitunnille.',
  '{} is no interval of a price. Use whole quarters of an hour up to a day, like PT15M or PT1H.':
    '{} ei ole hinnan jakso. Käytä varttitunteja vuorokauteen asti, esimerkiksi PT15M tai PT1H.',
  '{} is no unit that can be settled. Use Wh, kWh, MWh, GJ, l or m3.':
    'Yksikköä {} ei voi käyttää jaossa. Käytä yksikköä Wh, kWh, MWh, GJ, l tai m3.',
  'A peak is a power in kW; a tariff per {} has none.':
    'Huippu on teho kilowatteina; hinnastossa yksikköä {} kohden sitä ei ole.',
  'No such kind of component. Use energy, spot, stepped, peak or fixed.': 'Tällaista hinnan osaa ei ole.',
  'A time of day needs both from and to.': 'Kellonajalla on oltava alku ja loppu.',
  '{} is not a clock time on a quarter. Write it as 07:00 or 21:45.':
    '{} ei ole varttitunnin kellonaika. Kirjoita 07:00 tai 21:45.',
  'A stepped component needs at least one step.': 'Portaittaisessa hinnassa on oltava ainakin yksi porras.',
  'The step up to {} does not go beyond the one before.': 'Porras {} ei ole edellistä suurempi.',
  'The series {} is in {}, the tariff {} in {}: these cannot be converted.':
    'Sarjan {} yksikkö on {} ja hinnaston {} {}: niitä ei voi muuntaa.',
  'This row names nobody for any task. Name one, or leave it out.':
    'Rivillä ei ole ketään. Nimeä joku tai poista rivi.',
  'The most ({}) is below the least ({}).': 'Yläraja ({}) on pienempi kuin alaraja ({}).',
  '{} is not a party of this agreement.': '{} ei ole sopimuksen osapuoli.',
  'Neither account nor cost centre is given. Give one, or leave the row out.':
    'Tili ja kustannuspaikka puuttuvat. Anna toinen tai poista rivi.',
  '{} is more than 1. Write a part of one: 0.15 is 15 %.': '{} on enemmän kuin 100 %.',
  '{} is no id. Use 1–63 small letters a–z, digits and hyphens, not a hyphen first.':
    '{} ei käy tunnukseksi. Käytä 1–63 pientä kirjainta a–z, numeroa ja viivaa; viiva ei voi olla ensin.',
  'A name is missing. Give it in at least one of fi, sv, en.': 'Nimi puuttuu. Anna se ainakin yhdellä kielellä.',
  'A name is empty or longer than {} characters.': 'Nimi on tyhjä tai pidempi kuin {} merkkiä.',
  'The text is empty or longer than {} characters.': 'Teksti on tyhjä tai pidempi kuin {} merkkiä.',
  '{} is not a date of the calendar. Write it as YYYY-MM-DD.': '{} ei ole päivä.',
  'The end {} is not after the start {}. The end is the first day that is out.': 'Loppu {} ei ole alun {} jälkeen.',
  '{} from {} overlaps the one from {} to {}. End the earlier one first.':
    'Jakso on päällekkäinen: {} alkaen {} ja toinen {}–{}. Päätä ensin aiempi.',
  '{} is not an instant. Write it as 2026-03-01T00:00:00+02:00 or with Z, in the years 1970 to 2199.':
    '{} ei ole ajanhetki.',
  '{} is not a decimal number. Write it as text like "12.5", at most {} characters.': '{} ei ole luku.',
  '{} must be {}.': '{}: oikea arvo on {}.',
  '{} is not in whole cents. Round it before it comes in.':
    '{} ei ole täysiä senttejä. Pyöristä se kahteen desimaaliin.',
  '{} is not a whole number from {} to {}.': '{} ei ole kokonaisluku väliltä {}–{}.',
  '{} is no VAT category. Use S, Z, E, O or AE.': '{} ei ole arvonlisäverokoodi. Käytä koodia S, Z, E, O tai AE.',
  'A VAT rate of {} % is more than 100 %.': 'Arvonlisäverokanta {} % on yli 100 %.',
  'The rate must be "0" in category {}: only S carries tax.':
    'Verokannan on oltava 0, kun koodi on {}: vain koodilla S on veroa.',
  'There are more problems than these {}. Mend these first.': 'Virheitä on enemmän kuin nämä {}. Korjaa ensin nämä.',
  '{} is already succeeded by {} from {}.': 'Organisaatiolla {} on jo seuraaja {} ({}).',
  'The successors of {} come back to {}.': 'Organisaation {} seuraajat johtavat takaisin organisaatioon {}.',
  'is not known; {}': 'ei tunneta; {}',
  'is needed': 'puuttuu',
  'CSAF {} is not read; only 2.0 is.': 'CSAF-versiota {} ei lueta, vain 2.0.',
  'The advisory has no id.': 'Tiedotteella ei ole tunnusta.',
  '{} names no affected product.': '{} ei nimeä haavoittuvaa tuotetta.',
  'The record has no CVE number.': 'Tietueella ei ole CVE-numeroa.',
  'There can be {} connectors.': 'Liittimiä voi olla enintään {}.',
  'A connector {} is there already. Give the gateway another id.':
    'Liitin {} on jo olemassa. Anna yhdyskäytävälle toinen tunnus.',
  'Connectors are made by the landlord of the premises or by the operator.':
    'Liittimiä tekee toimitilan vuokranantaja tai palvelun ylläpitäjä.',
  'The product {} is not active energy ({}). Leave the row out.': 'Tuote {} ei ole pätöenergia ({}). Jätä rivi pois.',
  'The quality “{}” is not known: OK, EST or MISSING.': 'Laatua ”{}” ei tunneta: OK, EST tai MISSING.',
  '“{}” is neither PT15M nor PT1H.': '”{}” ei ole PT15M eikä PT1H.',
  'Row {} is the same device {}. Leave one of them out, or give it another id.':
    'Rivi {} on sama laite {}. Jätä toinen pois tai anna sille toinen tunnus.',
  '{} is a device of {}. Give this one another id.': '{} on toimitilan {} laite. Anna tälle toinen tunnus.',
  '{} has no space {}. Import the spaces first, or leave it empty.':
    'Toimitilassa {} ei ole tilaa {}. Tuo ensin tilat tai jätä kenttä tyhjäksi.',
  'No organisation is known as “{}”. Write shares as: kunta 60; virasto 40.':
    'Organisaatiota ”{}” ei tunneta. Kirjoita osuudet näin: kunta 60; virasto 40.',
  'The share of {} is no number above zero, or stands twice. Write shares as: kunta 60; virasto 40.':
    'Organisaation {} osuus ei ole nollaa suurempi luku tai se on kahdesti. Kirjoita osuudet näin: kunta 60; virasto 40.',
  'More than {} points stand in one cell.': 'Solussa on yli {} mittauspistettä.',
  '“{}” is no point. Write key, unit and kind: energy kWh counter; load kWh interval PT15M.':
    '”{}” ei ole mittauspiste. Kirjoita tunnus, yksikkö ja laji: energy kWh counter; load kWh interval PT15M.',
  '{} has the serial number {} too.': 'Laitteella {} on sama sarjanumero {}.',
  'Topics are of a gateway. Write its payload family too.':
    'Aiheet kuuluvat yhdyskäytävälle. Kirjoita myös sen tulkinta.',
  '{} has no usual topics. Write where {} publishes.':
    'Tulkinnalla {} ei ole tavallisia aiheita. Kirjoita, mihin {} lähettää.',
  'There is a connector {} already, of another kind. Change it there.':
    'Liitin {} on jo olemassa, mutta toisenlainen. Muuta sitä.',
  'The key {} is one of a gateway. Write which, or leave the key empty.':
    'Avain {} on yhdyskäytävän avain. Kirjoita, minkä, tai jätä kenttä tyhjäksi.',
  'Row {} has the key {} of this gateway too. One of them is wrong.':
    'Rivillä {} on sama avain {}. Toinen niistä on väärin.',
  'The key {} of {} stands for the device {} already.': 'Avain {} ({}) kuuluu jo laitteelle {}.',
  '{} would map more than {} keys. Make another one.': '{} tulkitsisi yli {} avainta. Tee toinen liitin.',
  'There cannot be fewer people than none.': 'Henkilömäärä ei voi olla negatiivinen.',
  'The invoice {} of {} is in already, as {}. Leave the row out, or change that invoice.':
    'Lasku {} ({}) on jo tuotu tunnuksella {}. Jätä rivi pois tai muuta sitä laskua.',
  'Row {} is the same invoice with the same VAT and category. Leave one of them out.':
    'Rivi {} on sama lasku, verokanta ja kustannuslaji. Jätä toinen pois.',
  'With a rate of 0 % the reason counts: Z zero-rated, E exempt, O outside the scope, AE reverse charge.':
    'Kun verokanta on 0 %, syy on kerrottava: Z nollaverokanta, E vapautettu, O soveltamisalan ulkopuolella, AE käännetty verovelvollisuus.',
  '{} is not in whole cents.': '{} ei ole täysiä senttejä.',
  '“{}” can be read as a thousand times more. Write it without a mark of thousands, or with cents: {} or {}.':
    '”{}” voi olla tuhatkertainen. Kirjoita ilman tuhaterotinta tai sentteineen: {} tai {}.',
  'Only invoices in euros are taken. Write the amounts in euros.':
    'Vain euromääräiset laskut otetaan. Kirjoita summat euroina.',
  'The last day {} is before the first {}.': 'Viimeinen päivä {} on ennen ensimmäistä {}.',
  '“{}” is no month. Write it as 2026-03 or 3/2026.': '”{}” ei ole kuukausi. Kirjoita 2026-03 tai 3/2026.',
  'Only one day ({}) is given: write the first and the last day of the service, or its month.':
    'Vain yksi päivä ({}) on annettu: kirjoita palvelun ensimmäinen ja viimeinen päivä tai kuukausi.',
  'The invoice names no period of service: the month of its date {} is taken. Change it if that is wrong.':
    'Laskussa ei ole palvelun aikaa: käytetään päiväyksen {} kuukautta. Muuta, jos se on väärin.',
  'The time of the service is missing: write its month, or its first and last day.':
    'Palvelun aika puuttuu: kirjoita kuukausi tai ensimmäinen ja viimeinen päivä.',
  '{} and {} % make {}, not {}. Mend the one that is wrong.': '{} ja {} % on {}, ei {}. Korjaa väärä.',
  'The service begins on {}, after today.': 'Palvelu alkaa {}, tämän päivän jälkeen.',
  'Not taken, because there is no place for it here: {} ({} times).':
    'Jätetty pois, koska sille ei ole paikkaa: {} ({} kertaa).',
  'The facts are no JSON object. Leave them empty, or export the model again.':
    'Tiedot eivät ole JSON-muotoa. Jätä ne tyhjiksi tai vie malli uudelleen.',
  'An area is not below zero.': 'Pinta-ala ei voi olla negatiivinen.',
  'Another space of the model is {} too. Give this one another id, or leave it out.':
    'Mallin toinen tila on myös {}. Anna tälle toinen tunnus tai jätä se pois.',
  'The model has no area of the space: it is taken with 0 m². Give the area before costs are split by it':
    'Mallissa ei ole tilan pinta-alaa: se otetaan 0 m²:n kokoisena. Anna pinta-ala ennen kuin kustannuksia jaetaan sen mukaan',
  '“{}” is no id. Use letters a–z, digits and hyphens.':
    '”{}” ei käy tunnukseksi. Käytä kirjaimia a–z, numeroita ja viivoja.',
  'Another device of the model is {} too. Give this one another id, or leave it out.':
    'Mallin toinen laite on myös {}. Anna tälle toinen tunnus tai jätä se pois.',
  '{} has no space {}. Take the space too, or leave it empty.':
    'Toimitilassa {} ei ole tilaa {}. Ota myös tila tai jätä kenttä tyhjäksi.',
  'The model gives points to a place, not to a device: {} stands for the device that measures there.':
    'Mallissa mittauspisteet ovat paikalla, eivät laitteella: {} edustaa siellä mittaavaa laitetta.',
  'brick:{} is not known here. It is kept as the Brick class; choose a type yourself':
    'Luokkaa brick:{} ei tunneta. Se säilyy Brick-luokkana; valitse tyyppi itse',
  '“{}” is no key of a point. Use letters, digits and _ . : -':
    '”{}” ei käy mittauspisteen tunnukseksi. Käytä kirjaimia, numeroita ja merkkejä _ . : -',
  'The device {} is not taken, so its point is not either. Leave this row out too.':
    'Laitetta {} ei oteta, joten ei sen mittauspistettäkään. Jätä tämäkin rivi pois.',
  'The unit {} is not known here; it is kept as it is written': 'Yksikköä {} ei tunneta; se säilyy kirjoitettuna',
  'The point is in {} here and stays so; the model says {}.':
    'Mittauspisteen yksikkö on täällä {} ja pysyy; mallissa se on {}.',
  '{} has no price; nothing is taken for it.': 'Ajalla {} ei ole hintaa; sille ei oteta mitään.',
  'The series {} is in {}; only {} are taken.': 'Sarjan {} yksikkö on {}; otetaan vain {}.',
  'Row {} has another price for the same time. Leave one of them out.':
    'Rivillä {} on samalle ajalle toinen hinta. Jätä toinen pois.',
  'Between {} and {} prices are missing, if they are no other file’s.':
    'Hintoja puuttuu välillä {}–{}, jos ne eivät ole toisessa tiedostossa.',
  "Between {} and {} prices are missing, if they are no other file's.":
    'Hintoja puuttuu välillä {}–{}, jos ne eivät ole toisessa tiedostossa.',
  'Write measured, manual or estimated.': 'Kirjoita mitattu, käsin luettu tai arvioitu.',
  '“{}” is no time. Write it as 2026-03-01 00:15, 1.3.2026 0.15 or with its offset.':
    '”{}” ei ole aika. Kirjoita 1.3.2026 0.15 tai 2026-03-01 00:15.',
  '“{}” is no plain number. Write it as 1234,5.': '”{}” ei ole luku. Kirjoita esimerkiksi 1234,5.',
  '{} cannot be written as {} of {}.': 'Yksikköä {} ei voi muuntaa yksiköksi {} ({}).',
  'Row {} has {} at the same time. Leave one of them out.': 'Rivillä {} on samalla hetkellä {}. Jätä toinen pois.',
  '{} is less than {} before it: a meter does not count back. Check both.':
    '{} on pienempi kuin edellinen {}: mittari ei laske taaksepäin. Tarkista molemmat.',
  '“{}” is none of {}.': '”{}” ei ole mikään näistä: {}.',
  'The text is longer than {} characters.': 'Teksti on pidempi kuin {} merkkiä.',
  'There is a control character in it. Type it again.': 'Tekstissä on ohjausmerkki. Kirjoita se uudelleen.',
  'Row {} is the same space {}. Leave one of them out.': 'Rivi {} on sama tila {}. Jätä toinen pois.',
  'The outline is no list of corners in metres, like 0 0;4.5 0;4.5 3.':
    'Ääriviiva ei ole luettelo kulmista metreinä, esimerkiksi 0 0;4.5 0;4.5 3.',
  'The end is missing: write it, or the hours.': 'Loppu puuttuu: kirjoita se tai tunnit.',
  'The end is not after the start.': 'Loppu ei ole alun jälkeen.',
  '“{}” is no number of hours.': '”{}” ei ole tuntimäärä.',
  'is no OVT: 0037, the eight digits of the business id with the right check digit, up to five more signs':
    'ei ole OVT-tunnus: 0037, Y-tunnuksen kahdeksan numeroa oikein ja enintään viisi merkkiä',
  'is of the business id {}, the organisation’s is {}': 'on Y-tunnuksen {} mukainen, organisaation Y-tunnus on {}',
  'is no IBAN: its length or check digits are wrong (a Finnish one has FI and 16 digits)':
    'ei ole IBAN: pituus tai tarkistusnumero on väärin (suomalaisessa on FI ja 16 numeroa)',
  'is no BIC: eight or eleven capital letters and digits':
    'ei ole BIC: kahdeksan tai yksitoista isoa kirjainta ja numeroa',
  'is needed with an IBAN': 'tarvitaan tilinumeron kanssa',
  'has up to eight letters or digits, so that a number has at most 20 signs':
    'enintään kahdeksan kirjainta tai numeroa',
  '{} is there twice': '{} on mukana kahdesti',
  'is another organisation than the one that is paid': 'valitse muu organisaatio kuin laskuttaja',
  'is a month of {}': 'valitse vuoden {} kuukausi',
  'is an amount above zero with at most two decimals': 'anna nollaa suurempi summa, enintään kaksi desimaalia',
  'is above zero in category S': 'verokannan on oltava yli nolla',
  'is 0 in every category but S': 'verokannan on oltava 0',
  'has a line already': 'rivi on jo olemassa',
  '{} has a line already': 'kustannuslajilla {} on jo rivi',
  'has either a year or twelve months': 'anna joko koko vuosi tai kaksitoista kuukautta',
  'is no amount in euros with at most two decimals': 'ei ole euromäärä, jossa on enintään kaksi desimaalia',
  'has twelve amounts': 'anna kaksitoista summaa',
  '“{}” is no amount in euros': '”{}” ei ole euromäärä',
  'a business id with its check digit is needed': 'Y-tunnus tarkistusnumeroineen puuttuu',
  'is an id of examples, which only a demonstration may use':
    'Y-tunnus on esimerkkitunnus, jota vain esimerkkikohde voi käyttää',
  'invoicing details are needed: address, OVT, operator': 'laskutustiedot puuttuvat: osoite, OVT-tunnus ja välittäjä',
  'the account to pay to is needed': 'tilinumero puuttuu',
  'it is not registered for VAT, but has costs with VAT to pass on':
    'organisaatio ei ole arvonlisäverovelvollisten rekisterissä, mutta kustannuksissa on arvonlisäveroa',
}
