// The step between two messages of a device of the bench load, which the load and whoever checks it know.
/** Milliseconds between the readings of a device; the first message is of one step after the start. */
export const STEP_MS = 10_000
