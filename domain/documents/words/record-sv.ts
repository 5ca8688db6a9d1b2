// Words of the public record, in Finland-Swedish.
import type { RecordWords } from './record-words.ts'

export const record: RecordWords = {
  title: (premises, month) => `Offentlig handling: ${premises}, ${month}`,
  intro:
    'I denna fil finns en stängd månads kostnadsfördelning, avtalet, beräkningssättet och bevisen. Den öppnas i en webbläsare utan nätförbindelse och innehåller inga program som startar.',
  redaction: 'Uppgifter som har tagits bort',
  nothingRedacted: 'Inga uppgifter har tagits bort.',
  redacted: (spaces, devices, items) =>
    `På grund av säkerhetsarrangemang (offentlighetslagen 24 § 1 mom. 7 punkten) har namn, platser och avläsningar för skyddade utrymmen (${spaces}) och enheter (${devices}) tagits bort. Siffrorna finns kvar. Antal poster vars grunder därför har utelämnats: ${items}.`,
  hiddenDevice: 'Skyddad enhet',
  hiddenSpace: 'Skyddat utrymme',
  hiddenGrounds: 'Grunderna har utelämnats eftersom posten bygger på en skyddad enhets avläsningar.',
  agreement: 'Avtal',
  approvals: 'Godkännanden',
  organisation: 'Part',
  decision: 'Beslut',
  method: 'Beräkningssätt',
  methodText: 'Reglerna enligt vilka varje cent är beräknad (på engelska):',
  verify: 'Kontroll',
  verifyText:
    'Bevisfilen finns i slutet av denna sida. Spara programmet nedan som verify.mjs och kör: node verify.mjs (denna fil). Programmet räknar månaden på nytt utan tjänsten.',
}
