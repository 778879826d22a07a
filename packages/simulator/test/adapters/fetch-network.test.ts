import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { webNetworkWithin } from '../../src/adapters/fetch-network.js'

test('a page that never answers is given up', async () => {
  const silent = createServer(() => {})
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`
  const answer = await webNetworkWithin(50).send({ url, method: 'GET', headers: {} })
  expect(answer).toEqual({ kind: 'unreachable', reason: 'timeout' })
  silent.closeAllConnections()
  await new Promise((resolve) => silent.close(resolve))
})
