// Agreements through the API: draft, proposal, approvals of each party with the hash of the text, rejection, withdrawal; who may do what.
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { AgreementRecorded } from '#contract/agreements.ts'
import type { Comparison, ProposalDraft, ProposalPage, ProposalShown, TextAnswer } from '#contract/proposals.ts'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { startApi, twoHouses, type Answer, type TestApi } from './start-api.ts'

let api: TestApi
let operator: string
let kunta: string
let kuntaSigns: string
let virasto: string
let virastoSigns: string
let muu: string

const HALVES: ProposalDraft = {
  agreement: { id: 'sopimus', premises: 'talo', parties: ['kunta', 'virasto'], commentDays: 21 },
  version: {
    from: '2026-05-01',
    to: null,
    rules: [{ category: '*', method: { by: 'equal' } }],
    terms: {
      reminderDays: 5,
      estimates: { most: '0.2', beyond: 'block' },
      responsibilities: [{ of: { device: 'mittari' }, tasks: { buy: 'kunta', maintain: 'virasto' } }],
      accounts: [{ party: 'virasto', category: '*', account: '4330', costCentre: '1001' }],
    },
  },
  note: 'Puoliksi',
}

beforeEach(async () => {
  api = await startApi({ now: Date.parse('2026-04-10T08:00:00Z') })
  operator = await api.token(null, ['admin', 'signatory', 'controller'])
  kunta = await api.token('kunta', ['controller'])
  kuntaSigns = await api.token('kunta', ['signatory'])
  virasto = await api.token('virasto', ['manager'])
  virastoSigns = await api.token('virasto', ['signatory'])
  muu = await api.token('muu', ['controller', 'signatory', 'admin'])
  await api.fill(twoHouses)
})
afterEach(() => api.close())

const get = (path: string, token = kunta): Promise<Answer> => api.request(token, 'GET', path)
const post = (token: string, path: string, body?: unknown): Promise<Answer> => api.request(token, 'POST', path, body)
const put = (token: string, id: string, body: unknown, version: number): Promise<Answer> =>
  api.request(token, 'PUT', `/proposals/${id}`, body, { 'if-match': `"v${version}"` })
const made = async (draft: ProposalDraft = HALVES, token = kunta): Promise<ProposalShown> => {
  const answer = await post(token, '/proposals', draft)
  expect(answer.status, answer.text).toBe(201)
  return answer.json<ProposalShown>()
}
const proposed = async (draft: ProposalDraft = HALVES, token = kunta): Promise<ProposalShown> => {
  const answer = await post(token, `/proposals/${(await made(draft, token)).id}/propose`)
  expect(answer.status, answer.text).toBe(200)
  return answer.json<ProposalShown>()
}
const approve = (token: string, party: string, { id, text }: Pick<ProposalShown, 'id' | 'text'>, decision = '§ 12') =>
  post(token, `/proposals/${id}/approvals`, { party, decision, text })
const refused = (answer: Answer): [number, string] => [answer.status, answer.problem().code]

describe('the way of a new version', () => {
  test('draft, proposed, approved by each, in force from its date; months settle by it', async () => {
    const draft = await made()
    expect(draft).toMatchObject({
      state: 'draft',
      proposer: 'kunta',
      number: 2,
      problems: [],
      approvals: [],
      text: null,
    })
    expect((await get(`/proposals/${draft.id}`, virasto)).status).toBe(404)
    expect((await get(`/proposals/${draft.id}`, operator)).status).toBe(404)
    expect((await get('/proposals', operator)).json<ProposalPage>().items).toEqual([])

    const shown = (await post(kunta, `/proposals/${draft.id}/propose`)).json<ProposalShown>()
    expect(shown).toMatchObject({ state: 'proposed', approvers: ['kunta', 'virasto'], missing: ['kunta', 'virasto'] })
    expect(shown.text).toMatch(/^sha256:[0-9a-f]{64}$/)
    expect((await get(`/proposals/${draft.id}`, virastoSigns)).json<ProposalShown>().may).toEqual({
      change: false,
      propose: false,
      withdraw: false,
      approve: true,
    })
    const text = (await get(`/proposals/${draft.id}/text?language=sv`, virasto)).json<TextAnswer>()
    expect(text).toMatchObject({ hash: shown.text, frozen: true, number: 2, language: 'sv' })
    expect(text.parts.map(({ title }) => title)).toContain('Fördelningsgrunder')

    expect((await approve(virastoSigns, 'virasto', shown, 'VIR/7/2026')).json<ProposalShown>().missing).toEqual([
      'kunta',
    ])
    expect((await get('/agreements/sopimus')).json<AgreementRecorded>().versions).toHaveLength(1)
    const last = (await approve(kuntaSigns, 'kunta', shown, '§ 44')).json<ProposalShown>()
    expect(last).toMatchObject({ state: 'approved', missing: [] })

    const agreement = (await get('/agreements/sopimus')).json<AgreementRecorded>()
    expect(agreement).toMatchObject({ commentDays: 21, version: 2 })
    expect(agreement.versions[1]).toEqual({
      version: 2,
      ...HALVES.version,
      approvals: [
        { organisation: 'virasto', decision: 'VIR/7/2026', at: '2026-04-10T08:00:00.000Z', text: shown.text },
        { organisation: 'kunta', decision: '§ 44', at: '2026-04-10T08:00:00.000Z', text: shown.text },
      ],
    })
    expect(agreement.states).toEqual([
      { version: 1, missing: [], inForce: true },
      { version: 2, missing: [], inForce: false },
    ])
    // A name that changes afterwards doesn't change what was approved.
    await api.fill({ devices: [{ ...twoHouses.devices![0]!, name: { fi: 'Uusi nimi' } }] })
    const approved = (await get('/agreements/sopimus/versions/2/text')).json<TextAnswer>()
    expect(approved).toMatchObject({ hash: shown.text, frozen: true })
    expect(JSON.stringify(approved)).not.toContain('Uusi nimi')
    expect((await get('/agreements/sopimus/versions/1/text')).json<TextAnswer>().frozen).toBe(false)
    // May is split by it: an invoice of 100.00 in halves.
    await api.fill({
      invoices: [{ ...twoHouses.invoices![0]!, id: 'toukokuu', serviceFrom: '2026-05-01', serviceTo: '2026-06-01' }],
    })
    const may = (await get('/premises/talo/settlements/2026-05')).json<Settlement>()
    expect(may.items.find(({ id }) => id === 'invoice:toukokuu')?.shares).toEqual([
      { party: 'kunta', net: '50.00' },
      { party: 'virasto', net: '50.00' },
    ])
    // The bundle goes on being a bundle.
    const exported = (await get('/export', operator)).text
    expect((await post(operator, '/import', exported)).json()).toMatchObject({ created: 0, changed: 0 })
    expect(await api.records.verifyAudit()).toBeNull()
  })

  test('a change makes a new hash, and every approval is needed anew', async () => {
    const shown = await proposed()
    await approve(virastoSigns, 'virasto', shown)
    const stored = (await get(`/proposals/${shown.id}`)).json<ProposalShown>()
    const changed = await put(
      kunta,
      shown.id,
      { ...HALVES, version: { ...HALVES.version, terms: { ...HALVES.version.terms, reminderDays: 6 } } },
      stored.version,
    )
    expect(changed.json<ProposalShown>()).toMatchObject({
      state: 'proposed',
      approvals: [],
      missing: ['kunta', 'virasto'],
    })
    expect(changed.json<ProposalShown>().text).not.toBe(shown.text)
    expect(refused(await approve(virastoSigns, 'virasto', shown))).toEqual([412, 'changed-meanwhile'])
    const now = (await get(`/proposals/${shown.id}`)).json<ProposalShown>()
    expect((await approve(virastoSigns, 'virasto', now)).status).toBe(200)
    expect(refused(await approve(virastoSigns, 'virasto', now))).toEqual([409, 'conflict'])
    // The same draft again gives the same hash.
    const again = await put(kunta, shown.id, HALVES, now.version + 1)
    expect(again.json<ProposalShown>().text).toBe(shown.text)
  })

  test('what was approved stays as it was, for the operator too; nobody brings approvals of a text along', async () => {
    const shown = await proposed()
    await approve(kuntaSigns, 'kunta', shown)
    await approve(virastoSigns, 'virasto', shown)
    const stored = (await get('/agreements/sopimus')).json<AgreementRecorded>()
    const change = async (changed: (version: AgreementRecorded['versions'][number]) => object | object[] | null) => {
      const { version, recordedAt: _at, states: _states, ...agreement } = stored
      const versions = stored.versions.flatMap((one) => (one.version === 2 ? (changed(one) ?? []) : one) as object)
      const answer = await api.request(
        operator,
        'PUT',
        '/agreements/sopimus',
        { ...agreement, versions },
        {
          'if-match': `"v${version}"`,
        },
      )
      return answer.status
    }
    const rules = [{ category: '*', method: { by: 'direct', party: 'virasto' } }]
    expect(await change((version) => ({ ...version, rules }))).toBe(403)
    expect(await change((version) => ({ ...version, approvals: [] }))).toBe(403)
    expect(await change(() => null)).toBe(403)
    const forged = [{ organisation: 'kunta', decision: '§ 1', text: shown.text }]
    expect(await change((version) => [version, { ...version, version: 3, approvals: forged }])).toBe(403)
    const invented = [{ organisation: 'kunta', decision: '§ 1' }]
    expect(await change((version) => [version, { ...version, version: 3, approvals: invented }])).toBe(403)
    expect(await change((version) => version)).toBe(200)
  })

  test('the agreement changed meanwhile: the last approval is refused and nothing is written', async () => {
    const [first, second] = [await proposed(), await proposed({ ...HALVES, note: 'toinen' })]
    for (const one of [first, second]) await approve(virastoSigns, 'virasto', one)
    expect((await approve(kuntaSigns, 'kunta', first)).status).toBe(200)
    expect(refused(await approve(kuntaSigns, 'kunta', second))).toEqual([409, 'conflict'])
    expect((await get('/agreements/sopimus')).json<AgreementRecorded>().versions).toHaveLength(2)
    expect((await get(`/proposals/${second.id}`)).json<ProposalShown>()).toMatchObject({
      state: 'proposed',
      missing: ['kunta'],
    })
  })

  test('both signatories at one instant: both count, and the version is written once', async () => {
    const shown = await proposed()
    const answers = await Promise.all([approve(virastoSigns, 'virasto', shown), approve(kuntaSigns, 'kunta', shown)])
    expect(answers.map(({ status }) => status)).toEqual([200, 200])
    expect((await get(`/proposals/${shown.id}`)).json<ProposalShown>().state).toBe('approved')
    expect((await get('/agreements/sopimus')).json<AgreementRecorded>().versions).toHaveLength(2)
  })

  test('rejected with a reason, withdrawn by who proposed; both end it', async () => {
    const one = await proposed()
    expect(
      refused(await post(virastoSigns, `/proposals/${one.id}/rejection`, { party: 'virasto', reason: ' ' })),
    ).toEqual([400, 'invalid-body'])
    const no = await post(virastoSigns, `/proposals/${one.id}/rejection`, { party: 'virasto', reason: 'Liian kallis' })
    expect(no.json<ProposalShown>()).toMatchObject({
      state: 'rejected',
      ending: { organisation: 'virasto', reason: 'Liian kallis' },
      may: { approve: false },
    })
    expect(refused(await approve(kuntaSigns, 'kunta', one))).toEqual([409, 'conflict'])
    expect(refused(await put(kunta, one.id, HALVES, no.json<ProposalShown>().version))).toEqual([409, 'conflict'])
    const two = await proposed()
    expect(refused(await post(virasto, `/proposals/${two.id}/withdrawal`, {}))).toEqual([403, 'not-allowed'])
    expect(
      (await post(kunta, `/proposals/${two.id}/withdrawal`, { reason: 'Virhe' })).json<ProposalShown>().state,
    ).toBe('withdrawn')
  })
})

describe('a new agreement', () => {
  const NEW: ProposalDraft = {
    agreement: { id: 'uusi', name: { fi: 'Uusi' }, premises: 'talo', parties: ['virasto', 'kunta'] },
    version: { from: '2026-06-01', to: null, rules: [{ category: '*', method: { by: 'area' } }] },
  }
  test('may not overlap, says so before it is proposed, and may replace the one that stands', async () => {
    const draft = await made(NEW, virasto)
    expect(draft.problems.map(({ pointer, code }) => [pointer, code])).toEqual([['/version', 'overlap']])
    expect(refused(await post(virasto, `/proposals/${draft.id}/propose`))).toEqual([422, 'invalid-bundle'])
    const mended = await put(virasto, draft.id, { ...NEW, replaces: 'sopimus' }, draft.version)
    expect(mended.json<ProposalShown>().problems).toEqual([])
    const shown = (await post(virasto, `/proposals/${draft.id}/propose`)).json<ProposalShown>()
    for (const [token, party] of [
      [kuntaSigns, 'kunta'],
      [virastoSigns, 'virasto'],
    ] as const)
      expect((await approve(token, party, shown)).status).toBe(200)
    expect((await get('/agreements/sopimus')).json<AgreementRecorded>().versions[0]?.to).toBe('2026-06-01')
    expect((await get('/agreements/uusi')).json<AgreementRecorded>()).toMatchObject({ parties: ['virasto', 'kunta'] })
  })

  test('who leaves approves the end of the old one too', async () => {
    const alone: ProposalDraft = { ...NEW, agreement: { ...NEW.agreement, parties: ['kunta'] }, replaces: 'sopimus' }
    const shown = await proposed(alone)
    expect(shown.approvers).toEqual(['kunta', 'virasto'])
    await approve(kuntaSigns, 'kunta', shown)
    expect((await get('/agreements/uusi')).status).toBe(404)
    expect((await approve(virastoSigns, 'virasto', shown)).status).toBe(200)
    expect((await get('/agreements/uusi')).json<AgreementRecorded>().versions[0]?.approvals).toHaveLength(1)
  })
})

describe('refused', () => {
  test('who may draft, and for whom', async () => {
    for (const [token, code] of [
      [operator, [403, 'not-allowed']],
      [kuntaSigns, [403, 'not-allowed']],
      [virastoSigns, [403, 'not-allowed']],
      [muu, [404, 'not-found']],
    ] as const)
      expect(refused(await post(token, '/proposals', HALVES))).toEqual(code)
    expect((await post(virasto, '/proposals', HALVES)).status).toBe(201)
    const readOnly = await api.token('kunta', ['controller'], { readOnly: true })
    expect((await post(readOnly, '/proposals', HALVES)).status).toBe(403)
  })

  test('every step of another organisation, of another role and of the operator', async () => {
    const draft = await made()
    for (const token of [virasto, muu, operator]) {
      expect((await put(token, draft.id, HALVES, draft.version)).status).toBe(404)
      expect((await post(token, `/proposals/${draft.id}/propose`)).status).toBe(404)
      expect((await api.request(token, 'DELETE', `/proposals/${draft.id}`)).status).toBe(404)
    }
    const shown = (await post(kunta, `/proposals/${draft.id}/propose`)).json<ProposalShown>()
    const steps: [string, string][] = [
      ['text', muu],
      ['comparison', muu],
    ]
    for (const [path, token] of steps) expect((await get(`/proposals/${shown.id}/${path}`, token)).status).toBe(404)
    // Not for another organisation, the proposer's included; not the operator; not without the role.
    expect(refused(await approve(kuntaSigns, 'virasto', shown))).toEqual([403, 'not-allowed'])
    expect(refused(await approve(virastoSigns, 'kunta', shown))).toEqual([403, 'not-allowed'])
    expect(refused(await approve(operator, 'kunta', shown))).toEqual([403, 'not-allowed'])
    expect(refused(await approve(kunta, 'kunta', shown))).toEqual([403, 'not-allowed'])
    expect(refused(await approve(muu, 'muu', shown))).toEqual([404, 'not-found'])
    const reject = { party: 'kunta', reason: 'ei' }
    expect(refused(await post(virastoSigns, `/proposals/${shown.id}/rejection`, reject))).toEqual([403, 'not-allowed'])
    expect(refused(await post(operator, `/proposals/${shown.id}/rejection`, reject))).toEqual([403, 'not-allowed'])
    expect(refused(await post(virasto, `/proposals/${shown.id}/withdrawal`, {}))).toEqual([403, 'not-allowed'])
    expect(refused(await put(virasto, shown.id, HALVES, shown.version))).toEqual([403, 'not-allowed'])
    expect(refused(await api.request(kunta, 'DELETE', `/proposals/${shown.id}`))).toEqual([409, 'conflict'])
    expect(refused(await approve(kuntaSigns, 'kunta', shown, '  '))).toEqual([400, 'invalid-body'])
    expect((await get(`/proposals/${shown.id}`)).json<ProposalShown>()).toMatchObject({
      approvals: [],
      state: 'proposed',
    })
  })

  test('problems stand at their place in the draft', async () => {
    const draft = await made({
      ...HALVES,
      agreement: { ...HALVES.agreement, parties: ['kunta', 'virasto', 'olematon'] },
      version: {
        from: '2026-02-30',
        to: null,
        rules: [
          { category: 'heat', method: { by: 'direct', party: 'muu' } },
          { category: 'water', method: { by: 'usage', devices: ['muu-mittari'] } },
        ],
        terms: {
          remainderBands: [{ of: { meter: { device: 'mittari', point: 'power' } }, least: '0.5', most: '0.2' }],
          accounts: [{ party: 'kunta', category: '*' }],
          unapprovedMeters: [{ meter: { device: 'muu-mittari', point: 'energy' } }],
        },
      },
    })
    expect(draft.problems.map(({ pointer, code }) => `${pointer} ${code}`).toSorted()).toEqual([
      '/agreement/parties other-parties',
      '/agreement/parties/2 unknown-id',
      '/version/from invalid-date',
      '/version/rules/0/method/party not-a-party',
      '/version/rules/1/method/devices/0 unknown-id',
      '/version/terms/accounts/0 adds-up-to-nothing',
      '/version/terms/remainderBands/0/most out-of-range',
      '/version/terms/remainderBands/0/of/meter/point not-a-meter',
      '/version/terms/unapprovedMeters/0/meter/device unknown-id',
    ])
    // Its text can be read all the same.
    expect((await get(`/proposals/${draft.id}/text?language=en`)).json<TextAnswer>().frozen).toBe(false)
    const bad = await post(kunta, '/proposals', { ...HALVES, version: { ...HALVES.version, extra: 1 } })
    expect(refused(bad)).toEqual([400, 'invalid-body'])
    expect((await put(kunta, draft.id, HALVES, draft.version + 5)).status).toBe(412)
    expect((await api.request(kunta, 'PUT', `/proposals/${draft.id}`, HALVES)).status).toBe(428)
  })

  test("an id that is another premises' shows nothing of it", async () => {
    await api.fill({
      agreements: [
        {
          id: 'salainen',
          premises: 'muu-talo',
          parties: ['muu'],
          versions: [
            { version: 7, from: '2026-01-01', to: null, rules: [{ category: 'secret', method: { by: 'equal' } }] },
          ],
        },
      ],
    })
    const draft = await made({ ...HALVES, agreement: { ...HALVES.agreement, id: 'salainen' }, replaces: 'salainen' })
    expect(draft.number).toBe(1)
    expect(draft.problems.map(({ pointer, code }) => [pointer, code])).toContainEqual(['/agreement/id', 'taken'])
    const comparison = await get(`/proposals/${draft.id}/comparison`)
    expect(comparison.text).not.toContain('secret')
    expect(comparison.json<Comparison>().before).toBeNull()
  })
})

describe('reading', () => {
  test('what is proposed against what is in force, and two versions, in the language of the reader', async () => {
    const shown = await proposed()
    const against = (await get(`/proposals/${shown.id}/comparison?language=en`, virasto)).json<Comparison>()
    expect(against).toMatchObject({ before: 1, after: 2 })
    expect(against.differences.map(({ part, before, after }) => [part, before === null, after === null])).toEqual([
      ['period', false, false],
      ['rule', false, false],
      ['commentDays', false, false],
      ['reminderDays', true, false],
      ['estimates', true, false],
      ['responsibility', true, false],
      ['account', true, false],
    ])
    expect(against.differences[1]).toMatchObject({
      label: 'All other cost types',
      before: 'Is split by fixed shares: Kunta 60 and Agency 40.',
      after: 'Is split equally between the parties.',
    })
    for (const [token, party] of [
      [kuntaSigns, 'kunta'],
      [virastoSigns, 'virasto'],
    ] as const)
      await approve(token, party, shown)
    const two = (await get('/agreements/sopimus/comparison?before=1&after=2&language=sv')).json<Comparison>()
    expect(two.differences.map(({ part }) => part)).toContain('rule')
    expect((await get('/agreements/sopimus/comparison?before=2&after=2')).json<Comparison>().differences).toEqual([])
    expect((await get('/agreements/sopimus/comparison?before=2&after=9')).status).toBe(404)
    expect((await get('/agreements/sopimus/comparison?before=1&after=2', muu)).status).toBe(404)
    expect((await get('/agreements/sopimus/versions/2/text', muu)).status).toBe(404)
    const rows = (await get('/proposals?agreement=sopimus&state=approved')).json<ProposalPage>().items
    expect(rows.map(({ id }) => id)).toEqual([shown.id])
  })

  test('closed months that it reaches back into are told before', async () => {
    const close = '/premises/talo/settlements/2026-03'
    await post(kunta, `${close}/issue`, {})
    for (const [token, party] of [
      [kunta, 'kunta'],
      [virastoSigns, 'virasto'],
    ] as const)
      await post(token, `${close}/responses`, { party, item: null, answer: 'accepted', text: '' })
    expect((await post(kunta, `${close}/close`, {})).status).toBe(200)
    const back = { ...HALVES, version: { ...HALVES.version, from: '2026-03-15' } }
    expect((await made(back)).warnings).toEqual([{ code: 'closed-months', values: ['2026-03'] }])
    expect((await made()).warnings).toEqual([])
    const narrow = {
      ...back,
      version: { ...back.version, rules: [{ category: 'heat', method: { by: 'equal' as const } }] },
    }
    expect((await made(narrow)).warnings.map(({ code, values }) => [code, values])).toContainEqual([
      'categories-without-rule',
      ['cleaning', 'electricity'],
    ])
  })

  test('templates are filled for the premises and can be proposed as they are', async () => {
    for (const template of ['office', 'joint-service-point', 'customer-service-area']) {
      const draft = (await get(`/premises/talo/agreement-templates/${template}?from=2026-06-01`)).json<ProposalDraft>()
      expect(draft.agreement).toMatchObject({ id: 'sopimus', parties: ['kunta', 'virasto'] })
      expect((await made(draft)).problems, template).toEqual([])
    }
    expect((await get('/premises/talo/agreement-templates/office', muu)).status).toBe(404)
    expect((await get('/premises/talo/agreement-templates/office', virastoSigns)).status).toBe(403)
    expect((await get('/premises/talo/agreement-templates/palace')).status).toBe(404)
  })
})
