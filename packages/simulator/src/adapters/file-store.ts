import { mkdir, open, readFile, rename } from 'node:fs/promises'
import path from 'node:path'
import type { WorldStore } from '../ports.js'

const readIfThere = async (file: string): Promise<string | null> => {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

const syncFolder = async (dir: string): Promise<void> => {
  const folder = await open(dir, 'r')
  try {
    await folder.sync()
  } catch {
    // Windows cannot sync a folder; the rename is as durable as it gets there.
  } finally {
    await folder.close()
  }
}

/** One JSON file, replaced whole: written beside, synced, renamed. A crash leaves the old or the new one, never half. */
export const fileStore = (dir: string): WorldStore => {
  const file = path.join(dir, 'world.json')
  return {
    load: () => readIfThere(file),
    save: async (text) => {
      await mkdir(dir, { recursive: true })
      const next = `${file}.next`
      const handle = await open(next, 'w', 0o600)
      try {
        await handle.writeFile(text)
        await handle.sync()
      } finally {
        await handle.close()
      }
      await rename(next, file)
      await syncFolder(dir)
    },
  }
}

export const memoryStore = (text: string | null = null): WorldStore & { text: string | null } => {
  const store = {
    text,
    load: () => Promise.resolve(store.text),
    save: (next: string) => {
      store.text = next
      return Promise.resolve()
    },
  }
  return store
}
