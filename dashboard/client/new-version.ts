// Whether the dashboard was built anew while this page was open: its parts then have other names, and the old ones are gone.

/** What was reloaded for, so that a page is reloaded once for each version and never in a loop. */
const RELOADED_FOR = 'samtila-reloaded-for'
/** The program that this page runs is named by the address of its first script. */
const ENTRY = /<script\b[^>]*\btype="module"[^>]*\bsrc="([^"]+)"/
/** Fields that someone writes in. */
const WRITTEN = 'main textarea, main input:not([type=checkbox], [type=radio], [type=hidden])'

/** The first script of the page that the server gives now, when it is another than this page's; null: the same, or no answer. */
export const newVersion = async (): Promise<string | null> => {
  try {
    const answer = await fetch('/index.html', { cache: 'no-store', headers: { accept: 'text/html' } })
    const entry = answer.ok ? ENTRY.exec(await answer.text())?.[1] : undefined
    return entry === undefined || entry === ownEntry() ? null : entry
  } catch {
    return null
  }
}

/** A page that the server drew names its program in what it sent along (dashboard/public/first.js). */
const ownEntry = (): string | null | undefined => {
  const drawn = document.getElementById('program')?.textContent
  return drawn === undefined || drawn === null
    ? document.querySelector('script[type="module"][src]')?.getAttribute('src')
    : (JSON.parse(drawn) as { files: string[] }).files[0]
}

/** Reloads the page for a version, unless that was done before or someone is filling in a form; says whether it does. */
export const reloadOnce = (version: string): boolean => {
  if (sessionStorage.getItem(RELOADED_FOR) === version) return false
  if (isWriting()) return false
  sessionStorage.setItem(RELOADED_FOR, version)
  location.reload()
  return true
}

const isWriting = (): boolean =>
  document.querySelector('[role=dialog]') !== null ||
  [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(WRITTEN)].some(({ value }) => value !== '')
