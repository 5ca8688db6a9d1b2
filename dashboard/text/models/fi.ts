// Building models, in Finnish.
export const fi = {
  title: 'Rakennusmalli',
  lead: 'Tilat, laitteet ja mittauspisteet muille järjestelmille. Suojattuja tietoja mallissa ei ole.',
  brick: 'Lataa Brick-malli (Turtle, .ttl)',
  rec: 'Lataa RealEstateCore-malli (JSON-LD, .jsonld)',
}
