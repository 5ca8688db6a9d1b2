// Every limit of the alarm engine: name, default, one sentence. Each is also a setting SAMTILA_LIMIT_<NAME> (docs/OPERATING.md).

export const ALARM_LIMITS = {
  alarmGatherMs: {
    default: 120_000,
    description: 'Milliseconds for which a silent device waits to be told whether its gateway or network is the cause.',
  },
  alarmStormCount: {
    default: 30,
    description: 'Alarms that one rule raises within `alarmStormMs`; further ones are gathered in a single alarm.',
  },
  alarmStormMs: { default: 60_000, description: 'Milliseconds within which a storm of alarms is counted.' },
  alarmLateMs: {
    default: 86_400_000,
    description: 'Readings that are older than so many milliseconds when they come raise no alarm: they are history.',
  },
  alarmWatches: {
    default: 200_000,
    description: 'Rules times devices that are watched; beyond, further ones are not watched and the log says so.',
  },
  alarmFollowMs: {
    default: 5_000,
    description:
      'How often, in milliseconds, the watching node looks for readings that other nodes have stored; only with a store that others write into too.',
  },
  alarmCheckpointMs: {
    default: 5_000,
    description: 'How often, in milliseconds, what alarm rules are waiting for is kept for a restart.',
  },
} as const satisfies Record<string, { default: number; description: string }>

export type AlarmLimits = Record<keyof typeof ALARM_LIMITS, number>

export const alarmLimits = (given: Readonly<Record<string, number>> = {}): AlarmLimits =>
  Object.fromEntries(
    Object.entries(ALARM_LIMITS).map(([name, limit]) => [name, given[name] ?? limit.default]),
  ) as AlarmLimits
