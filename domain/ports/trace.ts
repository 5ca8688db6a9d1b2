// What the parts tell of their work as traces, whoever takes them. Attributes carry no names of persons, no money and no readings.

export type SpanAttributes = Record<string, string | number | boolean>

/** One piece of work with a beginning and an end. */
export type Span = {
  readonly traceId: string
  /** W3C `traceparent` of this span, to be handed on to whoever works for it. */
  readonly traceparent: string
  set(attributes: SpanAttributes): void
  /** A piece of it that is over: from when to when, in milliseconds since 1970. */
  part(name: string, fromMs: number, toMs: number, attributes?: SpanAttributes): void
  /** `failed` says by which code or kind of error, never with what data. */
  end(outcome?: { failed: string }): void
}

export type SpanStart = {
  kind?: 'server' | 'client' | 'consumer' | 'internal'
  /** W3C `traceparent` of whoever asked; what is none is passed over. Without it the span that is under way counts. */
  traceparent?: string | undefined
  attributes?: SpanAttributes
}

export type Trace = {
  begin(name: string, start?: SpanStart): Span
  /** Does the work as part of the span: what begins within it belongs to it, also after an await. */
  within<T>(span: Span, work: () => T): T
  /** The span under way here, or null. */
  current(): Span | null
  /** A span for one MQTT message in many, null for the others: asked for each message, so it costs next to nothing. */
  beginMessage(): Span | null
}

/** Does the work in a span of its own; without a trace, just the work. */
export async function traced<T>(
  trace: Trace | null | undefined,
  name: string,
  attributes: SpanAttributes,
  work: () => Promise<T>,
): Promise<T> {
  if (trace === null || trace === undefined) return work()
  const span = trace.begin(name, { attributes })
  try {
    const result = await trace.within(span, work)
    span.end()
    return result
  } catch (error) {
    span.end({ failed: error instanceof Error ? error.name : 'error' })
    throw error
  }
}
