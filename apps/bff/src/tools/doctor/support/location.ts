import path from 'node:path'
import { type Context, type Files, ok, type Said, warning, wrong } from './check.js'

const LOW_BYTES = 1_000_000_000
const FULL_BYTES = 50_000_000

/** File systems whose locks or memory-mapped files SQLite cannot rely on, and those that do not last. */
const UNFIT: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'SMB',
  0xfe534d42: 'SMB',
  0x01021997: '9P',
}
const PASSING: Readonly<Record<number, string>> = {
  0x01021994: 'tmpfs',
  0x858458f6: 'ramfs',
  0x794c7630: 'overlay, which goes with its container',
}

/** Whether the folder is a place for a database. @param size of the file, bytes */
export const locationFindings = async (
  { files, config }: Context,
  folder: string,
  size: number,
): Promise<readonly Said[]> => {
  let space
  try {
    space = await files.space(folder)
  } catch {
    return [await unmade(files, folder)]
  }
  const found: Said[] = [...spaceFindings(space.free, size, folder)]
  if (!(await files.writable(folder))) {
    const what = `this user may not write into ${folder}`
    found.push(wrong('folder-read-only', what, 'Give the folder to the user of the service.'))
  }
  const unfit = UNFIT[space.type]
  if (unfit) {
    const todo = 'Put the file on a disk of this machine, or use PostgreSQL.'
    found.push(
      wrong('network-file-system', `${folder} is on ${unfit}: WAL needs one machine`, todo),
    )
  }
  const passing =
    PASSING[space.type] ??
    (isBelow(folder, files.temporary) ? 'a folder for temporary files' : undefined)
  if (passing && config.mode === 'production') {
    const what = `${folder} is on ${passing}: acknowledged cards would not last`
    found.push(wrong('not-lasting', what, 'Put the file on a disk that stays.'))
  }
  return found
}

/** The service makes the folder, and those above it, where it may. */
const unmade = async (files: Files, folder: string): Promise<Said> => {
  const above = await nearest(files, path.dirname(folder))
  if (!(await files.isFolder(above))) {
    const what = `${folder} cannot be made: ${above} is no folder, or not to be looked into`
    return wrong(
      'folder-blocked',
      what,
      'Correct DATABASE_URL, or the rights of the folders above.',
    )
  }
  if (!(await files.writable(above))) {
    const what = `${folder} is not there and cannot be made: this user may not write into ${above}`
    const todo = 'Make the folder, and give it to the user of the service.'
    return wrong('folder-read-only', what, todo)
  }
  return ok('no-folder', `${folder} is not there yet`)
}

/** The first that is there, upwards. */
const nearest = async (files: Files, folder: string): Promise<string> => {
  const there = await files.space(folder).then(
    () => true,
    () => false,
  )
  const parent = path.dirname(folder)
  return there || parent === folder ? folder : nearest(files, parent)
}

function* spaceFindings(free: number, size: number, folder: string): Generator<Said> {
  const told = `${Math.floor(free / 1e6)} MB are free at ${folder}`
  if (free < FULL_BYTES) yield wrong('disk-full', told, 'Make room: writes are about to fail.')
  else if (free < Math.max(LOW_BYTES, size / 10)) yield warning('disk-low', told, 'Make room.')
  else yield ok('disk', told)
}

const isBelow = (folder: string, parent: string): boolean =>
  !path.relative(parent, folder).startsWith('..') && !path.isAbsolute(path.relative(parent, folder))
