// Ready-made configuration of other programs, so that a credential is pasted once and nothing is typed twice.
import { chirpstack } from './chirpstack.ts'
import { mosquitto } from './mosquitto.ts'
import { nodeRed } from './node-red.ts'
import { shelly } from './shelly.ts'
import { tasmota } from './tasmota.ts'
import { telegraf } from './telegraf.ts'
import { zigbee2mqtt } from './zigbee2mqtt.ts'
import { hasControl, type Snippet, type SnippetFacts } from './facts.ts'

export const SNIPPET_PROGRAMS = [
  'zigbee2mqtt',
  'tasmota',
  'shelly',
  'chirpstack',
  'telegraf',
  'node-red',
  'mosquitto',
] as const
export type SnippetProgram = (typeof SNIPPET_PROGRAMS)[number]

const WRITERS: Record<SnippetProgram, (facts: SnippetFacts) => Snippet | null> = {
  zigbee2mqtt,
  tasmota,
  shelly,
  chirpstack,
  telegraf,
  'node-red': nodeRed,
  mosquitto,
}

/** The configuration for a program, or null where its syntax cannot carry one of the values. */
export const snippetFor = (program: SnippetProgram, facts: SnippetFacts): Snippet | null =>
  [facts.host, facts.username, facts.password].some(hasControl) ? null : WRITERS[program](facts)
