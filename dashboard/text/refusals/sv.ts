// Swedish sentences for what the server says in English when it refuses: alarms, faults, service, notification.
import type { Refusals } from './translate.ts'

export const sv: Refusals = {
  'Alarms are for technicians and managers of the landlord and of those who have a role towards the device.':
    'Larm hanteras av tekniker och chefer hos hyresvärden och hos dem som har en roll för enheten.',
  'The alarm is cleared.': 'Larmet är redan över.',
  'An alarm sleeps for 90 days at most.': 'Ett larm kan tystas i högst 90 dagar.',
  'should be within the next 90 days': 'ange en tidpunkt inom de närmaste 90 dagarna',
  'What raised it is not over: say why it is cleared.': 'Orsaken till larmet är inte över: säg varför larmet avslutas.',
  'should say why': 'säg varför',
  'The alarm cannot be assigned so.': 'Larmet kan inte tilldelas så.',
  'has no role towards the device': 'organisationen har ingen roll för enheten',
  'is nobody of {}': 'personen hör inte till {}',
  'There are {} rules already.': 'Det finns redan {} regler.',
  'The rule could not watch anything; nothing was changed.': 'Regeln skulle inte kunna bevaka något.',
  'The rule could not watch anything.': 'Regeln skulle inte kunna bevaka något.',
  'Rules are for the landlord’s managers, and for those of an owner or the holder of everything that the rule watches.':
    'Regler görs av hyresvärdens chefer och av chefer hos ägaren eller innehavaren av allt som regeln bevakar.',
  'A rule stays in its premises: make a new one there.': 'En regel stannar i sin lokal: gör en ny regel där.',
  'Give either the id of a rule, or a rule with its premises.':
    'Ange antingen regelns kod eller en regel med sin lokal.',
  'to comes after from, and from is in the past.': 'Slutet ska vara efter början, och början i det förflutna.',
  'Try at most {} days at once.': 'Prova högst {} dagar åt gången.',
  'there is no device {} in {}': 'enheten {} finns inte i {}',
  'there is no space {} in {}': 'utrymmet {} finns inte i {}',
  'a rule of kind {} watches the premises as a whole': 'den här regeln ({}) bevakar hela lokalen',
  'needs above, below or both': 'ange en övre gräns, en undre gräns eller båda',
  'leaves nothing between below and above, with the hysteresis on both sides':
    'det blir inget kvar mellan gränserna när återgångsavståndet räknas med',
  'needs above (kW), overUsualPercent or both': 'ange en gräns i kilowatt, ett överskott i procent eller båda',
  '{}, at character {}': '{} (tecken {})',
  'there is no {}': 'dagen {} finns inte',
  'should be after from: it is the first day that is over':
    'slutet ska vara efter början: det är den första dagen då perioden är över',
  'Only two faults of the same premises are joined.': 'Bara två fel i samma lokal kan slås ihop.',
  'The cost does not fit the other facts; nothing was changed.': 'Kostnaden passar inte med de andra uppgifterna.',
  'It can be handed on only to another who is concerned.':
    'Felet kan bara lämnas vidare till någon annan som det berör.',
  'This is for the organisation that has the fault.': 'Det här görs av den organisation som har felet.',
  'Accept the fault first.': 'Ta först emot felet.',
  'The fault is accepted already, or still open.': 'Felet är redan mottaget eller ännu öppet.',
  'The fault has ended.': 'Felet är avslutat.',
  'It waits for the answer of whom it was offered to.': 'Felet väntar på svar från den som fick det.',
  'This fault is part of another: go on there.': 'Det här felet hör till ett annat: fortsätt där.',
  'This fault holds as many entries as it can: report another one.':
    'Det här felet rymmer inga fler anteckningar: anmäl ett nytt fel.',
  'There is no joined report at this place.': 'Här finns ingen sammanslagen anmälan.',
  'A fault was made of this alarm already: {}.': 'Ett fel har redan gjorts av det här larmet: {}.',
  'Say of which device or premises.': 'Säg vilken enhet eller lokal felet gäller.',
  'Say what is wrong, in words or by a choice.': 'Säg med ord eller ett val vad som är fel.',
  'say what is wrong': 'säg vad som är fel',
  'This is for technicians and managers.': 'Det här görs av tekniker och chefer.',
  'This is for a {} of who has the fault, or of the landlord.':
    'Det här görs av en chef eller ekonomiansvarig hos den som har felet eller hos hyresvärden.',
  'Many reports have come just now; try again a little later.':
    'Det har just kommit många anmälningar. Försök igen om en stund.',
  'Many reports come just now; try again in a moment.':
    'Det kommer många anmälningar just nu. Försök igen om en stund.',
  'Many notes have come by this link; try again later.':
    'Det har kommit många meddelanden via den här länken. Försök igen senare.',
  'A photo may have {} bytes.': 'Ett foto får ha högst {} byte.',
  'The report did not come from the page: open its address and send it there.':
    'Anmälan kom inte från sidan: öppna sidans adress och skicka där.',
  'The page was open for too long: open it again.': 'Sidan var öppen för länge: öppna den igen.',
  'That was too quick; try again.': 'Det gick för snabbt. Försök igen.',
  'The photo is no whole JPEG, PNG or WebP picture.': 'Fotot är ingen hel JPEG-, PNG- eller WebP-bild.',
  'The photo has no size.': 'Fotot har ingen storlek.',
  'The photo has {} × {} pixels; {} are taken.': 'Fotot har {} × {} bildpunkter, högst {} tas emot.',
  'Name devices or spaces, or say that all are meant.': 'Ange enheter eller utrymmen, eller välj alla.',
  'There is no such label sheet, or it has fewer labels.':
    'Det finns inget sådant etikettark, eller det har färre etiketter.',
  'Codes of spaces are made by the landlord and by who holds the space.':
    'Koder för utrymmen görs av hyresvärden och den som har utrymmet.',
  'A contractor chooses only who of its own people does it.':
    'En entreprenör väljer bara vem av sina egna som gör arbetet.',
  'Something is missing in it, or is not as the task asks.': 'Något saknas eller är inte som uppgiften kräver.',
  'An inspection is recorded by a manager of who maintains it, of the landlord, or by its contractor.':
    'En besiktning antecknas av en chef hos den som sköter underhållet, hos hyresvärden eller av entreprenören.',
  'This inspection has ended.': 'Den här besiktningen är avslutad.',
  'The service is planned by a manager of who maintains it, or of the landlord.':
    'Servicen planeras av en chef hos den som sköter underhållet eller hos hyresvärden.',
  'The plan has ended: make a new one.': 'Planen är avslutad: gör en ny.',
  'What is inspected stays: register a new inspection.': 'Det som besiktigas byts inte: anteckna en ny besiktning.',
  'There is no such template.': 'Det finns ingen sådan mall.',
  'Give a title, or a template.': 'Ange en rubrik eller en mall.',
  'Name the law or contract that asks for it.': 'Ange den lag eller det avtal som kräver det.',
  'Give the interval in months.': 'Ange intervallet i månader.',
  'It lies in the future.': 'Dagen ligger i framtiden.',
  'The next one is after this one.': 'Nästa är efter den här.',
  'Say what brings it about, or give a template.': 'Säg vad som utlöser servicen, eller ange en mall.',
  'It is above zero.': 'Talet ska vara större än noll.',
  'The device has no such point.': 'Enheten har ingen sådan punkt.',
  'A plan stays in its premises: make a new one.': 'En plan stannar i sin lokal: gör en ny.',
  'What it is for stays: make a new plan.': 'Det planen gäller byts inte: gör en ny plan.',
  'Nobody of the responsible organisation or the contractor has this id.':
    'Ingen hos den ansvariga organisationen eller entreprenören har den här koden.',
  'The premises have no such space.': 'Lokalen har inget sådant utrymme.',
  'When it was done lies in the future, or more than 90 days ago.':
    'Tidpunkten ligger i framtiden eller mer än 90 dagar tillbaka.',
  'Another item has this id.': 'En annan punkt har redan den här koden.',
  'The task has no such item.': 'Uppgiften har ingen sådan punkt.',
  'It is answered twice.': 'Punkten har besvarats två gånger.',
  'There are fewer photos.': 'Det finns färre foton.',
  'Say why it was not possible.': 'Säg varför det inte var möjligt.',
  '{} is required.': '{} är obligatorisk.',
  'Nothing was changed.': 'Ingenting ändrades.',
  'give a time zone such as Europe/Helsinki': 'ange en tidszon, till exempel Europe/Helsinki',
  'quiet hours begin and end at different times': 'den tysta tiden ska börja och sluta vid olika tider',
  'must be after {}': 'ska vara efter {}',
  'must be somebody else of your organisation': 'välj någon annan i din egen organisation',
  'No mail server is set up in this installation.': 'Ingen e-postserver är inställd i den här installationen.',
  'You have no e-mail address. Give one in your account.': 'Du har ingen e-postadress. Ange en i dina egna uppgifter.',
  'Test messages are on their way already.': 'Testmeddelanden är redan på väg.',
  'People are told, tokens are not: use a webhook or a listener.':
    'Människor får veta, nycklar inte: använd en webhook eller en lyssnare.',
  'The calendar cannot work; nothing was changed.': 'Kalendern kan inte fungera så.',
  'There are {} calendars already.': 'Det finns redan {} kalendrar.',
  'the substitute is somebody else': 'ersättaren ska vara någon annan',
  'one turn lasts a year at most': 'en tur varar högst ett år',
  'each step comes later than the one before': 'varje steg ska komma senare än det föregående',
  'There is no such premises.': 'Det finns ingen sådan lokal.',
  'The calendar cannot be read. Export it again as iCalendar (.ics).':
    'Kalendern kan inte läsas. Exportera den på nytt som iCalendar (.ics).',
  'The calendar has more than {} turns. Export a shorter time.':
    'Kalendern har fler än {} turer. Exportera en kortare tid.',
  'Nothing was taken: every event must name somebody.': 'Ingenting togs in: varje händelse ska nämna någon.',
  'The webhook cannot work; nothing was changed.': 'Webhooken kan inte fungera så.',
  'There are {} webhooks already.': 'Det finns redan {} webhookar.',
  'The webhook is off. Switch it on first.': 'Webhooken är inte i bruk. Ta den först i bruk.',
  'is no address': 'är ingen adress',
  'must not hold a user name or password': 'får inte innehålla användarnamn eller lösenord',
  'must begin with https://': 'ska börja med https://',
  'goes to {}, which is not on the public internet. The operator can allow it by SAMTILA_WEBHOOK_HOSTS':
    'går till {}, som inte finns på det öppna internet. Driften kan tillåta det med SAMTILA_WEBHOOK_HOSTS',
  'A listener belongs to an organisation: sign in as one.':
    'En lyssnare hör till en organisation: logga in som en sådan.',
  'There are {} listeners already.': 'Det finns redan {} lyssnare.',
  'An owner offers its own part; the operator does not.':
    'Ägaren erbjuder sin egen andel; plattformens administration gör det inte.',
  'There is no such organisation.': 'Det finns ingen sådan organisation.',
  'It begins today at the earliest: what is past has been settled.':
    'Börjar tidigast i dag: förfluten tid är redan fördelad.',
  'The device would not be right after it; nothing was changed.': 'Enhetens uppgifter skulle inte vara rätt efter det.',
  'The day on which it begins is over: it is offered anew with another day.':
    'Startdagen är förbi: gör ett nytt erbjudande för en annan dag.',
  'The part, the books or the grants have changed since the offer: it is offered anew.':
    'Andelen, bokföringsvärdet eller bidragen har ändrats efter erbjudandet: gör ett nytt erbjudande.',
  'Only who owns a part of it on that day can pass it on or lend it.':
    'Bara den som äger en del av enheten den dagen kan överlåta eller låna ut den.',
  'It goes to another organisation.': 'Mottagaren ska vara en annan organisation.',
  'A loan ends after it begins.': 'Ett lån ska sluta efter att det har börjat.',
  'Another organisation holds it: its holder lends it, or who owns all of it.':
    'En annan organisation innehar enheten: den lånas ut av innehavaren eller av den som äger hela enheten.',
  'The device is retired by then.': 'Enheten är då redan avförd.',
  'The receiver’s signatory answers; a manager of the giver takes back or receives back. Nobody acts for another.':
    'Mottagarens undertecknare svarar; givarens fastighetsansvarige återtar eller tar emot tillbaka. Ingen handlar för någon annan.',
  'It has been answered already.': 'Det har redan besvarats.',
  'The witness is of another organisation than who changes the meter.':
    'Vittnet ska höra till en annan organisation än den som byter mätaren.',
  'The witness is of an organisation that has to do with these premises.':
    'Vittnet ska höra till en organisation som har med lokalen att göra.',
  'A change of this meter waits for its witness already. Take it back first.':
    'Ett byte av den här mätaren väntar redan på sitt vittne. Återta det först.',
  'Only a counter is changed under its point; an interval point goes on by itself.':
    'Bara en ackumulerande mätare byts under sin mätpunkt; en intervallpunkt fortsätter av sig själv.',
  'A meter change of this very moment is recorded already.': 'Ett mätarbyte vid samma ögonblick är redan antecknat.',
  'The moment of the change is now at the latest.': 'Bytet sker senast nu.',
  'It is no number that a meter shows.': 'Det här är ingen mätarställning.',
  'The register of this meter has fewer digits before the point.': 'Mätaren visar färre siffror före decimaltecknet.',
  'The register of this meter has fewer digits after the point.': 'Mätaren visar färre decimaler.',
  'The witness confirms or refuses; who changed the meter takes back. Nobody acts for another.':
    'Vittnet bekräftar eller avslår; den som bytte mätaren återtar. Ingen handlar för någon annan.',
  'Documents are kept by who owns, holds or maintains the device, or has the space.':
    'Dokumenten sköts av den som äger, innehar eller underhåller enheten eller har utrymmet.',
  'Only a user of the product asks for its data: who owns it, holds it or uses it.':
    'Bara en användare av produkten begär dess data: den som äger, innehar eller använder den.',
  'It is not recorded who holds the data of this device. Record it first.':
    'Enhetens datahållare är inte antecknad. Anteckna den först.',
  'The asker records what came, or the data holder answers. Nobody acts for another.':
    'Den som begärde antecknar vad som kom, eller datahållaren svarar. Ingen handlar för någon annan.',
  'The device would not be right in this state.': 'Enhetens uppgifter skulle inte vara rätt i det här tillståndet.',
  'Only the last state can be withdrawn, and only before its day.':
    'Bara det sista tillståndet kan återtas, och bara före dess dag.',
  'The device would not be right without this state.':
    'Enhetens uppgifter skulle inte vara rätt utan det här tillståndet.',
  'A document has {} versions at most. Make a new one.': 'Ett dokument har högst {} versioner. Gör ett nytt.',
  'The records server did not answer in time: it is not known whether the change was made. Look at it before you try again.':
    'Registerservern svarade inte i tid: det är inte känt om ändringen gjordes. Kontrollera läget innan du försöker igen.',
  'reports version {}': 'enheten anger versionen {}',
  'the digest does not fit': 'kontrollsumman stämmer inte',
  'the signature does not fit': 'signaturen stämmer inte',
  'did not start with it': 'enheten startade inte med den nya versionen',
  'An amount is written as 1230 or 1230.50: without a mark between thousands, with two decimals at most.':
    'Skriv beloppet som 1230 eller 1230,50: utan tusentalsavgränsare och med högst två decimaler.',
}
