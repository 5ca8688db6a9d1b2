// Every worked case as it stands against the running program, over real HTTP and on its embedded stores.
import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Settlement } from '#domain/settlement/settlement.ts'
import { call, makeFolder, removeFolder, startProgram } from './program.ts'

type Place = { premises: string; period: string }
type Step = { import?: object; close?: Place; settle?: Place; expect?: Omit<Settlement, 'digest'> }

const FOLDER = 'tests/cases'
const files = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json'))
  .sort()
const pathOf = ({ premises, period }: Place): string => `/premises/${premises}/settlements/${period}`

/** What a case compares: no digest, and a detail of any wording. */
const compared = ({ digest: _, ...rest }: Settlement): object => ({
  ...rest,
  blocked: rest.blocked.map(({ item, code }) => ({ item, code })),
})

test('there are at least 17', () => expect(files.length).toBeGreaterThanOrEqual(17))

test.each(files)('%s', async (file) => {
  const { steps } = JSON.parse(readFileSync(`${FOLDER}/${file}`, 'utf8')) as { steps: Step[] }
  const folder = makeFolder()
  const program = await startProgram(folder)
  try {
    for (const step of steps) {
      if (step.import !== undefined)
        expect(await call(program, 'POST', '/import', step.import)).toMatchObject({ status: 200 })
      if (step.close !== undefined) {
        const closed = await call(program, 'POST', `${pathOf(step.close)}/close`, {
          force: true,
          reason: 'worked case',
        })
        expect(closed).toMatchObject({ status: 200 })
      }
      if (step.settle === undefined) continue
      const shown = await call(program, 'GET', pathOf(step.settle))
      expect(compared(shown.body as Settlement)).toEqual(compared({ ...step.expect, digest: null } as Settlement))
    }
  } finally {
    await program.end('SIGTERM')
    removeFolder(folder)
  }
})
