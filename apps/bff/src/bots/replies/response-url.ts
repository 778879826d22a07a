import type { AppConfig } from '../../core/config/config.js'
import { officialBases } from '../../core/config/config.schema.js'

/** Where a later answer goes (WeCom 101138), below the app's `apiBase`. */
export const RESPONSE_PATH = '/cgi-bin/aibot/response'

/**
 * A response_url comes out of a message, so it is never followed: it must be the one documented address on the app's own
 * platform, and only its query is taken. Behind a relay the platform still writes its own address.
 * @returns the query; undefined for any other address
 */
export function readResponseUrl(
  url: string,
  { apiBase, unofficialApiBase }: Pick<AppConfig, 'apiBase' | 'unofficialApiBase'>,
): Record<string, string> | undefined {
  if (!URL.canParse(url)) return undefined
  const bases = unofficialApiBase ? [apiBase, officialBases.wecom] : [apiBase]
  for (const base of bases) {
    const query = queryBelow(url, base)
    if (query) return query
  }
  return undefined
}

function queryBelow(url: string, apiBase: string): Record<string, string> | undefined {
  const given = new URL(url)
  const base = new URL(apiBase)
  const path = `${base.pathname.replace(/\/+$/, '')}${RESPONSE_PATH}`
  if (given.origin !== base.origin || given.pathname !== path) return undefined
  if (given.username !== '' || given.password !== '') return undefined
  const pairs = [...given.searchParams]
  const query = Object.fromEntries(pairs)
  if (pairs.length !== Object.keys(query).length || !query['response_code']) return undefined
  return query
}
