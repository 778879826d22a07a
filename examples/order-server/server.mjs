// A shop's back-end. It exchanges the codes of logins itself, makes a card for an order, verifies receipts and hands out
// the order. Orders and logins are in memory: a real shop has them already.
import { randomUUID } from 'node:crypto'
import express from 'express'
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
  const app = express()
  const orders = new Map()
  /** By the session's token: who it is. */
  const people = new Map()
  const keys = createRemoteJWKSet(new URL('/.well-known/jwks.json', sealcard.url))

  /** A call of Sealcard's, in the place of a person. */
  const call = async (path, body, idempotencyKey) => {
    const headers = {
      authorization: `Bearer ${sealcard.token}`,
      'content-type': 'application/json',
    }
    if (idempotencyKey) headers['idempotency-key'] = idempotencyKey
    const request = { method: 'POST', headers, body: JSON.stringify(body) }
    const answer = await fetch(`${sealcard.url}/v1/server${path}`, request)
    const value = await answer.json()
    if (!answer.ok) throw new Refusal(answer.status, value.code)
    return value
  }

  const personOf = (request) => {
    const openid = people.get(request.get('authorization')?.replace(/^Bearer /, ''))
    if (openid === undefined) throw new Refusal(401, 'log in first')
    return openid
  }

  app.use(express.json({ limit: 16_384 }))
  app.use((request, response, next) => {
    response.set('cache-control', 'no-store')
    if (request.method === 'POST' && !request.body) throw new Refusal(400, 'no JSON')
    next()
  })

  // The only exchange of the code. Sealcard gets what came out of it, each time.
  app.post('/login', async ({ body: { code } }, response) => {
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
    response.json(session)
  })

  app.post('/orders', (request, response) => {
    const { goods } = request.body
    const order = { id: randomUUID(), owner: personOf(request), goods, total: '¥ 860' }
    orders.set(order.id, order)
    response.json({ id: order.id })
  })

  // The card says nothing but what stands for the order.
  app.post('/shares', async (request, response) => {
    const { owner, id: reference } = orders.get(request.body.order) ?? {}
    if (owner !== personOf(request)) throw new Refusal(404, 'no such order')
    const card = { owner, title: '你的订单', reference, data: { shop: '茶具店' } }
    const { id } = await call('/cards', card, reference)
    response.json(await call(`/cards/${id}/shares`, {}))
  })

  // A person with a receipt was granted an opening within this minute.
  app.post('/receipts', async ({ body: { receipt } }, response) => {
    const asked = { algorithms: ['EdDSA'], issuer: 'sealcard', audience: sealcard.app }
    const { payload } = await jwtVerify(receipt, keys, asked).catch(() => {
      throw new Refusal(403, 'no valid receipt')
    })
    const order = orders.get(payload.ref)
    if (!order) throw new Refusal(404, 'no such order')
    response.json({ goods: order.goods, total: order.total })
  })

  app.use(() => {
    throw new Refusal(404, 'no such route')
  })
  app.use((error, _request, response, _next) => {
    const known = error instanceof Refusal || error.status < 500
    if (!known) console.error(error)
    response.status(known ? error.status : 500)
    response.json({ message: known ? error.message : 'something failed' })
  })
  return app
}
