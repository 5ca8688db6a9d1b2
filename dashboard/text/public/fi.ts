// The public page of a premises, in Finnish.
export const fi = {
  title: (name: string) => `Yhteisten laitteiden kustannukset: ${name}`,
  lead: 'Mitä tämän talon yhteiset palvelut ja laitteet maksavat ja kuluttavat.',
  gone: 'Tätä sivua ei ole',
  goneText: 'Talon julkista sivua ei ole avattu, tai se on suljettu.',
  costs: 'Kustannukset kuukausittain, euroa ilman arvonlisäveroa',
  use: 'Kulutus kuukausittain',
  none: 'Suljettuja kuukausia ei vielä ole.',
  floor: (m2: string) => `Pinta-ala ${m2} m²`,
  month: 'Kuukausi',
  rule: (least: number, percent: number) =>
    `Kustannuslaji näkyy, kun vähintään ${least} osapuolta maksaa siitä eikä kukaan yli ${percent} prosenttia. Eri kuukausina näytetään vain samojen osapuolten maksamat kustannuslajit, joten yhden osuutta ei voi laskea kuukausien erotuksesta. Turvallisuutta koskevia kustannuksia ei näytetä. Luvut ovat suljetuista kuukausista ja pyöristetty kokonaisiin euroihin.`,
  panel: 'Julkinen sivu',
  isOpen: 'Sivu on avoinna kaikille ilman kirjautumista.',
  isClosed:
    'Sivu on suljettu. Kun avaat sen, kuka tahansa näkee yhteisten laitteiden kustannukset ja kulutuksen ilman osapuolten tietoja.',
  open: 'Avaa julkinen sivu',
  close: 'Sulje julkinen sivu',
  look: 'Katso julkista sivua',
  done: 'Muutettu.',
  page: 'Julkinen sivu',
  preview: 'Näin sivu näkyisi kaikille. Sitä ei näytetä kenellekään, ennen kuin se avataan.',
  previewBack: 'Takaisin tunnuslukuihin',
  lookFirst: 'Katso, mitä sivu näyttäisi',
}
