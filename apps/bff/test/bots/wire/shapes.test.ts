/** Shapes of messages that others have seen, and that differ from the samples of the documentation. */
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { WECOM } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

const TITLE = '裁员名单'

let app: TestApp
let bot: BotSender
beforeAll(async () => {
  app = await TestApp.start({ bots: [deskBot()] })
  bot = new BotSender(app)
  const alice = await app.login('alice', WECOM)
  await app.call('POST', '/v1/cards', { token: alice, body: { title: TITLE, body: 'B' } })
})
afterAll(() => app.stop())

const said = (content: string) => ({ msgtype: 'text', text: { content } })
const send = async (payload: object): Promise<string> =>
  JSON.stringify((await bot.send(bot.message(payload))).reply)

describe('a message of unclear origin counts as a group’s', () => {
  it.each<[string, object]>([
    ['chatid without chattype', { chattype: undefined, chatid: 'wrGROUP' }],
    ['chatid with chattype null', { chattype: null, chatid: 'wrGROUP' }],
    ['chatid in a single chat', { chattype: 'single', chatid: 'wrGROUP' }],
    ['chatid that is a number', { chatid: 7 }],
    ['chatid that is 0', { chatid: 0 }],
    ['chatid that is an object', { chatid: { id: 'wrGROUP' } }],
    ['chatid of 2,000 characters', { chatid: 'w'.repeat(2000) }],
    ['chattype GROUP', { chattype: 'GROUP' }],
    ['chattype Single', { chattype: 'Single' }],
    ['chattype that is new', { chattype: 'channel' }],
    ['chattype that is a number', { chattype: 1 }],
    ['chattype that is a list', { chattype: ['single'] }],
    ['chattype group without chatid', { chattype: 'group' }],
    ['chattype group with an empty chatid', { chattype: 'group', chatid: '' }],
  ])('%s: the bot names no title, by words or by a button', async (_, where) => {
    for (const words of ['我的卡片', '谁看过 裁员', '撤回 1', '延期 1 3 天', '统计']) {
      const reply = await send({ ...said(words), ...where })
      expect(reply).toContain('请在单聊里问我')
      expect(reply).not.toContain(TITLE)
    }
    const event = {
      eventtype: 'template_card_event',
      template_card_event: { event_key: 'zh:cards', task_id: 't' },
    }
    const pressed = await send({ msgtype: 'event', event, ...where })
    expect(pressed).toContain('请在单聊里问我')
    expect(pressed).not.toContain(TITLE)
  })

  it.each<[string, object]>([
    ['no chattype', { chattype: undefined }],
    ['a chattype that is null', { chattype: null }],
    ['a chattype that is empty', { chattype: '' }],
  ])('%s and no chatid: a single chat', async (_, where) => {
    expect(await send({ ...said('我的卡片'), ...where })).toContain(TITLE)
  })
})

describe('an optional field that is null, empty or strange', () => {
  it.each<[string, object]>([
    ['chatid ""', { chatid: '' }],
    ['chatid null', { chatid: null }],
    ['response_url null', { response_url: null }],
    ['response_url ""', { response_url: '' }],
    ['response_url that is a number', { response_url: 7 }],
    ['aibotid null', { aibotid: null }],
    ['aibotid ""', { aibotid: '' }],
    ['quote null', { quote: null }],
    ['a quote of a new kind', { quote: { msgtype: 'hologram' } }],
    ['create_time null', { create_time: null }],
    ['msgid that is a number', { msgid: 7_000_001 }],
    ['a field that nobody documented', { weather: 'fine' }],
  ])('%s: the message is answered', async (_, change) => {
    expect(await send({ ...said('我的卡片'), ...change })).toContain(TITLE)
  })

  it('a numeric msgid names the message like the same msgid in quotes', async () => {
    const once = bot.message({ ...said('统计'), msgid: 8_000_001 })
    const again = { ...once, msgid: '8000001', ...said('我的卡片') }
    const { reply } = await bot.send(once)
    expect((await bot.send(again)).reply).toEqual(reply)
  })

  it('two msgids that are too large for exact numbers are two messages', async () => {
    const plaintext = (msgid: string, words: string) =>
      JSON.stringify(bot.message({ ...said(words), msgid: '@' })).replace('"@"', msgid)
    const first = plaintext('9007199254740993', '统计')
    const { reply } = await bot.send({}, bot.seal(first))
    const other = await bot.send({}, bot.seal(plaintext('9007199254740992', '我的卡片')))
    expect(JSON.stringify(other.reply)).toContain(TITLE)
    // In another ciphertext the first message is still the first.
    expect((await bot.send({}, bot.seal(first))).reply).toEqual(reply)
  })
})

describe('mixed', () => {
  const mixed = (...msg_item: unknown[]) => send({ msgtype: 'mixed', mixed: { msg_item } })
  const file = { msgtype: 'file', file: { url: 'u' } }

  it.each<[string, unknown]>([
    ['a picture', { msgtype: 'image', image: { url: 'u' } }],
    ['a picture with pic_url', { msgtype: 'image', image: { pic_url: 'u' } }],
    ['a file', file],
    ['a kind that is new', { msgtype: 'hologram', hologram: {} }],
    ['a text without content', { msgtype: 'text' }],
    ['a text whose content is a number', { msgtype: 'text', text: { content: 7 } }],
    ['null', null],
    ['a string', 'x'],
    ['nothing', {}],
  ])('words beside %s are answered', async (_, item) => {
    expect(await mixed(said('我的卡片'), item)).toContain(TITLE)
    expect(await mixed(item, said('我的卡片'))).toContain(TITLE)
  })

  it('counts as media when it has no words', async () => {
    const media = await send({ msgtype: 'file', file: { url: 'u' } })
    expect(media).toContain('我只看文字')
    for (const items of [[file], [{ msgtype: 'image', image: { pic_url: 'u' } }], [null], []])
      expect(await mixed(...items)).toContain('我只看文字')
  })

  it('stands for a title when it is quoted', async () => {
    const quote = { msgtype: 'mixed', mixed: { msg_item: [file, said(TITLE)] } }
    expect(await send({ ...said('谁看过'), quote })).toContain(`谁看过“${TITLE}”`)
  })
})

test.each([
  ['image', { url: 'u' }],
  ['image', { pic_url: 'u' }],
  ['image', {}],
  ['file', { file_url: 'u' }],
  ['video', { url: null }],
])('%s %j is answered as media', async (kind, content) => {
  expect(await send({ msgtype: kind, [kind]: content })).toContain('我只看文字')
})
