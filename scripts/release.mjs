// Usage: node scripts/release.mjs TAG FOLDER. Packs what is built, as it is published: every package, and the service. The tag
// `v1.2.3`, all manifests and CHANGELOG.md must name one version. Writes the notes of the release, too.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { notesOf } from './lib/changelog.mjs'
import { exec } from './lib/exec.mjs'
import { at } from './lib/paths.mjs'
import { pnpm } from './lib/pnpm.mjs'
import { packages } from './lib/workspace.mjs'

const [tag = '', target = 'out'] = process.argv.slice(2)
const folder = path.resolve(target)
const version = tag.replace(/^v/, '')
const published = packages().filter(({ json }) => !json.private)

/** @returns {string[]} what does not fit, a sentence for each */
const mistakes = () => {
  const manifests = [
    ...published.map(({ json }) => json),
    JSON.parse(readFileSync(at('package.json'), 'utf8')),
  ]
  return manifests
    .filter((json) => json.version !== version)
    .map(({ name, version: other }) => `${name} is ${other}, the tag says ${version}`)
}

const must = async (work) => {
  const { code, output } = await work
  if (code) throw new Error(output)
}

const wrong = mistakes()
if (wrong.length) throw new Error(wrong.join('\n'))
const notes = notesOf(readFileSync(at('CHANGELOG.md'), 'utf8'), version)
mkdirSync(folder, { recursive: true })
writeFileSync(path.join(folder, 'NOTES.md'), notes)
for (const { dir } of published)
  await must(pnpm(['pack', '--pack-destination', folder], { cwd: dir, quiet: true }))
await must(exec('node', [at('scripts/pack-service.mjs'), folder], { quiet: true }))
