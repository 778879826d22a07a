/** One request to the service that served this page. */
export interface NetworkRequest {
  method: string
  /** Path and query. */
  address: string
  headers: Record<string, string>
  body?: string | undefined
  signal?: AbortSignal | undefined
  /** Milliseconds until the answer's head; none for work that takes long. */
  timeoutMs?: number | undefined
}

/** Sends a request. Rejects when no answer comes. */
export type Network = (request: NetworkRequest) => Promise<Response>

export const network =
  (send: typeof fetch): Network =>
  async ({ method, address, headers, body, signal, timeoutMs }) => {
    const abort = new AbortController()
    const stop = () => {
      abort.abort()
    }
    const timer = timeoutMs === undefined ? undefined : setTimeout(stop, timeoutMs)
    if (signal?.aborted) stop()
    signal?.addEventListener('abort', stop)
    try {
      return await send(address, {
        method,
        headers,
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: abort.signal,
        ...(body === undefined ? {} : { body }),
      })
    } finally {
      clearTimeout(timer)
    }
  }
