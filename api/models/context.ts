// The JSON-LD context of our models: it stands in every file that we write, and files may name it instead of repeating it.
import { PREFIXES } from '#domain/models/graph.ts'

export const MODEL_CONTEXT_NAME = 'urn:samtila:model:context'
export const MODEL_CONTEXT: Readonly<Record<string, string>> = { ...PREFIXES }
