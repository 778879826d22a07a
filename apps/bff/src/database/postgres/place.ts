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
    hide: (said) =>
      passwords
        .filter((password) => password !== '')
        .reduce((words, password) => words.replaceAll(password, '[secret]'), said)
        .replace(/\p{Cc}+/gu, ' ')
        .slice(0, 300),
  }
}
