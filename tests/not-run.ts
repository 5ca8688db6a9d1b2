// A test whose server or data is not there says so: skipped on a developer's machine, a failure where CI=true.
import { existsSync } from 'node:fs'
import type { TestContext } from 'vitest'

/**
 * Ends the test as `not run: <what> (<howToGet>)`. With CI=true that is a failure, unless `optional`:
 * other people's data is never part of the project, so its absence fails nowhere.
 */
export function notRun(context: TestContext, what: string, howToGet: string, optional = false): never {
  const sentence = `not run: ${what} (${howToGet})`
  if (process.env['CI'] === 'true' && !optional) throw new Error(sentence)
  console.log(sentence)
  context.skip(sentence)
  throw new Error(sentence)
}

/** The path of a program among the usual places, or null. */
export function findProgram(name: string): string | null {
  return (
    ['/usr/bin', '/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin']
      .map((folder) => `${folder}/${name}`)
      .find((path) => existsSync(path)) ?? null
  )
}
