// What the rule tests read: every source file that git tracks or would track, with its text.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

export type SourceFile = { path: string; text: string }

/** Source files below the given folders (all folders when none is named), as they are in the work tree. */
export function readSourceFiles(...folders: string[]): SourceFile[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
    maxBuffer: 64_000_000,
  })
  return listed
    .split('\0')
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path))
    .filter(
      (path) => folders.length === 0 || folders.some((folder) => path.startsWith(`${folder}/`) || path === folder),
    )
    .flatMap((path) => {
      try {
        return [{ path, text: readFileSync(path, 'utf8') }]
      } catch {
        return [] // deleted in the work tree, not yet in git
      }
    })
}

export type Import = { specifier: string; typeOnly: boolean; line: number }

/** Every static, dynamic and worker import of a file. */
export function readImports(text: string): Import[] {
  const patterns = [
    /^\s*(import|export)\s+(type\s+)?[^'"`;]*?from\s*['"]([^'"]+)['"]/gm,
    /^\s*(import)\s*()['"]([^'"]+)['"]/gm,
    /(\bimport)\(\s*()['"]([^'"]+)['"]/g,
    /(new URL)\(\s*()['"](\.[^'"]+\.m?tsx?)['"]/g,
  ]
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].map((match) => ({
      specifier: match[3] ?? '',
      typeOnly: match[2]?.trim() === 'type',
      line: text.slice(0, match.index).split('\n').length,
    })),
  )
}
