// How tests run: real sockets and processes, so few workers and generous time-outs; quickness is measured in bench/, not asserted.
// Files that only compute share a process and what they import: starting and importing was most of their time.
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Folders whose files may share a process: they compute, and keep nothing. */
const inShared = ['dashboard', 'domain'].map((folder) => `tests/${folder}/**/*.test.{ts,tsx}`)
const all = ['tests/**/*.test.{ts,tsx}']

/**
 * The longest first, so that none of them runs on at the end while the other core has nothing to do. A fresh clone remembers no
 * durations, and the size of a file says little: the walk through all pages is one of the shortest.
 */
const LONGEST = [
  'browser/walk',
  'contract/records-postgres',
  'process/kill-nine',
  'browser/roles',
  'browser/faults',
  'browser/costs',
  'process/cases',
  'process/records-server',
  'flow/a-year',
  'browser/steering',
  'browser/languages',
  'browser/states',
  'browser/keyboard',
  'store/telemetry-damage',
  'process/nodes',
  'broker/durability',
  'broker/external',
  'contract/records-embedded',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const index = LONGEST.findIndex((name) => moduleId.endsWith(`/tests/${name}.test.ts`))
      return index === -1 ? LONGEST.length : index
    }
    // A stable order: the others stay as they were, those that share a process last and together.
    return (await super.sort(files)).toSorted((a, b) => place(a) - place(b))
  }
}

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 10_000,
    reporters: ['default'],
    sequence: { sequencer: LongestFirst },
    // For the programs that tests start: as scripts/run.mjs has it for all.
    env: { NODE_COMPILE_CACHE: join(import.meta.dirname, 'node_modules', '.cache', 'samtila') },
    projects: [
      { extends: true, test: { name: 'alone', include: all, exclude: inShared } },
      { extends: true, test: { name: 'shared', include: inShared, isolate: false } },
    ],
  },
})
