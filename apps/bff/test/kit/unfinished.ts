import { once } from 'node:events'
import { type ClientRequest, request as connect } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Routed, TestApp } from './test-app.js'

const pending: ClientRequest[] = []

/** Sends the head of a request whose body never comes. @returns the status that is answered nevertheless */
export const statusBeforeBody = async (
  app: TestApp,
  { method, url }: Routed,
  headers: Record<string, string | number>,
): Promise<number> => {
  const server = app.nest.getHttpServer()
  if (!server.listening) await app.nest.listen(0, '127.0.0.1')
  const { port } = server.address() as AddressInfo
  const request = connect({ host: '127.0.0.1', port, method, path: url, headers })
  pending.push(request)
  request.flushHeaders()
  const [response] = (await once(request, 'response')) as [{ statusCode: number }]
  return response.statusCode
}

/** Before the service stops: it would wait for the bodies. */
export const giveUpUnfinished = (): void => {
  for (const request of pending.splice(0)) request.on('error', () => {}).destroy()
}
