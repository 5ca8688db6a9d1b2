// Swedish accessibility statement (act 306/2019), privacy statement and feedback form.
import type { Worded } from '#domain/writing/worded.ts'
import type { fi } from './fi.ts'

export const sv: Worded<typeof fi> = {
  accessibility: {
    title: 'Tillgänglighetsutlåtande',
    lead: 'Utlåtandet gäller tjänsten Samtila. Lagen om tillhandahållande av digitala tjänster (306/2019) kräver att tjänsten är tillgänglig.',
    stateTitle: 'Hur tillgänglig tjänsten är',
    state: 'Målet är nivå AA i WCAG 2.2. Tjänsten uppfyller nivån till största delen.',
    testedTitle: 'Hur tillgängligheten har bedömts',
    tested:
      'Varje sida granskas automatiskt i ljust och mörkt utseende varje gång programmet ändras, och de viktigaste uppgifterna utförs också enbart med tangentbord. Någon utomstående bedömning har ännu inte gjorts.',
    missingTitle: 'Vad som ännu inte är tillgängligt',
    missing: [
      'Tjänsten har ännu inte prövats systematiskt med skärmläsare (NVDA, JAWS, VoiceOver).',
      'Serverns preciseringar av fel finns delvis bara på engelska.',
      'Diagrammen är ritade bilder. Samma siffror finns alltid bredvid i en tabell.',
    ],
    feedbackTitle: 'Berätta om ett tillgänglighetsproblem',
    feedback: 'Vi svarar inom 14 dagar. Du behöver inte logga in.',
    supervisionTitle: 'Tillsyn',
    supervision:
      'Om du inte är nöjd med svaret eller inte får svar inom två veckor kan du göra en anmälan till Transport- och kommunikationsverket Traficom. Traficom övervakar tillgängligheten.',
    authority: 'Transport- och kommunikationsverket Traficom, tillsyn över digital tillgänglighet',
    datedTitle: 'Utlåtandet är upprättat',
    dated: 'den 22 november 2026',
  },
  form: {
    text: 'Vad fungerade inte?',
    textHint: 'Berätta vad du försökte göra och vad som hände.',
    contact: 'E-postadress för svaret (frivillig)',
    send: 'Skicka respons',
    short: 'Skriv med några ord vad som inte fungerade.',
    sent: (id) => `Tack. Responsen har tagits emot med numret ${id}.`,
    website: 'Lämna det här fältet tomt',
  },
  privacy: {
    title: 'Dataskyddsbeskrivning',
    lead: 'Vilka personuppgifter som finns i tjänsten, varför och hur länge.',
    sections: [
      {
        title: 'Personuppgiftsansvarig',
        text: 'Den organisation för vilken du använder tjänsten. Den som upprätthåller tjänsten behandlar uppgifterna för dess räkning.',
      },
      {
        title: 'Vilka uppgifter',
        text: 'Namn, användarnamn, språk, roller i organisationer och en eventuell e-postadress. Händelseloggen visar vem som har ändrat eller godkänt vad, och vem som har tittat på känsliga uppgifter: personer, loggen, lås och kameror och planritningar med dem, dokument och en anmälares kontaktuppgift. Av bokningar sparas bara part och tid, inte vem som bokat. Ett fel kan anmälas anonymt; en frivillig kontaktuppgift ser bara den som åtgärdar felet, och den tas bort när felet är åtgärdat.',
      },
      {
        title: 'Varför',
        text: 'För att hantera rättigheter och för att godkännandena av kostnadsfördelningen ska kunna visas senare. Grunden är en lagstadgad skyldighet och allmänt intresse.',
      },
      {
        title: 'Hur länge',
        text: 'Användaruppgifter så länge personen har en roll. Bokföringsmaterial med tillhörande godkännanden bevaras enligt bokföringslagen och organisationens informationsstyrning.',
      },
      {
        title: 'Kakor',
        text: 'Tjänsten använder bara inloggningens sessionskaka. Språk och utseende sparas i webbläsaren. Ingen spårning förekommer, och inget laddas från andra servrar.',
      },
      {
        title: 'Dina rättigheter',
        text: 'Du kan be din organisations dataskyddsombud att få se, rätta eller radera dina uppgifter och klaga hos dataombudsmannen.',
      },
    ],
  },
  inbox: {
    title: 'Respons om tillgänglighet',
    none: 'Ingen respons har kommit.',
    due: 'Ska besvaras senast',
    page: 'Sida',
    contact: 'Kontaktuppgift',
    text: 'Respons',
    state: 'Status',
    open: 'öppen',
    answered: 'besvarad',
    answer: 'Markera som besvarad',
    reopen: 'Öppna på nytt',
    action: 'Åtgärd',
    noContact: 'önskar inget svar',
  },
}
