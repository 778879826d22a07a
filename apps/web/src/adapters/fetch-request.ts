import type { SendRequest } from '@sealcard/kit'

const TIMEOUT_MS = 10_000

/** `fetch` as the kit needs it: on the page's own origin, with its cookie, and with an end. */
export const fetchRequest =
  (send: typeof fetch, timeoutMs = TIMEOUT_MS): SendRequest =>
  async ({ url, method, headers, body }) => {
    const abort = new AbortController()
    const timer = setTimeout(() => {
      abort.abort()
    }, timeoutMs)
    try {
      const response = await send(url, {
        method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: abort.signal,
        ...(body === undefined ? {} : { body }),
      })
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers.entries()),
        body: parsed(await response.text()),
      }
    } finally {
      clearTimeout(timer)
    }
  }

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
