import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'

/** What happened to one of the database's files. */
export interface Change {
  kind: 'write' | 'truncate' | 'sync' | 'unlink'
  /** After the database's name; `/` is the folder they lie in. */
  file: '' | '-wal' | '-journal' | '/'
  /** Where it was written, or the length it was cut to. */
  offset: number
  bytes: Buffer
  /** The log's length once this was noted. */
  end: number
}

const KINDS = { 1: 'write', 2: 'truncate', 3: 'sync', 4: 'unlink' } as const
const FILES = { 1: '', 2: '-wal', 3: '-journal', 4: '/' } as const
const HEAD = 24

/** Compiles what notes the changes; nothing where there is no C compiler, or no Linux. */
export const buildDiskLog = (dir: string): string | undefined => {
  if (process.platform !== 'linux') return undefined
  const library = path.join(dir, 'disk-log.so')
  const source = path.join(__dirname, 'disk-log.c')
  try {
    execFileSync('cc', ['-shared', '-fPIC', '-O1', '-o', library, source, '-ldl'], {
      stdio: 'ignore',
    })
    return library
  } catch {
    return undefined
  }
}

/** One process's changes of its database, in order. */
export class DiskLog {
  constructor(
    private readonly file: string,
    private readonly library: string,
    private readonly database: string,
  ) {}

  /** For the process. */
  get env(): Record<string, string> {
    return { LD_PRELOAD: this.library, DISK_LOG: this.file, DISK_LOG_OF: this.database }
  }

  /** Everything that happened before now lies before this place. */
  get length(): number {
    return statSync(this.file).size
  }

  read(): Change[] {
    const log = readFileSync(this.file)
    const changes: Change[] = []
    for (let at = 0; at + HEAD <= log.length;) {
      const kind = KINDS[log.readUInt32LE(at) as keyof typeof KINDS]
      const file = FILES[log.readUInt32LE(at + 4) as keyof typeof FILES]
      const offset = Number(log.readBigUInt64LE(at + 8))
      const end = at + HEAD + Number(log.readBigUInt64LE(at + 16))
      changes.push({ kind, file, offset, bytes: log.subarray(at + HEAD, end), end })
      at = end
    }
    return changes
  }
}
