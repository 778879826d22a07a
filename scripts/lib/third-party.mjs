import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import path from 'node:path'

/** Licences that let us ship a work inside ours, with its notice. */
const ALLOWED = new Set([
  ...['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'CC0-1.0', 'ISC'],
  ...['MIT', 'MIT-0', 'Python-2.0', 'Unlicense', 'Zlib'],
])
const NOTICE = /^(licen[cs]e|notice|copying)([-.].*)?$/i

/** @typedef {{ name: string, version: string, license: string, dir: string, needs: string[] }} Work */

const manifestOf = (dir) => JSON.parse(readFileSync(path.join(dir, 'package.json'), 'utf8'))

/** Where Node finds a package from a folder, also one that exports no `package.json`. */
const find = (name, from) => {
  for (let dir = from; ; dir = path.dirname(dir)) {
    const place = path.join(dir, 'node_modules', name)
    if (existsSync(path.join(place, 'package.json'))) return realpathSync(place)
    if (dir === path.dirname(dir)) return undefined
  }
}

/** Old manifests have an object, or a list of them. */
const licenseOf = ({ license, licenses }) => {
  const one = license ?? licenses
  const names = [one].flat().map((each) => (typeof each === 'object' ? each?.type : each))
  return names.filter(Boolean).join(' OR ')
}

/** Of `(A OR B)` one is enough; of `A AND B` all are needed. @param {string} license SPDX */
const isAllowed = (license) =>
  license
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((id) => ALLOWED.has(id.trim())))

/**
 * Everything that packages need to run, and what those need. Our own packages are looked through, and not listed.
 * @param {string[]} roots folders of packages @returns {Work[]} by name and version
 * @throws when one is not installed
 */
export const worksOf = (roots) => {
  const works = new Map()
  const seen = new Set()
  const visit = (dir) => {
    if (seen.has(dir)) return
    seen.add(dir)
    const manifest = manifestOf(dir)
    const optional = Object.keys(manifest.optionalDependencies ?? {})
    const needs = []
    for (const name of [...Object.keys(manifest.dependencies ?? {}), ...optional]) {
      const place = find(name, dir)
      if (place) {
        visit(place)
        needs.push(`${name}@${manifestOf(place).version}`)
      } else if (!optional.includes(name))
        throw new Error(`${name}, which ${manifest.name} needs, is not installed`)
    }
    const { name, version } = manifest
    if (!dir.includes(`${path.sep}node_modules${path.sep}`)) return
    works.set(`${name}@${version}`, { name, version, license: licenseOf(manifest), dir, needs })
  }
  roots.map((dir) => realpathSync(dir)).forEach(visit)
  return [...works.values()].sort((a, b) =>
    `${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1,
  )
}

/** @param {Work[]} works @returns {string[]} what may not be shipped: a sentence for each */
export const refusedOf = (works) =>
  works
    .filter(({ license }) => !isAllowed(license))
    .map(
      ({ name, version, license }) =>
        `${name}@${version}: ${license || 'no licence'} is not allowed`,
    )

/** @param {Work[]} works @returns {string} each work with the notice that it asks for */
export const noticesOf = (works) =>
  works
    .map(({ name, version, license, dir }) => {
      const files = readdirSync(dir)
        .filter((file) => NOTICE.test(file))
        .sort()
      const texts = files.map((file) => readFileSync(path.join(dir, file), 'utf8').trim())
      return [`${name} ${version} (${license})`, ...texts].join('\n\n')
    })
    .join(`\n\n${'-'.repeat(80)}\n\n`)
    .concat('\n')

const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`

/** @param {Work[]} works @param {{ name: string, version: string }} product @returns {object} CycloneDX 1.6 */
export const sbomOf = (works, { name, version }) => ({
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  version: 1,
  metadata: { component: { type: 'application', name, version, 'bom-ref': purlOf(name, version) } },
  components: works.map((work) => ({
    type: 'library',
    'bom-ref': purlOf(work.name, work.version),
    name: work.name,
    version: work.version,
    purl: purlOf(work.name, work.version),
    licenses: [{ expression: work.license }],
  })),
  dependencies: works.map((work) => ({
    ref: purlOf(work.name, work.version),
    dependsOn: work.needs.map((need) => {
      const at = need.lastIndexOf('@')
      return purlOf(need.slice(0, at), need.slice(at + 1))
    }),
  })),
})
