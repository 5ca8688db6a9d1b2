// Swedish words of signing in and of one's own account.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  code: 'Engångskod',
  codeHint: 'Sex siffror från autentiseringsappen eller en av dina återställningskoder.',
  codeNeeded: 'Lösenordet är rätt. Ange ännu engångskoden.',
  codeWrong: 'Koden är fel eller redan använd. Vänta på nästa kod och kontrollera telefonens klocka.',
  or: 'Eller logga in med din organisations konto',
  by: (name) => `Logga in: ${name}`,
  refused: 'Inloggningen lyckades inte. Börja om i samma webbläsare.',
  noRole: 'Identifieringen lyckades, men du har inga rättigheter här. Be organisationens huvudanvändare om dem.',
  endedElsewhere:
    'Din session har avslutats: den blev för gammal eller avslutades någon annanstans. Logga in på nytt, så fortsätter du där du var. Det du skrev finns kvar.',
  inNewTab: 'Inloggningen öppnas i en ny flik. Kom sedan tillbaka till den här fliken: det du skrev finns kvar.',
  join: 'Konto i en annan organisation',
  joinText:
    'Om du arbetar i två organisationer kan du här logga in också med det andra kontot. Därefter byter du organisation uppe på sidan utan att logga in på nytt.',
  joinRefused:
    'Kontot anslöts inte: det har inga rättigheter här eller hör redan till en annan användare. Fråga organisationens huvudanvändare.',
  joinFailed: 'Kontot anslöts inte. Försök på nytt i samma webbläsare.',
  secondFactor: 'Tvåstegsinloggning',
  isOn: 'I bruk. När du loggar in frågas utöver lösenordet en engångskod.',
  isOff: 'Inte i bruk. En engångskod skyddar ditt konto även om lösenordet hamnar i fel händer.',
  turnOn: 'Ta i bruk',
  turnOff: 'Ta ur bruk',
  yourPassword: 'Ditt lösenord',
  scan: 'Läs koden med en autentiseringsapp (till exempel Microsoft Authenticator eller Google Authenticator).',
  orType: 'Om du inte kan läsa bilden, skriv in den här nyckeln i appen:',
  qr: 'QR-kod för autentiseringsappen',
  confirm: 'Bekräfta med koden',
  confirmEffect: 'Dina andra sessioner avslutas.',
  cancel: 'Avbryt',
  recovery: 'Återställningskoder',
  recoveryText:
    'Förvara koderna på ett säkert ställe. Med var och en kan du logga in en gång om telefonen inte är till hands. Koderna visas inte på nytt.',
  recoveryDone: 'Jag har sparat koderna',
  sessions: 'Sessioner',
  sessionsText: 'Enheter och webbläsare där du är inloggad.',
  browser: 'Webbläsare',
  since: 'Inloggad',
  until: 'Avslutas senast',
  thisOne: 'den här sessionen',
  end: 'Avsluta sessionen',
  ended: 'Sessionen har avslutats.',
  unknownBrowser: 'okänd webbläsare',
  action: 'Åtgärd',
}
