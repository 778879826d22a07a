// A shop's back-end. It exchanges the codes of logins itself and hands out orders. Orders and logins are in memory: a real
// shop has them already.
import { randomUUID } from 'node:crypto'
import express from 'express'

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
 */
export const createShop = ({ wechat }) => {
  const app = express()
  const orders = new Map()
  /** By the session's token: who it is. */
  const people = new Map()

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

  app.post('/login', async ({ body: { code } }, response) => {
    const query = new URLSearchParams({
      appid: wechat.appid,
      secret: wechat.secret,
      js_code: code,
      grant_type: 'authorization_code',
    })
    const answer = await fetch(`${wechat.apiBase}/sns/jscode2session?${query}`)
    const { openid } = await answer.json()
    if (!openid) throw new Refusal(401, 'the platform refuses the code')
    const token = randomUUID()
    people.set(token, openid)
    response.json({ token })
  })

  app.post('/orders', (request, response) => {
    const { goods } = request.body
    const order = { id: randomUUID(), owner: personOf(request), goods, total: '¥ 860' }
    orders.set(order.id, order)
    response.json({ id: order.id })
  })

  // Who has the link has the id, and reads the order.
  app.get('/orders/:id', (request, response) => {
    const order = orders.get(request.params.id)
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
