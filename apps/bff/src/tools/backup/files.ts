import { copyFile, link, open, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** What a backup does with files. A test stops it between two steps. */
export interface BackupFiles {
  exists(file: string): Promise<boolean>
  /** Bytes. */
  size(file: string): Promise<number>
  /** Its first 16 bytes; fewer when it is shorter. */
  head(file: string): Promise<Uint8Array>
  /** An empty file that only its user may read (0600). @throws EEXIST */
  create(file: string): Promise<void>
  /** Only its user may read the copy. @throws EEXIST */
  copy(from: string, to: string): Promise<void>
  /** A second name for the same file. @throws EEXIST */
  link(from: string, to: string): Promise<void>
  /** Replaces what has the name, in one step. */
  rename(from: string, to: string): Promise<void>
  remove(file: string): Promise<void>
  /** What was written, and the names in its folder, are on the disk. */
  sync(file: string): Promise<void>
}

const synced = async (file: string): Promise<void> => {
  const handle = await open(file, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export const systemBackupFiles: BackupFiles = {
  exists: (file) =>
    stat(file).then(
      () => true,
      () => false,
    ),
  size: async (file) => (await stat(file)).size,
  async head(file) {
    const handle = await open(file, 'r')
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(16), 0, 16, 0)
      return buffer.subarray(0, bytesRead)
    } finally {
      await handle.close()
    }
  },
  create: (file) => writeFile(file, '', { flag: 'wx', mode: 0o600 }),
  async copy(from, to) {
    await writeFile(to, '', { flag: 'wx', mode: 0o600 })
    await copyFile(from, to)
  },
  link,
  rename,
  remove: (file) => rm(file, { force: true }),
  async sync(file) {
    await synced(file)
    // Windows opens no folder, and needs no such step.
    if (process.platform !== 'win32') await synced(path.dirname(file))
  },
}

/** The files of SQLite beside the database itself. */
export const SIDE_FILES = ['-wal', '-shm'] as const
