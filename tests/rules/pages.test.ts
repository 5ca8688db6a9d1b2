// Every route of the dashboard is looked at by the browser tests: a new page without an address in tests/browser/pages.ts fails here.
import { readFileSync } from 'node:fs'
import { matchRoutes } from 'react-router'
import { expect, test } from 'vitest'
import { OPEN_PAGES, signedInPages } from '#tests/browser/pages.ts'

/** The full paths of the routes in the sitemap, in its order: a path below another continues it, an index is its parent. */
const routePaths = (source: string): string[] => {
  const found = new Set<string>()
  // For each open brace the path that its object says, or '' where it says none.
  const open: string[] = []
  for (const [token, path] of source.matchAll(/[{}]|\bindex: true|\bpath: '([^']+)'/g)) {
    if (token === '{') open.push('')
    else if (token === '}') open.pop()
    else {
      if (path !== undefined) open[open.length - 1] = path
      const own = open.findLastIndex((part) => part.startsWith('/'))
      found.add(`/${open.slice(Math.max(own, 0)).filter(Boolean).join('/')}`.replace('//', '/'))
    }
  }
  return [...found]
}

test('the sitemap is read: nested, index and splat routes', () => {
  expect(
    routePaths(`[{ children: [{ index: true, lazy: { a: 1 } }, { path: '/a/:id', children: [{ index: true }, { path: 'b' }] },
      { path: '/c/*' }, { path: '*' }] }]`),
  ).toEqual(['/', '/a/:id', '/a/:id/b', '/c/*', '/*'])
})

test('each route has an address that opens it', () => {
  const paths = routePaths(readFileSync('dashboard/routes.tsx', 'utf8'))
  expect(paths.length).toBeGreaterThan(40)
  const routes = paths.map((path) => ({ id: path, path }))
  const addresses = [...OPEN_PAGES, ...signedInPages({ proposal: 'p', dispute: 'd', upload: 'u' })]
  const opened = new Set(addresses.map((address) => matchRoutes(routes, address.split('?')[0] ?? '')?.at(-1)?.route.id))
  expect(paths.filter((path) => !opened.has(path))).toEqual([])
})
