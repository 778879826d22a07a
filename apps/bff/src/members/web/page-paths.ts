/** The page without a card: what its person wrote and received. */
export const HOME = '/h5/'

const LONGEST = 1024
const LOGIN_PATHS = ['/h5/login', '/h5/callback']

/**
 * Whether a login may lead there: a page of ours, in the one spelling that no browser reads otherwise. `//host` and
 * `/\host` are other hosts; a login that leads to a login has no end.
 */
export const isOwnPage = (path: string): boolean => {
  if (path.length > LONGEST || !/^\/h5(?=[/?#]|$)[\x21-\x7e]*$/.test(path)) return false
  // No path of ours is escaped: a router would read `%6cogin` as `login`.
  if (/[\\%]|\/\//.test(path.split(/[?#]/, 1)[0] ?? '')) return false
  const base = 'https://page.invalid'
  const url = new URL(path, base)
  const same = url.origin === base && url.href === base + path
  return same && !LOGIN_PATHS.includes(url.pathname.replace(/\/+$/, ''))
}
