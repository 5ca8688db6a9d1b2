// What very many retained messages cost a new subscriber, beside a look at every topic (what the engine's own store does).
// `npm run bench -- retained`
import { brokerLimits } from '#broker/limits.ts'
import { createCounters } from '#broker/counters.ts'
import { createSessionStore } from '#broker/session-store.ts'
import { filterCovers } from '#broker/topic-filter.ts'
import { percentileOf, report } from './whole-server.ts'

const MESSAGES = 50_000
const TURNS = 50
const WARM_UP = 10
const limits = brokerLimits({ retainedMessages: MESSAGES })
const store = createSessionStore(limits, createCounters(), { deviceOf: () => null, maySubscribe: () => true })
const topics = Array.from({ length: MESSAGES }, (_, index) => `samtila/v1/meter-${index}/desired`)
for (const topic of topics) {
  await store.storeRetained({
    cmd: 'publish',
    topic,
    payload: Buffer.from('{"interval":60}'),
    qos: 1,
    retain: true,
    dup: false,
    brokerId: 'bench',
    brokerCounter: 1,
  })
}

async function subscribe(filter: string): Promise<number> {
  let found = 0
  for await (const packet of store.createRetainedStreamCombi([filter])) if (packet !== undefined) found++
  return found
}
async function times(work: (turn: number) => Promise<number> | number): Promise<{ ms: string; found: number }> {
  const all: number[] = []
  let found = 0
  for (let turn = 0; turn < WARM_UP; turn++) await work(turn)
  for (let turn = 0; turn < TURNS; turn++) {
    const from = performance.now()
    found = await work(turn * 997)
    all.push(performance.now() - from)
  }
  return { ms: `${percentileOf(all, 50).toFixed(2)} / ${percentileOf(all, 99).toFixed(1)}`, found }
}
const scan = (filter: string): number => topics.filter((topic) => filterCovers(filter, topic)).length

const filters: [what: string, of: (turn: number) => string][] = [
  ['its own configuration', (turn) => `samtila/v1/meter-${turn}/desired`],
  ['everything of its own', (turn) => `samtila/v1/meter-${turn}/#`],
  ['one level open, nothing there', () => 'samtila/v1/+/nothing/+/x'],
]
const rows = []
for (const [what, of] of filters) {
  const indexed = await times((turn) => subscribe(of(turn)))
  const looked = await times((turn) => scan(of(turn)))
  rows.push({
    what,
    found: indexed.found,
    'index p50 / p99, ms': indexed.ms,
    'every topic p50 / p99, ms': looked.ms,
    goal: '≤ 10',
  })
}
report(
  `A new subscriber among ${MESSAGES.toLocaleString('en')} retained messages (\`npm run bench -- retained\`)`,
  rows,
)
