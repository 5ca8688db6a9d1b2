// Work that waits until the page has nothing else to do.

/** When it is done although the page was never idle. */
const WAIT_MS = 300

/** Calls `act` once; the returned function takes the wish back. Safari tells nobody when it is idle: there it is the next turn. */
export const whenIdle = (act: () => void): (() => void) => {
  if ('requestIdleCallback' in window) {
    const asked = requestIdleCallback(act, { timeout: WAIT_MS })
    return () => cancelIdleCallback(asked)
  }
  const asked = setTimeout(act)
  return () => clearTimeout(asked)
}
