import http from 'node:http'

/** A client of one service. @returns {(method: string, url: string, options?: {token?: string, body?: unknown}) => Promise<{status: number, text: string, ms: number}>} */
export const client = (port) => {
  const agent = new http.Agent({ keepAlive: true })
  return (method, url, { token, body } = {}) =>
    new Promise((resolve, reject) => {
      const payload = body === undefined ? undefined : JSON.stringify(body)
      const headers = {
        ...(token && { authorization: `Bearer ${token}` }),
        ...(payload !== undefined && {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
        }),
      }
      const start = performance.now()
      const request = http.request({ host: '127.0.0.1', port, agent, method, path: url, headers })
      request.on('response', (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (chunk) => (text += chunk))
        response.on('end', () =>
          resolve({ status: response.statusCode, text, ms: performance.now() - start }),
        )
        response.on('error', reject)
      })
      request.on('error', reject)
      request.end(payload)
    })
}
