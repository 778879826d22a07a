import { type Agent, request } from 'node:http'

interface TimedCall {
  readonly url: string
  readonly token: string
  readonly body: object
  /** Whatever else is an error. */
  readonly status: number
}

/** @returns nanoseconds from the request to the end of its answer */
export const timedCall = (
  agent: Agent,
  { url, token, body, status }: TimedCall,
): Promise<number> => {
  const payload = JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const from = process.hrtime.bigint()
    const call = request(
      url,
      {
        method: 'POST',
        agent,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(payload),
        },
      },
      (answer) => {
        answer.resume().on('end', () => {
          const took = Number(process.hrtime.bigint() - from)
          if (answer.statusCode === status) resolve(took)
          else reject(new Error(`${answer.statusCode}`))
        })
      },
    )
    call.on('error', reject).end(payload)
  })
}
