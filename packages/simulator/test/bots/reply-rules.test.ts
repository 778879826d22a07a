import { judgeReply } from '../../src/bots/judge-reply.js'
import { newExchange } from '../../src/bots/ledger.js'
import { emptyBotState, type Json, type SentKind } from '../../src/world/bot-types.js'
import { goodCards } from '../kit/fake-bot.js'

// Tests break replies of every shape.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type Any = any

const exchangeOf = (kind: SentKind) =>
  newExchange({ msgid: 'm1', kind, at: 0, from: 'zhangsan', chatid: null, sent: {} })
const judge = (reply: Json, kind: SentKind = 'text') =>
  judgeReply(emptyBotState(), exchangeOf(kind), kind, reply)
const said = (reply: Json, kind?: SentKind) =>
  judge(reply, kind).complaints.map(({ clause, path, message }) => `${clause} ${path} ${message}`)

const card = (type: string, change: (card: Any) => void = () => undefined): Json => {
  const template_card = goodCards()[type]
  change(template_card)
  return { msgtype: 'template_card', template_card }
}
const stream = (more: Json): Json => ({
  msgtype: 'stream',
  stream: { id: 's', finish: false, content: '…', ...more },
})
const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(4)])
const image = (bytes: Buffer, md5: string) => ({
  msgtype: 'image',
  image: { base64: bytes.toString('base64'), md5 },
})
const PNG_MD5 = 'cbdc8dce808879fa9420d319ddb5fdb7'
const many = (n: number, make: (i: number) => Json) => Array.from({ length: n }, (_, i) => make(i))

describe('replies the platform takes', () => {
  it.each(Object.keys(goodCards()))('should have nothing to say about a good %s', (type) => {
    expect(judge(card(type))).toEqual({ kind: 'template_card', complaints: [], notes: [] })
    expect(judge(card(type), 'enter_chat').complaints).toEqual([])
  })

  it('should take streams with content up to 20,480 bytes and images at the end', () => {
    expect(said(stream({ content: '好'.repeat(6826) + '..' }))).toEqual([])
    expect(said(stream({ finish: true, msg_item: [image(PNG, PNG_MD5)] }))).toEqual([])
  })

  it.each([
    ['text', 'text'],
    ['update_template_card', 'text'],
    ['stream', 'enter_chat'],
    ['template_card', 'stream'],
    ['template_card', 'template_card_event'],
    ['text', 'feedback_event'],
  ] as [string, SentKind][])('should not take %s for %s', (reply, kind) => {
    const field = reply === 'update_template_card' ? 'response_type' : 'msgtype'
    const clause = kind === 'feedback_event' ? '5.5' : '5.6'
    expect(judge({ [field]: reply }, kind).complaints).toMatchObject([{ clause, path: field }])
  })

  it('should name the kinds there are', () => {
    expect(said({ msgtype: 'markdown' })[0]).toMatch(/text, stream, template_card/)
  })
})

const tooLong = (bytes: number) => 'x'.repeat(bytes + 1)
const broken: [string, Json, string][] = [
  [
    'a stream without id',
    stream({ id: undefined }),
    '5.6 stream.id is required in the first reply',
  ],
  [
    'a byte too much content',
    stream({ content: '好'.repeat(6827) }),
    '5.6 stream.content has more than 20,480 bytes of UTF-8',
  ],
  [
    'half a character',
    stream({ content: 'a\ud83d' }),
    '5.6 stream.content has half a surrogate pair in it',
  ],
  ['finish as text', stream({ finish: 'true' }), '5.6 stream.finish must be boolean'],
  [
    'images before the end',
    stream({ msg_item: [image(PNG, PNG_MD5)] }),
    '5.6 stream.msg_item comes only with finish: true',
  ],
  [
    'eleven images',
    stream({ finish: true, msg_item: Array(11).fill(image(PNG, PNG_MD5)) }),
    '5.6 stream.msg_item has more than 10 images',
  ],
  [
    'a wrong md5',
    stream({ finish: true, msg_item: [image(PNG, '00')] }),
    '5.6 stream.msg_item.0.image.md5 is not that of the image before it was put in base64',
  ],
  [
    'a long feedback id',
    stream({ feedback: { id: tooLong(256) } }),
    '5.6 stream.feedback.id has more than 256 bytes of UTF-8',
  ],
  [
    'an unknown card',
    { msgtype: 'template_card', template_card: { card_type: 'poster' } },
    '5.7 template_card.card_type is not one of the five kinds of card',
  ],
  [
    'a notice without action',
    card('text_notice', (c) => delete c.card_action),
    '5.7 template_card.card_action is required',
  ],
  [
    'a notice without any title',
    card('text_notice', (c) => delete c.main_title),
    '5.7 template_card.main_title.title is required when there is no sub_title_text',
  ],
  [
    'a mini-program without appid',
    card('text_notice', (c) => delete c.card_action.appid),
    '5.7 template_card.card_action.appid is required for type 2',
  ],
  [
    'seven rows',
    card('text_notice', (c) => (c.horizontal_content_list = many(7, () => ({ keyname: 'k' })))),
    '5.7 template_card.horizontal_content_list has more than 6',
  ],
  [
    'four jumps',
    card('text_notice', (c) => (c.jump_list = many(4, () => ({ title: 't' })))),
    '5.7 template_card.jump_list has more than 3',
  ],
  [
    'a question of 201 bytes',
    card('text_notice', (c) => (c.jump_list[0].question = tooLong(200))),
    '5.7 template_card.jump_list.0.question has more than 200 bytes of UTF-8',
  ],
  [
    'a menu without task_id',
    card('text_notice', (c) => {
      c.action_menu = { desc: '更多', action_list: [{ text: 'a', key: 'a' }] }
    }),
    '5.7 template_card.task_id is required with action_menu',
  ],
  [
    'a picture too wide',
    card('news_notice', (c) => (c.card_image.aspect_ratio = 2.26)),
    '5.7 template_card.card_image.aspect_ratio must be 1.3 to 2.25',
  ],
  [
    'news without a picture',
    card('news_notice', (c) => delete c.card_image),
    '5.7 template_card.card_image is required when there is no image_text_area',
  ],
  [
    'five vertical rows',
    card('news_notice', (c) => (c.vertical_content_list = many(5, () => ({ title: 't' })))),
    '5.7 template_card.vertical_content_list has more than 4',
  ],
  [
    'seven buttons',
    card('button_interaction', (c) => {
      c.button_list = many(7, (i) => ({ text: 't', key: `k${i}` }))
    }),
    '5.7 template_card.button_list has more than 6',
  ],
  [
    'two buttons of one key',
    card('button_interaction', (c) => (c.button_list[1].key = 'revoke:1')),
    '5.7 template_card.button_list repeats a key',
  ],
  [
    'a key of 1,025 bytes',
    card('button_interaction', (c) => (c.button_list[0].key = tooLong(1024))),
    '5.7 template_card.button_list.0.key has more than 1,024 bytes of UTF-8',
  ],
  [
    'a button style of 5',
    card('button_interaction', (c) => (c.button_list[0].style = 5)),
    '5.7 template_card.button_list.0.style must be one of 1, 2, 3, 4',
  ],
  [
    'buttons without task_id',
    card('button_interaction', (c) => delete c.task_id),
    '5.7 template_card.task_id is required',
  ],
  [
    'a task_id with a colon',
    card('button_interaction', (c) => (c.task_id = 'task:1')),
    '5.7 template_card.task_id may hold only 0-9, A-Z, a-z, _, - and @',
  ],
  [
    'a task_id of 129 bytes',
    card('button_interaction', (c) => (c.task_id = tooLong(128))),
    '5.7 template_card.task_id has more than 128 bytes of UTF-8',
  ],
  [
    'twenty-one options',
    card('vote_interaction', (c) => {
      c.checkbox.option_list = many(21, (i) => ({ id: `${i}`, text: 't' }))
    }),
    '5.7 template_card.checkbox.option_list has more than 20',
  ],
  [
    'four selectors',
    card('multiple_interaction', (c) => {
      c.select_list = many(4, (i) => ({ ...c.select_list[0], question_key: `q${i}` }))
    }),
    '5.7 template_card.select_list has more than 3',
  ],
  [
    'eleven choices',
    card('multiple_interaction', (c) => {
      c.select_list[0].option_list = many(11, (i) => ({ id: `${i}`, text: 't' }))
    }),
    '5.7 template_card.select_list.0.option_list has more than 10',
  ],
]

describe('complaints', () => {
  it.each(broken)('should name %s', (_name, reply, complaint) => {
    expect(said(reply)).toEqual([complaint])
  })

  it('should name everything that is wrong, and note undocumented fields', () => {
    const reply = card('button_interaction', (c) => {
      delete c.task_id
      c.button_list[0].key = 'keep:1'
      c.colour = 'red'
    })
    const { complaints, notes } = judge(reply)
    expect(complaints.map(({ path }) => path)).toEqual([
      'template_card.task_id',
      'template_card.button_list',
    ])
    expect(notes).toEqual([
      { clause: '5.7', path: 'template_card.colour', message: 'is not documented' },
    ])
  })

  it("should want the event's task_id in an update", () => {
    const exchange = exchangeOf('template_card_event')
    exchange.sent = { event: { template_card_event: { task_id: 'task-1' } } }
    const update = (task_id: string) => ({
      response_type: 'update_template_card',
      template_card: { ...goodCards()['button_interaction'], task_id },
    })
    const clauses = (reply: Json) =>
      judgeReply(emptyBotState(), exchange, 'template_card_event', reply).complaints
    expect(clauses(update('task-1'))).toEqual([])
    expect(clauses(update('task-9'))).toMatchObject([{ path: 'template_card.task_id' }])
  })
})
