import { jsonFault } from './json-fault.js'

/** A byte that is no UTF-8 would become U+FFFD. It drops the mark that some editors put in front (EF BB BF). */
const utf8 = new TextDecoder('utf-8', { fatal: true })

const WHY: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of the path is no directory',
}

/**
 * The JSON of the config file. Nothing of the file is quoted: it may hold a secret.
 * @param readFile the bytes of a file; throws when it can't be read
 * @returns the JSON, or the mistake as text
 */
export const readConfigText = (
  path: string,
  readFile: (path: string) => Uint8Array,
): { json: unknown } | string => {
  let bytes: Uint8Array
  try {
    bytes = readFile(path)
  } catch (error) {
    return `can't read ${path}${causeOf(error)}`
  }
  const utf16 = encodedInUtf16(bytes)
  let text: string
  try {
    text = utf8.decode(bytes)
  } catch {
    return `${path} is not UTF-8${utf16}: save it as UTF-8`
  }
  if (utf16) return `${path} is not UTF-8${utf16}: save it as UTF-8`
  try {
    return { json: JSON.parse(text) as unknown }
  } catch {
    return `${path} is not JSON: ${jsonFault(text) ?? 'it cannot be parsed'}`
  }
}

const causeOf = (error: unknown): string => {
  const { code } = error as { code?: unknown }
  if (typeof code !== 'string') return ''
  return WHY[code] ? ` (${code}): ${WHY[code]}` : ` (${code})`
}

/** By its mark, or by the zero bytes between its letters. */
const encodedInUtf16 = (bytes: Uint8Array): string => {
  const [first, second] = bytes
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return marked || bytes.includes(0) ? ' but UTF-16' : ''
}
