// The first page of a visit as the server draws it (dashboard/first/draw.tsx) and as the browser goes on with it (dashboard/first/take-over.ts).
import type { Language } from '#domain/writing/language.ts'

/** Answers of the API by path with query; `null` for the session: nobody is signed in. */
export type Answers = Record<string, unknown>

/** What is to be drawn: an address of the dashboard with its query, and what is known for it. */
export type FirstPageAsked = { address: string; language: Language; answers: Answers }

/** What the questions of a page have found, by their keys in the browser's cache: with it the same page is drawn at once. */
export type Known = [key: readonly unknown[], data: unknown][]

/** `title`: in the window; `used`: paths whose answers stand in this drawing; `missing`: those whose answers it could have used. */
export type FirstPageDrawn = {
  title: string
  html: string
  styles: string
  known: Known
  used: string[]
  missing: string[]
}

/** What stands beside the drawing as JSON, so that the program need not ask again. */
export type SentAlong = { address: string; known: Known }
