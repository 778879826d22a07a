import { BotSendRefused } from '../../src/bots/fault.js'
import type { OwnBot } from '../../src/bots/own-bot.js'
import { openMedia } from '../../src/crypto/callback.js'
import { BotBench, faultOf } from '../kit/bot-bench.js'
import { BOT_KEYS, goodCards, stream, type FakeAnswer, type FakeBot } from '../kit/fake-bot.js'

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

describe('URL verification', () => {
  it('A6 should be content with the plaintext alone', async () => {
    expect(await bot.verifyUrl()).toEqual({ ms: 0, status: 200, complaints: [] })
    expect(bench.waits).toEqual([1000])
  })

  const wrong: [string, (text: string) => FakeAnswer, RegExp][] = [
    ['quotes', (text) => ({ raw: JSON.stringify(text) }), /in quotes/],
    ['a newline', (text) => ({ raw: `${text}\n` }), /newline/],
    ['a byte order mark', (text) => ({ raw: `\uFEFF${text}` }), /byte order mark/],
    ['nothing', () => ({ raw: '' }), /is empty/],
    ['something else', () => ({ raw: 'ok' }), /not the decrypted echostr/],
    ['another status', (text) => ({ status: 201, raw: text }), /201/],
  ]
  it.each(wrong)('A6 should complain about %s', async (_name, echo, message) => {
    server.echo = echo
    const fault = await faultOf(bot.verifyUrl())
    expect(fault.clause).toBe('5.2')
    expect(fault.message).toMatch(message)
  })

  it('A6 should not wait longer than a second', async () => {
    server.echo = () => ({ hang: true })
    const fault = faultOf(bot.verifyUrl())
    bench.expire()
    expect((await fault).message).toMatch(/within 1 second/)
  })

  it('should say that no server listens', async () => {
    const nobody = bench.open({ url: 'http://127.0.0.1:1/' })
    expect((await faultOf(nobody.verifyUrl())).message).toMatch(/cannot be reached/)
  })
})

describe('what is sent', () => {
  it('should be a text with msgid, aibotid, from and response_url', async () => {
    const sent = await bot.sendText({ ...lin, text: '帮助' })
    expect(server.got[0]).toEqual({
      msgid: expect.stringMatching(/^[0-9a-f]{32}$/),
      aibotid: 'AIBOT0000000000001',
      chattype: 'single',
      from: { userid: 'LinXiao' },
      response_url: expect.stringMatching(/\/cgi-bin\/aibot\/response\?response_code=[0-9a-f]+$/),
      msgtype: 'text',
      text: { content: '帮助' },
    })
    expect(sent).toMatchObject({ kind: 'text', replies: [null], text: null, complaints: [] })
    expect(server.wire[0]?.query.get('own')).toBe('1')
  })

  it('should carry the corpid of a person of another corp in every kind, and none for our own', async () => {
    const corpid = 'wwOTHER0000000001'
    const theirs = { ...lin, corpid }
    server.answer = ({ msgtype }) =>
      msgtype === 'text' ? stream('…', false) : msgtype === 'stream' ? stream('…', true) : {}
    await bot.sendText({ ...theirs, text: '统计' })
    server.answer = () => ({ raw: '' })
    await bot.sendMixed({ ...theirs, items: [{ text: '统计' }] })
    await bot.sendVoice({ ...theirs, transcript: '统计' })
    await bot.enterChat({ ...theirs, force: true })
    await bot.clickButton({ ...theirs, task_id: 't', event_key: 'k' })
    await bot.feedback({ ...theirs, id: 'x', type: 1 })
    expect(server.got.map(({ msgtype }) => msgtype)).toContain('stream')
    for (const { from } of server.got) expect(from).toEqual({ userid: 'LinXiao', corpid })
    await bot.sendText({ ...lin, text: '统计' })
    expect(server.got.at(-1).from).toEqual({ userid: 'LinXiao' })
  })

  it('should name the bot in a group, carry the chatid, and quote', async () => {
    const quote = { msgtype: 'text', text: { content: '之前' } } as const
    await bot.sendText({ ...lin, chat: 'group-1', text: '统计', quote })
    expect(server.got[0]).toMatchObject({
      chatid: 'group-1',
      chattype: 'group',
      text: { content: '@封笺助手 统计' },
      quote,
    })
  })

  it('should serve media encrypted, for five minutes', async () => {
    const bytes = Buffer.from('picture')
    await bot.sendMixed({ ...lin, items: [{ text: '看' }, { image: bytes }] })
    await bot.sendImage({ ...lin, image: bytes })
    await bot.sendFile({ ...lin, file: bytes })
    await bot.sendVideo({ ...lin, video: bytes })
    await bot.sendVoice({ ...lin, transcript: '帮助' })
    const [mixed, image, file, video, voice] = server.got
    expect(voice.voice).toEqual({ content: '帮助' })
    for (const url of [mixed.mixed.msg_item[1].image.url, image.image.url, file.file.url]) {
      const sealed = Buffer.from(await (await fetch(url)).arrayBuffer())
      expect(openMedia(BOT_KEYS.encodingAesKey, sealed)).toEqual(bytes)
    }
    bench.clock.advance(5 * MINUTE)
    expect((await fetch(video.video.url)).status).toBe(404)
  })

  it('should be only what a client sends', async () => {
    const refusals = [
      bot.sendVoice({ ...lin, chat: 'group-1', transcript: 'x' }),
      bot.sendImage({ ...lin, chat: 'group-1', image: Buffer.alloc(1) }),
      bot.pollStream('nothing'),
    ]
    for (const refusal of refusals) await expect(refusal).rejects.toBeInstanceOf(BotSendRefused)
    expect(server.got).toEqual([])
  })

  it('should report only the first entry of a day in Beijing', async () => {
    server.answer = () => ({ reply: { msgtype: 'text', text: { content: '你好' } } })
    expect((await bot.enterChat(lin))?.text).toBe('你好')
    expect(await bot.enterChat(lin)).toBeNull()
    expect(await bot.enterChat({ from: 'ChenMo' })).not.toBeNull()
    // The clock stands at 12:00 in Beijing.
    bench.clock.advance(12 * 60 * MINUTE)
    expect(await bot.enterChat(lin)).not.toBeNull()
    expect(server.got[0]).toMatchObject({ msgtype: 'event', event: { eventtype: 'enter_chat' } })
    expect(server.got[0]).not.toHaveProperty('response_url')
  })

  it('should press buttons with what was chosen, and show the updated card', async () => {
    const card = goodCards()['vote_interaction']
    server.answer = () => ({ reply: { msgtype: 'template_card', template_card: card } })
    await bot.sendText({ ...lin, chat: 'group-1', text: '延期' })
    const after = { ...card, main_title: { title: '已延期' } }
    server.answer = () => ({
      reply: { response_type: 'update_template_card', template_card: after },
    })
    const click = {
      ...lin,
      task_id: 'task-2',
      event_key: 'submit',
      selected_items: { days: ['3'] },
    }
    expect((await bot.clickButton(click)).cards).toEqual([after])
    expect(server.got[1]).toMatchObject({
      chatid: 'group-1',
      create_time: Math.floor(bench.clock.now() / 1000),
      event: {
        eventtype: 'template_card_event',
        template_card_event: {
          card_type: 'vote_interaction',
          event_key: 'submit',
          task_id: 'task-2',
          selected_items: {
            selected_item: [{ question_key: 'days', option_ids: { option_id: ['3'] } }],
          },
        },
      },
    })
  })

  it('should give feedback and take only silence for it', async () => {
    const feedback = { ...lin, id: 'f1', type: 2, inaccurate_reason_list: [2] } as const
    await bot.feedback({ ...feedback, inaccurate_reason_list: [2] })
    expect(server.got[0].event).toEqual({
      eventtype: 'feedback_event',
      feedback_event: { id: 'f1', type: 2, inaccurate_reason_list: [2] },
    })
    server.answer = () => stream('谢谢', true)
    const fault = await faultOf(bot.feedback({ ...lin, id: 'f1', type: 1 }))
    expect(fault.clause).toBe('5.5')
  })
})

describe('streams', () => {
  it('should be refreshed until they finish', async () => {
    server.answer = (_payload, n) => stream('我的卡片'.slice(0, n), n === 4)
    const sent = await bot.sendText({ ...lin, text: '我的卡片' })
    expect(sent).toMatchObject({ text: '我的卡片', stream: { id: 'stream-1', finished: true } })
    expect(sent.replies).toHaveLength(4)
    expect(server.got[1]).toEqual({
      msgid: expect.not.stringMatching(sent.msgid),
      aibotid: 'AIBOT0000000000001',
      chattype: 'single',
      from: { userid: 'LinXiao' },
      msgtype: 'stream',
      stream: { id: 'stream-1' },
    })
  })

  it('should be given up after six minutes', async () => {
    server.answer = () => stream('…', false)
    const slow = bench.open({ settings: { pollEveryMs: MINUTE } })
    const fault = await faultOf(slow.sendText({ ...lin, text: '我的卡片' }))
    expect(fault.message).toMatch(/within 6 minutes/)
    expect(fault.exchange?.attempts).toHaveLength(7)
  })

  it('should be refreshed by hand when the sender does not follow', async () => {
    server.answer = (_payload, n) => stream(`${n}`, false)
    const sent = await bot.sendText({ ...lin, text: 'x', follow: false })
    expect(sent.text).toBe('1')
    expect((await bot.pollStream('stream-1')).text).toBe('2')
  })

  it('should bring a card once and keep their id', async () => {
    const card = goodCards()['text_notice']
    server.answer = (_payload, n) => ({
      reply: {
        msgtype: 'stream_with_template_card',
        stream: { id: 'stream-1', finish: n === 2, content: 'x' },
        template_card: card,
      },
    })
    expect((await faultOf(bot.sendText({ ...lin, text: 'x' }))).message).toMatch(/once per message/)
    server.answer = (_payload, n) => stream('x', false, `stream-${n}`)
    expect((await faultOf(bot.sendText({ ...lin, text: 'x' }))).message).toMatch(/changed while/)
  })

  it('should not share an id, nor cards a task_id', async () => {
    server.answer = () => stream('x', true)
    await bot.sendText({ ...lin, text: 'x' })
    expect((await faultOf(bot.sendText({ ...lin, text: 'y' }))).message).toMatch(/another message/)
    const card = goodCards()['button_interaction']
    server.answer = () => ({ reply: { msgtype: 'template_card', template_card: card } })
    await bot.sendText({ ...lin, text: 'x' })
    expect((await faultOf(bot.sendText({ ...lin, text: 'y' }))).message).toMatch(/used before/)
  })

  it('should leave at most three messages of one person in flight', async () => {
    server.answer = (_payload, n) => stream('…', false, `stream-${n}`)
    for (const text of ['1', '2', '3']) await bot.sendText({ ...lin, text, follow: false })
    await expect(bot.sendText({ ...lin, text: '4' })).rejects.toThrow(/3 messages in flight/)
    await bot.sendText({ from: 'ChenMo', text: '1', follow: false })
    server.answer = () => stream('done', true, 'stream-1')
    await bot.pollStream('stream-1')
    server.answer = () => stream('…', false, 'stream-5')
    await bot.sendText({ ...lin, text: '4', follow: false })
  })
})

describe('delivery', () => {
  const arrived = async (n: number): Promise<void> => {
    while (server.wire.length < n) await new Promise<void>((resolve) => setImmediate(resolve))
  }

  it('A7 should try three times, five seconds apart, under one msgid', async () => {
    server.answer = () => ({ hang: true })
    const fault = faultOf(bot.sendText({ ...lin, text: 'x' }))
    for (const n of [1, 2, 3]) {
      await arrived(n)
      bench.expire()
    }
    expect((await fault).message).toMatch(/no answer within 5 s \(3 attempts\)/)
    expect(new Set(server.got.map(({ msgid }) => msgid)).size).toBe(1)
    expect(new Set(server.wire.map(({ body }) => body)).size).toBe(3)
    expect(bench.waits).toEqual([5000, 5000, 5000])
  })

  it('should take the answer to a retry, and can retry the same bytes', async () => {
    bot = bench.open({ settings: { retrySigns: 'once', pollEveryMs: 100 } })
    server.answer = (_payload, n) => (n === 1 ? { hang: true } : stream('x', true))
    const sent = bot.sendText({ ...lin, text: 'x' })
    await arrived(1)
    bench.expire()
    expect((await sent).attempts.map(({ outcome }) => outcome)).toEqual(['timeout', 'answer'])
    expect(server.wire[0]?.body).toBe(server.wire[1]?.body)
  })

  it('should try a card event once', async () => {
    server.answer = () => ({ hang: true })
    const fault = faultOf(bot.clickButton({ ...lin, task_id: 't', event_key: 'k' }))
    await arrived(1)
    bench.expire()
    expect((await fault).message).toMatch(/1 attempts/)
  })

  it('A4 should repeat at once, the same bytes or each signed for itself', async () => {
    server.answer = () => stream('x', true)
    const same = await bot.sendText({ ...lin, text: 'x', repeat: 20 })
    expect(same.repeats).toHaveLength(19)
    expect(new Set(server.wire.map(({ body }) => body)).size).toBe(1)
    server.wire.length = 0
    server.answer = () => stream('x', true, 'stream-2')
    await bot.sendText({ ...lin, text: 'x', repeat: 5, sign: 'each' })
    expect(new Set(server.wire.map(({ query }) => query.get('nonce'))).size).toBe(5)
  })

  it('A4 should let repeats be empty, but not different', async () => {
    server.answer = (_payload, n) => (n === 2 ? stream('x', true) : { raw: '' })
    const sent = await bot.sendText({ ...lin, text: 'x', repeat: 3 })
    expect(sent.text).toBe('x')
    server.answer = (_payload, n) => stream('x', true, `other-${n}`)
    const fault = await faultOf(bot.sendText({ ...lin, text: 'x', repeat: 2 }))
    expect(fault.message).toMatch(/answered differently/)
  })
})
