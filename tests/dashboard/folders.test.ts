// What a folder of the dashboard may know: ui/ and format/ nothing of the product, pages nothing of each other's folders.
import { expect, test } from 'vitest'
import { readImports, readSourceFiles } from '#tests/rules/source-files.ts'

const files = readSourceFiles('dashboard').filter(({ path }) => !path.startsWith('dashboard/dist/'))
const importsOf = (folder: string) =>
  files
    .filter(({ path }) => path.startsWith(`dashboard/${folder}/`))
    .flatMap(({ path, text }) => readImports(text).map(({ specifier }) => ({ path, specifier })))

test('format/ knows itself and how languages write', () => {
  const found = importsOf('format')
  expect(found.length).toBeGreaterThan(5)
  expect(found.filter(({ specifier }) => !/^(\.\/|#domain\/writing\/)/.test(specifier))).toEqual([])
})

test('ui/ knows libraries and itself, nothing of the product', () => {
  const found = importsOf('ui')
  expect(found.length).toBeGreaterThan(10)
  expect(found.filter(({ specifier }) => specifier.startsWith('#'))).toEqual([])
})

test('only client/ talks to the server, and only domain/quantity turns exact numbers into text', () => {
  expect(files.length).toBeGreaterThan(80)
  const talking = files
    .filter(({ text }) => /\bfetch\(|new EventSource\(|XMLHttpRequest/.test(text))
    .map(({ path }) => path)
  expect(talking.every((path) => path.startsWith('dashboard/client/'))).toBe(true)
  expect(talking.length).toBeGreaterThan(0)
  const exact = files.filter(({ text }) => text.includes("from '#domain/quantity/")).map(({ path }) => path)
  expect(exact.every((path) => path.startsWith('dashboard/components/explain/'))).toBe(true)
})

test('no colour is named outside of the theme', () => {
  const named = files
    .filter(({ path }) => path !== 'dashboard/ui/theme.ts')
    .filter(({ text }) => /(?:color|background|fill|stroke|border)[^;\n]*#[0-9a-f]{3,6}\b/i.test(text))
    .map(({ path }) => path)
  // Paper is white.
  expect(named).toEqual(['dashboard/ui/GlobalStyle.tsx'])
})
