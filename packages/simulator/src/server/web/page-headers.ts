/** Of the connection, or of the body as it was sent. */
const DROPPED = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-encoding',
  'content-length',
  'set-cookie',
  // SIM: a client's web view is no frame, and no plain http.
  'x-frame-options',
  'cross-origin-opener-policy',
  'strict-transport-security',
])

/**
 * The page's own policy, with the client's script let in: what a client injects is not subject to it.
 * @param script none on a computer
 */
export const clientPolicy = (policy: string, script: string | null): string => {
  const directives = policy
    .split(';')
    .map((text) => text.trim())
    .filter((text) => text !== '' && !/^(frame-ancestors|upgrade-insecure-requests)\b/i.test(text))
  const valuesOf = (name: string) =>
    directives.find((text) => text.toLowerCase().startsWith(`${name} `))?.slice(name.length + 1)
  const scripts = valuesOf('script-src') ?? valuesOf('default-src')
  if (scripts === undefined || script === null) return directives.join('; ')
  const others = directives.filter((text) => !/^script-src /i.test(text))
  const allowed = scripts.split(/\s+/).filter((value) => value.toLowerCase() !== "'none'")
  return [...others, ['script-src', ...allowed, script].join(' ')].join('; ')
}

/** The answer's headers as the frame gets them; `Location` is the caller's. */
export const answerHeaders = (
  headers: [string, string][],
  script: string | null,
): Record<string, string | string[]> => {
  const out: Record<string, string> = {}
  for (const [name, value] of headers) {
    const lower = name.toLowerCase()
    if (DROPPED.has(lower) || lower === 'location') continue
    const policy = lower.startsWith('content-security-policy')
    out[lower] = policy ? clientPolicy(value, script) : value
  }
  return out
}

/** Puts the client's script before everything else of a document. */
export const withScript = (html: Buffer, script: string): Buffer => {
  const text = html.toString('latin1')
  const head = /<head(\s[^>]*)?>/i.exec(text) ?? /<!doctype[^>]*>/i.exec(text)
  const at = head ? head.index + head[0].length : 0
  return Buffer.from(
    `${text.slice(0, at)}<script src="${script}"></script>${text.slice(at)}`,
    'latin1',
  )
}

const NOT_SENT = new Set(['host', 'connection', 'content-length', 'cookie', 'accept-encoding'])

/** The request's headers as the service gets them. `text` translates what names the frame. */
export const requestHeaders = (
  headers: Record<string, string | string[] | undefined>,
  text: (value: string) => string,
): Record<string, string> => {
  const out: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined || NOT_SENT.has(name)) continue
    out[name] = text([value].flat().join(', '))
  }
  return out
}
