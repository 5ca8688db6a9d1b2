// Holds the import table of docs/ARCHITECTURE.md: which folder may know which.
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { readImports, readSourceFiles } from './source-files.ts'

/** What a zone may import: folders of ours, packages by name, `node:` built-ins; `types` only with `import type`. */
type Zone = { ours: string[]; types?: string[]; packages: string[] | 'any'; node: boolean }

const ZONES: [prefix: string, zone: Zone][] = [
  ['domain/', { ours: ['domain/'], packages: [], node: false }],
  ['api/contract/', { ours: ['api/contract/'], types: ['domain/'], packages: ['typebox'], node: false }],
  ['store/sql/', { ours: ['domain/', 'store/sql/'], packages: [], node: true }],
  ['store/embedded/', { ours: ['domain/', 'store/embedded/', 'store/sql/'], packages: [], node: true }],
  [
    'store/postgres/',
    {
      ours: ['domain/', 'store/postgres/', 'store/sql/', 'store/embedded/records/'],
      packages: ['pg'],
      node: true,
    },
  ],
  ['store/memory/', { ours: ['domain/', 'store/memory/'], packages: [], node: true }],
  ['store/influxql/', { ours: ['domain/', 'store/influxql/'], packages: [], node: true }],
  ['store/influx1/', { ours: ['domain/', 'store/influx1/', 'store/influxql/'], packages: ['influx'], node: true }],
  [
    'store/influx2/',
    { ours: ['domain/', 'store/influx2/', 'store/influxql/'], packages: ['@influxdata/influxdb-client'], node: true },
  ],
  ['store/', { ours: ['domain/', 'store/', 'config.ts'], packages: [], node: true }],
  [
    'broker/nodes/',
    {
      ours: ['domain/', 'broker/'],
      packages: ['aedes', 'mqemitter', 'mqemitter-redis', 'aedes-persistence-redis', 'ioredis'],
      node: true,
    },
  ],
  ['broker/bridges/', { ours: ['domain/', 'broker/'], packages: ['mqtt'], node: true }],
  [
    'broker/',
    {
      ours: ['domain/', 'broker/'],
      packages: [
        'aedes',
        'aedes-packet',
        'aedes-persistence',
        'mqemitter',
        'mqtt-packet',
        'cborg',
        'jsonata',
        'protobufjs',
        'ws',
      ],
      node: true,
    },
  ],
  [
    'api/imports/',
    {
      ours: ['domain/', 'api/'],
      packages: ['csv-parse', 'csv-stringify', 'read-excel-file', 'fast-xml-parser', 'ts-ics'],
      node: true,
    },
  ],
  [
    'api/documents/',
    {
      ours: ['domain/', 'api/'],
      packages: ['pdfkit', 'qr', 'csv-stringify', 'write-excel-file', 'fast-xml-parser', 'ts-ics'],
      node: true,
    },
  ],
  ['api/ifc/', { ours: ['domain/', 'api/ifc/'], packages: ['web-ifc'], node: true }],
  ['api/plans/', { ours: ['domain/', 'api/'], packages: ['fast-xml-parser'], node: true }],
  ['api/models/', { ours: ['domain/', 'api/models/'], packages: ['n3', 'jsonld'], node: false }],
  ['api/notification/', { ours: ['domain/', 'api/'], packages: ['ts-ics'], node: true }],
  ['api/certificates/', { ours: ['domain/', 'api/'], packages: ['@peculiar/x509'], node: true }],
  ['api/identity-providers/', { ours: ['domain/', 'api/'], packages: ['openid-client'], node: true }],
  [
    'api/',
    { ours: ['domain/', 'api/'], packages: ['fastify', '@fastify/', 'typebox', 'prom-client', 'otpauth'], node: true },
  ],
  ['dashboard/vite.config.ts', { ours: [], packages: ['vite', '@vitejs/'], node: true }],
  [
    'dashboard/',
    {
      ours: [
        'dashboard/',
        'domain/quantity/',
        'domain/writing/',
        'domain/snippets/',
        'domain/plans/spot.ts',
        'api/contract/',
      ],
      packages: [
        'react',
        'react-dom',
        'react-router',
        '@tanstack/react-query',
        'suomifi-ui-components',
        'suomifi-design-tokens',
        'suomifi-icons',
        'styled-components',
        'uplot',
        'qr',
        '@tanstack/react-virtual',
        '@fontsource-variable/',
      ],
      node: false,
    },
  ],
  [
    'devices-sim/',
    {
      ours: ['devices-sim/', 'domain/quantity/'],
      types: ['domain/registry/'],
      packages: ['mqtt', 'cborg'],
      node: true,
    },
  ],
  ['verify/', { ours: ['verify/'], packages: [], node: true }],
  ['config.ts', { ours: [], packages: [], node: true }],
  ['server/trace/', { ours: ['config.ts', 'server/', 'domain/'], packages: ['@opentelemetry/'], node: true }],
  ['server/mail.ts', { ours: ['config.ts', 'domain/'], packages: ['nodemailer'], node: true }],
  [
    'server/',
    { ours: ['config.ts', 'server/', 'store/', 'broker/', 'api/', 'domain/'], packages: ['fastify'], node: true },
  ],
  [
    'cli/',
    { ours: ['config.ts', 'cli/', 'server/', 'api/', 'broker/', 'domain/', 'verify/'], packages: [], node: true },
  ],
  ['scripts/settings-tables.ts', { ours: ['config.ts', 'server/'], packages: [], node: true }],
  ['scripts/', { ours: [], packages: [], node: true }],
  ['main.ts', { ours: ['config.ts', 'server/'], packages: [], node: true }],
  ['tests/', { ours: [''], packages: 'any', node: true }],
  ['bench/', { ours: [''], packages: 'any', node: true }],
  ['vitest.config.ts', { ours: [], packages: 'any', node: true }],
]

const ALIASES: Record<string, string> = {
  '#config': 'config.ts',
  '#contract/': 'api/contract/',
  '#sim/': 'devices-sim/',
}

/** The path in this project that a specifier names, or null for a package or built-in. */
function ownPath(specifier: string, from: string): string | null {
  if (specifier.startsWith('.')) return join(dirname(from), specifier)
  if (!specifier.startsWith('#')) return null
  const alias = Object.entries(ALIASES).find(
    ([name]) => specifier === name || (name.endsWith('/') && specifier.startsWith(name)),
  )
  return alias ? alias[1] + specifier.slice(alias[0].length) : specifier.slice(1)
}

function problemOf(path: string, specifier: string, typeOnly: boolean): string | null {
  const zone = ZONES.find(([prefix]) => path.startsWith(prefix))?.[1]
  if (zone === undefined) return `${path} is in no zone of the import table`
  const own = ownPath(specifier, path)
  if (own !== null) {
    if (specifier.startsWith('../')) return `${path} imports ${specifier}: use the #folder/ form`
    const allowed = [...zone.ours, ...(typeOnly ? (zone.types ?? []) : [])]
    return allowed.some((prefix) => own.startsWith(prefix)) ? null : `${path} may not import ${own}`
  }
  if (specifier.startsWith('node:')) return zone.node ? null : `${path} may not import ${specifier}`
  if (zone.packages === 'any') return null
  const allowed = zone.packages.some(
    (name) => specifier === name || specifier.startsWith(name.endsWith('/') ? name : `${name}/`),
  )
  return allowed ? null : `${path} may not import the package ${specifier}`
}

test('every import keeps to the table', () => {
  const files = readSourceFiles()
  const imports = files.flatMap(({ path, text }) => readImports(text).map((one) => ({ path, ...one })))
  expect(files.length).toBeGreaterThan(100)
  expect(imports.length).toBeGreaterThan(300)
  const problems = imports.flatMap(({ path, specifier, typeOnly }) => problemOf(path, specifier, typeOnly) ?? [])
  expect(problems).toEqual([])
})

test('the table refuses what it should', () => {
  expect(problemOf('domain/settlement/settle.ts', 'node:fs', false)).toContain('may not import')
  expect(problemOf('domain/settlement/settle.ts', '#store/open-store.ts', false)).toContain('may not import')
  expect(problemOf('broker/open-broker.ts', '#store/embedded/open-records.ts', true)).toContain('may not import')
  expect(problemOf('dashboard/app.tsx', '#domain/settlement/settle.ts', false)).toContain('may not import')
  expect(problemOf('devices-sim/main.ts', '#broker/open-broker.ts', false)).toContain('may not import')
  expect(problemOf('api/contract/bundle.ts', '#domain/registry/bundle.ts', true)).toBeNull()
  expect(problemOf('api/contract/bundle.ts', '#domain/registry/bundle.ts', false)).toContain('may not import')
  expect(problemOf('api/routes/import.ts', 'lodash', false)).toContain('package lodash')
})

test('imports are found in all their forms', () => {
  const found = readImports(
    "import a from 'a'\nimport type { B } from 'b'\nimport 'c'\nexport { d } from 'd'\nconst e = import('e')\nnew Worker(new URL('./f.ts', import.meta.url))\nimport {\n  g,\n} from 'g'",
  )
  expect(found.map((one) => one.specifier).sort()).toEqual(['./f.ts', 'a', 'b', 'c', 'd', 'e', 'g'])
  expect(found.find((one) => one.specifier === 'b')?.typeOnly).toBe(true)
})
