// What is served beside the API: the dashboard with its nonce, the reader of the API under the same policy, metrics, health.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startApi, type TestApi } from './start-api.ts'

let api: TestApi
const folder = mkdtempSync(join(tmpdir(), 'samtila-pages-'))
beforeAll(async () => {
  const dist = join(folder, 'dist')
  mkdirSync(join(dist, 'assets'), { recursive: true })
  writeFileSync(join(folder, 'secret.txt'), 'secret')
  symlinkSync(join(folder, 'secret.txt'), join(dist, 'assets', 'link.txt'))
  writeFileSync(
    join(dist, 'index.html'),
    '<!doctype html><meta property="csp-nonce" content="__NONCE__" nonce="__NONCE__"><script type="module" src="/assets/app-1a2b.js"></script>',
  )
  writeFileSync(join(dist, 'assets', 'app-1a2b.js'), 'export {}')
  writeFileSync(join(dist, '.env'), 'KEY=1')
  api = await startApi({ dashboardFolder: dist })
})
afterAll(async () => {
  await api.close()
  rmSync(folder, { recursive: true })
})
const page = (url: string, headers: Record<string, string> = { accept: 'text/html' }) =>
  api.app.inject({ url, headers })

test('S30: every answer has the security headers, refusals and files too', async () => {
  for (const url of [
    '/',
    '/healthz',
    '/metrics',
    '/api/openapi.json',
    '/api/docs',
    '/api/v1/premises',
    '/nothing.txt',
    '/assets/app-1a2b.js',
    '/api/docs/static/swagger-ui.css',
  ]) {
    const { headers } = await page(url)
    const policy = String(headers['content-security-policy'])
    expect([url, policy]).toEqual([url, expect.stringMatching(/default-src 'self'.*frame-ancestors 'none'/)])
    expect(policy).not.toMatch(/unsafe|\*|http:/)
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'permissions-policy': expect.stringContaining('camera=()'),
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'x-permitted-cross-domain-policies': 'none',
    })
    expect(headers['strict-transport-security']).toBeUndefined()
    expect(headers['x-powered-by']).toBeUndefined()
  }
})

describe('dashboard', () => {
  test('every page of it is index.html with a nonce of its own, which the policy names', async () => {
    const nonces = new Set<string>()
    for (const url of [
      '/',
      '/premises/talo',
      '/costs/talo/2026-03/metered:sahko@2026-03-10',
      '/costs/talo/2026-04/adjustment%3A2026-03%3Ainvoice%3Asiivous',
      '/index.html',
    ]) {
      const { statusCode, body, headers } = await page(url)
      const nonce = /nonce="([^"]+)"/.exec(body)?.[1] ?? ''
      expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
        200,
        'text/html; charset=utf-8',
        'no-store',
      ])
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
      expect(body).not.toContain('__NONCE__')
      nonces.add(nonce)
    }
    expect(nonces.size).toBe(5)
  })

  test('hashed files may be kept for long; what is no page and no file is a problem', async () => {
    const script = await page('/assets/app-1a2b.js')
    expect([script.statusCode, script.headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable'])
    for (const url of [
      '/assets/gone.js',
      '/api/v1/gone',
      '/api/gone',
      '/favicon.ico',
      '/premises/talo.json',
      '/mqtt',
    ]) {
      const { statusCode, headers } = await page(url)
      expect([url, statusCode, headers['content-type']]).toEqual([url, 404, 'application/problem+json; charset=utf-8'])
    }
    expect((await page('/premises/talo', { accept: 'application/json' })).statusCode).toBe(404)
    expect(
      (await api.app.inject({ method: 'POST', url: '/premises/talo', headers: { accept: 'text/html' } })).statusCode,
    ).toBe(404)
  })

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/..%c0%afsecret.txt',
    '//etc/passwd',
    '/assets/app-1a2b.js%00.html',
    '/.env',
    '/assets/',
  ])('S28: %s gives nothing', async (url) => {
    const { statusCode, body } = await page(url, { accept: '*/*' })
    expect(statusCode).toBeGreaterThanOrEqual(400)
    expect(statusCode).toBeLessThan(500)
    expect(body).not.toMatch(/secret$|KEY=|root:/)
  })
})

describe('reader and document', () => {
  test('the document is OpenAPI 3.1, names every schema it refers to, and shows no route twice', async () => {
    const text = (await page('/api/openapi.json')).body
    const document = JSON.parse(text) as {
      openapi: string
      components: { schemas: Record<string, unknown> }
      paths: Record<string, unknown>
    }
    expect(document.openapi).toBe('3.1.0')
    const references = [...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? '')
    expect(references.length).toBeGreaterThan(0)
    for (const reference of references)
      expect(Object.keys(document.components.schemas)).toContain(reference.replace('#/components/schemas/', ''))
    expect(text).not.toContain('$defs')
    expect(Object.keys(document.paths).length).toBeGreaterThan(50)
  })

  test('the reader has no inline script or style', async () => {
    const { body, statusCode } = await page('/api/docs')
    expect(statusCode).toBe(200)
    expect(body).not.toMatch(/<script(?![^>]*src=)|<style|style=|onclick|javascript:/)
    const initializer = await page('/api/docs/static/swagger-initializer.js')
    expect(initializer.statusCode).toBe(200)
    expect((await page('/api/docs/json')).body).toBe((await page('/api/openapi.json')).body)
  })
})

describe('metrics', () => {
  test('for this machine; from elsewhere or through a proxy with a token of the operator', async () => {
    const local = await page('/metrics')
    for (const name of [
      'samtila_readings_stored_total',
      'samtila_readings_duplicate_total',
      'samtila_readings_quarantined_total',
      'samtila_messages_acknowledged_total',
      'samtila_http_request_seconds_count',
    ])
      expect(local.body).toMatch(new RegExp(`^${name}[ {]`, 'm'))
    const from = (remoteAddress: string, headers: Record<string, string> = {}) =>
      api.app.inject({ url: '/metrics', remoteAddress, headers })
    expect((await from('192.0.2.7')).statusCode).toBe(401)
    expect((await from('127.0.0.1', { 'x-forwarded-for': '192.0.2.7' })).statusCode).toBe(401)
    expect((await from('192.0.2.7', { 'x-forwarded-for': '127.0.0.1' })).statusCode).toBe(401)
    expect(
      (await from('192.0.2.7', { authorization: `Bearer ${await api.token('kunta', ['admin'])}` })).statusCode,
    ).toBe(401)
    expect((await from('192.0.2.7', { authorization: `Bearer ${await api.token(null, ['viewer'])}` })).statusCode).toBe(
      200,
    )
  })

  test('ready means that both stores answer', async () => {
    expect((await page('/readyz')).json()).toEqual({ ready: true, telemetry: 'ready', records: 'ready' })
    const getMeta = api.records.getMeta
    api.records.getMeta = () => Promise.reject(new Error('away'))
    expect([(await page('/readyz')).statusCode, (await page('/readyz')).json()]).toEqual([
      503,
      { ready: false, telemetry: 'ready', records: 'failed' },
    ])
    api.records.getMeta = getMeta
  })
})

test('S27: what a proxy or client says of itself changes nothing', async () => {
  const login = (forwarded: string) =>
    api.app.inject({
      method: 'POST',
      url: '/api/v1/session',
      payload: { login: 'x', password: 'wrong-wrong-wrong' },
      headers: { 'x-forwarded-for': forwarded, 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' },
    })
  for (let i = 0; i < 10; i++) expect((await login(`192.0.2.${i}`)).statusCode).toBe(401)
  expect((await login('192.0.2.99')).statusCode).toBe(429)
  const { body, headers } = await api.app.inject({ url: '/', headers: { accept: 'text/html', host: 'evil.example' } })
  expect(JSON.stringify([body, headers])).not.toContain('evil.example')
})

test('answers are compressed when asked, and the live feed is not', async () => {
  const { headers } = await page('/api/openapi.json', { 'accept-encoding': 'gzip' })
  expect(headers['content-encoding']).toBe('gzip')
})
