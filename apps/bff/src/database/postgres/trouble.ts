import type { PostgresConfig } from '../../core/config/config.js'
import { nameOf, foreignMessage } from '../../core/text.js'
import { type Layer, layers, type Trouble } from '../storage-error.js'

/** Where a `postgres://` URL leads, as far as it may be shown. */
export interface Place {
  readonly host: string
  /** `host:port`, or the path of a socket. */
  readonly server: string
  readonly user: string
  readonly database: string
  isSocket(path: string): boolean
  /** What a server said, in one line and without the password. */
  hide(said: string): string
}

/** @param text a URL that `readDatabaseUrl` took */
export const placeOf = (text: string): Place => {
  const url = new URL(text)
  const options = url.searchParams
  const host =
    options.get('host') ??
    (decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1') || 'localhost')
  const port = options.get('port') ?? (url.port || '5432')
  const user = options.get('user') ?? decodeURIComponent(url.username)
  const passwords = [url.password, decodeURIComponent(url.password), options.get('password') ?? '']
  return {
    host,
    server: host.startsWith('/') ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`,
    user: user || '(none)',
    database: decodeURIComponent(url.pathname.slice(1)) || user || '(none)',
    isSocket: (path) => host.startsWith('/') && path.startsWith(host),
    hide: (said) => foreignMessage(said, passwords),
  }
}

/** OpenSSL's names for a chain that ends in no certificate that is trusted here. */
const UNTRUSTED =
  /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_\w+|CERT_UNTRUSTED|CERT_SIGNATURE_FAILURE|INVALID_CA|CERT_REVOKED|CERT_REJECTED)$/

const TRUST =
  'Give the file of its authority as sslmode=verify-full&sslrootcert=<file>. (sslmode=no-verify encrypts without asking who answers.)'

/** Why the server's certificate is not taken. */
export const certificateTrouble = (
  code: string,
  { host }: Place,
): readonly [what: string, todo: string] | undefined => {
  if (UNTRUSTED.test(code)) return [`the server's certificate is not trusted (${code})`, TRUST]
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return [
      `the server's certificate is not for ${host} (${code})`,
      'Name the host as the certificate does, or have one made that names this host.',
    ]
  }
  if (/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/.test(code)) {
    return [
      `the server's certificate is not valid at this time (${code})`,
      'Renew it; check the clock of this machine.',
    ]
  }
  if (/^(ERR_SSL_\w+|ERR_TLS_\w+|ERR_OSSL_\w+|EPROTO|CERT_\w+)$/.test(code)) {
    return [
      `no TLS connection comes about (${code})`,
      'See the log of the server, and sslrootcert, sslcert and sslkey.',
    ]
  }
  return undefined
}

type Words = (place: Place, code: string, said: string) => readonly [what: string, todo: string]

/** By SQLSTATE or the system's code. */
const BY_CODE: readonly (readonly [RegExp, Words])[] = [
  [
    /^(ENOTFOUND|EDNS\w*)$/,
    ({ host }, code) => [`the host ${host} is not found (${code})`, 'Correct the host.'],
  ],
  [
    /^EAI_AGAIN$/,
    ({ host }, code) => [
      `the host ${host} cannot be looked up just now (${code})`,
      'Check the resolver of this machine (/etc/resolv.conf).',
    ],
  ],
  [
    /^(ECONNREFUSED|ENOENT)$/,
    ({ server }, code) => [
      `the server ${server} cannot be reached: nothing listens there (${code})`,
      'Start PostgreSQL, or correct host and port.',
    ],
  ],
  [
    /^(ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|EADDRNOTAVAIL)$/,
    ({ server }, code) => [
      `the server ${server} cannot be reached (${code})`,
      'Check the address, and what stands between: firewall, route, security group.',
    ],
  ],
  [
    /^(ECONNRESET|EPIPE)$/,
    ({ server }, code) => [
      `the server ${server} closes the connection (${code})`,
      'See the log of the server; it may want TLS (sslmode=verify-full) or not.',
    ],
  ],
  [
    /^28P01$/,
    ({ user }, code) => [
      `the server refuses the password of the user ${user} (${code})`,
      'Correct the password; special characters in it must be percent-encoded.',
    ],
  ],
  [
    /^28000$/,
    (_place, code, said) => [
      `the server does not let this user in from here (${code}: ${said})`,
      'Correct the user, or the pg_hba.conf of the server.',
    ],
  ],
  [
    /^3D000$/,
    ({ database }, code) => [
      `the database ${database} is not there (${code})`,
      'Create it (createdb), or correct its name.',
    ],
  ],
  [
    /^42501$/,
    (_place, code, said) => [
      `this user may not do what the service needs (${code}: ${said})`,
      'Make it the owner of the database, or grant it CREATE on the schema.',
    ],
  ],
  [
    /^53300$/,
    (_place, code) => [
      `the server has no connection left (${code})`,
      'Raise max_connections, or use a pooler.',
    ],
  ],
  [
    /^57P0[123]$/,
    (_place, code, said) => [
      `the server is starting or stopping (${code}: ${said})`,
      'Wait, and start again.',
    ],
  ],
  [
    /^25006$/,
    (_place, code) => [
      `the server takes no writes (${code})`,
      'Name the primary server, and end default_transaction_read_only.',
    ],
  ],
  [
    /^08P01$/,
    (_place, code, said) => [
      `the server or pooler refuses the connection (${code}: ${said})`,
      'Take the option that it names out of DATABASE_URL, or let the pooler ignore it (PgBouncer: ignore_startup_parameters).',
    ],
  ],
]

/** What pg says without a code. */
const BY_MESSAGE: readonly (readonly [RegExp, Words])[] = [
  [
    /timeout/i,
    ({ server }) => [
      `the server ${server} cannot be reached: it does not answer in time`,
      'Check the address, and what stands between: firewall, route, security group.',
    ],
  ],
  [
    /^Connection terminated|^There was an error establishing an SSL/,
    ({ server }) => [
      `the server ${server} closes the connection before it answers`,
      'See the log of the server, and whether PostgreSQL listens there.',
    ],
  ],
  [
    /does not support SSL/,
    ({ server }) => [
      `the server ${server} offers no TLS, and DATABASE_URL asks for it`,
      'Switch it on at the server (ssl = on), or take sslmode out.',
    ],
  ],
  [
    /password must be a (non-empty )?string|Password must be a string/i,
    ({ user }) => [
      `the server asks for the password of the user ${user}, and there is none`,
      'Write it as postgres://user:password@host/database.',
    ],
  ],
]

/** Why a PostgreSQL cannot be used, in words. */
export const postgresTrouble = (error: unknown, { url }: PostgresConfig): Trouble => {
  const place = placeOf(url.reveal())
  for (const layer of layers(error)) {
    const words = inWords(layer, place)
    if (words) return { what: words[0], todo: words[1] }
  }
  const what = `the server ${place.server} cannot be used (${nameOf(error)}${quoted(error, place)})`
  return { what, todo: 'See the log of the server, and run `sealcard doctor`.' }
}

const inWords = (layer: Layer, place: Place): readonly [string, string] | undefined => {
  const { code, message, path } = layer
  if (path !== undefined && /^E[A-Z]+$/.test(code) && !place.isSocket(path)) {
    return [
      `the file ${path} that it names cannot be read (${code})`,
      'Correct sslrootcert, sslcert or sslkey.',
    ]
  }
  const certificate = certificateTrouble(code, place)
  if (certificate) return certificate
  const table = code === '' ? BY_MESSAGE : BY_CODE
  const words = table.find(([form]) => form.test(code === '' ? message : code))?.[1]
  return words?.(place, code, place.hide(message))
}

/** A server that refuses a connection says why, and what it says holds no row. */
const quoted = (error: unknown, place: Place): string => {
  for (const { error: layer, message } of layers(error)) {
    if ((layer as { severity?: unknown }).severity === 'FATAL') return `: ${place.hide(message)}`
  }
  return ''
}
