import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { FakePlatform } from '@sealcard/testing'
import { COMMANDS } from '../../../src/bots/commands/table.js'
import { COMMAND_NAMES, type CommandName } from '../../../src/bots/i18n/button-key.js'
import { GRACE_MS } from '../../../src/bots/notices/notice-finder.js'
import { Jobs } from '../../../src/core/jobs/jobs.js'
import { OutboxWorker } from '../../../src/bots/outbox/worker.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { testConfig, WECOM } from '../../kit/config.js'
import { holdCommands } from '../../kit/held-commands.js'
import { key, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

const FILE = path.resolve(__dirname, '../../../../../docs/generated/bot-messages.md')
const MARKS = ['<!-- examples: captured by a test -->', '<!-- end of examples -->'] as const

const SEND = '/cgi-bin/message/send'

let platform: FakePlatform
let app: TestApp
let bot: BotSender
let alice: string
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a test reads what the platform documents
type Reply = any
const examples: string[] = []
const table: string[] = []

beforeAll(async () => {
  platform = await FakePlatform.start()
  platform.on('/cgi-bin/gettoken', { errcode: 0, access_token: 'TOKEN', expires_in: 7200 })
  platform.on(SEND, { errcode: 0, errmsg: 'ok', msgid: 'MSGID' })
  const apps = testConfig('').apps.map((each) => ({ ...each, apiBase: platform.base }))
  const notices = { firstOpening: true, refusedAttempts: true, expiringTomorrow: true }
  app = await TestApp.start({
    apps,
    bots: [deskBot({ notices: { by: 'app-message', ...notices } })],
  })
  bot = new BotSender(app)
  alice = await app.login('alice', WECOM)
  const expiresAt = '2026-02-01T00:00:00Z'
  for (const title of ['周报', '周计划']) {
    const body = { title, body: '正文', policy: { expiresAt } }
    await app.call('POST', '/v1/cards', { token: alice, body })
    // Two cards of the same millisecond have no order.
    app.clock.advance(1)
  }
})
afterAll(async () => {
  await app.stop()
  await platform.stop()
})

/** Replaces random values by their names. */
const stable = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, each: unknown) => {
      if (typeof each !== 'string') return each
      if (['task_id', 'id', 'msgid'].includes(key)) return `<${key}>`
      return each
        .replace(/(?<=[:=])[\w-]{22}$/, '<card id>')
        .replace(/(?<=打开：|周计划 )[0-9A-HJKMNP-TV-Z]{6}(?![0-9A-Za-z])/gu, '<code>')
    }),
  )
const json = (value: unknown) => `\`\`\`json\n${JSON.stringify(stable(value), null, 2)}\n\`\`\``

const record = (name: string, sent: object, reply: object | null) => {
  const said = sent as { msgtype?: string; event?: { eventtype: string } }
  const kind = said.event?.eventtype ?? said.msgtype ?? ''
  const answered = reply as Record<string, { card_type?: string }> | null
  const form = answered ? (answered['msgtype'] ?? answered['response_type']) : '空 / empty'
  const card = answered?.['template_card']?.card_type
  table.push(`| \`${kind}\` | ${name} | ${String(form)}${card ? ` · ${card}` : ''} |`)
  const text = reply === null ? '空的 200 / an empty 200' : json(reply)
  examples.push(`#### ${name}\n\n${json(sent)}\n\n→\n\n${text}`)
}

const play = async (name: string, payload: object) => {
  const sent = bot.message(payload)
  const { reply } = await bot.send(sent)
  record(name, sent, reply)
  return reply
}

const event = (eventtype: string, body?: object) => ({
  msgtype: 'event',
  create_time: Math.floor(app.clock.now() / 1000),
  event: { eventtype, ...(body && { [eventtype]: body }) },
})
const media = (url: string) => ({ url: `https://example.com/${url}` })
const said = (content: string) => ({ msgtype: 'text', text: { content } })

describe('docs/generated/bot-messages.md', () => {
  it('shows every kind of message and reply as the service sends it', async () => {
    await play('进入会话 / enter_chat', event('enter_chat'))
    const replies = new Map<CommandName, Reply>()
    for (const name of COMMAND_NAMES) {
      const { words } = COMMANDS[name]
      if (!words) continue
      const { zh, en } = words
      replies.set(name, await play(`${zh.example} / ${en.example}`, said(zh.example)))
    }
    await play('几张都符合：选一张 / several match', said('谁看过 周'))
    const { button_list: buttons, task_id } = replies.get('revoke').template_card
    const press = (key: string) =>
      event('template_card_event', { card_type: 'button_interaction', event_key: key, task_id })
    await play('按“不撤回” / “keep it” pressed', press(buttons[1].key))
    await play('按“确认撤回” / “revoke” pressed', press(buttons[0].key))
    await play('没有听懂 / not understood', said('今天天气怎么样'))
    await play('引用 / a quote', {
      ...said('谁看过'),
      quote: { msgtype: 'text', text: { content: '周计划' } },
    })
    await play('图文混排 / mixed', {
      msgtype: 'mixed',
      mixed: {
        msg_item: [
          { msgtype: 'text', text: { content: '统计' } },
          { msgtype: 'image', image: media('image') },
        ],
      },
    })
    await play('语音 / voice', { msgtype: 'voice', voice: { content: '帮助' } })
    for (const kind of ['image', 'file', 'video'] as const)
      await play(kind, { msgtype: kind, [kind]: media(kind) })
    await play('群聊 / in a group', {
      ...said('@封笺 我的卡片'),
      chattype: 'group',
      chatid: 'group-1',
    })
    await slowAnswer()
    await play('反馈 / feedback', event('feedback_event', { id: 'x', type: 1 }))
    await play('未知的类型 / an unknown kind', { msgtype: 'hologram' })
    await appMessage('应用消息：提醒 / a message of the app: notices')

    const head = '| 消息 / message | 情形 / case | 回复 / reply |\n|---|---|---|'
    const written = [
      MARKS[0],
      '',
      ...commandTable(),
      '',
      head,
      ...table,
      '',
      examples.join('\n\n'),
      '',
      MARKS[1],
    ].join('\n')
    const document = readFileSync(FILE, 'utf8')
    const [before = '', rest = ''] = document.split(MARKS[0])
    const after = rest.split(MARKS[1])[1] ?? ''
    const whole = `${before}${written}${after}`
    // SEALCARD_WRITE_DOCS=1 writes what the service answers now.
    if (process.env['SEALCARD_WRITE_DOCS'] === '1') writeFileSync(FILE, whole)
    else expect(unformatted(document)).toBe(unformatted(whole))
  })
})

const WHO = { anyone: '任何人 / anyone', owner: '卡片的主人 / the owner of the card' }
const WHERE = { anywhere: '单聊、群聊 / anywhere', single: '单聊 / single chats' }

const commandTable = () => [
  '| 命令 / command | 中文 | English | 谁 / who | 哪里 / where |\n|---|---|---|---|---|',
  ...COMMAND_NAMES.map((name) => {
    const { words, who, where } = COMMANDS[name]
    const { zh, en } = words ?? { zh: { example: '（按钮）' }, en: { example: '(button)' } }
    return `| \`${name}\` | ${zh.example} | ${en.example} | ${WHO[who]} | ${WHERE[where]} |`
  }),
]

/** Without the marks that a formatter adds to tables and JSON. */
const unformatted = (text: string) => text.replace(/\s+|-{2,}/g, '')

const slowAnswer = async () => {
  const { open, held, timeouts } = holdCommands(app)
  const { stream } = await play('要等一会儿 / a slow answer', said('统计'))
  const poll = { msgtype: 'stream', stream: { id: stream.id } }
  timeouts.mockRestore()
  app.clock.advance(3000)
  await play('平台来问进展 / the platform polls', poll)
  open()
  await app.nest.get(OutboxWorker).settled()
  held.mockRestore()
  await play('流的结束 / the end of a stream', poll)
}

/** A refused attempt and a first opening, and the message to the owner. */
const appMessage = async (name: string) => {
  const poll = () => app.nest.get(Jobs).poll('bot-notices')
  await poll()
  const { shareId, declared } = await app.shared(alice, { title: '周计划' })
  const bob = await app.login('bob', WECOM)
  app.clock.advance(1000)
  await app.open(bob, shareId, { encryptedData: 'AAAA', iv: 'AAAA' })
  app.clock.advance(1000)
  await app.open(bob, shareId, wecomProof(key('bob'), declared, 'bob'))
  app.clock.advance(GRACE_MS)
  await poll()
  const [sent] = platform.requests.filter(({ path }) => path === SEND)
  table.push(`| （没有 / none） | ${name} | POST ${SEND} · text |`)
  examples.push(`#### ${name}\n\n${json(JSON.parse(sent?.body ?? ''))}`)
}
