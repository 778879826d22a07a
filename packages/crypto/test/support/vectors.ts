import { readFileSync } from 'node:fs'
import path from 'node:path'

/** A file of test/vectors. */
export const readVectors = <T>(name: string): T =>
  JSON.parse(readFileSync(path.join(__dirname, '../vectors', `${name}.json`), 'utf8')) as T
