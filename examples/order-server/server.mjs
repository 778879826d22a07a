// A shop's back-end. It exchanges the codes of logins itself, makes a card for an order, verifies receipts and hands out
// the order. Orders and logins are in memory: a real shop has them already.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import { createRemoteJWKSet, jwtVerify } from 'jose'

/** An answer that is no order. */
class Refusal extends Error {
  /** @param {number} status @param {string} message */
  constructor(status, message) {
    super(message)
    this.status = status
  }
}

/**
 * @param {object} options
 * @param {{ apiBase: string, appid: string, secret: string }} options.wechat
 * @param {{ url: string, app: string, token: string }} options.sealcard its address, the app's id there, and a token of
 * the role `server`
 */
export const createShop = ({ wechat, sealcard }) => {
  const orders = new Map()
  /** By the session's token: who it is. */
  const people = new Map()
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', sealcard.url))

  /** A call of Sealcard's, in the place of a person. */
  const call = async (path, body, headers = {}) => {
    const answer = await fetch(`${sealcard.url}/v1/server${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${sealcard.token}`,
        'content-type': 'application/json',
        ...headers,
      },
      body: JSON.stringify(body),
    })
    const value = await answer.json()
    if (!answer.ok) throw new Refusal(answer.status, value.code)
    return value
  }

  const personOf = ({ headers: { authorization = '' } }) => {
    const openid = people.get(authorization.replace(/^Bearer /, ''))
    if (openid === undefined) throw new Refusal(401, 'log in first')
    return openid
  }

  const routes = {
    // The only exchange of the code. Sealcard gets what came out of it, each time.
    '/login': async (_request, { code }) => {
      const query = new URLSearchParams({
        appid: wechat.appid,
        secret: wechat.secret,
        js_code: code,
        grant_type: 'authorization_code',
      })
      const answer = await fetch(`${wechat.apiBase}/sns/jscode2session?${query}`)
      const { openid, session_key: sessionKey } = await answer.json()
      if (!openid) throw new Refusal(401, 'the platform refuses the code')
      const session = await call('/sessions', { platformId: openid, sessionKey })
      people.set(session.token, openid)
      return session
    },

    '/orders': async (request, { goods }) => {
      const order = { id: randomUUID(), owner: personOf(request), goods, total: '¥ 860' }
      orders.set(order.id, order)
      return { id: order.id }
    },

    // The card says nothing but what stands for the order.
    '/shares': async (request, { order: id }) => {
      const order = orders.get(id)
      if (order?.owner !== personOf(request)) throw new Refusal(404, 'no such order')
      const card = await call(
        '/cards',
        { owner: order.owner, title: '你的订单', reference: order.id, data: { shop: '茶具店' } },
        { 'idempotency-key': order.id },
      )
      return call(`/cards/${card.id}/shares`, {})
    },

    // A person with a receipt was granted an opening within this minute.
    '/receipts': async (_request, { receipt }) => {
      const { payload } = await jwtVerify(receipt, keys, {
        algorithms: ['EdDSA'],
        issuer: 'sealcard',
        audience: sealcard.app,
      }).catch(() => {
        throw new Refusal(403, 'no valid receipt')
      })
      const order = orders.get(payload.ref)
      if (!order) throw new Refusal(404, 'no such order')
      return { goods: order.goods, total: order.total }
    },
  }

  return createServer((request, response) => {
    const answer = (status, value) => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
      })
      response.end(JSON.stringify(value))
    }
    const work = async () => {
      const route = request.method === 'POST' ? routes[request.url] : undefined
      if (!route) throw new Refusal(404, 'no such route')
      return route(request, await bodyOf(request))
    }
    work().then(
      (value) => answer(200, value),
      (error) => {
        if (!(error instanceof Refusal)) console.error(error)
        answer(error.status ?? 500, { message: error.status ? error.message : 'something failed' })
      },
    )
  })
}

const MOST_BYTES = 16_384

/** @param {import('node:http').IncomingMessage} request */
const bodyOf = async (request) => {
  const chunks = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new Refusal(413, 'too long')
    chunks.push(chunk)
  }
  try {
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'))
    if (typeof body === 'object' && body !== null) return body
  } catch {
    // Said below.
  }
  throw new Refusal(400, 'the body must be a JSON object')
}
