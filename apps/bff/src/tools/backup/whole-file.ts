import { BackupError } from './backup-error.js'
import type { BackupFiles } from './files.js'

/**
 * Under the name there is either the whole file or nothing.
 * @param fill writes into the empty file that it gets
 * @throws BackupError when the name is taken
 */
export const wholeFile = async (
  to: string,
  files: BackupFiles,
  fill: (part: string) => Promise<unknown>,
): Promise<void> => {
  if (await files.exists(to)) throw new BackupError(`${to}: there already; choose another name`)
  const part = `${to}.part`
  // What a backup left that was cut off.
  await files.remove(part)
  await files.create(part)
  try {
    await fill(part)
    await files.sync(part)
    await files.rename(part, to)
    await files.sync(to)
  } catch (error) {
    await files.remove(part)
    throw error
  }
}
