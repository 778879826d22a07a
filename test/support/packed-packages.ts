import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const repository = path.resolve(import.meta.dirname, '../..')

interface Manifest {
  name: string
  private?: boolean
  type?: string
  main?: string
  types?: string
  license?: string
  exports: Record<string, unknown>
  dependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
}

export interface Published {
  name: string
  /** Its folder in this repository. */
  source: string
}

/** The packages that are for adopters. */
export const publishedPackages = (): Published[] =>
  readdirSync(path.join(repository, 'packages'))
    .map((dir) => path.join(repository, 'packages', dir))
    .filter((source) => existsSync(path.join(source, 'package.json')))
    .map((source) => ({ source, ...read(source) }))
    .filter((one) => !one.private)
    .map(({ name, source }) => ({ name, source }))

const read = (folder: string) =>
  JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest

export interface Packed extends Published {
  tarball: string
  /** Unpacked, in the project's node_modules. */
  root: string
  /** As it is in the tarball. */
  manifest: Manifest
  files: string[]
}

/** An adopter's project that has only what it installed. */
export interface AdopterProject {
  dir: string
  packages: Packed[]
  /** Makes a package of this repository's node_modules one of the project's. */
  link(name: string, from?: string): void
  write(file: string, text: string): string
  /** Runs Node there. @returns what it printed */
  node(...args: string[]): string
  remove(): void
}

const filesBelow = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort()

const packInto = (folder: string, names: string[]): string[] => {
  mkdirSync(folder, { recursive: true })
  const pack = path.join(repository, 'scripts/pack.mjs')
  return execFileSync(process.execPath, [pack, folder, ...names], { encoding: 'utf8' })
    .trim()
    .split('\n')
}

/**
 * Packs these packages as they would be published and unpacks them into an empty project. What they need of others comes
 * from this repository, since no registry is asked.
 */
export const adopterProject = (published = publishedPackages()): AdopterProject => {
  const top = mkdtempSync(path.join(os.tmpdir(), 'sealcard-adopter-'))
  const dir = path.join(top, 'project')
  const modules = path.join(dir, 'node_modules')
  mkdirSync(modules, { recursive: true })
  const tarballs = packInto(
    path.join(top, 'packed'),
    published.map(({ name }) => name),
  )
  const packages = published.map((one, i) => {
    const tarball = tarballs[i]!
    const root = path.join(modules, one.name)
    mkdirSync(root, { recursive: true })
    execFileSync('tar', ['-xzf', tarball, '-C', root, '--strip-components=1'])
    return { ...one, tarball, root, manifest: read(root), files: filesBelow(root) }
  })
  const link = (name: string, from = repository) => {
    const at = path.join(modules, name)
    if (existsSync(at)) return
    mkdirSync(path.dirname(at), { recursive: true })
    symlinkSync(path.join(from, 'node_modules', name), at)
  }
  for (const { source, manifest } of packages)
    for (const name of Object.keys(manifest.dependencies ?? {})) link(name, source)
  const write = (file: string, text: string) => {
    const at = path.join(dir, file)
    mkdirSync(path.dirname(at), { recursive: true })
    writeFileSync(at, text)
    return at
  }
  write('package.json', '{ "name": "adopter", "private": true }\n')
  return {
    dir,
    packages,
    link,
    write,
    node: (...args) =>
      execFileSync(process.execPath, args, { cwd: dir, encoding: 'utf8', stdio: 'pipe' }),
    remove: () => rmSync(top, { recursive: true, force: true }),
  }
}
