// When the dashboard itself fails: says so in all three languages, because the dictionary may be what failed.
export const Broken = () => (
  <main>
    <h1>Samtila</h1>
    <p lang="fi">Sivua ei voitu näyttää. Tallennetut tiedot ovat turvassa. Lataa sivu uudelleen.</p>
    <p lang="sv">Sidan kunde inte visas. De sparade uppgifterna är i säkerhet. Ladda om sidan.</p>
    <p lang="en">The page could not be shown. Stored data is safe. Reload the page.</p>
  </main>
)
