/** Changes that gateways between the platform and the service make to a URL. */
import { Writable } from 'node:stream'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { TestApp } from '../../kit/test-app.js'

const mockLines: string[] = []
jest.mock('../../../src/core/logging/logger.js', () => {
  const actual = jest.requireActual('../../../src/core/logging/logger.js')
  return {
    ...actual,
    loggerParams: () => ({
      ...actual.loggerParams('info'),
      pinoHttp: {
        ...actual.loggerParams('info').pinoHttp,
        stream: new Writable({
          write(chunk, _, done) {
            mockLines.push(String(chunk))
            done()
          },
        }),
      },
    }),
  }
})

let app: TestApp
let bot: BotSender
beforeAll(async () => {
  app = await TestApp.start({ bots: [deskBot()] })
  bot = new BotSender(app)
})
beforeEach(() => (mockLines.length = 0))
afterAll(() => app.stop())

const SLASH = '/v1/bots/desk/callback/'
const echo = (plaintext: string) => {
  const { query, body } = bot.seal(plaintext)
  return String(new URLSearchParams({ ...query, echostr: JSON.parse(body).encrypt }))
}
const lines = () =>
  mockLines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'answered')

describe('a slash behind the path of a callback', () => {
  it('changes nothing about the verification of the URL', async () => {
    const { status, text } = await app.call('GET', `${SLASH}?${echo('1616140317555161061')}`)
    expect([status, text]).toEqual([200, '1616140317555161061'])
    expect(lines()).toMatchObject([{ route: '/v1/bots/:botId/callback', status: 200 }])
  })

  it('changes nothing about a message', async () => {
    const wire = bot.seal(
      JSON.stringify(bot.message({ msgtype: 'text', text: { content: '帮助' } })),
    )
    const url = `${SLASH}?${new URLSearchParams(wire.query)}`
    const answer = await app.call('POST', url, { body: wire.body })
    expect(bot.open(answer, wire).template_card.main_title.title).toContain('封笺')
  })

  it('is refused as it is without the slash: 403, empty', async () => {
    for (const url of [SLASH, `${SLASH}?${echo('1')}x`, '/v1/bots/nobody/callback/?a=b']) {
      const { status, text } = await app.call('POST', url, { body: '{}' })
      expect([url, status, text]).toEqual([url, 403, ''])
    }
  })

  it.each(['/readyz/', '/healthz/', '/v1/bots/desk/callback//', '/v1/bots/desk/callback/x'])(
    'is another path elsewhere: %s',
    async (url) => {
      expect((await app.call('GET', url)).status).toBe(404)
    },
  )
})

describe('a request that no route matches', () => {
  it('leaves the words of its path in the log, and nothing else of the request', async () => {
    await app.call('GET', '/wecom/v1/bots/desk/callback?msg_signature=CANARY&echostr=CANARY')
    await app.call('POST', `/v1/bots/desk/Callback%3F${echo('CANARY')}`, { body: '{}' })
    await app.call('PUT', '/v1/cards?CANARY=1')
    await app.call('GET', '/CANARY/v1/sessions/CANARY')
    expect(lines()).toMatchObject([
      { method: 'GET', route: 'unmatched', path: '/…/v1/bots/…/callback', status: 404 },
      { method: 'POST', route: 'unmatched', path: '/v1/bots/…/Callback', status: 404 },
      { method: 'PUT', route: 'unmatched', path: '/v1/cards', status: 404 },
      { method: 'GET', route: 'unmatched', path: '/…/v1/sessions/…', status: 404 },
    ])
    expect(mockLines.join('')).not.toMatch(/CANARY|msg_signature|echostr/)
  })

  it('is alone in that: a request that a route matches leaves no path', async () => {
    await app.call('GET', '/v1/cards/SOME-CARD')
    expect(lines()).toMatchObject([{ route: '/v1/cards/:cardId' }])
    expect(lines()[0]).not.toHaveProperty('path')
    expect(mockLines.join('')).not.toContain('SOME-CARD')
  })
})
