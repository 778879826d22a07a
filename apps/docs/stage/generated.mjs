import { readFileSync } from 'node:fs'
import path from 'node:path'

const GENERATED = path.resolve(import.meta.dirname, '../../../docs/generated')

/** @param {string} file that a test of the service writes @returns {any} */
export const generated = (file) => JSON.parse(readFileSync(path.join(GENERATED, file), 'utf8'))
