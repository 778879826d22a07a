import { readFile } from 'node:fs/promises'
import path from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

export interface ServedFile {
  type: string
  bytes: Buffer
}

/** A file below `dir`, or null: not there, a folder, or a name that leaves `dir`. */
export const readBelow = async (dir: string, name: string): Promise<ServedFile | null> => {
  const root = path.resolve(dir)
  const file = path.resolve(root, name)
  if (!file.startsWith(root + path.sep) || name.includes('\0')) return null
  try {
    const bytes = await readFile(file)
    return { bytes, type: TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream' }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return null
    throw error
  }
}
