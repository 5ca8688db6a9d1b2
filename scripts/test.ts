// `npm test`: every check and every test, one after the other, and one closing line `N passed, N failed`.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

type Check = { name: string; command: string[] }

const CHECKS: Check[] = [
  { name: 'types', command: ['tsc', '--noEmit', '-p', 'tsconfig.json'] },
  { name: 'types of the dashboard', command: ['tsc', '--noEmit', '-p', 'dashboard/tsconfig.json'] },
  { name: 'lint', command: ['oxlint', '--type-aware', '--deny-warnings'] },
  { name: 'format', command: ['oxfmt', '--check'] },
  { name: 'dead code', command: ['knip', '--no-progress'] },
]

const only = process.argv.slice(2)
const report = join(mkdtempSync(join(tmpdir(), 'samtila-test-')), 'report.json')
let passed = 0
let failed = 0

if (only.length === 0) {
  for (const { name, command } of CHECKS) {
    const startedAt = Date.now()
    const ok = runTool(command) === 0
    console.log(`${ok ? 'ok' : 'FAILED'}: ${name} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`)
    if (ok) passed += 1
    else failed += 1
  }
}

const exit = runTool(['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only])
const counts = readReport()
passed += counts.passed
failed += counts.failed
if (exit !== 0 && counts.failed === 0) failed += 1
rmSync(join(report, '..'), { recursive: true, force: true })

console.log(`${passed} passed, ${failed} failed${counts.skipped > 0 ? `, ${counts.skipped} skipped` : ''}`)
process.exit(failed === 0 ? 0 : 1)

function runTool([tool = '', ...args]: string[]): number {
  return spawnSync(join('node_modules', '.bin', tool), args, { stdio: 'inherit' }).status ?? 1
}

function readReport(): { passed: number; failed: number; skipped: number } {
  try {
    const json: unknown = JSON.parse(readFileSync(report, 'utf8'))
    const number = (key: string): number => {
      const value =
        typeof json === 'object' && json !== null ? Object.entries(json).find(([name]) => name === key)?.[1] : 0
      return typeof value === 'number' ? value : 0
    }
    return { passed: number('numPassedTests'), failed: number('numFailedTests'), skipped: number('numPendingTests') }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
