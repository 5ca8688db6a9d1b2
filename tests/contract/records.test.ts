// The contract of the records store, on each adapter.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openMemoryRecords } from '#store/embedded/records/open-memory-records.ts'
import { openEmbeddedRecords } from '#store/embedded/open-records.ts'
import { papersSuite } from './papers.suite.ts'
import { recordsSuite } from './records.suite.ts'
import { searchSuite } from './search.suite.ts'

const root = mkdtempSync(join(tmpdir(), 'samtila-records-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

recordsSuite('memory', async (now) => openMemoryRecords({ now }))
recordsSuite('embedded', (now) => openEmbeddedRecords({ folder: mkdtempSync(join(root, 'data-')), now }))
searchSuite('memory', async (now) => openMemoryRecords({ now }))
searchSuite('embedded', (now) => openEmbeddedRecords({ folder: mkdtempSync(join(root, 'search-')), now }))
papersSuite('memory', async (now) => openMemoryRecords({ now }))
papersSuite('embedded', (now) => openEmbeddedRecords({ folder: mkdtempSync(join(root, 'papers-')), now }))
