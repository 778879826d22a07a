/** What every callback carries in its URL (WeCom 101033); `echostr` only when the URL is being verified. */
export interface CallbackQuery {
  readonly msgSignature: string
  readonly timestamp: string
  readonly nonce: string
  readonly echostr: string | undefined
}

/** Longer than any query of the platform's: an echostr is about 100 bytes. */
const MAX_QUERY = 8192

/** As `openCallback` takes them: whatever else it is, it is not signed by the platform. */
const SIGNATURE = /^[0-9a-f]{40}$/
const TIMESTAMP = /^\d{10}$/
const NONCE = /^[\x21-\x7e]{1,64}$/

/**
 * Reads the query from the URL as it came: percent-decoded once, and `+` stays `+`, because none of the values may hold a
 * space and base64 may hold a plus (a form decoder turns it into a space, and the signature fails).
 * @returns undefined when a key is there twice, whatever key, because two readers of one URL must not disagree; when one
 * is missing, or has not the platform's form
 */
export function readCallbackQuery(url: string): CallbackQuery | undefined {
  const at = url.indexOf('?')
  const query = at < 0 ? '' : url.slice(at + 1)
  if (query.length > MAX_QUERY) return undefined
  const values = new Map<string, string>()
  for (const pair of query.split('&')) {
    if (pair === '') continue
    const split = pair.indexOf('=')
    const key = decode(split < 0 ? pair : pair.slice(0, split))
    const value = decode(split < 0 ? '' : pair.slice(split + 1))
    if (key === undefined || value === undefined || values.has(key)) return undefined
    values.set(key, value)
  }
  const msgSignature = values.get('msg_signature') ?? ''
  const timestamp = values.get('timestamp') ?? ''
  const nonce = values.get('nonce') ?? ''
  if (!SIGNATURE.test(msgSignature) || !TIMESTAMP.test(timestamp) || !NONCE.test(nonce))
    return undefined
  return { msgSignature, timestamp, nonce, echostr: values.get('echostr') }
}

const decode = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
