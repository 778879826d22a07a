import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { verifyAudit } from '../../../src/audit/verify-audit.js'
import { CallbackGroups } from '../../../src/bots/callback/callback-groups.js'
import { CommandHandler } from '../../../src/bots/commands/command-handler.js'
import { OutboxWorker } from '../../../src/bots/outbox/worker.js'
import { BotCallbackEntity } from '../../../src/bots/storage/bot-callback.entity.js'
import { BotJobEntity } from '../../../src/bots/storage/bot-job.entity.js'
import { BotPersonEntity } from '../../../src/bots/storage/bot-person.entity.js'
import { Vault } from '../../../src/core/crypto/vault.js'
import { ViewerRepository } from '../../../src/members/sessions/viewer.repository.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { WECOM } from '../../kit/config.js'
import { holdCommands } from '../../kit/held-commands.js'
import { inSharedTransactions } from '../../kit/held-transactions.js'
import { counted, times } from '../../kit/opening-databases.js'
import { TestApp } from '../../kit/test-app.js'

const PEOPLE = times(40, (n) => `p${n}`)

let app: TestApp
let bot: BotSender
beforeEach(async () => {
  app = await TestApp.start({ bots: [deskBot()] })
  bot = new BotSender(app)
  // A first message makes its person in a transaction of its own.
  await Promise.all(PEOPLE.map((name) => app.login(name, WECOM)))
})
afterEach(async () => {
  jest.restoreAllMocks()
  await app.stop()
})

const wireOf = (userid: string, content: string) =>
  bot.seal(JSON.stringify(bot.message({ msgtype: 'text', text: { content }, from: { userid } })))
const stored = () => app.storage.manager.count(BotCallbackEntity)

/** All at once, so that they share transactions. */
const sendAll = (wires: readonly ReturnType<typeof wireOf>[]) =>
  inSharedTransactions(
    app,
    [app.nest.get(CallbackGroups), 'accept'],
    wires.map((wire) => () => bot.post(wire)),
  )
const titleOf = (answer: Awaited<ReturnType<typeof bot.post>>, wire: ReturnType<typeof wireOf>) =>
  bot.open(answer, wire).template_card.main_title.title

test('callbacks that come at once share transactions, and each gets the answer to its own message', async () => {
  const wires = PEOPLE.map((name, n) => wireOf(name, n % 2 ? '我的卡片' : 'my cards'))
  const { answers, transactions } = await sendAll(wires)
  expect(answers.map(({ status }) => status)).toEqual(PEOPLE.map(() => 200))
  const titles = answers.map((answer, n) => titleOf(answer, wires[n]!))
  expect(titles).toEqual(PEOPLE.map((_, n) => (n % 2 ? '我的卡片' : 'My cards')))
  // The first may begin with few members. All others share the second.
  expect(transactions).toBeLessThanOrEqual(2)
  expect(await stored()).toBe(40)
  const people = await app.storage.manager.find(BotPersonEntity)
  expect(counted(people.map(({ language }) => language))).toEqual({ en: 20 })
  // Sent again, each gets the same bytes.
  for (const [n, wire] of wires.entries())
    expect((await bot.post(wire)).text).toBe(answers[n]?.text)
  expect(await stored()).toBe(40)
})

test('a callback that the database refuses fails alone, and every other one is answered once', async () => {
  const refused = (await app.nest.get(ViewerRepository).find(WECOM, 'p13'))?.lookup ?? ''
  await app.storage.query(
    app.storage.options.type === 'postgres'
      ? `ALTER TABLE bot_callbacks ADD CONSTRAINT refuse_one CHECK (person <> '${refused}')`
      : `CREATE TRIGGER refuse_one BEFORE INSERT ON bot_callbacks WHEN new.person = '${refused}'
        BEGIN SELECT RAISE(ABORT, 'refused'); END`,
  )
  const { answers } = await sendAll(PEOPLE.map((name) => wireOf(name, 'my cards')))
  expect(answers.flatMap(({ status }, n) => (status === 200 ? [] : [[n, status]]))).toEqual([
    [13, 500],
  ])
  expect(await stored()).toBe(39)
  expect(await app.storage.manager.count(BotPersonEntity)).toBe(39)
})

test('a command that fails while its group is accepted fails alone', async () => {
  const commands = app.nest.get(CommandHandler)
  const prepare = commands.prepare.bind(commands)
  jest.spyOn(commands, 'prepare').mockImplementation(async (of, inbound) => {
    const command = await prepare(of, inbound)
    if (inbound.userid !== 'p7') return command
    return { changesRows: false, execute: () => Promise.reject(new Error('no')) }
  })
  const { answers } = await sendAll(PEOPLE.map((name) => wireOf(name, '帮助')))
  expect(answers.flatMap(({ status }, n) => (status === 200 ? [] : [[n, status]]))).toEqual([
    [7, 500],
  ])
  expect(await stored()).toBe(39)
})

test('a command that changes a card has a transaction of its own: fails it, nothing of it stays', async () => {
  const token = await app.login('p0', WECOM)
  const body = { title: '周报', body: 'B' }
  const { id } = (await app.call('POST', '/v1/cards', { token, body })).body
  const asked = await new BotSender(app, undefined, 'desk', 'p0').say('撤回 周报')
  const [{ key }] = asked.template_card.button_list
  const event = { event_key: key, task_id: asked.template_card.task_id }
  const press = bot.message({
    msgtype: 'event',
    event: { eventtype: 'template_card_event', template_card_event: event },
    from: { userid: 'p0' },
  })
  const wires = [bot.seal(JSON.stringify(press)), ...PEOPLE.slice(1).map((p) => wireOf(p, '帮助'))]
  const before = await stored()
  const commands = app.nest.get(CommandHandler)
  const prepare = commands.prepare.bind(commands)
  const failing = jest.spyOn(commands, 'prepare').mockImplementation(async (of, inbound) => {
    const command = await prepare(of, inbound)
    const { changesRows } = command
    const execute: typeof command.execute = async (tx) => {
      await command.execute(tx)
      throw new Error('in the middle')
    }
    return changesRows ? { changesRows, execute } : command
  })
  const { answers } = await sendAll(wires)
  failing.mockRestore()
  expect(answers.map(({ status }) => status)).toEqual([500, ...PEOPLE.slice(1).map(() => 200)])
  const status = async () => (await app.call('GET', `/v1/cards/${id}`, { token })).body.status
  expect(await status()).toBe('active')
  expect(await stored()).toBe(before + 39)
  expect((await bot.post(wires[0]!)).status).toBe(200)
  expect(await status()).toBe('revoked')
  const revoked = { kind: 'card.revoke' }
  expect(await app.storage.manager.countBy(AuditEntryEntity, revoked)).toBe(1)
  expect(await verifyAudit(app.storage, app.nest.get(Vault))).toMatchObject({ faults: [] })
})

test('messages that are put off at once are jobs of their chats, each in its place', async () => {
  const { open } = holdCommands(app)
  jest.spyOn(app.nest.get(OutboxWorker), 'poll').mockResolvedValue()
  const first = await Promise.all(PEOPLE.map((name) => bot.post(wireOf(name, '我的卡片'))))
  const second = await Promise.all(PEOPLE.map((name) => bot.post(wireOf(name, '帮助'))))
  expect(new Set([...first, ...second].map(({ status }) => status))).toEqual(new Set([200]))
  const jobs = await app.storage.manager.find(BotJobEntity)
  expect(counted(jobs.map(({ seq, state }) => `${seq} ${state}`))).toEqual({
    '1 waiting': 40,
    '2 waiting': 40,
  })
  open()
})

test('one message at two processes at once has one reply, whoever else is in the group', async () => {
  const beside = await app.beside()
  const other = new BotSender(beside)
  const messages = PEOPLE.map((userid) =>
    JSON.stringify(bot.message({ msgtype: 'text', text: { content: '帮助' }, from: { userid } })),
  )
  const replies = await Promise.all(
    messages.map(async (message) => {
      const [one, two] = [bot.seal(message), bot.seal(message)]
      const [here, there] = await Promise.all([bot.post(one), other.post(two)])
      return [bot.open(here, one), bot.open(there, two)]
    }),
  )
  for (const [here, there] of replies) expect(there).toEqual(here)
  const rows = await app.storage.manager.find(BotCallbackEntity)
  expect(rows.filter(({ messageKey }) => messageKey !== null)).toHaveLength(40)
  await beside.nest.close()
})
