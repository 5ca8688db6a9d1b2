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
  '{} is a bridge: choose another id for the gateway.': '{} är en brygga: välj en annan beteckning för nätslussen.',
  '{} has {} valid credentials; revoke them first.': '{} har redan {} giltiga koder; återkalla några först.',
  'Give the reference of your decision: its § or diary number.':
    'Ange referensen till ert beslut: paragraf eller diarienummer.',
  'Your organisation has approved this text already.': 'Din organisation har redan godkänt den här texten.',
  'The agreement has changed since this was proposed: withdraw it and propose it anew on the agreement as it is now.':
    'Avtalet har ändrats efter förslaget: återta förslaget och gör ett nytt utifrån det nuvarande avtalet.',
  'It does not fit the facts any more; nothing was changed.':
    'Förslaget stämmer inte längre med de övriga uppgifterna.',
  'Say why: all parties see it.': 'Ange orsaken: alla parter ser den.',
  'It could not come into force like this; nothing was changed.': 'Avtalet kunde inte träda i kraft så här.',
  'It is no draft any more.': 'Det här är inte längre ett utkast.',
  'It does not wait for approvals: it is {}.': 'Förslaget väntar inte längre på godkännanden.',
  'The change as a whole would not be right: {}': 'Ändringen som helhet skulle inte stämma: {}',
  'The devices would not be right any more.': 'Enheternas uppgifter skulle inte längre stämma.',
  'This bulk edit is {}; only one that is {} can be {}.': 'Massändringen är redan i ett annat läge. Uppdatera sidan.',
  'Say what is to be changed.': 'Ange vad som ska ändras.',
  'Give either the devices or a filter.': 'Ange antingen enheterna eller ett filter.',
  'One bulk edit takes {} devices at most. Narrow the filter.':
    'Högst {} enheter kan ändras på en gång. Begränsa filtret.',
  'No certificate is made for this request.': 'Inget certifikat görs för den här begäran.',
  'to is a month not before from; both are in.': 'Den sista månaden kan inte vara före den första.',
  'Ask for {} months at most.': 'Be om högst {} månader.',
  'Compare two months, or two years.': 'Jämför två månader eller två år.',
  'The name is not that of the demonstration’s premises.': 'Namnet är inte exemplets lokal.',
  'It is not only a demonstration: {}.': 'Uppgifterna är inte bara exempel: {}.',
  'The documents can’t be made yet; nothing was made. Say what is missing in the invoicing details.':
    'Fakturorna kan inte göras ännu. Komplettera faktureringsuppgifterna.',
  'Only a closed month is exported to a ledger.': 'Bara en stängd månad kan exporteras till bokföringen.',
  '{} has no part in this settlement.': '{} har ingen del i den här fördelningen.',
  'Documents are made of a closed month.': 'Fakturor görs av en stängd månad.',
  'A credit note is not credited: make the document anew.': 'En kreditfaktura krediteras inte: gör handlingen på nytt.',
  'Only a closed month has a public record.': 'Bara en stängd månad har en offentlig handling.',
  'What this export holds is deleted already.': 'Handlingarna i den här exporten har redan raderats.',
  'The digest is not that of the exported file: download the file, and send its digest.':
    'Kontrollsumman är inte den exporterade filens: ladda ner filen och skicka dess kontrollsumma.',
  '{} is no party of this settlement.': '{} är inte part i den här fördelningen.',
  'params are longer than {} bytes.': 'Kommandots uppgifter är längre än {} byte.',
  'The campaign is {}: this is for one that is {}.': 'Uppdateringen är redan i ett annat läge. Ladda sidan på nytt.',
  'Another campaign is under way for: {}.': 'De här enheterna har redan en annan uppdatering på gång: {}.',
  'The image is not taken.': 'Programvaran tas inte emot.',
  'The image is not kept any more.': 'Programvaran finns inte längre sparad.',
  'A campaign reaches {} devices at most; this one reaches {}.': 'En uppdatering når högst {} enheter; den här når {}.',
  'No device fits, or none that you may renew: ask for the preview, which says why.':
    'Ingen enhet passar, eller så får ni inte uppdatera dem. Förhandsvisningen säger varför.',
  'This is no Ed25519 public key.': 'Det här är ingen öppen Ed25519-nyckel.',
  'The model has no spaces (IfcSpace). Export it with its rooms: in most programs that is an option of the export.':
    'Modellen har inga utrymmen (IfcSpace). Exportera den med rummen: i de flesta program är det en inställning i exporten.',
  'The model has {} spaces; {} are taken. Split it by building or storey.':
    'Modellen har {} utrymmen; {} tas emot. Dela den per byggnad eller våning.',
  'Reading the model takes more than {} MiB. Export fewer storeys, or spaces only.':
    'Att läsa modellen kräver mer än {} MiB minne. Exportera färre våningar eller bara utrymmena.',
  'Reading the model takes more than {} s. Export fewer storeys, or spaces only.':
    'Att läsa modellen tar över {} s. Exportera färre våningar eller bara utrymmena.',
  'Reading the model takes more memory than it is given. Export fewer storeys, or spaces only.':
    'Att läsa modellen kräver för mycket minne. Exportera färre våningar eller bara utrymmena.',
  'The file is damaged: the reader of models gave up on it. Export it again as IFC4 or IFC2x3.':
    'Filen är skadad och kan inte läsas. Exportera den på nytt som IFC4 eller IFC2x3.',
  'The file cannot be read as an IFC model{}. Export it again as IFC4 or IFC2x3.':
    'Filen kan inte läsas som en IFC-modell{}. Exportera den på nytt som IFC4 eller IFC2x3.',
  'Credentials are made for the devices of an import that is taken.':
    'Koder görs först när importen har tagits i bruk.',
  'Each device of this import has a credential already, or is read behind a gateway; a password is shown once.':
    'Varje enhet i importen har redan en kod eller läses bakom en nätsluss. Lösenordet visas bara en gång.',
  '{}, row {}: {}': '{}, rad {}: {}',
  'It cannot be told from the header what the file is. Choose its kind and send it again.':
    'Av rubrikerna framgår inte vad filen innehåller. Välj innehållet och skicka filen på nytt.',
  'A file of {} has at most {} bytes. Split it.': 'Filen är för stor. Dela den.',
  'The import is {}; this goes only while it is {}.': 'Importen är redan i ett annat läge. Uppdatera sidan.',
  'The file is an IFC model; only spaces are read from it, not {}.':
    'Filen är en IFC-modell: bara utrymmen läses ur den. Välj utrymmen som innehåll.',
  'The file is no table from line {} on: {}. Mend the quotes there.':
    'Filen är ingen tabell från rad {}: {}. Rätta citattecknen där.',
  'Reading the file takes more than {} s. Split it.': 'Att läsa filen tar över {} s. Dela den.',
  'The file unpacks to more than there is memory for. Split it.': 'Den uppackade filen ryms inte i minnet. Dela den.',
  'The file cannot be read. Save it again as CSV or XLSX.':
    'Filen kan inte läsas. Spara den på nytt som CSV eller XLSX.',
  'The reading of the file ended without an answer.': 'Läsningen av filen avbröts. Försök igen.',
  'The calendar cannot be read. Export it again as iCalendar (.ics) or CSV.':
    'Kalendern kan inte läsas. Exportera den på nytt som iCalendar (.ics) eller CSV.',
  'The calendar has more than {} bookings. Export a shorter time.':
    'Kalendern har över {} bokningar. Exportera en kortare tid.',
  'The XML has a document type. Invoices have none; it is not read.':
    'XML-filen har en dokumenttyp (DOCTYPE). Fakturor har ingen, så filen läses inte.',
  'The XML is broken at line {}: {}': 'XML-filen är felaktig på rad {}: {}',
  'The XML is neither a Finvoice nor a UBL invoice or credit note with a VAT breakdown.':
    'XML-filen är varken en Finvoice- eller UBL-faktura med momsspecifikation.',
  'The XML is nested deeper than {} elements.': 'XML-filen har över {} nästlade element.',
  'The file is a building model, not a table. Import it as a model.':
    'Filen är en byggnadsmodell och ingen tabell. Importera den som modell.',
  'The model makes more than {} rows. Split it, by building or by system.':
    'Modellen ger över {} rader. Dela den per byggnad eller system.',
  'The file is XML; only invoices (Finvoice, UBL) are read from it.':
    'Filen är XML: bara fakturor läses ur den (Finvoice, UBL).',
  'The file is a calendar; only bookings (usage) are read from it.':
    'Filen är en kalender: bara bokningar läses ur den.',
  'The file is a building model; only the kind model is read from it, not {}.':
    'Filen är en byggnadsmodell. Välj byggnadsmodell som innehåll.',
  'No column of the file is recognised as the start of a booking. Name the columns huone, järjestäjä, alkaa and päättyy (or room, organiser, start, end); others are not kept, because they may tell of people.':
    'I filen finns ingen början på en bokning. Namnge kolumnerna rum, arrangör, början och slut. Andra sparas inte, eftersom de kan berätta om personer.',
  'The file is neither a table nor text. Save it as CSV (UTF-8) or XLSX and send it again.':
    'Filen är varken en tabell eller text. Spara den som CSV (UTF-8) eller XLSX och skicka den på nytt.',
  'The file is no workbook that can be read. Save it again as XLSX or CSV.':
    'Arbetsboken kan inte läsas. Spara den på nytt som XLSX eller CSV.',
  'The workbook unpacks to more than {} bytes.': 'Den uppackade arbetsboken är större än {} byte.',
  'The workbook has more than {} parts.': 'Arbetsboken har över {} delar.',
  'The workbook is damaged. Save it again as XLSX, or as CSV.':
    'Arbetsboken är skadad. Spara den på nytt som XLSX eller CSV.',
  'The file is empty.': 'Filen är tom.',
  'The file has more than {} rows. Split it.': 'Filen har över {} rader. Dela den.',
  'A row has more than {} columns. Take away those that are not needed.':
    'En rad har över {} kolumner. Ta bort de onödiga.',
  'Nothing was taken: {}': 'Inget togs i bruk: {}',
  'Nothing was taken: {} things are wrong now. Mend them, or leave their rows out.':
    'Inget togs i bruk: {} saker är fel nu. Rätta dem eller lämna bort deras rader.',
  'This import keeps nothing to be undone.': 'Den här importen har inget att ångra.',
  'Others have changed {} of these since. Undo the rest, or nothing.':
    '{} av dessa har ändrats av andra sedan dess. Ångra resten eller inget alls.',
  'Closed months rest on it: they stay, and get adjustments. Say that you want that.':
    'Stängda månader bygger på importen: de står kvar, och skillnaderna justeras i en öppen månad. Bekräfta att du vill det.',
  'The file is no JSON: {}': 'Filen är inte JSON: {}',
  'The model names the context {}, which would have to be fetched; nothing is fetched. Write the context into the file, or name {}.':
    'Modellen hänvisar till kontexten {}, som borde hämtas från nätet. Inget hämtas: skriv kontexten i filen eller använd {}.',
  'The file is no JSON-LD: {}': 'Filen är inte JSON-LD: {}',
  'The JSON is nested more than {} deep.': 'JSON-filen har över {} nästlade nivåer.',
  'The model has statements about statements (RDF 1.2); they are not read. Export it as Turtle 1.1.':
    'Modellen har utsagor om utsagor (RDF 1.2), och de läses inte. Exportera den som Turtle 1.1.',
  'A name in the model is longer than {} characters: {}…': 'Modellen har ett namn på över {} tecken: {}…',
  'A text of the model is longer than {} characters (at {}). Take it out.':
    'Modellen har en text på över {} tecken (vid {}). Ta bort den.',
  'The model has more than {} statements. Split it, by building or by system.':
    'Modellen har över {} utsagor. Dela den per byggnad eller system.',
  'The file is no Turtle: {}': 'Filen är inte Turtle: {}',
  'The SVG would draw more than {} things. Simplify it.': 'SVG-bilden har över {} delar. Förenkla den.',
  'The SVG cannot be shown: {}.': 'SVG-bilden kan inte visas: {}.',
  'A plan is an SVG, PNG, JPEG or WebP picture. Save a PDF or drawing as one of them.':
    'En planritning är en SVG-, PNG-, JPEG- eller WebP-bild. Spara en PDF eller ritning i något av dessa format.',
  'Premises have {} plans at most. Withdraw old ones.': 'En lokal har högst {} planritningar. Ta bort gamla.',
  'The plan names a space that the premises do not have.': 'Planritningen nämner ett utrymme som lokalen inte har.',
  'One of the devices is not in these premises.': 'En av enheterna finns inte i den här lokalen.',
  'A plan shows {} devices at most.': 'En planritning visar högst {} enheter.',
  'The picture is empty.': 'Bilden är tom.',
  'This was done already with the same Idempotency-Key; its secret was shown that once.':
    'Det här är redan gjort, och hemligheten visades den gången.',
  '{} is no instant: give ISO 8601 with offset or Z.': '{} är ingen tidpunkt.',
  '{} is no date: there is no {}.': '{} är inget datum: {} finns inte.',
  'The voucher is not reversed yet.': 'Verifikatet har inte lösts upp ännu.',
  'The bridge cannot work; nothing was changed.': 'Bryggan kan inte fungera med de här uppgifterna.',
  'There are {} bridges already.': 'Det finns redan {} bryggor.',
  'A budget is read from CSV or XLSX.': 'Budgeten läses från CSV eller XLSX.',
  'The authority cannot be registered; nothing was changed.': 'Utfärdaren kan inte registreras.',
  '{} certificates of this authority are revoked already.':
    '{} certifikat av den här utfärdaren har redan återkallats.',
  "{} is the platform's own authority: choose another id.": '{} är tjänstens egen utfärdare: välj en annan beteckning.',
  'There are {} authorities already.': 'Det finns redan {} utfärdare.',
  'It does not fit the other facts; nothing was changed.': 'Uppgiften stämmer inte med de övriga uppgifterna.',
  'since lies at most 31 days back.': 'Början kan vara högst 31 dagar tillbaka.',
  'The invoice cannot be taken.': 'Fakturan kan inte tas emot.',
  'Name devices, or say how many blank labels.': 'Välj enheter eller ange hur många tomma etiketter som görs.',
  'devices names one twice.': 'Samma enhet finns med två gånger.',
  'to comes after from.': 'Slutet ska vara efter början.',
  'Ask for {} days at most.': 'Be om högst {} dagar.',
  'This label is for the device {}.': 'Den här etiketten är för enheten {}.',
  'Say in which premises the device is.': 'Ange i vilken lokal enheten finns.',
  'This label was printed for the premises {}, and the device is one of {}. Use a label of {}, or choose a device of {}.':
    'Den här etiketten är utskriven för lokalen {}, och enheten hör till {}. Använd en etikett för {} eller välj en enhet i {}.',
  'The device is one of {}; it is moved by its own form, not here.':
    'Enheten hör till {}. Flytta enheten med dess eget formulär.',
  'The device would not be right; nothing was changed.': 'Enhetens uppgifter skulle inte stämma.',
  'There are {} connectors already.': 'Det finns redan {} kopplingar.',
  'The connector cannot work; nothing was changed.': 'Kopplingen kan inte fungera med de här uppgifterna.',
  'The points lie in different premises: ask for each by itself.':
    'Mätpunkterna finns i olika lokaler: se på dem var för sig.',
  '{}/{} is no meter.': '{}/{} är ingen mätare.',
  'The points lie in different time zones: ask for each by itself.':
    'Mätpunkterna finns i olika tidszoner: se på dem var för sig.',
  '{}/{} is no meter: only counter, interval and virtual points have consumption.':
    '{}/{} är ingen mätare: bara kumulativa punkter, intervallpunkter och beräknade punkter har förbrukning.',
  'This invoice has been corrected already: see {}. Correct the new one.':
    'Den här fakturan har redan rättats: se {}. Rätta den nya.',
  'Payer, VAT and net are as they stand already.': 'Betalare, moms och belopp är redan så här.',
  'No closed month holds this invoice: change the invoice itself.':
    'Fakturan finns inte i någon stängd månad: ändra fakturan direkt.',
  'Only the net differs: change the invoice itself, and the difference is adjusted in an open month.':
    'Bara beloppet ändras: ändra fakturan direkt, så justeras skillnaden i en öppen månad.',
  'A normal year has twelve months, or none is given.': 'Ange alla tolv månader för normalåret eller ingen alls.',
  'The sensor is a temperature in °C of a device of these premises.':
    'Givaren ska vara en temperatur (°C) på en enhet i den här lokalen.',
  'payload is not {}.': 'Meddelandets innehåll är inte i det valda formatet.',
  'The device proposes no point {}.': 'Enheten föreslår ingen mätpunkt {}.',
  'The device would not be right with these points.': 'Enhetens uppgifter skulle inte stämma med de här mätpunkterna.',
  'The command is over before it is sent.': 'Kommandot skulle gå ut innan det skickas.',
  'The command would wait too long.': 'Kommandot skulle vänta för länge.',
  'The issuer is an https address.': 'Inloggningstjänstens adress ska börja med https://.',
  'Nothing was imported: {} {}': 'Inget importerades: {} {}',
  '{} is taken in already, as {}.': '{} har redan tagits i bruk som {}.',
  'The devices would not be right; nothing was changed.': 'Enheternas uppgifter skulle inte stämma.',
  '{} proposes no point {}.': '{} föreslår ingen mätpunkt {}.',
  'The devices would not be right with these points.':
    'Enheternas uppgifter skulle inte stämma med de här mätpunkterna.',
  'One id is named twice.': 'Samma beteckning finns med två gånger.',
  'The invoicing details are not right.': 'Faktureringsuppgifterna har ett fel.',
  '{} has no point {} that is read by hand.': '{} har ingen mätpunkt {} som avläses för hand.',
  'What is to be recorded of the meter is not right.': 'Uppgifterna om mätaren har ett fel.',
  '{} is a point of the device already: give the virtual meter another key.':
    'Enheten har redan mätpunkten {}: ge den beräknade mätaren en annan kod.',
  'The succession is not possible; nothing was changed.': 'Organisationens efterträdare kan inte anges så här.',
  'No closing reading of {}/{} is demanded.': 'Ingen slutavläsning av {}/{} behövs.',
  'It is not possible like this; nothing was changed.': 'Ändringen kan inte göras så här.',
  'The premises have more than {} devices.': 'Lokalen har över {} enheter.',
  'The signature is not of this digest by this key.':
    'Underskriften är inte gjord med den här nyckeln av den här kontrollsumman.',
  'Only a closed month can be signed.': 'Bara en stängd månad kan skrivas under.',
  'A hold is of kinds that have a retention class.':
    'Ett förvaringsbeslut kan bara gälla material som har en förvaringstid.',
  'There are no such premises.': 'Någon sådan lokal finns inte.',
  '{} has no credential yet: make one.': '{} har ingen kod ännu: gör en.',
  'One person keeps {} views at most. Delete one first.': 'En person kan ha högst {} vyer. Ta bort en först.',
  'The address must be one of the dashboard, such as /devices?state=offline.':
    'Adressen ska vara en sida i tjänsten, till exempel /devices?state=offline.',
  'A scene stays in its premises: make a new one.': 'Ett scenario stannar i sin lokal: skapa ett nytt.',
  'A schedule runs this scene: change the schedule first.':
    'Ett tidsprogram kör det här scenariot: ändra tidsprogrammet först.',
  'A schedule stays in its premises: make a new one.': 'Ett tidsprogram stannar i sin lokal: skapa ett nytt.',
  'The schedule cannot be kept like this.': 'Tidsprogrammet kan inte sparas så här.',
  'The new password is the old one.': 'Det nya lösenordet är detsamma som det gamla.',
  'A password has at least {} characters.': 'Lösenordet ska ha minst {} tecken.',
  'A password has at most {} bytes.': 'Lösenordet är för långt.',
  'This password is among the most common ones; choose another.':
    'Det här lösenordet hör till de vanligaste; välj ett annat.',
  'A password has at least five different characters.': 'Lösenordet ska ha minst fem olika tecken.',
  'A password is not made of the login name.': 'Lösenordet får inte bygga på användarnamnet.',
  'There is a second factor already: remove it first.': 'Tvåstegsinloggning är redan i bruk: ta bort den först.',
  'There is no second factor to confirm: begin one first.': 'Tvåstegsinloggningen har inte påbörjats: börja om.',
  'Say the reason: it is shown to every party.': 'Ange orsaken: den visas för alla parter.',
  'Say what is disputed.': 'Ange vad som bestrids.',
  'folder is a plain name; the backup goes below backups/ of the data folder.': 'Ange mappens namn utan sökväg.',
  'A backup is being made already.': 'En säkerhetskopia görs redan.',
  'That folder is not empty; name a new one.': 'Mappen är inte tom; ge ett nytt namn.',
  'This list is of one premises: name it.': 'Listan gäller en lokal: välj lokalen.',
  'A table has {} rows at most. Narrow the filters.': 'En tabell har högst {} rader. Begränsa filtren.',
  'expiresAt has passed already.': 'Utgångstiden har redan passerat.',
  'There are {} tokens already; revoke some first.': 'Det finns redan {} nycklar; återkalla några först.',
  'This command does not fit the device.': 'Kommandot passar inte enheten.',
  'The command was given to the device already, or is over.':
    'Kommandot har redan getts till enheten eller har gått ut.',
  'This cannot be desired of such a device.': 'Det här kan inte ställas in för en sådan enhet.',
  'memberships names an organisation twice.': 'Samma organisation finns med två gånger.',
  'Give the user a role in your organisation.': 'Ge användaren en roll i din organisation.',
  'You cannot take your own administrator’s right; another administrator can.':
    'Du kan inte ta bort din egen administratörsrätt; en annan administratör kan.',
  'This is no topic filter that can be watched.': 'Det här ämnet kan inte följas.',
  'This is disputed already: say more in the dispute {}.':
    'Det här har redan bestridits: fortsätt i samma meningsskiljaktighet.',
  'The month has not been issued anew since: nothing has been mended yet.':
    'Månaden har inte skickats på nytt sedan dess: inget har rättats ännu.',
  'The one who must answer has nothing to do with this month.':
    'Den som ska svara har inget med den här månaden att göra.',
  'The dispute has ended.': 'Meningsskiljaktigheten har avslutats.',
  'It has not been answered yet.': 'Det har inte besvarats ännu.',
  'Only a closed month has a proof.': 'Bara en stängd månad har en bevisfil.',
  'The month is closed already.': 'Månaden är redan stängd.',
  'The month is closed.': 'Månaden är stängd.',
  'The month is not issued yet.': 'Månaden har inte skickats ännu.',
  'Somebody else has changed the state of this settlement just now; look again.':
    'Någon annan ändrade just månadens läge. Uppdatera sidan.',
  'The settlement has no item {}.': 'Fördelningen har ingen kostnadspost {}.',
  'The month is closed; what comes to light later is adjusted in an open month.':
    'Månaden är stängd; senare skillnader justeras i en öppen månad.',
  'The month is not over before {}.': 'Månaden är inte slut ännu.',
  'Blocked items must be mended first: {}.': 'De här kostnadsposterna kan inte fördelas förrän de rättas: {}.',
  'More is estimated than was agreed: {}.': 'Mer är uppskattat än vad som har avtalats: {}.',
  'A meter that may not decide a price is behind {}.': 'En mätare som inte får avgöra priset ligger bakom {}.',
  'It rests on readings of simulated devices, and the premises is not a demonstration.':
    'Fördelningen bygger på simulerade enheters värden, och lokalen är inget exempel.',
  'It rests on readings of simulated devices and was issued before the premises was a demonstration: issue it anew.':
    'Fördelningen bygger på simulerade enheters värden och skickades innan lokalen var ett exempel: skicka den på nytt.',
  'It has not been issued to the parties yet.': 'Fördelningen har inte skickats till parterna ännu.',
  'Open disputes of {}.': 'Öppna meningsskiljaktigheter: {}.',
  'Not yet accepted by {}; their time to comment ends {}.': 'Godkännande saknas: {}. Tiden för anmärkningar går ut {}.',
  '{} has {} commands waiting: withdraw some first.': '{} har {} kommandon som väntar: återta några först.',
  'This run is taken back already.': 'Den här körningen har redan återställts.',
  'A scene reaches {} devices at most; this one reaches {}.': 'Ett scenario når högst {} enheter; det här når {}.',
  'At most {} keys and {} bytes can be desired of a device.':
    'Högst {} värden och {} byte kan ställas in för en enhet.',
  'Ask for {} points at most.': 'Se på högst {} mätpunkter åt gången.',
  'Ask for {} months of meters at most: fewer points or a shorter time.':
    'Se på färre mätpunkter eller en kortare tid (högst {} mätarmånader).',
  'Ask for {} steps at most: longer steps, fewer points or a shorter time.':
    'Välj längre steg, färre mätpunkter eller en kortare tid (högst {} steg).',
  'The file begins like JSON but is none. Send it as it was downloaded.':
    'Filen börjar som JSON men är det inte. Skicka den som den laddades ner.',
  'It is neither a CSAF 2.0 advisory nor a CVE record (JSON 5). Or send a table as CSV.':
    'Filen är varken ett CSAF 2.0-meddelande eller en CVE-post (JSON 5). Du kan också skicka en CSV-tabell.',
  '{} vulnerabilities are kept at most. Withdraw old ones.': 'Högst {} sårbarheter sparas. Ta bort gamla.',
  'Try {} months at most at a time.': 'Pröva högst {} månader åt gången.',
  'Some of the rules can not be tried; nothing was computed.': 'Några av grunderna kan inte prövas.',
  'The proposal {} is about other premises.': 'Förslaget {} gäller en annan lokal.',
  'The voucher is {} already.': 'Verifikatet är redan i ett annat läge. Uppdatera sidan.',
  'There is nothing to post.': 'Det finns inget att bokföra.',
  'Only a posted voucher is reversed; this one is {}.': 'Bara ett bokfört verifikat kan lösas upp.',
  'The day of the reversal is not before that of the voucher.': 'Upplösningsdagen kan inte vara före verifikatets dag.',
  'The voucher is posted and stands. Take it back first (reverse it within the year).':
    'Verifikatet är bokfört. Återta det först.',
  'cutOff is the last day of a month of {}.': 'Välj den sista dagen i någon månad år {}.',
  'cutOff has not passed yet: what belongs to the time before it is not known.':
    'Dagen har inte passerat ännu: kostnaderna för tiden före den är inte kända.',
  'The true-up waits for months that are not closed: {}.': 'Utjämningen väntar på månader som inte är stängda: {}.',
  'The other party has not agreed to the plan.': 'Den andra parten har inte godkänt förskottet.',
  'The year is trued up with this advance: credit the true-up first.':
    'Året är redan utjämnat med det här förskottet: kreditera utjämningsfakturan först.',
  '{} is no month of the plan: it covers {} to {}-12.': '{} hör inte till förskottet: det gäller {}–{}-12.',
  'The year is trued up: no advance is invoiced any more.': 'Året är utjämnat: inga förskott faktureras längre.',
  'The plan is not right.': 'Förskottets uppgifter har ett fel.',
  'The plan is agreed: it stands for the year.': 'Förskottet är avtalat för året.',
  'The other party has proposed a plan for the year: answer it first.':
    'Den andra parten har föreslagit ett förskott för året: svara på det först.',
  'The plan is {} already.': 'Förskottet är redan i ett annat läge. Uppdatera sidan.',
  'Months of the plan are invoiced already ({}): let it begin later, or have them credited first.':
    'Månader i förskottet har redan fakturerats ({}): börja senare eller låt kreditera dem först.',
  'The budget is not right.': 'Budgeten har ett fel.',
  'The file has a column of cost types, and either one of the year or twelve of the months.':
    'Filen ska ha en kolumn med kostnadsslag och antingen en för året eller tolv för månaderna.',
  'The file has no row of a cost type.': 'Filen har inga rader med kostnadsslag.',
  'A budget has at most {} lines.': 'En budget har högst {} rader.',
  'Rows of the file are not right; nothing was kept.': 'Filens rader har fel.',
  '{} has no part in the costs of {}.': '{} har ingen del i kostnaderna för {}.',
  'The connector {} would map more than {} keys. Make another one.':
    'Kopplingen {} skulle tolka över {} värden. Gör en till.',
  'The login {} is taken. Choose another.': 'Användarnamnet {} är upptaget. Välj ett annat.',
  'This login is taken.': 'Användarnamnet är upptaget.',
  '{} has countersigned {} for {} already.': '{} har redan skrivit under månaden.',
  '{} is closed; differences go to an open month.': 'Månaden är stängd; skillnaderna går till en öppen månad.',
  '{} in {} is named by {} in {}.': '{} ({}) används ännu av {} ({}).',
  'A code has 15 characters.': 'Koden har 15 tecken.',
  'A code has no 0, O, 1, I or L, only other letters and digits.':
    'Koden har inte tecknen 0, O, 1, I eller L, bara andra bokstäver och siffror.',
  'A character of the code is wrong: compare it with the label.': 'Ett tecken i koden är fel: jämför med etiketten.',
  'This label is used already, for the device {}.': 'Den här etiketten är redan använd för enheten {}.',
  'The date until which this label could be used is over. Print a new one.':
    'Etikettens giltighetstid har gått ut. Skriv ut en ny.',
  'Closing readings of {} are missing: {}.': 'Slutavläsningar saknas ({}): {}.',
  'Close the months before first, whose depreciation is owed to {}: {}.':
    'Stäng först de tidigare månaderna, vars avskrivningar tillhör {}: {}.',
  'Months from the date on are closed, and their depreciation was paid to {}: {}. Give a date in a month that is open.':
    'Från och med dagen finns stängda månader, vars avskrivningar har betalats till {}: {}. Ange en dag i en öppen månad.',
  'The body is not as it should be: {}': 'Uppgifterna är inte i rätt form: {}',
  'Another agreement has this id: choose another one.':
    'Ett annat avtal har redan den här beteckningen: välj en annan.',
  'The parties of an agreement stay: make a new agreement that replaces this one.':
    'Parterna i ett avtal står fast: gör ett nytt avtal som ersätter det här.',
  'Without rules nothing can be split. Give at least one.': 'Utan grunder kan inget fördelas. Ange minst en.',
  'These premises have no agreement {}.': 'Lokalen har inget avtal {}.',
  'There is no device "{}" that you see.': 'Enheten ”{}” finns inte eller är inte synlig för dig.',
  'is not known': 'är inte känd',
  'is missing': 'saknas',
  'is {} now': 'är nu {}',
  'is the name of the premises, as it is shown': 'skriv lokalens namn så som det visas',
  'should be {} bytes at most': 'högst {} byte',
  '{} of {} is closed: what this changes of it becomes an adjustment of a later month.':
    'Månaden {} ({}) är stängd: ändringen justeras i en senare månad.',
  'The header is: {}': 'Rubrikraden: {}',
  '{} of {} is closed.': 'Månaden {} ({}) är stängd.',
  '{} prices of {} were changed since.': '{} priser i {} har ändrats sedan dess.',
  '{} readings of {}/{} were changed since.': '{} värden i {}/{} har ändrats sedan dess.',
  'There is no organisation {}.': 'Organisationen {} finns inte.',
  'is no space of these premises': 'är inget utrymme i lokalen',
  'is no device of these premises': 'är ingen enhet i lokalen',
  '{} is another’s.': '{} är en annan organisations.',
  'should be {}': 'rätt värde: {}',
  'is no organisation': 'är ingen organisation',
  'is not let by {}': '{} är inte hyresvärd',
  'Sheets: {}': 'Ark: {}',
  'Name the premises.': 'Välj lokalen.',
  'The label is one of {}.': 'Etiketten hör till {}.',
  'Give the instant at which it was put into use.': 'Ange när enheten togs i bruk.',
  "there is neither a device, a gateway's credential nor a bridge {}":
    'det finns ingen enhet, nätsluss eller brygga {}',
  'must be in whole cents': 'högst två decimaler',
  'give twelve figures, January first, or none': 'ange tolv tal från januari eller inga alls',
  'no such temperature here': 'någon sådan temperatur finns inte',
  'is not {}': 'är inte {}',
  'is not proposed': 'är inte föreslagen',
  'should be in the future': 'ange en kommande tidpunkt',
  'should be PEM of an Ed25519 public key, or its 32 bytes in base64':
    'ange en öppen Ed25519-nyckel som PEM eller dess 32 byte i base64',
  'Give the https address of the issuer.': 'Ange inloggningstjänstens https-adress.',
  'is not yours to change': 'din organisation kan inte ändra det här',
  'is no counter or gauge of the device': 'är ingen mätpunkt som kan avläsas',
  '{} has left already, from {}; the agreement without it is to be approved.':
    '{} har redan lämnat ({}); avtalet utan den ska godkännas.',
  'does not hold': 'stämmer inte',
  'is no kind with a retention class': 'materialet har ingen förvaringstid',
  'is no address of the dashboard': 'är ingen adress i tjänsten',
  'is no scene of this premises': 'är inget scenario i lokalen',
  'stands twice': 'finns med två gånger',
  'should be a day after from': 'ange en dag efter början',
  'is a name of letters, digits, points, hyphens': 'använd bokstäver, siffror, punkter och bindestreck',
  'is needed: whom a door or booth is opened for is written down': 'saknas: anteckna för vem dörren eller båset öppnas',
  'is none of those known here': 'är ingen av de kända',
  'must be {}': 'rätt värde: {}',
  'is not known here': 'är inget känt fält',
  'has not the form that is asked': 'har inte rätt form',
  'is no whole number': 'skriv ett heltal',
  'is no number': 'skriv ett tal',
  'is no text': 'skriv text',
  'is neither true nor false': 'välj ja eller nej',
  'is no object': 'har inte rätt form',
  'is no list': 'är ingen lista',
  'is empty': 'är tom',
  'is no address such as https://example.org': 'skriv en webbadress, till exempel https://example.org',
  'holds something twice': 'samma finns med två gånger',
  'has fewer than {} characters': 'minst {} tecken',
  'has more than {} characters': 'högst {} tecken',
  'holds fewer than {}': 'minst {} stycken',
  'holds more than {}': 'högst {} stycken',
  'is less than {}': 'minst {}',
  'is more than {}': 'högst {}',
  'is not more than {}': 'måste vara mer än {}',
  'is not less than {}': 'måste vara mindre än {}',
  'is no multiple of {}': 'är ingen multipel av {}',
  'must be 1–63 small letters a–z, digits and hyphens, not a hyphen first':
    'använd 1–63 små bokstäver a–z, siffror och bindestreck; bindestrecket kan inte vara först',
  'must be 1–64 letters a–z, digits and _ . : -': 'använd 1–64 bokstäver a–z, siffror eller tecken _ . : -',
  'must be a number such as 12.5': 'skriv ett tal, till exempel 12,5',
  'must be a number such as 12.5, not below zero': 'skriv ett tal som inte är negativt, till exempel 12,5',
  'must be a date such as 2026-11-23': 'ange en dag, till exempel 23.11.2026',
  'must be a month such as 2026-11': 'ange en månad, till exempel 11/2026',
  'must be an instant such as 2026-11-23T10:00:00Z': 'ange dag och klockslag',
  'must be a date such as 2026-11-23, or an instant': 'ange en dag, eller dag och klockslag',
  'must be a duration such as PT15M or P1D': 'ange en varaktighet, till exempel PT15M eller P1D',
  'must be a clock time such as 07:30': 'ange ett klockslag, till exempel 07.30',
  'must be a day and a clock time': 'ange dag och klockslag',
  'must be an e-mail address': 'skriv en e-postadress',
  'must be a post code': 'skriv ett postnummer',
  'must be the two capitals of a country, such as FI': 'skriv landets kod med två stora bokstäver, till exempel FI',
  'must be 2–35 letters a–z and digits': 'använd 2–35 bokstäver a–z och siffror',
  'must be hours such as 1.5': 'skriv timmar, till exempel 1,5',
  'must be letters a–z, digits and . _ + - only': 'använd bara bokstäver a–z, siffror och tecknen . _ + -',
  'must be letters a–z, digits and _ . : - only': 'använd bara bokstäver a–z, siffror och tecknen _ . : -',
  'must be 1–64 letters a–z, digits and . _ : -': 'använd 1–64 bokstäver a–z, siffror eller tecken . _ : -',
  'must be letters a–z, digits and : . _ @ / - only': 'använd bara bokstäver a–z, siffror och tecknen : . _ @ / -',
  'must be hexadecimal digits': 'använd siffrorna 0–9 och bokstäverna a–f',
  'must be the name of a claim, without spaces': 'skriv namnet på ett påstående utan mellanslag',
  'must be a time zone such as Europe/Helsinki': 'ange en tidszon, till exempel Europe/Helsinki',
  'is no command of such a device; there are: {}': 'enheten har inte det kommandot; kommandon: {}',
  'What was there before is not known, or cannot be brought back.':
    'Det tidigare läget är inte känt eller kan inte återställas.',
  'Give one of key, rules and proposal.': 'Välj vilken fördelning som prövas.',
  '“{}” is no number that a meter shows.': '”{}” är ingen mätarställning.',
  'The time of the reading is in the future.': 'Avläsningens tid ligger i framtiden.',
  'The reading of that moment is {}; this one would replace it.':
    'Avläsningen för den tiden är {}; den nya skulle ersätta den.',
  'The register has {} digits before the point.': 'Mätaren visar {} heltalssiffror.',
  'The register has {} digits after the point.': 'Mätaren visar {} decimaler.',
  'The meter shows less than {}.': 'Mätaren visar mindre än {}.',
  'It is less than the last reading {}. Was the meter changed?':
    'Avläsningen är mindre än den förra {}. Har mätaren bytts?',
  'It is more than the later reading {}.': 'Avläsningen är större än den senare {}.',
  'The consumption since the last reading is more than {} times the one before.':
    'Förbrukningen sedan förra avläsningen är över {} gånger den tidigare.',
  '{} is no standing. Use {}.': '{} är inget av lägena. Alternativ: {}.',
  '{} is no state. Use {}.': '{} är inget av lägena. Alternativ: {}.',
  '{} does not come after {}. Give the states in the order of their dates.':
    '{} kan inte följa på {}. Ange lägena i datumordning.',
  'An agreement needs at least one party.': 'Ett avtal behöver minst en part.',
  'This is no hash of a text. Write it as sha256: and 64 hexadecimal digits.':
    'Det här är ingen kontrollsumma. Skriv sha256: och 64 hexadecimala siffror.',
  '{} is not a party of this agreement. Add it to parties, or leave it out here.':
    '{} är inte part i avtalet. Lägg till den bland parterna eller lämna bort den här.',
  'Methods are nested more than {} deep here.': 'Grunden har över {} nästlade nivåer.',
  '{} is no split method. Use {}.': '{} är inget fördelningssätt. Alternativ: {}.',
  '{} cannot be a type of space.': '{} kan inte vara en utrymmestyp.',
  'A mix needs at least one part.': 'En kombination behöver minst en del.',
  '{}/{} is in {}, another meter of this method in {}: these cannot be added up.':
    '{}/{} är i {}, en annan mätare i {}: de kan inte summeras.',
  'This version overlaps the agreement {} of the same premises ({}). End one before the other begins.':
    'Versionen överlappar lokalens avtal {} ({}). Avsluta det ena innan det andra börjar.',
  'There is no {} {}, neither here nor in what is already known.': 'Uppgiften finns inte: {} {}.',
  'The meter is in {}, the tariff {} in {}: these cannot be converted.':
    'Mätaren är i {} och tariffen {} i {}: de kan inte omvandlas.',
  'The meter is in {}, its sub-meters in {} in {}: these cannot be compared.':
    'Mätaren är i {} och undermätarna ({}) i {}: de kan inte jämföras.',
  '{} is no duration. Write it as PT15M or P1D.': '{} är ingen tidslängd. Skriv PT15M eller P1D.',
  '{} is no role here. Use {}; owners stand in ownership.': '{} är ingen roll. Alternativ: {}.',
  'There is no space {} in {}. Declare it in its spaces.':
    'Utrymmet {} finns inte i {}. Lägg först till det bland utrymmena.',
  'The shares of this row add up to nothing. Name at least one owner.':
    'Andelarnas summa är noll. Ange minst en ägare.',
  'The residual {} is more than the cost {}.': 'Restvärdet {} är större än anskaffningspriset {}.',
  '{} is no point key. Use 1–64 letters, digits and _ . : - only.':
    '{} duger inte som mätpunktens kod. Använd 1–64 bokstäver, siffror eller tecknen _ . : -',
  'An interval point needs its interval: PT15M or PT1H.': 'En intervallpunkt behöver sitt intervall: PT15M eller PT1H.',
  '{} is more than a meter can show.': '{} är mer än en mätare kan visa.',
  '{} is not a number. Write it as a decimal like "812.5".': '{} är inget tal. Skriv till exempel 812,5.',
  'The device {} has no point {}. Declare it in its points.':
    '{} har ingen mätpunkt {}. Lägg först till den på enheten.',
  '{} of {} is a virtual meter: it shows, but decides no money. Name its main meter and sub-meters in the method metered, which divides the same difference.':
    '{} ({}) är en beräknad mätare: den visar, men avgör inga pengar. Välj dess huvudmätare och undermätare.',
  'The point {} of {} is neither a counter nor an interval point, so it cannot be settled.':
    'Mätpunkten {} ({}) är varken kumulativ eller en intervallpunkt och kan inte användas i fördelningen.',
  'The point {} of {} is in {}, which cannot be settled. Use Wh, kWh, MWh, GJ, l or m3.':
    'Mätpunkten {} ({}) är i {}, som inte kan användas i fördelningen. Använd Wh, kWh, MWh, GJ, l eller m3.',
  'A formula has at least one meter.': 'En formel har minst en mätare.',
  '{}/{} would be a main meter of itself. Choose another main meter.':
    '{}/{} skulle vara huvudmätare för sig själv. Välj en annan huvudmätare.',
  'The device {} has no point {}.': '{} har ingen mätpunkt {}.',
  '{} lies in other premises than this meter.': '{} finns i en annan lokal än den här mätaren.',
  '{} is in {}, which cannot be added to {}.': '{} är i {}, som inte kan summeras med {}.',
  'The successors of {} come back to {}. One of them must have none.':
    'Efterträdarna till {} leder tillbaka till {}. En av dem får inte ha någon.',
  '{} is no time zone. Use a name like Europe/Helsinki.': '{} är ingen tidszon. Skriv till exempel Europe/Helsinki.',
  '{} is no use of a space. Use exclusive, common or technical.': '{} är inget användningssätt för ett utrymme.',
  'There is no space {} in these premises. Declare it in spaces.':
    'Utrymmet {} finns inte i lokalen. Lägg först till det.',
  'The end {} is not after the start {}.': 'Slutet {} är inte efter början {}.',
  '{} is not on the {}.': '{} infaller inte på gränsen ({}).',
  'A {} point takes numbers, not {}.': 'Mätpunkten ({}) tar emot tal, inte {}.',
  'The consumption {} of an interval is below zero.': 'Intervallets förbrukning {} är under noll.',
  '{} is not a number.': '{} är inget tal.',
  'A state has at most {} characters.': 'Ett läge har högst {} tecken.',
  '{} is no unit of a price. Use EUR/Wh, EUR/kWh, EUR/MWh, EUR/GJ, EUR/l or EUR/m3.':
    '{} är ingen prisenhet. Använd EUR/Wh, EUR/kWh, EUR/MWh, EUR/GJ, EUR/l eller EUR/m3.',
  '{} is not on the quarter of an hour.': '{} infaller inte på en kvart.',
  '{} is no interval of a price. Use whole quarters of an hour up to a day, like PT15M or PT1H.':
    '{} är inget prisintervall. Använd hela kvartar upp till ett dygn, till exempel PT15M eller PT1H.',
  '{} is no unit that can be settled. Use Wh, kWh, MWh, GJ, l or m3.':
    '{} kan inte användas i fördelningen. Använd Wh, kWh, MWh, GJ, l eller m3.',
  'A peak is a power in kW; a tariff per {} has none.': 'En topp är en effekt i kW; en tariff per {} har ingen.',
  'No such kind of component. Use energy, spot, stepped, peak or fixed.': 'Någon sådan priskomponent finns inte.',
  'A time of day needs both from and to.': 'Ett klockslag behöver både början och slut.',
  '{} is not a clock time on a quarter. Write it as 07:00 or 21:45.':
    '{} är inget klockslag på en kvart. Skriv 07:00 eller 21:45.',
  'A stepped component needs at least one step.': 'Ett stegvis pris behöver minst ett steg.',
  'The step up to {} does not go beyond the one before.': 'Steget till {} går inte längre än det förra.',
  'The series {} is in {}, the tariff {} in {}: these cannot be converted.':
    'Serien {} är i {} och tariffen {} i {}: de kan inte omvandlas.',
  'This row names nobody for any task. Name one, or leave it out.':
    'Raden nämner ingen. Ange någon eller ta bort raden.',
  'The most ({}) is below the least ({}).': 'Övre gränsen ({}) är under den nedre ({}).',
  '{} is not a party of this agreement.': '{} är inte part i avtalet.',
  'Neither account nor cost centre is given. Give one, or leave the row out.':
    'Konto och kostnadsställe saknas. Ange det ena eller ta bort raden.',
  '{} is more than 1. Write a part of one: 0.15 is 15 %.': '{} är mer än 100 %.',
  '{} is no id. Use 1–63 small letters a–z, digits and hyphens, not a hyphen first.':
    '{} duger inte som beteckning. Använd 1–63 små bokstäver a–z, siffror och bindestreck, inte bindestreck först.',
  'A name is missing. Give it in at least one of fi, sv, en.': 'Namnet saknas. Ange det på minst ett språk.',
  'A name is empty or longer than {} characters.': 'Namnet är tomt eller längre än {} tecken.',
  'The text is empty or longer than {} characters.': 'Texten är tom eller längre än {} tecken.',
  '{} is not a date of the calendar. Write it as YYYY-MM-DD.': '{} är inget datum.',
  'The end {} is not after the start {}. The end is the first day that is out.': 'Slutet {} är inte efter början {}.',
  '{} from {} overlaps the one from {} to {}. End the earlier one first.':
    'Perioderna överlappar: {} från {} och en annan {}–{}. Avsluta först den tidigare.',
  '{} is not an instant. Write it as 2026-03-01T00:00:00+02:00 or with Z, in the years 1970 to 2199.':
    '{} är ingen tidpunkt.',
  '{} is not a decimal number. Write it as text like "12.5", at most {} characters.': '{} är inget tal.',
  '{} must be {}.': '{}: rätt värde är {}.',
  '{} is not in whole cents. Round it before it comes in.': '{} är inte hela cent. Avrunda till två decimaler.',
  '{} is not a whole number from {} to {}.': '{} är inget heltal mellan {} och {}.',
  '{} is no VAT category. Use S, Z, E, O or AE.': '{} är ingen momskod. Använd S, Z, E, O eller AE.',
  'A VAT rate of {} % is more than 100 %.': 'Momssatsen {} % är över 100 %.',
  'The rate must be "0" in category {}: only S carries tax.': 'Momssatsen ska vara 0 för kod {}: bara S har moms.',
  'There are more problems than these {}. Mend these first.': 'Det finns fler fel än dessa {}. Rätta dessa först.',
  '{} is already succeeded by {} from {}.': '{} har redan en efterträdare, {} ({}).',
  'The successors of {} come back to {}.': 'Efterträdarna till {} leder tillbaka till {}.',
  'is not known; {}': 'är inte känd; {}',
  'is needed': 'saknas',
  'CSAF {} is not read; only 2.0 is.': 'CSAF {} läses inte, bara 2.0.',
  'The advisory has no id.': 'Meddelandet har ingen beteckning.',
  '{} names no affected product.': '{} nämner ingen sårbar produkt.',
  'The record has no CVE number.': 'Posten har inget CVE-nummer.',
  'There can be {} connectors.': 'Det kan finnas högst {} kopplingar.',
  'A connector {} is there already. Give the gateway another id.':
    'Kopplingen {} finns redan. Ge nätslussen en annan beteckning.',
  'Connectors are made by the landlord of the premises or by the operator.':
    'Kopplingar görs av lokalens hyresvärd eller tjänstens administratör.',
  'The product {} is not active energy ({}). Leave the row out.':
    'Produkten {} är inte aktiv energi ({}). Lämna bort raden.',
  'The quality “{}” is not known: OK, EST or MISSING.': 'Kvaliteten ”{}” är inte känd: OK, EST eller MISSING.',
  '“{}” is neither PT15M nor PT1H.': '”{}” är varken PT15M eller PT1H.',
  'Row {} is the same device {}. Leave one of them out, or give it another id.':
    'Rad {} är samma enhet {}. Lämna bort den ena eller ge den en annan beteckning.',
  '{} is a device of {}. Give this one another id.': '{} är en enhet i {}. Ge den här en annan beteckning.',
  '{} has no space {}. Import the spaces first, or leave it empty.':
    '{} har inget utrymme {}. Importera först utrymmena eller lämna fältet tomt.',
  'No organisation is known as “{}”. Write shares as: kunta 60; virasto 40.':
    'Organisationen ”{}” är inte känd. Skriv andelarna så här: kommun 60; verk 40.',
  'The share of {} is no number above zero, or stands twice. Write shares as: kunta 60; virasto 40.':
    'Andelen för {} är inget tal över noll eller finns två gånger. Skriv andelarna så här: kommun 60; verk 40.',
  'More than {} points stand in one cell.': 'En cell har över {} mätpunkter.',
  '“{}” is no point. Write key, unit and kind: energy kWh counter; load kWh interval PT15M.':
    '”{}” är ingen mätpunkt. Skriv kod, enhet och slag: energy kWh counter; load kWh interval PT15M.',
  '{} has the serial number {} too.': '{} har samma serienummer {}.',
  'Topics are of a gateway. Write its payload family too.': 'Ämnen hör till en nätsluss. Skriv också dess tolkning.',
  '{} has no usual topics. Write where {} publishes.': '{} har inga vanliga ämnen. Skriv vart {} sänder.',
  'There is a connector {} already, of another kind. Change it there.':
    'Kopplingen {} finns redan, av ett annat slag. Ändra den.',
  'The key {} is one of a gateway. Write which, or leave the key empty.':
    'Nyckeln {} hör till en nätsluss. Skriv vilken eller lämna fältet tomt.',
  'Row {} has the key {} of this gateway too. One of them is wrong.': 'Rad {} har samma nyckel {}. Den ena är fel.',
  'The key {} of {} stands for the device {} already.': 'Nyckeln {} ({}) hör redan till enheten {}.',
  '{} would map more than {} keys. Make another one.': '{} skulle tolka över {} nycklar. Gör en till.',
  'There cannot be fewer people than none.': 'Antalet personer kan inte vara negativt.',
  'The invoice {} of {} is in already, as {}. Leave the row out, or change that invoice.':
    'Fakturan {} ({}) finns redan som {}. Lämna bort raden eller ändra den fakturan.',
  'Row {} is the same invoice with the same VAT and category. Leave one of them out.':
    'Rad {} är samma faktura, momssats och kostnadsslag. Lämna bort den ena.',
  'With a rate of 0 % the reason counts: Z zero-rated, E exempt, O outside the scope, AE reverse charge.':
    'När momssatsen är 0 % ska orsaken anges: Z nollskattesats, E befriad, O utanför tillämpningsområdet, AE omvänd skattskyldighet.',
  '{} is not in whole cents.': '{} är inte hela cent.',
  '“{}” can be read as a thousand times more. Write it without a mark of thousands, or with cents: {} or {}.':
    '”{}” kan läsas som tusen gånger mer. Skriv utan tusentalsavgränsare eller med cent: {} eller {}.',
  'Only invoices in euros are taken. Write the amounts in euros.':
    'Bara fakturor i euro tas emot. Skriv beloppen i euro.',
  'The last day {} is before the first {}.': 'Sista dagen {} är före den första {}.',
  '“{}” is no month. Write it as 2026-03 or 3/2026.': '”{}” är ingen månad. Skriv 2026-03 eller 3/2026.',
  'Only one day ({}) is given: write the first and the last day of the service, or its month.':
    'Bara en dag ({}) är angiven: skriv tjänstens första och sista dag eller dess månad.',
  'The invoice names no period of service: the month of its date {} is taken. Change it if that is wrong.':
    'Fakturan anger ingen tid för tjänsten: månaden för datumet {} används. Ändra om det är fel.',
  'The time of the service is missing: write its month, or its first and last day.':
    'Tiden för tjänsten saknas: skriv månaden eller första och sista dagen.',
  '{} and {} % make {}, not {}. Mend the one that is wrong.': '{} och {} % blir {}, inte {}. Rätta den som är fel.',
  'The service begins on {}, after today.': 'Tjänsten börjar {}, efter i dag.',
  'Not taken, because there is no place for it here: {} ({} times).':
    'Utelämnat, eftersom det inte har någon plats här: {} ({} gånger).',
  'The facts are no JSON object. Leave them empty, or export the model again.':
    'Uppgifterna är inte JSON. Lämna dem tomma eller exportera modellen på nytt.',
  'An area is not below zero.': 'En area kan inte vara negativ.',
  'Another space of the model is {} too. Give this one another id, or leave it out.':
    'Ett annat utrymme i modellen är också {}. Ge det här en annan beteckning eller lämna bort det.',
  'The model has no area of the space: it is taken with 0 m². Give the area before costs are split by it':
    'Modellen har ingen area för utrymmet: det tas som 0 m². Ange arean innan kostnader fördelas enligt den',
  '“{}” is no id. Use letters a–z, digits and hyphens.':
    '”{}” duger inte som beteckning. Använd bokstäverna a–z, siffror och bindestreck.',
  'Another device of the model is {} too. Give this one another id, or leave it out.':
    'En annan enhet i modellen är också {}. Ge den här en annan beteckning eller lämna bort den.',
  '{} has no space {}. Take the space too, or leave it empty.':
    '{} har inget utrymme {}. Ta med utrymmet eller lämna fältet tomt.',
  'The model gives points to a place, not to a device: {} stands for the device that measures there.':
    'I modellen hör mätpunkterna till en plats, inte en enhet: {} står för enheten som mäter där.',
  'brick:{} is not known here. It is kept as the Brick class; choose a type yourself':
    'brick:{} är inte känd. Den sparas som Brick-klass; välj typ själv',
  '“{}” is no key of a point. Use letters, digits and _ . : -':
    '”{}” duger inte som mätpunktens kod. Använd bokstäver, siffror och tecknen _ . : -',
  'The device {} is not taken, so its point is not either. Leave this row out too.':
    'Enheten {} tas inte med, så inte heller dess mätpunkt. Lämna bort också den här raden.',
  'The unit {} is not known here; it is kept as it is written':
    'Enheten {} är inte känd; den sparas som den är skriven',
  'The point is in {} here and stays so; the model says {}.':
    'Mätpunkten är i {} här och förblir så; modellen säger {}.',
  '{} has no price; nothing is taken for it.': '{} har inget pris; inget tas för den tiden.',
  'The series {} is in {}; only {} are taken.': 'Serien {} är i {}; bara {} tas emot.',
  'Row {} has another price for the same time. Leave one of them out.':
    'Rad {} har ett annat pris för samma tid. Lämna bort den ena.',
  'Between {} and {} prices are missing, if they are no other file’s.':
    'Priser saknas mellan {} och {}, om de inte finns i en annan fil.',
  "Between {} and {} prices are missing, if they are no other file's.":
    'Priser saknas mellan {} och {}, om de inte finns i en annan fil.',
  'Write measured, manual or estimated.': 'Skriv uppmätt, manuell eller uppskattad.',
  '“{}” is no time. Write it as 2026-03-01 00:15, 1.3.2026 0.15 or with its offset.':
    '”{}” är ingen tid. Skriv 1.3.2026 0.15 eller 2026-03-01 00:15.',
  '“{}” is no plain number. Write it as 1234,5.': '”{}” är inget tal. Skriv till exempel 1234,5.',
  '{} cannot be written as {} of {}.': '{} kan inte omvandlas till {} ({}).',
  'Row {} has {} at the same time. Leave one of them out.': 'Rad {} har {} vid samma tid. Lämna bort den ena.',
  '{} is less than {} before it: a meter does not count back. Check both.':
    '{} är mindre än {} före den: en mätare räknar inte bakåt. Kontrollera båda.',
  '“{}” is none of {}.': '”{}” är inget av dessa: {}.',
  'The text is longer than {} characters.': 'Texten är längre än {} tecken.',
  'There is a control character in it. Type it again.': 'Texten har ett styrtecken. Skriv den på nytt.',
  'Row {} is the same space {}. Leave one of them out.': 'Rad {} är samma utrymme {}. Lämna bort det ena.',
  'The outline is no list of corners in metres, like 0 0;4.5 0;4.5 3.':
    'Konturen är ingen lista på hörn i meter, till exempel 0 0;4.5 0;4.5 3.',
  'The end is missing: write it, or the hours.': 'Slutet saknas: skriv det eller timmarna.',
  'The end is not after the start.': 'Slutet är inte efter början.',
  '“{}” is no number of hours.': '”{}” är inget timantal.',
  'is no OVT: 0037, the eight digits of the business id with the right check digit, up to five more signs':
    'är ingen OVT-kod: 0037, FO-numrets åtta siffror rätt och högst fem tecken',
  'is of the business id {}, the organisation’s is {}': 'hör till FO-numret {}, organisationens är {}',
  'is no IBAN: its length or check digits are wrong (a Finnish one has FI and 16 digits)':
    'är inget IBAN: längden eller kontrollsiffran är fel (ett finländskt har FI och 16 siffror)',
  'is no BIC: eight or eleven capital letters and digits': 'är ingen BIC: åtta eller elva stora bokstäver och siffror',
  'is needed with an IBAN': 'behövs med kontonumret',
  'has up to eight letters or digits, so that a number has at most 20 signs': 'högst åtta bokstäver eller siffror',
  '{} is there twice': '{} finns med två gånger',
  'is another organisation than the one that is paid': 'välj en annan organisation än den som fakturerar',
  'is a month of {}': 'välj en månad år {}',
  'is an amount above zero with at most two decimals': 'ange ett belopp över noll med högst två decimaler',
  'is above zero in category S': 'momssatsen ska vara över noll',
  'is 0 in every category but S': 'momssatsen ska vara 0',
  'has a line already': 'raden finns redan',
  '{} has a line already': '{} har redan en rad',
  'has either a year or twelve months': 'ange antingen hela året eller tolv månader',
  'is no amount in euros with at most two decimals': 'är inget eurobelopp med högst två decimaler',
  'has twelve amounts': 'ange tolv belopp',
  '“{}” is no amount in euros': '”{}” är inget eurobelopp',
  'a business id with its check digit is needed': 'FO-nummer med kontrollsiffra saknas',
  'is an id of examples, which only a demonstration may use':
    'FO-numret är ett exempel som bara ett exempelobjekt får använda',
  'invoicing details are needed: address, OVT, operator': 'faktureringsuppgifter saknas: adress, OVT-kod och operatör',
  'the account to pay to is needed': 'kontonumret saknas',
  'it is not registered for VAT, but has costs with VAT to pass on':
    'organisationen är inte momsregistrerad, men kostnaderna har moms',
}
