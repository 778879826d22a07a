/** The words that the driver knows. `require`, `prefer` and `verify-ca` check as `verify-full` does. */
const SSL_MODES = ['disable', 'prefer', 'require', 'verify-ca', 'verify-full', 'no-verify']

/** Empty: the server's own. */
const MILLISECONDS = /^\d{0,9}$/

/** The limits of time that the URL may set. */
export const POSTGRES_LIMITS = [
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
] as const

/**
 * What is wrong with a `postgres://` URL. A password is often pasted into it as it is; what it then means to say is found
 * here, before the wrong host is asked for.
 * @returns the mistake as text that shows no password; undefined for none
 */
export const postgresUrlMistake = (text: string): string | undefined =>
  encodingMistake(text) ??
  (URL.canParse(text) ? optionMistake(new URL(text).searchParams) : `${INVALID}${hint(text)}`)

const INVALID = 'is not a valid postgres:// URL'

const encodingMistake = (text: string): string | undefined => {
  if (/%(?![0-9a-f]{2})/i.test(text)) return encoded('%', '%25')
  if (text.includes('#')) return encoded('#', '%23')
  if (/[^\x21-\x7e]/.test(text))
    return 'has a blank or another character that must be percent-encoded'
  try {
    decodeURIComponent(text)
  } catch {
    return 'has percent-encoded bytes that are not UTF-8: a % in a password must be percent-encoded (%25)'
  }
  const [, authority = '', rest = ''] = /^\w+:\/\/([^/?]*)(.*)$/.exec(text) ?? []
  // Without a user before the host, an @ further on means that the authority ended inside a password.
  if (!authority.includes('@') && /^[^=]*@/.test(rest)) {
    return rest.startsWith('/') ? encoded('/', '%2F') : encoded('?', '%3F')
  }
  return undefined
}

const encoded = (character: string, as: string): string =>
  `has a ${character} that stands for itself: in a password it must be percent-encoded (${as})`

/** `[`, a port that is a word. */
const hint = (text: string): string =>
  text.includes('@') ? ': special characters in a password must be percent-encoded' : ''

const optionMistake = (options: URLSearchParams): string | undefined => {
  const mode = options.get('sslmode')
  if (mode !== null && !SSL_MODES.includes(mode)) {
    return `sslmode must be one of ${SSL_MODES.join(', ')}`
  }
  if (
    mode === 'verify-ca' &&
    options.get('uselibpqcompat') === 'true' &&
    !options.get('sslrootcert')
  ) {
    return 'sslmode=verify-ca needs sslrootcert=<file>'
  }
  for (const limit of POSTGRES_LIMITS) {
    if (!MILLISECONDS.test(options.get(limit) ?? '')) return `${limit} must be milliseconds`
  }
  return undefined
}
