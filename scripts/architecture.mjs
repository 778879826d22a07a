// Writes the picture of the layers into docs/ARCHITECTURE.md.
//   node scripts/architecture.mjs           writes it
//   node scripts/architecture.mjs --check   exits with 1 when it is out of date
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { at } from './lib/paths.mjs'

const SOURCE = 'apps/bff/src'
const MARKS = ['<!-- layers: scripts/architecture.mjs -->', '<!-- end of layers -->']

/** The composition root. It starts the others and is no layer. */
const ROOT = 'app'

/**
 * The order of the layers, from dependency-cruiser's rules: each rule names one folder and those that come after it.
 * @param {{ forbidden: { name: string, from: { path?: unknown }, to: { path?: unknown } }[] }} config
 */
export const layersOf = ({ forbidden }) => {
  const rules = forbidden.filter(({ name }) => name.endsWith('-imports-only-what-lies-before-it'))
  const ordered = rules
    .map(({ from, to }) => ({
      folder: new RegExp(`^\\^${SOURCE}/([a-z-]+)/$`).exec(String(from.path))?.[1],
      after: /\(([a-z|-]+)\)/.exec(String(to.path))?.[1]?.split('|') ?? [],
    }))
    .filter(({ folder }) => folder !== undefined)
    .sort((a, b) => b.after.length - a.after.length)
  const [first] = ordered
  if (!first) throw new Error('.dependency-cruiser.cjs has no rule for the layers')
  return [first.folder, ...first.after]
}

/** @returns {string[]} the TypeScript files below a folder */
const filesIn = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) => entry.isFile() && /\.ts$/.test(entry.name) && !/\.test\.ts$/.test(entry.name),
    )
    .map(({ parentPath, name }) => path.join(parentPath, name))

/** Which layers a layer imports itself; type-only imports count. */
export const importsOf = (layers, source = at(SOURCE)) => {
  const arrows = new Map(layers.map((layer) => [layer, new Set()]))
  for (const layer of layers) {
    for (const file of filesIn(path.join(source, layer))) {
      for (const [, specifier] of readFileSync(file, 'utf8').matchAll(/from '(\.[^']+)'/g)) {
        const target = path.relative(source, path.resolve(path.dirname(file), specifier))
        const [to = ''] = target.split(path.sep)
        if (to !== layer && arrows.has(to)) arrows.get(layer).add(to)
      }
    }
  }
  return arrows
}

/** Leaves out an arrow when a longer way shows it already. */
export const reduced = (arrows) => {
  const reaches = (from, to) =>
    [...(arrows.get(from) ?? [])].some((next) => next === to || reaches(next, to))
  return [...arrows].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => ![...targets].some((other) => other !== to && reaches(other, to)))
      .map((to) => [from, to]),
  )
}

/** What comes last stands on top, as it rests on the others. */
export const picture = (layers, arrows) => {
  const boxes = layers.map((layer) => `  ${layer}["${layer}/"]`)
  const lines = reduced(arrows).map(([from, to]) => `  ${from} --> ${to}`)
  return ['```mermaid', 'flowchart TD', ...boxes.reverse(), ...lines.reverse(), '```'].join('\n')
}

const write = (check) => {
  const file = at('docs/ARCHITECTURE.md')
  const require = createRequire(import.meta.url)
  const layers = layersOf(require(at('.dependency-cruiser.cjs'))).filter((name) => name !== ROOT)
  const text = readFileSync(file, 'utf8')
  const [start, end] = MARKS.map((mark) => text.indexOf(mark))
  if (start < 0 || end < start)
    throw new Error(`docs/ARCHITECTURE.md needs the marks ${MARKS.join(' and ')}`)
  const block = picture(layers, importsOf(layers))
  const now = `${text.slice(0, start)}${MARKS[0]}\n\n${block}\n\n${text.slice(end)}`
  if (now === text) return 0
  if (check) {
    console.error('docs/ARCHITECTURE.md is out of date: run node scripts/architecture.mjs')
    return 1
  }
  writeFileSync(file, now)
  return 0
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  process.exitCode = write(process.argv.includes('--check'))
