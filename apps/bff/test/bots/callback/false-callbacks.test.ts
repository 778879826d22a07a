import { CallbackRefusals } from '../../../src/bots/callback/callback-refusals.js'
import { sealedIn } from '../../../src/bots/callback/callback-verifier.js'
import { BotSender, deskBot, OTHER_KEYS } from '../../kit/bot-sender.js'
import { TestApp } from '../../kit/test-app.js'
import { giveUpUnfinished, statusBeforeBody } from '../../kit/unfinished.js'

let app: TestApp
let bot: BotSender
beforeEach(async () => {
  app = await TestApp.start({ bots: [deskBot({ aibotid: 'MINE' })] })
  bot = new BotSender(app)
})
afterEach(async () => {
  giveUpUnfinished()
  await app.stop()
})

const help = (aibotid = 'MINE', content = '帮助') =>
  JSON.stringify(bot.message({ msgtype: 'text', text: { content }, aibotid }))
const urlOf = (query: Record<string, string>) => `${bot.url}?${new URLSearchParams(query)}`

const withoutBody = (query: Record<string, string>, headers: Record<string, string | number>) =>
  statusBeforeBody(app, { method: 'POST', url: urlOf(query) }, headers)

const LONG = { 'content-length': 200_000 }

describe('a callback with a false query is refused before its body arrives', () => {
  it.each([
    ['a signature that is too short', { msg_signature: 'a'.repeat(39) }],
    ['a signature in capitals', { msg_signature: 'A'.repeat(40) }],
    ['a time that is no number', { timestamp: 'now' }],
    ['a time long ago', { timestamp: '1600000000' }],
    ['no nonce', { nonce: '' }],
    ['a nonce that is too long', { nonce: 'n'.repeat(65) }],
  ])('%s', async (_, change) => {
    const { query } = bot.seal(help())
    expect(await withoutBody({ ...query, ...change }, LONG)).toBe(403)
  })
})

describe('the envelope', () => {
  const parse = jest.spyOn(JSON, 'parse')
  beforeEach(() => parse.mockClear())

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['objects', `[${'{},'.repeat(60_000)}{}]`],
    ['keys', `{${Array.from({ length: 20_000 }, (_, i) => `"${i}":1`).join()},"encrypt":"AAAA"}`],
    ['values', `{"encrypt":"AAAA","more":[${'1,'.repeat(100_000)}1]}`],
  ])('thousands of %s are not parsed', (_, text) => {
    expect(sealedIn(Buffer.from(text))).toBeUndefined()
    expect(parse).not.toHaveBeenCalled()
  })

  it('is read up to the longest body, however it is escaped, with further fields', () => {
    const encrypt = 'a+/b'.repeat(60_000)
    const more = { tousername: 'x', encrypt, agentid: { of: ['any', 'kind'] } }
    expect(sealedIn(Buffer.from(JSON.stringify(more)))).toBe(encrypt)
    const escaped = JSON.stringify({ encrypt }).replaceAll('/', '\\/')
    expect(sealedIn(Buffer.from(escaped))).toBe(encrypt)
  })
})

describe('an address that sends many false callbacks', () => {
  /** Well formed, without a right signature. */
  const falseOne = async (ip?: string) => {
    const { query, body } = new BotSender(app, OTHER_KEYS).seal(help())
    const headers = { 'content-type': 'application/json' }
    const from = ip === undefined ? {} : { remoteAddress: ip }
    const url = urlOf(query)
    const answer = await app.nest.inject({ method: 'POST', url, headers, payload: body, ...from })
    expect([answer.statusCode, answer.payload]).toEqual([403, ''])
  }
  const longQuestion = () => bot.seal(help('MINE', '周'.repeat(9_000)))
  beforeEach(() => app.clock.set(Math.ceil(app.clock.now() / 60_000) * 60_000))

  it('gets its long callbacks refused unread, with the same answer, for the rest of the minute', async () => {
    for (let i = 0; i < 100; i++) await falseOne()
    const { query } = longQuestion()
    expect(await withoutBody(query, LONG)).toBe(403)
    expect(await withoutBody(query, { 'transfer-encoding': 'chunked' })).toBe(403)
    app.clock.advance(60_000)
    expect((await bot.post(longQuestion())).status).toBe(200)
  })

  it('locks out no short callbacks, and no long ones of another address', async () => {
    for (let i = 0; i < 101; i++) await falseOne()
    expect((await bot.post(bot.seal(help()))).status).toBe(200)
    app.clock.advance(60_000)
    for (let i = 0; i < 101; i++) await falseOne('203.0.113.9')
    expect((await bot.post(longQuestion())).status).toBe(200)
  })

  it('is not counted for callbacks that were refused unread', async () => {
    const { query, body } = bot.seal(help())
    for (let i = 0; i < 200; i++)
      expect((await bot.post({ query: { ...query, timestamp: '1600000000' }, body })).status).toBe(
        403,
      )
    expect((await bot.post(longQuestion())).status).toBe(200)
  })
})

describe('every refusal goes through one place, with its cause', () => {
  const causes = async (send: () => Promise<{ status: number; text: string }>) => {
    const refuse = jest.spyOn(app.nest.get(CallbackRefusals), 'refuse')
    const { status, text } = await send()
    expect([status, text]).toEqual([403, ''])
    return refuse.mock.calls.map(([, , why]) => why.refused)
  }

  it('of a message', async () => {
    const { query, body } = bot.seal(help())
    const post = (change: object, payload = body) =>
      causes(() => bot.post({ query: { ...query, ...change }, body: payload }))
    expect(await post({ nonce: '' })).toEqual(['query'])
    jest.restoreAllMocks()
    expect(await post({ timestamp: '1600000000' })).toEqual(['time'])
    jest.restoreAllMocks()
    expect(await post({}, '{')).toEqual(['body'])
    jest.restoreAllMocks()
    expect(await post({}, 'x'.repeat(300_000))).toEqual(['body'])
    jest.restoreAllMocks()
    expect(await post({ nonce: 'other' })).toEqual(['signature'])
    jest.restoreAllMocks()
    const nobody = new BotSender(app, undefined, 'nobody')
    expect(await causes(() => nobody.post({ query, body }))).toEqual(['bot'])
    jest.restoreAllMocks()
    expect(await causes(() => bot.post(bot.seal(help('THEIRS'))))).toEqual(['aibotid'])
  })

  it('of a verification', async () => {
    const { query, body } = bot.seal('1')
    const echostr = JSON.parse(body).encrypt as string
    const get = (change: object) =>
      causes(() => app.call('GET', urlOf({ ...query, echostr, ...change })))
    expect(await get({ timestamp: '1600000000' })).toEqual(['time'])
    jest.restoreAllMocks()
    expect(await get({ echostr: 'AAAA' })).toEqual(['signature'])
  })
})
