import { readdirSync, statSync } from 'node:fs'
import path from 'node:path'

/** What a phone loads before it shows anything: bytes. */
export const BUDGET = 512 * 1024
/** Own files of the page that a card in a chat leads to: bytes. */
export const LANDING_BUDGET = 60 * 1024
const LANDING = path.join('pages', 'open')

/**
 * @param {string} dist the folder of the build
 * @returns {{ files: { name: string, bytes: number }[], total: number, landing: number }} every file of the package, the
 *   biggest first; `landing`: of the page that a card leads to
 */
export const sizes = (dist) => {
  const files = readdirSync(dist, { recursive: true })
    .map(String)
    .map((name) => ({ name, stat: statSync(path.join(dist, name)) }))
    .filter(({ stat }) => stat.isFile())
    .map(({ name, stat }) => ({ name, bytes: stat.size }))
    .sort((a, b) => b.bytes - a.bytes)
  const sum = (some) => some.reduce((total, { bytes }) => total + bytes, 0)
  return {
    files,
    total: sum(files),
    landing: sum(files.filter(({ name }) => name.startsWith(LANDING))),
  }
}
