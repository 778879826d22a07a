/** `{"encrypt":"…"}` has one of each; there is room for a few fields more. */
const MOST = 32
const STRUCTURE = ['{', '[', ',', ':'] as const

/**
 * The envelope is JSON that nobody has vouched for: one string is taken out of it, and nothing else is looked at. What has
 * more structure than an envelope is not parsed: thousands of brackets or keys cost more than all that follows.
 * @param body as it came @returns `encrypt`; undefined for whatever is no envelope
 */
export function sealedIn(body: unknown): string | undefined {
  if (!Buffer.isBuffer(body) || !STRUCTURE.every((mark) => isRare(body, mark))) return undefined
  try {
    const envelope: unknown = JSON.parse(body.toString('utf8'))
    if (typeof envelope !== 'object' || envelope === null) return undefined
    if (!Object.hasOwn(envelope, 'encrypt')) return undefined
    const { encrypt } = envelope as { encrypt: unknown }
    return typeof encrypt === 'string' ? encrypt : undefined
  } catch {
    return undefined
  }
}

function isRare(body: Buffer, mark: string): boolean {
  let at = -1
  for (let seen = 0; seen <= MOST; seen++) {
    at = body.indexOf(mark, at + 1, 'latin1')
    if (at < 0) return true
  }
  return false
}
