// Finnish sentences for what the server says in English when it refuses: alarms, faults, service, notification, transfers, meter changes, lifecycle, data requests.
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
}
