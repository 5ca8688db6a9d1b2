// Puts a drawn page into the built index.html: content, styles with the nonce, and what the program goes on with. Nothing else is
// needed before the first paint, so nothing is asked for before it: dashboard/public/first.js asks for the program.
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FirstPage } from './first-page.ts'

const NONCE_PLACE = '__NONCE__'
const TITLE = '<title>Samtila</title>'
const OPENING = '<html lang="fi">'
const ROOT = /<div id="root">[\s\S]*<!--\/root-->\s*<\/div>/
/** The letters of the three languages; they come with the page, so that its text is painted once. */
const FONT = /\/assets\/source-sans-3-latin-wght-normal-[\w-]+\.woff2/
/** The program: its first file, then those that it asks for. */
const PROGRAM =
  /<script type="module"[^>]* src="(\/assets\/[\w.-]+\.js)"><\/script>|<link rel="modulepreload"[^>]* href="(\/assets\/[\w.-]+\.js)">/g
/** Chromium paints first when this has come, so that no half page is laid out on the way; other browsers paint as they like. */
const END = '<span id="drawn-end" hidden></span>'
const WAITS_FOR_END = '<link rel="expect" href="#drawn-end" blocking="render">'
const STYLES = /<link rel="stylesheet"[^>]* href="(\/assets\/[\w.-]+\.css)">/g

export type PageHtml = {
  /** The policy takes this script in the page by its digest; null where the dashboard is not built. */
  script: string | null
  html(nonce: string, page: FirstPage | null): string
}

/** Reads the built files anew for every page: they may be built while the program runs. */
export function openPageHtml(folder: string): PageHtml {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
  const early = existsSync(join(folder, 'first.js')) ? read('first.js') : null
  const withDrawing = (index: string, nonce: string, { language, drawn, sent }: FirstPage): string => {
    const place = sent.address.split('?', 1)[0] ?? ''
    const styles = [...index.matchAll(STYLES)].map(([, file = '']) => read(file)).join('\n')
    const font = FONT.exec(styles)?.[0]
    const files = [...index.matchAll(PROGRAM)].map(([, first, next]) => first ?? next)
    const head = [
      WAITS_FOR_END,
      font === undefined ? '' : `<link rel="preload" as="font" type="font/woff2" crossorigin href="${font}">`,
      `<style nonce="${nonce}">${styles}</style>`,
      `<style id="drawn-styles" nonce="${nonce}">${drawn.styles}</style>`,
      `<script>${early ?? ''}</script>`,
    ].join('')
    const after = [
      END,
      `<script type="application/json" id="program">${scriptSafe({ files })}</script>`,
      `<script type="application/json" id="sent-along">${scriptSafe(sent)}</script>`,
    ].join('')
    return index
      .replace(OPENING, () => `<html lang="${language}" data-drawn="${place}">`)
      .replaceAll(STYLES, '')
      .replaceAll(PROGRAM, '')
      .replace(TITLE, () => `${head}<title>${textSafe(drawn.title)}</title>`)
      .replace(ROOT, () => `<div id="root">${drawn.html}</div>${after}`)
  }
  return {
    script: early === null ? null : `'sha256-${createHash('sha256').update(early).digest('base64')}'`,
    html: (nonce, page) => {
      // Before what people have written stands in it.
      const index = read('index.html').replaceAll(NONCE_PLACE, nonce)
      return page === null ? index : withDrawing(index, nonce, page)
    },
  }
}

const textSafe = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
/** JSON that can't end its script element, nor open a comment in it. */
const scriptSafe = (value: unknown): string => JSON.stringify(value).replaceAll('<', String.raw`\u003c`)
