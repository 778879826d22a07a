import type { CallbackNetwork, Network, NetworkAnswer, WebAnswer, WebNetwork } from '../ports.js'

const reasonOf = (error: unknown): string => {
  const cause = (error as { cause?: { code?: string; message?: string } }).cause
  return cause?.code ?? cause?.message ?? String(error)
}

export const fetchNetwork: Network = {
  async send({ url, method, headers, body, timeoutMs }): Promise<NetworkAnswer> {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const answer = await fetch(url, {
        method,
        headers,
        signal,
        ...(body === undefined ? {} : { body }),
      })
      const text = await answer.text()
      return {
        kind: 'answer',
        status: answer.status,
        headers: Object.fromEntries(answer.headers),
        body: text,
      }
    } catch (error) {
      if (signal.aborted) return { kind: 'timeout' }
      return { kind: 'unreachable', reason: reasonOf(error) }
    }
  },
}

/** SIM: redirects are not followed; the platforms document none. */
export const callbackNetwork: CallbackNetwork = {
  async send({ url, method, headers, body, signal }) {
    try {
      const answer = await fetch(url, {
        method,
        headers,
        signal,
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
      })
      return {
        kind: 'answer',
        status: answer.status,
        body: Buffer.from(await answer.arrayBuffer()),
      }
    } catch (error) {
      return { kind: 'unreachable', reason: reasonOf(error) }
    }
  },
}

/** @param timeoutMs SIM: how long a web view waits for a page */
export const webNetworkWithin = (timeoutMs: number): WebNetwork => ({
  async send({ url, method, headers, body }): Promise<WebAnswer> {
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const answer = await fetch(url, {
        method,
        headers,
        signal,
        redirect: 'manual',
        ...(body === undefined ? {} : { body }),
      })
      return {
        kind: 'answer',
        status: answer.status,
        headers: [...answer.headers],
        body: Buffer.from(await answer.arrayBuffer()),
      }
    } catch (error) {
      return { kind: 'unreachable', reason: signal.aborted ? 'timeout' : reasonOf(error) }
    }
  },
})

export const webNetwork = webNetworkWithin(30_000)
