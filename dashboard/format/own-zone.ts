// The time zone of times that belong to no premises: the one of whoever reads.

/** For what is said where no premises is at hand, and until the browser says its own. */
export const USUAL_ZONE = 'Europe/Helsinki'
/** Drawn on the server, a page does not know it yet. */
export const OWN_ZONE =
  typeof document === 'undefined' ? USUAL_ZONE : new Intl.DateTimeFormat().resolvedOptions().timeZone
