// START HERE (dashboard): what the page looks like until the program has come, then the program; start.tsx goes on.
import './ui/fonts.css'
import './ui/shell.css'
import { start } from './start.tsx'

await start()
