import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { UsageError } from './usage-error.mjs'

/**
 * Writes new files, then the changed ones. @throws UsageError before anything is written, when a new one is there already
 * @param {string} folder @param {Map<string, string | Buffer>} files @param {Map<string, string>} [changes]
 */
export const writeAll = (folder, files, changes = new Map()) => {
  const there = [...files.keys()].filter((file) => existsSync(path.join(folder, file)))
  if (there.length)
    throw new UsageError(
      `${there.join(', ')}: already there. Nothing was written; move them away first.`,
    )
  for (const [file, text] of [...files, ...changes]) {
    const target = path.join(folder, file)
    mkdirSync(path.dirname(target), { recursive: true })
    writeFileSync(target, text)
  }
}
