import { readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** What a browser may load before the first screen shows, compressed: bytes. */
export const BUDGET = 350 * 1024

/** @param {string} file one of the build @param {string} dist */
const compressed = (dist, file) => gzipSync(readFileSync(path.join(dist, file))).length

/**
 * @param {string} dist the folder of the build
 * @param {string} [screen] the source of a screen's page, e.g. `src/screens/overview/page.tsx`
 * @returns {{ files: { name: string, bytes: number }[], total: number }} the document, and every script and style sheet that
 *   the shell and this screen need, by gzip size
 */
export const sizes = (dist, screen = 'src/screens/overview/page.tsx') => {
  const manifest = JSON.parse(readFileSync(path.join(dist, '.vite/manifest.json'), 'utf8'))
  const names = new Set(['index.html'])
  const visit = (key) => {
    const chunk = manifest[key]
    if (!chunk || names.has(chunk.file)) return
    names.add(chunk.file)
    for (const sheet of chunk.css ?? []) names.add(sheet)
    for (const next of chunk.imports ?? []) visit(next)
  }
  visit('index.html')
  visit(screen)
  const files = [...names]
    .map((name) => ({ name, bytes: compressed(dist, name) }))
    .sort((a, b) => b.bytes - a.bytes)
  return { files, total: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}
