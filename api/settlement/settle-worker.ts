// The thread that computes settlements, so that neither the API nor the broker waits for a big month.
import { parentPort } from 'node:worker_threads'
import { settle } from '#domain/settlement/settle.ts'
import { whatIf } from '#domain/settlement/what-if.ts'
import type { ReadingsOf } from '#domain/ports/meter-readings.ts'
import type { GatheredReadings, SettleAnswer, SettleJob, SettleReply, SettleRequest } from './settle-job.ts'
import { sha256 } from './sha256.ts'

const readingsOf = (gathered: GatheredReadings): ReadingsOf => {
  const found = new Map(gathered.map((one) => [`${one.device} ${one.point}`, one.readings]))
  return ({ device, point }) => found.get(`${device} ${point}`) ?? null
}

function compute({ readings, explain, ...month }: SettleJob): SettleAnswer {
  const settled = settle({ ...month, readings: readingsOf(readings) })
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

parentPort?.on('message', ({ call, ...asked }: SettleRequest) => {
  let reply: SettleReply
  try {
    const answer =
      'job' in asked ? compute(asked.job) : whatIf({ ...asked.whatIf, readings: readingsOf(asked.whatIf.readings) })
    reply = { call, answer }
  } catch (error) {
    reply = { call, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  parentPort?.postMessage(reply)
})
