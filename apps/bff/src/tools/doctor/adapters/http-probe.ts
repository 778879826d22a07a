import { request } from 'undici'
import type { HttpProbe } from '../support/check.js'

const TIMEOUT_MS = 5_000

export const httpProbe: HttpProbe = {
  async ask(url, dispatcher) {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const { statusCode, headers, body } = await request(url, {
      method: 'HEAD',
      signal,
      ...(dispatcher && { dispatcher }),
    })
    await body.dump()
    const { date } = headers
    return { status: statusCode, date: typeof date === 'string' ? date : undefined }
  },
}
