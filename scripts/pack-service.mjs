// Usage: node scripts/pack-service.mjs FOLDER. Packs what is built as the package `sealcard`, and prints the tarball's path.
// Inside, paths are as here: the service finds page, console and documentation beside itself, and links of documents lead somewhere.
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { exec } from './lib/exec.mjs'
import { root } from './lib/paths.mjs'
import { noticesOf, refusedOf, sbomOf, worksOf } from './lib/third-party.mjs'

const read = (file) => readFileSync(path.join(root, file), 'utf8')
const json = (file) => JSON.parse(read(file))

/** What the bundle leaves outside and cannot do without. The others are optional parts of libraries. */
const DEPENDENCIES = ['pg', 'pino', 'reflect-metadata', 'swagger-ui-dist']
/** A machine that cannot build it may take better-sqlite3 or PostgreSQL. */
const OPTIONAL = ['sqlite3']

const manifest = () => {
  const { version, license, engines } = json('package.json')
  const { dependencies } = json('apps/bff/package.json')
  const ranges = (names) =>
    Object.fromEntries(names.map((name) => [name, `^${dependencies[name]}`]))
  return {
    name: 'sealcard',
    version,
    description:
      'Private share cards (私密消息) for WeChat and WeCom: the service, its console and its web page',
    license,
    type: 'module',
    engines,
    bin: { sealcard: 'apps/bff/bin/sealcard.mjs' },
    exports: { './package.json': './package.json' },
    dependencies: ranges(DEPENDENCIES),
    optionalDependencies: ranges(OPTIONAL),
    peerDependencies: { 'better-sqlite3': '^12.0.0' },
    peerDependenciesMeta: { 'better-sqlite3': { optional: true } },
    keywords: [
      'wechat',
      'wecom',
      'mini-program',
      'private-message',
      '私密消息',
      '企业微信',
      '小程序',
    ],
  }
}

/** A script without its map has no line that names one. */
const copyScript = (from, to) => {
  const text = readFileSync(from, 'utf8').replace(/\n\/\/# sourceMappingURL=\S*\s*$/, '\n')
  writeFileSync(to, text)
}

const copyBundle = (folder) => {
  const [from, to] = [root, folder].map((base) => path.join(base, 'apps/bff/dist'))
  mkdirSync(path.join(to, 'bundle'), { recursive: true })
  const files = ['', 'bundle'].flatMap((dir) =>
    readdirSync(path.join(from, dir)).map((name) => path.join(dir, name)),
  )
  for (const file of files) {
    if (file.endsWith('.js')) copyScript(path.join(from, file), path.join(to, file))
    if (file.endsWith('.LEGAL.txt')) cpSync(path.join(from, file), path.join(to, file))
  }
}

const AS_THEY_ARE = [
  ...['apps/bff/bin', 'apps/bff/README.md', 'apps/web/dist', 'apps/console/dist', 'apps/docs/dist'],
  ...['docs', 'LICENSE', 'CHANGELOG.md', 'SECURITY.md'],
]

/** The build's own marks are not. */
const isShipped = (file) => !/[\\/]\.(build-stamp|vite)$/.test(file)

/** What is bundled, or comes with it. @throws when a licence does not let us ship a work */
const writeThirdParty = (folder) => {
  const works = worksOf(
    ['apps/bff', 'apps/web', 'apps/console', 'apps/docs'].map((dir) => path.join(root, dir)),
  )
  const refused = refusedOf(works)
  if (refused.length) throw new Error(refused.join('\n'))
  writeFileSync(path.join(folder, 'THIRD-PARTY-NOTICES.txt'), noticesOf(works))
  const sbom = JSON.stringify(sbomOf(works, manifest()), null, 2)
  writeFileSync(path.join(folder, 'sbom.cdx.json'), `${sbom}\n`)
}

const assemble = (folder) => {
  copyBundle(folder)
  for (const file of AS_THEY_ARE)
    cpSync(path.join(root, file), path.join(folder, file), { recursive: true, filter: isShipped })
  cpSync(path.join(root, 'apps/bff/release/README.md'), path.join(folder, 'README.md'))
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest(), null, 2))
  writeThirdParty(folder)
}

const target = path.resolve(process.argv[2])
const folder = mkdtempSync(path.join(os.tmpdir(), 'sealcard-pack-'))
assemble(folder)
const args = ['pack', '--offline', '--pack-destination', target]
const { code, output } = await exec('npm', args, { cwd: folder, quiet: true })
rmSync(folder, { recursive: true, force: true })
if (code) console.error(output)
else console.log(path.join(target, `${manifest().name}-${manifest().version}.tgz`))
process.exitCode = code
