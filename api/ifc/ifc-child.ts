// The process in which an IFC file is read: it may read its own code and nothing else, and is killed when it takes too long or too much.
// The file comes in by its standard input; its answer goes out as one message.
import type { IfcAnswer } from './model.ts'
import { readModel } from './read-model.ts'

const spaces = Number(process.argv[2] ?? 0)
process.on('disconnect', () => process.exit())

async function answer(): Promise<IfcAnswer> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  const bytes = Buffer.concat(parts)
  parts.length = 0
  return readModel(bytes, { spaces })
}
const told = await answer().catch((error: unknown): IfcAnswer => ({
  wrong: 'broken',
  detail: String(error).slice(0, 200),
}))
process.send?.(told, undefined, undefined, () => process.disconnect?.())
