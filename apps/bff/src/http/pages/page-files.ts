import { createHash } from 'node:crypto'
import { type Dirent, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gzipSync } from 'node:zlib'

/** A file of the built page, as it is answered. */
export interface PageFile {
  readonly bytes: Buffer
  /** Absent: compressing it would gain nothing. */
  readonly gzip?: Buffer | undefined
  readonly type: string
  readonly etag: string
}

/** By the name's ending. What has another is no file of the page. */
const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webp': 'image/webp',
}
const COMPRESSES = /^(text\/|application\/json|image\/svg)/
const DOCUMENT = 'index.html'
const HEAD_END = '</head>'

/** The page's script reads here which app the page belongs to. Ids are letters, digits, - and _. */
const appMark = (appId: string) => `<meta name="sealcard-app" content="${appId}">`

/** A built page. It is read once: what is served never depends on what a request asks for on the disk. */
export class PageFiles {
  readonly #files = new Map<string, PageFile>()
  readonly #documents = new Map<string, PageFile>()
  readonly #html: string | undefined

  /** @param folder with `index.html`; one that is not there has no page */
  constructor(folder: string) {
    for (const name of filesBelow(folder)) {
      const type = TYPES[path.extname(name)]
      if (type === undefined) continue
      const bytes = readFileSync(path.join(folder, name))
      if (name === DOCUMENT) this.#html = bytes.toString('utf8')
      else this.#files.set(name, new KeptFile(bytes, type))
    }
  }

  /** @param name below the folder: `assets/index-1a2b3c.js` */
  find(name: string): PageFile | undefined {
    return this.#files.get(name)
  }

  /** The document as a file. @returns undefined when the page was not built */
  get index(): PageFile | undefined {
    return this.#html === undefined ? undefined : this.#documentOf('', this.#html)
  }

  /** The document as it was built. Undefined when the page was not built. */
  get html(): string | undefined {
    return this.#html
  }

  /** The document of an app, the same for whatever share. @returns undefined when the page was not built */
  document(appId: string): PageFile | undefined {
    if (this.#html === undefined) return undefined
    return this.#documentOf(appId, this.#html.replace(HEAD_END, `${appMark(appId)}${HEAD_END}`))
  }

  #documentOf(key: string, html: string): PageFile {
    const known = this.#documents.get(key)
    if (known) return known
    const file = new KeptFile(Buffer.from(html), 'text/html; charset=utf-8')
    this.#documents.set(key, file)
    return file
  }
}

/** It is compressed when the first client asks for that: most files of a large site are never asked for. */
class KeptFile implements PageFile {
  readonly etag: string
  #gzip: Buffer | undefined

  constructor(
    readonly bytes: Buffer,
    readonly type: string,
  ) {
    this.etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
  }

  get gzip(): Buffer | undefined {
    if (!COMPRESSES.test(this.type)) return undefined
    this.#gzip ??= gzipSync(this.bytes, { level: 9 })
    return this.#gzip.length < this.bytes.length ? this.#gzip : undefined
  }
}

const filesBelow = (folder: string): string[] => {
  let entries: Dirent[]
  try {
    entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
}
