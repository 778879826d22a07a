import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** What a phone may load for any page of ours, compressed: bytes. */
export const BUDGET = 120 * 1024

/**
 * @param {string} dist the folder of the build
 * @returns {{ files: { name: string, bytes: number }[], total: number }} every document, script and style sheet by its
 *   gzip size; pictures are not part of a page
 */
export const sizes = (dist) => {
  const files = readdirSync(dist, { recursive: true })
    .map(String)
    .filter((name) => /\.(html|js|css)$/.test(name))
    .map((name) => ({
      name,
      bytes: gzipSync(readFileSync(path.join(dist, name)), { level: 9 }).length,
    }))
    .sort((a, b) => b.bytes - a.bytes)
  return { files, total: files.reduce((sum, { bytes }) => sum + bytes, 0) }
}
