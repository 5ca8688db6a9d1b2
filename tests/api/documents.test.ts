// The month as a document: one self-contained page in three languages, marked for what it is, with nothing of anybody's text as markup.
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
const MARCH = '/premises/talo/settlements/2026-03'

beforeEach(async () => {
  api = await startApi()
  operator = await api.token(null, ['admin', 'controller'])
  await api.fill(twoHouses)
})
afterEach(async () => {
  await api.close()
})
const page = (query = ''): Promise<Answer> => api.request(operator, 'GET', `${MARCH}/document${query}`)
const plain = (answer: Answer): string => answer.text.replaceAll(/[\u00A0\u202F]/g, ' ')
const post = (path: string, body: unknown, token = operator): Promise<Answer> =>
  api.request(token, 'POST', `${MARCH}/${path}`, body)
const force = { force: true, reason: 'tilinpäätös <b>' }

describe('document', () => {
  test('has statement, transfers and the sentences of every share, in the language asked for', async () => {
    const fi = plain(await page())
    expect(fi).toContain('<html lang="fi">')
    expect(fi).toContain('<h1>Kustannustenjako: Talo, maaliskuu 2026</h1>')
    expect(fi).toContain('<th scope="row">Virasto</th><td class="money">80,00 €</td>')
    expect(fi).toContain('Energiamaksu (energy): 1 000 kWh × 0,1 €/kWh = 100 €.')
    expect(fi).toContain('Kunta vastaa osuudesta 60,00 €.')
    expect(fi).toContain('Virasto vastaa osuudesta 40,00 €.')
    expect(fi).toContain('Tämä on luonnos.')
    expect(plain(await page('?language=sv'))).toContain('<h1>Kostnadsfördelning: Talo, mars 2026</h1>')
    const en = plain(await page('?language=en'))
    expect(en).toContain('<html lang="en">')
    expect(en).toContain('Agency bears €40.00.')
    for (const text of [fi, en]) {
      expect(text).not.toMatch(/undefined|NaN|\[object/)
      expect(text.match(/<caption>/g)?.length).toBe(text.match(/<table class="figures">/g)?.length)
      expect(text).toMatch(/<th scope="col"/)
    }
  })

  test('of one party has that party’s shares only; of a stranger there is none', async () => {
    const text = plain(await page('?party=virasto'))
    expect(text).toContain('<h1>Kustannuserittely: Virasto, maaliskuu 2026</h1>')
    expect(text).toContain('Virasto vastaa osuudesta 40,00 €.')
    expect(text).not.toContain('Kunta vastaa osuudesta')
    expect((await page('?party=muu')).status).toBe(400)
    expect((await page('?language=de')).status).toBe(400)
    const stranger = await api.token('muu', ['viewer'])
    expect((await api.request(stranger, 'GET', `${MARCH}/document`)).status).toBe(404)
  })

  test('is one file without script; its policy allows its own style and nothing else', async () => {
    const answer = await page()
    expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
    expect(answer.text).not.toMatch(/<script|<link|<img|\son\w+=|style="/)
    const style = /<style>([\s\S]*)<\/style>/.exec(answer.text)?.[1] ?? ''
    const hash = createHash('sha256').update(style).digest('base64')
    expect(answer.headers['content-security-policy']).toContain(`style-src 'sha256-${hash}'`)
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'")
  })

  test('nobody’s name, id or reason becomes markup', async () => {
    const evil = '"><script>alert(1)</script>&'
    await api.request(operator, 'POST', '/import', {
      organisations: [{ id: 'virasto', name: { fi: evil } }],
      premises: [{ ...twoHouses.premises?.[0], name: { fi: evil }, address: evil }],
      invoices: [{ ...twoHouses.invoices?.[0], category: '<i>' }],
    })
    await post('close', force)
    const text = (await page()).text
    expect(text).not.toContain('<script')
    expect(text).not.toContain('<i>')
    expect(text).not.toContain('tilinpäätös <b>')
    expect(text).toContain('tilinpäätös &lt;b&gt;')
    expect(text).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;')
  })

  test('simulated and demonstration stand in the head that is printed on every page', async () => {
    await api.request(operator, 'POST', '/import', {
      devices: [{ ...twoHouses.devices?.[0], simulated: true }],
      premises: [{ ...twoHouses.premises?.[0], demonstration: true }],
    })
    for (const [language, words] of [
      ['fi', ['Simuloitu', 'Esimerkki']],
      ['sv', ['Simulerad', 'Exempel']],
      ['en', ['Simulated', 'Demonstration']],
    ] as const) {
      const text = (await page(`?language=${language}`)).text
      const head = /<header class="every-page">([\s\S]*?)<\/thead>/.exec(text)?.[1] ?? ''
      for (const word of words) expect(head).toContain(`<strong>${word}</strong>`)
    }
  })

  test('a closed month: the same bytes ever after, with digest, chain, countersignatures and force', async () => {
    await post('issue', {})
    expect(plain(await page())).toContain('Laskelma on jäädytetty ja lähetetty osapuolille hyväksyttäväksi.')
    const closed = (await post('close', force)).json<Settlement>()
    const { privateKey, publicKey } = generateKeyPairSync('ed25519')
    const signature = sign(null, Buffer.from(closed.digest ?? ''), privateKey).toString('base64')
    const signatory = await api.token('virasto', ['signatory'])
    const signed = await post(
      'countersignatures',
      {
        party: 'virasto',
        publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
        signature,
      },
      signatory,
    )
    expect(signed.status).toBe(201)
    const first = await page()
    expect(first.text).toContain(closed.digest ?? 'no digest')
    expect(first.text).toContain('Suljettujen kuukausien ketju on ehjä.')
    expect(first.text).toMatch(/<td>([0-9a-f]{4} ){7}[0-9a-f]{4}<\/td>/)
    expect(first.text).toContain(signature.replaceAll('"', ''))
    expect(first.text).toContain('ilman kaikkia hyväksyntöjä')
    api.clock.now += 40 * 86_400_000
    await api.request(operator, 'POST', '/import', {
      invoices: [{ ...twoHouses.invoices?.[0], net: '300.00' }],
      readings: [{ device: 'mittari', point: 'energy', values: [['2026-03-20T00:00:00+02:00', '1600']] }],
    })
    expect((await page()).text).toBe(first.text)
  })

  test('an adjustment says why', async () => {
    await post('close', force)
    api.clock.now += 86_400_000
    await api.request(operator, 'POST', '/import', {
      invoices: [{ ...twoHouses.invoices?.[0], net: '110.00' }],
      readings: [{ device: 'mittari', point: 'energy', values: [['2026-05-01T00:00:00+03:00', '2100']] }],
    })
    const april = await api.request(operator, 'GET', '/premises/talo/settlements/2026-04/document')
    const text = plain(april)
    expect(text).toContain('<h4>Miksi kuukautta oikaistaan</h4>')
    expect(text).toContain('Lasku ”siivous”, kohta /net: oli 100, nyt 110.')
    expect(text).toContain('Oikaisu, maaliskuu 2026: Lasku: siivous')
  })
})
