// The thread that computes settlements, so that neither the API nor the broker waits for a big month.
import { parentPort } from 'node:worker_threads'
import { settle } from '#domain/settlement/settle.ts'
import type { SettleAnswer, SettleJob, SettleReply, SettleRequest } from './settle-job.ts'
import { sha256 } from './sha256.ts'

function compute({ readings, explain, ...month }: SettleJob): SettleAnswer {
  const found = new Map(readings.map((one) => [`${one.device} ${one.point}`, one.readings]))
  const settled = settle({
    ...month,
    readings: ({ device, point }) => found.get(`${device} ${point}`) ?? null,
  })
  return {
    settlement: settled.settlement,
    simulated: settled.simulated,
    recomputed: settled.recomputed,
    explanations:
      explain === 'all'
        ? settled.explanations(sha256)
        : explain.map((item) => settled.explain(item, sha256)).filter((one) => one !== null),
  }
}

parentPort?.on('message', ({ call, job }: SettleRequest) => {
  let reply: SettleReply
  try {
    reply = { call, answer: compute(job) }
  } catch (error) {
    reply = { call, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  parentPort?.postMessage(reply)
})
