// Before the program has come to a page that the server drew: the look and language that this browser remembers, what is sent,
// pressed or chosen already, which waits for the program (dashboard/first/take-over.ts), and when the program is asked for.
const remembered = (key) => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}
const look = remembered('samtila-scheme')
if (look === 'light' || look === 'dark') document.documentElement.style.colorScheme = look

// Who is not signed in is shown the language that was chosen here before.
const chosen = remembered('samtila-language')
const { pathname, search } = window.location
const { dataset, lang } = document.documentElement
if (
  dataset.drawn === '/sign-in' &&
  ['fi', 'sv', 'en'].includes(chosen) &&
  chosen !== lang &&
  !new URLSearchParams(search).has('lang')
)
  window.location.replace(`${pathname}${search === '' ? '?' : `${search}&`}lang=${chosen}`)

document.addEventListener('submit', (event) => {
  if (event.defaultPrevented || dataset.drawn === undefined) return
  event.preventDefault()
  event.target.dataset.waits = 'true'
  event.target.setAttribute('aria-busy', 'true')
})
document.addEventListener('click', (event) => {
  const pressed =
    dataset.drawn === undefined ? null : event.target.closest('button:not([type="submit"]), input[type="file"]')
  if (pressed === null) return
  pressed.dataset.waits = 'true'
  // A file that is chosen for a page that is gone by then would be lost.
  if (pressed.type === 'file') event.preventDefault()
})
document.addEventListener('change', ({ target }) => {
  if (dataset.drawn !== undefined && target.localName === 'select') target.dataset.waits = 'true'
})

// Not before the page has been painted: what the program brings would compete with it. A page that nobody sees is never painted; then
// it comes all the same. Not before the page's end has come either, where its files are named and what the program goes on with. All
// files at once, those that the first one asks for too.
const PAINT_LIMIT_MS = 500
let comes = false
const loadProgram = () => {
  if (comes) return
  comes = true
  const { files = [] } = JSON.parse(document.getElementById('program').textContent)
  for (const href of files)
    document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', crossOrigin: '', href }))
  if (files.length > 0) void import(files[0])
}
document.addEventListener('DOMContentLoaded', () => {
  setTimeout(loadProgram, PAINT_LIMIT_MS)
  requestAnimationFrame(() => setTimeout(loadProgram))
})
