// START HERE (dashboard): lets a page that the server drew be painted, then loads the program; start.tsx goes on.
import './ui/fonts.css'
import './ui/shell.css'

/** A page that nobody sees is never painted: then the program comes all the same. */
const PAINT_LIMIT_MS = 500

if (document.documentElement.dataset['drawn'] !== undefined)
  await new Promise<void>((resolve) => {
    setTimeout(resolve, PAINT_LIMIT_MS)
    requestAnimationFrame(() => setTimeout(resolve))
  })
const { start } = await import('./start.tsx')
await start()
