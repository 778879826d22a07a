import type { RequestAnswer, RequestCall, WxAnswer, WxCall } from '../../src/contract.js'

/** How the mini-program on this phone reaches the simulated platform. */
export interface HostTransport {
  wx(api: string, call: WxCall): Promise<WxAnswer>
  request(call: RequestCall, signal: AbortSignal): Promise<RequestAnswer>
}

/** The network port: what the browser calls fetch. */
type Network = typeof globalThis.fetch

const post = async <T>(network: Network, url: string, body: unknown, signal?: AbortSignal) => {
  const response = await network(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  })
  if (!response.ok) throw new Error(`simulator: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

/** Over HTTP to the simulator; `base` is its address, empty for the page's own. */
export const httpTransport = (
  base: string,
  phone: string,
  network: Network = (...parameters) => globalThis.fetch(...parameters),
): HostTransport => {
  const root = `${base}/simulator/phones/${encodeURIComponent(phone)}`
  return {
    wx: (api, call) => post(network, `${root}/wx/${encodeURIComponent(api)}`, call),
    request: (call, signal) => post(network, `${root}/request`, call, signal),
  }
}
