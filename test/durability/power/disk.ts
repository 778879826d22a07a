import type { Change } from './disk-log.js'

/** From 0 up to 1. */
type Random = () => number

interface FileOnDisk {
  /** As of its last sync. */
  safe: Buffer
  /** Since then: any part of it may have reached the disk, in any order. */
  unsafe: Change[]
  /** Whether its name is in the folder, and whether it was when the folder was last synced. */
  named: boolean
  safelyNamed: boolean
}

const SECTORS = [512, 4096]
/** What becomes of what was not synced. `some` and `torn` go sector by sector. */
const FATES = ['none', 'all', 'first', 'some', 'torn'] as const

/** A disk that promises nothing but what was synced. */
export class Disk {
  readonly #files = new Map<string, FileOnDisk>()

  apply(change: Change): void {
    if (change.kind !== 'sync') this.#change(change)
    else if (change.file === '/') {
      for (const file of this.#files.values()) file.safelyNamed = file.named
    } else {
      const file = this.#files.get(change.file)
      for (const one of file?.unsafe.splice(0) ?? []) file!.safe = changed(file!.safe, one)
    }
  }

  /** Whether `file` has changes that are not synced. */
  unsafe(file: Change['file']): boolean {
    return Boolean(this.#files.get(file)?.unsafe.length)
  }

  /** What the files may be after the power went, by one seeded choice. */
  lose(random: Random): Map<string, Buffer> {
    const left = new Map<string, Buffer>()
    for (const [name, { safe, unsafe, named, safelyNamed }] of this.#files) {
      const bytes = survivors(unsafe, random).reduce(changed, Buffer.from(safe))
      if (random() < 0.5 ? safelyNamed : named) left.set(name, bytes)
    }
    return left
  }

  #change(change: Change): void {
    const known = this.#files.get(change.file)
    if (change.kind === 'unlink') {
      if (known) known.named = false
    } else if (known?.named) known.unsafe.push(change)
    else {
      const safelyNamed = known?.safelyNamed ?? false
      const file = { safe: Buffer.alloc(0), unsafe: [change], named: true, safelyNamed }
      this.#files.set(change.file, file)
    }
  }
}

const changed = (file: Buffer, { kind, offset, bytes }: Change): Buffer => {
  const length = kind === 'truncate' ? offset : Math.max(file.length, offset + bytes.length)
  const result = file.length === length ? file : Buffer.alloc(length)
  if (result !== file) file.copy(result)
  bytes.copy(result, offset)
  return result
}

/** The changes that reached the disk, whole or in sectors, or as garbage. */
const survivors = (unsafe: readonly Change[], random: Random): Change[] => {
  const pick = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T
  const fate = pick(FATES)
  if (fate === 'none') return []
  if (fate === 'all') return [...unsafe]
  if (fate === 'first') return unsafe.slice(0, Math.floor(random() * (unsafe.length + 1)))
  const sector = pick(SECTORS)
  const share = random()
  return unsafe.flatMap((change) =>
    change.kind === 'write'
      ? sectorsOf(change, sector)
          .filter(() => random() < share)
          .map((part) => (fate === 'torn' && random() < 0.3 ? garbage(part, random) : part))
      : random() < share
        ? [change]
        : [],
  )
}

/** Cut where the disk's sectors end. */
const sectorsOf = (change: Change, size: number): Change[] => {
  const parts: Change[] = []
  const { offset, bytes } = change
  for (let from = 0; from < bytes.length;) {
    const until = Math.min(bytes.length, from + size - ((offset + from) % size))
    parts.push({ ...change, offset: offset + from, bytes: bytes.subarray(from, until) })
    from = until
  }
  return parts
}

/** Only within what was written: SQLite counts on the neighbouring bytes of the sector (powersafe overwrite). */
const garbage = (part: Change, random: Random): Change => ({
  ...part,
  bytes: Buffer.from(part.bytes.map(() => Math.floor(random() * 256))),
})
