import { CommandHandler } from '../../../src/bots/commands/command-handler.js'
import { OutboxWorker } from '../../../src/bots/outbox/worker.js'
import { BotCallbackEntity } from '../../../src/bots/storage/bot-callback.entity.js'
import { BotCallbackRepository } from '../../../src/bots/storage/bot-callback.repository.js'
import { BotJobEntity } from '../../../src/bots/storage/bot-job.entity.js'
import { AuditLog } from '../../../src/audit/audit-log.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { WECOM } from '../../kit/config.js'
import { holdCommands } from '../../kit/held-commands.js'
import { statementsOf } from '../../kit/statements-of.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let bot: BotSender
beforeEach(async () => {
  app = await TestApp.start({ bots: [deskBot()] })
  bot = new BotSender(app)
  await app.login('alice', WECOM)
})
afterEach(async () => {
  jest.restoreAllMocks()
  await app.stop()
})

const rows = () => app.storage.manager.find(BotCallbackEntity, { order: { at: 'ASC' } })
const text = (content: string, more: object = {}) =>
  bot.message({ msgtype: 'text', text: { content }, ...more })
const wireOf = (message: object) => bot.seal(JSON.stringify(message))

/** No callback is accepted before `open()`. */
const holdTransactions = () => {
  let open = () => {}
  const gate = new Promise<void>((resolve) => (open = resolve))
  return { open, turn: app.nest.get(AuditLog).transact(() => gate) }
}

describe('what was there before a callback', () => {
  it('is read by one statement for all that ask at once, and each hears its own', async () => {
    await bot.post(wireOf(text('帮助', { from: { userid: 'bob' } })))
    app.clock.advance(1)
    await bot.event('feedback_event')
    app.clock.advance(1)
    const { open } = holdCommands(app)
    jest.spyOn(app.nest.get(OutboxWorker), 'poll').mockResolvedValue()
    await bot.post(wireOf(text('帮助')))
    open()
    const [job] = await app.storage.manager.find(BotJobEntity)
    const [answered, empty, waiting] = await rows()
    const callbacks = app.nest.get(BotCallbackRepository)
    const free = { chatKey: 'nobody', messageKey: null }
    const asked = [
      { ...free, id: 'unknown' },
      { ...free, id: answered!.id },
      { ...free, id: 'other', messageKey: answered!.messageKey },
      { ...free, id: empty!.id },
      { id: 'next', messageKey: 'next', chatKey: job!.chatKey },
      { id: waiting!.id, messageKey: waiting!.messageKey, chatKey: job!.chatKey },
    ]
    let heard: Awaited<ReturnType<typeof callbacks.past>>[] = []
    const sql = await statementsOf(app, async () => {
      heard = await Promise.all(asked.map((one) => callbacks.past(one)))
    })
    expect(sql).toHaveLength(1)
    expect(
      heard.map(({ same, twin, isChatBusy }) => ({
        same: same && Object.keys(same.reply),
        twin: twin && Object.keys(twin.reply),
        isChatBusy,
      })),
    ).toEqual([
      { isChatBusy: false },
      { same: ['msgtype', 'template_card'], isChatBusy: false },
      { twin: ['msgtype', 'template_card'], isChatBusy: false },
      { same: null, isChatBusy: false },
      { isChatBusy: true },
      { same: ['msgtype', 'stream'], twin: ['msgtype', 'stream'], isChatBusy: true },
    ])
  })

  it('a message that comes twice is told apart from another of its chat that waits', async () => {
    const message = text('帮助')
    const [one, two] = [wireOf(message), wireOf(message)]
    const other = wireOf(text('统计'))
    const answers = await Promise.all([one, two, one, other].map((wire) => bot.post(wire)))
    const wires = [one, two, one, other]
    const titles = answers.map((answer, n) => bot.open(answer, wires[n]!).template_card.main_title)
    expect(titles[1]).toEqual(titles[0])
    expect(answers[2]!.text).toBe(answers[0]!.text)
    expect(titles[3]).not.toEqual(titles[0])
    expect((await rows()).filter(({ messageKey }) => messageKey !== null)).toHaveLength(2)
  })

  it('a callback that comes again does not wait for a later message of its chat', async () => {
    const first = wireOf(text('帮助'))
    const answer = await bot.post(first)
    const { open, turn } = holdTransactions()
    const { asked, open: openCommands } = holdCommands(app)
    const later = bot.post(wireOf(text('统计')))
    while (asked.length === 0) await new Promise(setImmediate)
    openCommands()
    expect((await bot.post(first)).text).toBe(answer.text)
    open()
    await turn
    expect((await later).status).toBe(200)
  })

  it('a message keeps its place in the chat, however long the look at what was there takes', async () => {
    const commands = jest.spyOn(app.nest.get(CommandHandler), 'prepare')
    const asked = () => commands.mock.calls.map(([, { msgid }]) => msgid)
    const { open, turn } = holdTransactions()
    const messages = ['帮助', '统计', '我的卡片'].map((content, n) =>
      text(content, { msgid: `m${n}` }),
    )
    const [first, second, third] = messages.map((message) => wireOf(message))
    const callbacks = app.nest.get(BotCallbackRepository)
    const past = callbacks.past.bind(callbacks)
    let [looks, release] = [0, () => {}]
    const gate = new Promise<void>((resolve) => (release = resolve))
    jest.spyOn(callbacks, 'past').mockImplementation(async (one) => {
      if ((looks += 1) === 2) await gate
      return past(one)
    })
    const answers = [bot.post(first!)]
    while (asked().length < 1) await new Promise(setImmediate)
    answers.push(bot.post(second!))
    while (looks < 2) await new Promise(setImmediate)
    open()
    await turn
    await answers[0]
    answers.push(bot.post(third!))
    while (asked().length < 2) await new Promise(setImmediate)
    release()
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200])
    expect(asked()).toEqual(['m0', 'm1', 'm2'])
  })
})
