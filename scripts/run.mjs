// Starts a part of Samtila with what it needs: installs what is missing, builds the dashboard where it changed,
// and runs the program with the Node that package.json pins. Plain JavaScript, because it starts on any Node from 20.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const PINNED_NODE = join(ROOT, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const INSTALLED_MARK = join(ROOT, 'node_modules', '.samtila-installed')
const BUILT_MARK = join(ROOT, 'dashboard', 'dist', '.built-from')
/** Compiled modules of the last start, so that the next one is quicker. */
const COMPILE_CACHE = join(ROOT, 'node_modules', '.cache', 'samtila')
/** What the dashboard is built from. */
const DASHBOARD_SOURCES = [
  'dashboard',
  'api/contract',
  'domain/quantity',
  'domain/snippets',
  'domain/writing',
  'domain/settlement',
  'domain/registry',
  'package-lock.json',
]

/** Each program: what it runs, what it needs, and the settings it sets where the caller did not. */
const PROGRAMS = {
  start: { file: 'main.ts', dashboard: true, env: { SAMTILA_DEMO: 'on' } },
  serve: { file: 'main.ts', dashboard: true, env: { SAMTILA_DEMO: 'off' } },
  samtila: { file: 'cli/main.ts', dashboard: false, env: {} },
  sim: { file: 'devices-sim/main.ts', dashboard: false, env: {} },
  replay: { file: 'devices-sim/replay/main.ts', dashboard: false, env: {} },
  bench: { file: 'bench/main.ts', dashboard: false, env: {} },
  test: { file: 'scripts/test.ts', dashboard: true, env: {} },
  build: { file: null, dashboard: true, env: {} },
}

const [name = '', ...args] = process.argv.slice(2)
const program = PROGRAMS[name]
if (program === undefined) stop(`usage: node scripts/run.mjs ${Object.keys(PROGRAMS).join('|')} [arguments]`)
install()
if (program.dashboard) buildDashboard()
if (program.file !== null) run(program)

/**
 * Installs what the lock file says, when it is not there yet or the lock file changed. Not `npm ci`: that fails where a registry
 * lacks a prebuilt binary of another platform, which is not needed.
 */
function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex')
  if (existsSync(PINNED_NODE) && existsSync(INSTALLED_MARK) && readFileSync(INSTALLED_MARK, 'utf8') === lock) return
  tell('Installing packages (only when they changed) …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const result = spawnSync(npm, ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: ROOT,
    stdio: ['ignore', 2, 2],
  })
  if (result.status !== 0)
    stop('npm could not install the packages; its message is above. Is the package registry reachable?')
  if (!existsSync(PINNED_NODE))
    stop('npm installed the packages, but not the pinned Node: allow the install script of the package `node`.')
  writeFileSync(INSTALLED_MARK, lock)
}

/** Builds the dashboard when one of its sources changed since the last build. */
function buildDashboard() {
  const source = sourceHash()
  if (existsSync(BUILT_MARK) && readFileSync(BUILT_MARK, 'utf8') === source) return
  tell('Building the dashboard (only when it changed) …')
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js')
  // For browsers, then what draws first pages on the server: the first build empties the folder of both.
  for (const target of [[], ['--ssr', 'first/draw.tsx']]) {
    const result = spawnSync(PINNED_NODE, [vite, 'build', 'dashboard', ...target, '--logLevel', 'warn'], {
      cwd: ROOT,
      stdio: ['ignore', 2, 2],
      // Also where a test builds it: whatever NODE_ENV says there, people get (and tests see) React as it is released.
      env: { ...process.env, NODE_ENV: 'production' },
    })
    if (result.status !== 0) stop('The dashboard could not be built; the message is above.')
  }
  mkdirSync(dirname(BUILT_MARK), { recursive: true })
  writeFileSync(BUILT_MARK, source)
}

function sourceHash() {
  const hash = createHash('sha256').update('production\n')
  const visit = (path) => {
    if (!existsSync(join(ROOT, path))) return
    if (statSync(join(ROOT, path)).isDirectory()) {
      for (const entry of readdirSync(join(ROOT, path)).sort())
        if (entry !== 'dist' && entry !== 'node_modules') visit(`${path}/${entry}`)
    } else {
      hash.update(`${path}\n`).update(readFileSync(join(ROOT, path)))
    }
  }
  for (const path of DASHBOARD_SOURCES) visit(path)
  return hash.digest('hex')
}

/** Runs the program and ends as it ends; a stop signal is handed on, so that it can close its stores. */
function run({ file, env }) {
  const child = spawn(PINNED_NODE, ['--disable-warning=ExperimentalWarning', join(ROOT, file), ...args], {
    stdio: 'inherit',
    env: {
      ...env,
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...process.env,
      PATH: `${dirname(PINNED_NODE)}:${process.env.PATH ?? ''}`,
    },
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => signal !== 'SIGINT' && child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)))
}

function tell(sentence) {
  process.stderr.write(`${sentence}\n`)
}

function stop(sentence) {
  tell(sentence)
  process.exit(1)
}
