// Answers of the records are kept until something changes in them; nobody gets another's copy.
import { expect, test } from 'vitest'
import type { EngineMethod } from '#store/sql/engine.ts'
import { isRead } from '#store/sql/engine.ts'
import { rememberAnswers } from '#store/embedded/remember-answers.ts'

const ALL = { organisation: null }

function open(now: () => number = () => 0) {
  const state = { stored: 'before', asked: [] as EngineMethod[], held: null as Promise<void> | null }
  const call = rememberAnswers(
    async (method) => {
      state.asked.push(method)
      const result = { name: state.stored, points: ['power'] }
      if (state.held !== null) await state.held
      return { result, events: [] }
    },
    isRead,
    now,
  )
  const name = async (id = 'meter-1', scope: object = ALL): Promise<string> =>
    ((await call('getObject', [scope, 'devices', id])).result as { name: string }).name
  return { state, call, name }
}

test('the same is asked once, another thing and another asker again; a change forgets', async () => {
  const { state, call, name } = open()
  for (let turn = 0; turn < 3; turn++) expect(await name()).toBe('before')
  expect(state.asked).toEqual(['getObject'])
  await name('meter-2')
  await name('meter-1', { organisation: 'town' })
  expect(state.asked).toHaveLength(3)
  await call('takeLease', ['jobs', 'this', 1])
  await call('audit', [ALL, { limit: 1 }])
  await name()
  expect(state.asked).toHaveLength(5)
  state.stored = 'after'
  await call('change', [{ objects: [] }])
  expect(await name()).toBe('after')
})

test('what was asked before a change and answered after it is not kept', async () => {
  const { state, call, name } = open()
  const gate = Promise.withResolvers<void>()
  state.held = gate.promise
  const early = name()
  state.held = null
  state.stored = 'after'
  await call('changePapers', [{ papers: [] }])
  gate.resolve()
  expect(await early).toBe('before')
  expect(await name()).toBe('after')
})

test('whoever changes an answer changes a copy; the next day it is asked again', async () => {
  let now = 0
  const { state, call, name } = open(() => now)
  await name()
  for (let turn = 0; turn < 2; turn++) {
    const { points } = (await call('getObject', [ALL, 'devices', 'meter-1'])).result as { points: string[] }
    expect(points).toEqual(['power'])
    points.push('energy')
  }
  expect(state.asked).toHaveLength(1)
  now = 86_400_000
  await name()
  expect(state.asked).toHaveLength(2)
})
