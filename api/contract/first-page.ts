// The first page of a visit as the server draws it (dashboard/first/draw.tsx) and as the browser goes on with it (dashboard/first/take-over.ts).
import type { Language } from '#domain/writing/language.ts'

/** Answers of the API by path with query; `null` for the session: nobody is signed in. */
export type Answers = Record<string, unknown>

/** What is to be drawn: an address of the dashboard with its query, and what is known for it. */
export type FirstPageAsked = { address: string; language: Language; answers: Answers }

/** `used`: paths whose answers stand in this drawing; `missing`: those whose answers it could have used. */
export type FirstPageDrawn = { html: string; styles: string; used: string[]; missing: string[] }

/** What stands beside the drawing as JSON, so that the program need not ask again. */
export type SentAlong = { address: string; answers: Answers }
