import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

const DIST = path.resolve(import.meta.dirname, '../dist')
const OWN = JSON.parse(readFileSync(path.resolve(import.meta.dirname, '../package.json'), 'utf8'))

/** Of the packages that are published with this one. */
export const RANGE = `^${OWN.version}`

/** @param {string} folder below dist @returns {Map<string, Buffer>} its files */
export const template = (folder) =>
  new Map(
    readdirSync(path.join(DIST, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
      .map((file) => [
        path.relative(path.join(DIST, folder), file).split(path.sep).join('/'),
        readFileSync(file),
      ]),
  )

/** @param {string} text of the example @param {string} service @returns {string} with the address of this service */
export const withService = (text, service) =>
  text.replace("'https://bff.sealcard.example'", `'${service}'`)

export const jsonText = (value) => `${JSON.stringify(value, null, 2)}\n`
