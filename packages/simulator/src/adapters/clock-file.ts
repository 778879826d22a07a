import { mkdirSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { TimeSink } from '../ports.js'

/**
 * Tells a service on this machine what time the world has. The file is replaced whole, so that a reader finds the old or
 * the new time. It is written before the answer to who moved the time: their next request meets the new time.
 */
export const clockFile = (file: string): TimeSink => ({
  moved: (shift) => {
    mkdirSync(path.dirname(file), { recursive: true })
    const next = `${file}.next`
    writeFileSync(next, JSON.stringify(shift))
    renameSync(next, file)
  },
})
