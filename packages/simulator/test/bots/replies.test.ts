import type { OwnBot } from '../../src/bots/own-bot.js'
import { BotBench, faultOf } from '../kit/bot-bench.js'
import { goodCards, stream, type FakeAnswer, type FakeBot } from '../kit/fake-bot.js'

const MINUTE = 60_000
const lin = { from: 'LinXiao' }

let bench: BotBench
let server: FakeBot
let bot: OwnBot
beforeEach(async () => {
  bench = await BotBench.start()
  server = bench.server
  bot = bench.open()
})
afterEach(() => bench.close())

const post = async (url: string, body: string): Promise<unknown> =>
  (await fetch(url, { method: 'POST', body })).json()

describe('envelopes', () => {
  const good = stream('x', true)
  const wrong: [string, FakeAnswer, string, RegExp][] = [
    ['a status of 500', { status: 500 }, '5.3', /status is 500/],
    ['"success"', { raw: 'success' }, '5.3', /neither empty nor a JSON/],
    ['plain JSON', { raw: JSON.stringify(good.reply) }, '5.3', /encrypt: is required/],
    ['its own nonce', { ...good, spoil: (e) => ({ ...e, nonce: 'mine' }) }, '5.3', /nonce/],
    [
      'milliseconds',
      { ...good, spoil: (e) => ({ ...e, timestamp: e.timestamp * 1000 }) },
      '5.3',
      /milliseconds/,
    ],
    [
      'a bad signature',
      { ...good, spoil: (e) => ({ ...e, msgsignature: 'x' }) },
      '5.1',
      /signature/,
    ],
    [
      'a cut ciphertext',
      { ...good, spoil: (e) => ({ ...e, encrypt: e.encrypt.slice(4) }) },
      '5.1',
      /signature/,
    ],
    ['a list', { reply: [1] }, '5.6', /not a JSON object/],
  ]
  it.each(wrong)('should complain about %s', async (_name, answer, clause, message) => {
    server.answer = () => answer
    const fault = await faultOf(bot.sendText({ ...lin, text: 'x' }))
    expect(fault.clause).toBe(clause)
    expect(fault.message).toMatch(message)
    expect(fault.exchange?.text).toBeNull()
  })

  it('should only note a timestamp as text', async () => {
    const spoil = (e: { timestamp: number }) => ({ ...e, timestamp: String(e.timestamp) })
    server.answer = () => ({ ...good, spoil })
    const sent = await bot.sendText({ ...lin, text: 'x' })
    expect(sent.notes).toMatchObject([{ path: 'timestamp' }])
    expect(sent.text).toBe('x')
  })
})

describe('response_url', () => {
  const markdown = JSON.stringify({ msgtype: 'markdown', markdown: { content: '看过 3 人' } })
  const urlOf = async (chat?: string): Promise<string> => {
    await bot.sendText({ ...lin, chat, text: 'x' })
    return server.got.at(-1).response_url
  }

  it('should be taken once', async () => {
    const url = await urlOf()
    expect(await post(url, markdown)).toEqual({ errcode: 0, errmsg: 'ok' })
    expect(bot.exchanges[0]?.active[0]?.body).toEqual(JSON.parse(markdown))
    expect(await post(url, markdown)).toMatchObject({ errcode: 60_140 })
    expect(bot.exchanges[0]?.complaints[0]?.message).toMatch(/used before/)
  })

  it('should be taken within an hour', async () => {
    const [kept, late] = [await urlOf(), await urlOf()]
    bench.clock.advance(60 * MINUTE)
    expect(await post(kept, markdown)).toMatchObject({ errcode: 0 })
    bench.clock.advance(1)
    expect(await post(late, markdown)).toMatchObject({ errcode: 60_140 })
    expect(await post(`${late}0`, markdown)).toMatchObject({ errcode: 60_140 })
  })

  it('should take plain markdown, or a card in a 1-to-1 chat', async () => {
    const template_card = goodCards()['text_notice']
    const card = JSON.stringify({ msgtype: 'template_card', template_card })
    expect(await post(await urlOf(), card)).toMatchObject({ errcode: 0 })
    const group = await urlOf('group-1')
    const long = { msgtype: 'markdown', markdown: { content: 'x'.repeat(20_481) } }
    for (const body of [card, '{"encrypt":"x"}', '{"msgtype":"text"}', 'x', JSON.stringify(long)]) {
      expect(await post(group, body)).toMatchObject({ errcode: 40_035 })
    }
    expect(bot.exchanges.at(-1)?.complaints.map(({ message }) => message)).toEqual([
      'a template_card goes to 1-to-1 chats only',
      'an active reply is plain JSON, not encrypted',
      'an active reply is markdown or template_card',
      'the active reply is not a JSON object',
      'has more than 20,480 bytes of UTF-8',
    ])
    expect(await post(group, markdown)).toMatchObject({ errcode: 0 })
  })
})
