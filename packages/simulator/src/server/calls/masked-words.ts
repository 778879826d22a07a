/** Names of what must not leave the machine: in a log that somebody copies into an issue, for instance. */
const SECRET =
  /^(?:js_?)?code$|secret|token|session_?key|signature|aes_?key|password|authorization|cookie|openid|unionid|^ticket$|echostr|nonce_?str/i
const DEPTH = 12

/** `code` is a login's, or the code of a refusal, which is none. */
const isSecret = (name: string, value: unknown): boolean =>
  SECRET.test(name) && value !== null && !(typeof value === 'string' && /^ERR_[A-Z_]+$/.test(value))

/** The same value with each secret as `***`. */
export const masked = (value: unknown, depth = 0): unknown => {
  if (typeof value !== 'object' || value === null) return value
  if (depth > DEPTH) return '…'
  if (Array.isArray(value)) return value.map((one) => masked(one, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      isSecret(name, inner) ? '***' : masked(inner, depth + 1),
    ]),
  )
}

const LONGEST = 20_000

/** A body as the log shows it: JSON taken apart, so that secrets in it have names; other text as it is. */
export const wordsOf = (text: unknown): unknown => {
  if (typeof text !== 'string') return text ?? null
  if (text === '') return null
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' ? value : text
  } catch {
    return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  }
}
