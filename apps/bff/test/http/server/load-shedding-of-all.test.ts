import type { CardPage } from '@sealcard/protocol'
import { CardService } from '../../../src/members/cards/card.service.js'
import { RequestLog } from '../../../src/observability/request-log.js'
import { asAdmin, startAdmin } from '../../kit/admin/support.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { ROOMY } from '../../kit/config.js'
import { expectProblem } from '../../kit/expect-problem.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
afterEach(() => app.stop())

/** A member who takes every place and every place to wait, until they are let go. */
const crowd = async (places: number) => {
  const token = await app.login('alice')
  const list = () => app.call('GET', '/v1/cards', { token })
  const { held, release } = hold()
  jest.spyOn(app.nest.get(CardService), 'list').mockImplementation(() => held)
  const all = Promise.all(Array.from({ length: places }, async () => (await list()).status))
  const full = `sealcard_http_waiting{lane="members"} ${places - 1}`
  while (!(await app.call('GET', '/metrics')).text.includes(full)) await new Promise(setImmediate)
  const letGo = () => {
    release()
    return all
  }
  return { list, letGo }
}

const hold = () => {
  let release = () => {}
  const held = new Promise<CardPage>((resolve) => {
    release = () => resolve({ items: [], nextCursor: null })
  })
  return { held, release }
}

describe('more than the service can do at once', () => {
  beforeEach(async () => {
    const limits = { ...ROOMY, requestsAtOnce: 1, requestsWaiting: 9 }
    app = await startAdmin({ bots: [deskBot()], limits })
  })

  test('A6 a bot’s URL is verified before any of those who wait', async () => {
    const bot = new BotSender(app)
    const { query, body } = bot.seal('1616140317555161061')
    const url = `${bot.url}?${new URLSearchParams({ ...query, echostr: JSON.parse(body).encrypt })}`
    const { letGo } = await crowd(10)
    expect((await app.call('GET', url)).text).toBe('1616140317555161061')
    expect(await letGo()).toEqual(Array(10).fill(200))
  })

  test('the next one gets a 503 in the form of every problem, and succeeds later', async () => {
    const { list, letGo } = await crowd(10)
    const answer = await list()
    expectProblem(answer, 'ERR_STORAGE_UNAVAILABLE')
    expect(answer.headers['retry-after']).toBe('2')
    await letGo()
    expect((await list()).status).toBe(200)
  })

  test('it is counted, and no failure: a flood fills no log with errors', async () => {
    const failed = jest.spyOn(app.nest.get(RequestLog), 'failed')
    const { list, letGo } = await crowd(10)
    expect((await list()).status).toBe(503)
    await letGo()
    expect(failed).not.toHaveBeenCalled()
    const { text } = await app.call('GET', '/metrics')
    expect(text).toContain('sealcard_http_turned_away_total{lane="members"} 1')
  })

  test('probes and administrators do not wait behind members', async () => {
    const { letGo } = await crowd(10)
    expect((await app.call('GET', '/healthz')).status).toBe(200)
    expect((await asAdmin(app, 'GET', 'cards')).status).toBe(200)
    await letGo()
  })
})

describe('one member who asks for more than all others', () => {
  test('has four requests at once, whatever session or address they come from', async () => {
    const limits = { ...ROOMY, requestsWaiting: 20 }
    app = await TestApp.start({ limits, trustedProxies: ['127.0.0.1'] })
    const tokens = [await app.login('mallory'), await app.login('mallory')]
    const bob = await app.login('bob')
    const { held, release } = hold()
    const list = jest.spyOn(app.nest.get(CardService), 'list').mockImplementation(() => held)
    const of = (token: string, i: number) => ({
      token,
      headers: { 'x-forwarded-for': `198.51.100.${i}` },
    })
    // Four are served, twenty wait, and one gets a 503.
    const many = Array.from({ length: 25 }, (_, i) =>
      app.call('GET', '/v1/cards', of(tokens[i % 2] ?? '', i)),
    )
    expect((await Promise.race(many)).status).toBe(503)
    expect(list).toHaveBeenCalledTimes(4)
    expect((await app.call('GET', '/v1/policy', { token: bob })).status).toBe(200)
    release()
    const statuses = (await Promise.all(many)).map(({ status }) => status)
    expect(statuses.sort()).toEqual([...Array(24).fill(200), 503])
  })
})
