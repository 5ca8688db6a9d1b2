// The process in which mappings run: it may read its own code and nothing else, makes no code from texts, and is killed when it takes
// too long or too much. A process, not a thread: a thread that runs out of memory takes the whole program with it.
import { evaluateMapping } from './evaluate.ts'
import type { MappingJob, MappingAnswer } from './mapping-pool.ts'

/** What an answer may take on its way back. */
const ANSWER_CHARACTERS = 4_194_304

/** What a mapping could only reach by a fault of the engine cannot be changed for the next one. */
for (const builtIn of [Object, Array, Function, String, Number, Boolean, RegExp, Date, Promise, Map, Set]) {
  void Object.seal(builtIn.prototype)
  Object.seal(builtIn)
}

process.on('message', (job: MappingJob) => void answer(job))
process.on('disconnect', () => process.exit())
process.send?.({ id: 0, decoded: null } satisfies MappingAnswer)

async function answer({ id, expression, topic, payload, context }: MappingJob): Promise<void> {
  const decoded = await evaluateMapping(expression, topic, payload, context)
  const text = JSON.stringify(decoded)
  process.send?.(
    text.length > ANSWER_CHARACTERS
      ? ({ id, decoded: null } satisfies MappingAnswer)
      : ({ id, decoded: text } satisfies MappingAnswer),
  )
}
