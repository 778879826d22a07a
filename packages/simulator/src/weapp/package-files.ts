import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** The text files of a compiled package, by path with `/`, in a stable order. */
export interface PackageFiles {
  all: string[]
  read(file: string): string
  withExtension(extension: string): string[]
}

const textFile = /\.(wxml|wxs|wxss|js|json)$/
/** Tool configuration that lies beside app.json and is not part of the package. */
const notPackage = /^(project\.(private\.)?config\.json|.*\.LICENSE\.txt|.*\.map)$/

export const readPackageFiles = async (distDir: string): Promise<PackageFiles> => {
  const entries = await readdir(distDir, { recursive: true, withFileTypes: true })
  const all = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(distDir, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !notPackage.test(file))
    .sort()
  const contents = new Map<string, string>()
  await Promise.all(
    all
      .filter((file) => textFile.test(file))
      .map(async (file) => contents.set(file, await readFile(path.join(distDir, file), 'utf8'))),
  )
  return {
    all,
    read: (file) => contents.get(file) ?? '',
    withExtension: (extension) => all.filter((file) => file.endsWith(extension)),
  }
}

export const withoutExtension = (file: string): string => file.replace(/\.\w+$/, '')
