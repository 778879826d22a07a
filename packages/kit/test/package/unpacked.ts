import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const kit = path.resolve(__dirname, '../..')

export interface Unpacked {
  /** The tarball, as `pnpm pack` makes it. */
  tarball: string
  /** A consumer's project. Its `node_modules` have only the kit. */
  project: string
  /** The kit in it. */
  root: string
  /** Every file of the kit, sorted. */
  files: string[]
  remove(): void
}

/** Packs the built kit and unpacks it into an empty project. */
export const unpackKit = (): Unpacked => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-kit-'))
  const packed = path.join(dir, 'packed')
  const project = path.join(dir, 'project')
  const root = path.join(project, 'node_modules/@sealcard/kit')
  mkdirSync(packed)
  mkdirSync(root, { recursive: true })
  const pack = path.join(kit, '../../scripts/pack.mjs')
  const tarball = execFileSync(process.execPath, [pack, packed, '@sealcard/kit'], {
    encoding: 'utf8',
  }).trim()
  execFileSync('tar', ['-xzf', tarball, '-C', root, '--strip-components=1'])
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)))
    .sort()
  return {
    tarball,
    project,
    root,
    files,
    remove: () => {
      rmSync(dir, { recursive: true, force: true })
    },
  }
}
