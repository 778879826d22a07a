import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { CommandHandler } from '../../../src/bots/commands/command-handler.js'
import { OutboxWorker } from '../../../src/bots/outbox/worker.js'
import { BotCallbackEntity } from '../../../src/bots/storage/bot-callback.entity.js'
import { BotCallbackRepository } from '../../../src/bots/storage/bot-callback.repository.js'
import { BotJobEntity } from '../../../src/bots/storage/bot-job.entity.js'
import { BotPersonEntity } from '../../../src/bots/storage/bot-person.entity.js'
import { HOUR } from '../../../src/core/time.js'
import { PersonService } from '../../../src/lifecycle/person.service.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { CardRepository } from '../../../src/members/cards/card.repository.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { WECOM } from '../../kit/config.js'
import { readCopy } from '../../kit/read-copy.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let bot: BotSender
let alice: string
beforeEach(async () => {
  app = await TestApp.start({ bots: [deskBot()] })
  bot = new BotSender(app)
  alice = await app.login('alice', WECOM)
})
afterEach(async () => {
  jest.restoreAllMocks()
  await app.stop()
})

const make = async (title: string) =>
  (await app.call('POST', '/v1/cards', { token: alice, body: { title, body: 'B' } })).body
    .id as string
const audited = (kind: string) => app.storage.manager.countBy(AuditEntryEntity, { kind })
const confirmRevoke = async (title: string) => {
  const { template_card: card } = await bot.say(`撤回 ${title}`)
  const event = {
    eventtype: 'template_card_event',
    template_card_event: { event_key: card.button_list[0].key, task_id: card.task_id },
  }
  return bot.message({ msgtype: 'event', event })
}

describe('storage', () => {
  it('a callback that cannot be stored is not acknowledged, and has no effect', async () => {
    await make('周报')
    const payload = await confirmRevoke('周报')
    const error = Object.assign(new Error('full'), { code: 'SQLITE_FULL' })
    jest.spyOn(app.storage, 'transaction').mockRejectedValue(error)
    const wire = bot.seal(JSON.stringify(payload))
    expect((await bot.post(wire)).status).toBe(503)
    jest.restoreAllMocks()
    const { template_card: card } = bot.open(await bot.post(wire), wire)
    expect(card.main_title.title).toBe('已撤回“周报”')
    expect(await audited('card.revoke')).toBe(1)
  })

  it('an effect and its reply commit together or not at all', async () => {
    const id = await make('周报')
    const payload = await confirmRevoke('周报')
    const cards = app.nest.get(CardRepository)
    jest.spyOn(cards, 'revoke').mockRejectedValueOnce(new Error('in the middle'))
    const wire = bot.seal(JSON.stringify(payload))
    expect((await bot.post(wire)).status).toBe(500)
    expect((await app.call('GET', `/v1/cards/${id}`, { token: alice })).body.status).toBe('active')
    expect((await bot.post(wire)).status).toBe(200)
    expect(await audited('card.revoke')).toBe(1)
  })

  it('A4 one message in another ciphertext, at two processes at once, is answered alike', async () => {
    const beside = await app.beside()
    const message = JSON.stringify(bot.message({ msgtype: 'text', text: { content: '帮助' } }))
    const first = bot.seal(message)
    const replied = bot.open(await bot.post(first), first)
    const again = bot.seal(message)
    // Both processes read before either writes.
    let looking = 0
    let seen = () => {}
    const both = new Promise<void>((resolve) => (seen = resolve))
    for (const process of [app, beside]) {
      const callbacks = process.nest.get(BotCallbackRepository)
      const find = callbacks.past.bind(callbacks)
      jest.spyOn(callbacks, 'past').mockImplementation(async (...args) => {
        const found = await find(...args)
        if (++looking === 2) seen()
        await both
        return found
      })
    }
    const answers = await Promise.all([bot.post(again), new BotSender(beside).post(again)])
    for (const answer of answers) expect(bot.open(answer, again)).toEqual(replied)
    await beside.nest.close()
  })

  it('messages are stored in one order in every process, whatever their ciphertexts are', async () => {
    const callbacks = app.nest.get(BotCallbackRepository)
    const written = app.storage.options.type === 'postgres' ? 'ctid' : 'rowid'
    /** @param messages by the ids of their ciphertexts @returns the messages, in the order of their rows */
    const store = async (
      botId: string,
      messages: readonly (readonly [string, string | null])[],
    ) => {
      const rows = messages.map(([id, message]) => {
        const messageKey = message && `${botId} ${message}`
        return { id, botId, messageKey, stored: null, person: 'p', at: app.clock.now() }
      })
      await callbacks.insert(app.storage.manager, rows)
      const stored: { key: string | null }[] = await app.storage.query(
        `SELECT message_key AS key FROM bot_callbacks WHERE bot_id = '${botId}' ORDER BY ${written}`,
      )
      return stored.map(({ key }) => key && key.slice(botId.length + 1))
    }
    const here = [
      ['a', 'z'],
      ['b', 'x'],
      ['c', 'y'],
      ['d', null],
    ] as const
    const there = [
      ['e', 'y'],
      ['f', null],
      ['g', 'z'],
      ['h', 'x'],
    ] as const
    expect(await store('here', here)).toEqual([null, 'x', 'y', 'z'])
    expect(await store('there', there)).toEqual([null, 'x', 'y', 'z'])
  })

  it('the database contains no open text of a message or a reply', async () => {
    await make('CANARY-TITLE')
    const commands = app.nest.get(CommandHandler)
    jest.spyOn(commands, 'prepare').mockRejectedValueOnce(new Error('put off'))
    await bot.say('谁看过 CANARY-TITLE', { response_url: 'http://127.0.0.1:9/CANARY-CODE' })
    await app.nest.get(OutboxWorker).settled()
    await bot.say('我的卡片', { from: { userid: 'alice' } })
    for (const table of ['bot_callbacks', 'bot_jobs', 'bot_people']) {
      const rows = await app.storage.query(`SELECT * FROM ${table}`)
      expect(rows.length).toBeGreaterThan(0)
      expect(JSON.stringify(rows)).not.toMatch(/CANARY|(?<![\w-])alice(?![\w-])|谁看过/)
    }
  })
})

/** The outbox answers the next message. */
const putOff = () =>
  jest.spyOn(app.nest.get(CommandHandler), 'prepare').mockRejectedValueOnce(new Error('put off'))
const callbacks = () => app.storage.manager.find(BotCallbackEntity)
const jobs = () => app.storage.manager.find(BotJobEntity)

describe('G3 a message to a bot, and its reply', () => {
  const purge = () => app.nest.get(RetentionService).run()

  it('is deleted after 12 hours; for 48 hours a repeated callback has no effect', async () => {
    await make('周报')
    const payload = await confirmRevoke('周报')
    const { reply } = await bot.send(payload)
    expect(reply.template_card.main_title.title).toBe('已撤回“周报”')
    putOff()
    await bot.say('我的卡片')
    await app.nest.get(OutboxWorker).settled()
    app.clock.advance(12 * HOUR - 1)
    await purge()
    expect((await callbacks()).filter(({ sealedReply }) => sealedReply)).toHaveLength(3)
    expect(await jobs()).toHaveLength(1)
    app.clock.advance(1)
    await purge()
    const emptied = await callbacks()
    expect(emptied).toHaveLength(3)
    for (const row of emptied) expect(row).toMatchObject({ sealedReply: null, person: null })
    expect(await jobs()).toEqual([])
    expect((await bot.send(payload)).answer).toMatchObject({ status: 200, text: '' })
    expect(await audited('card.revoke')).toBe(1)
    app.clock.advance(36 * HOUR)
    await purge()
    expect(await callbacks()).toHaveLength(1)
  })

  it('stays for 48 hours while its job waits', async () => {
    jest.spyOn(app.nest.get(OutboxWorker), 'poll').mockResolvedValue()
    putOff()
    await bot.say('我的卡片')
    app.clock.advance(48 * HOUR - 1)
    await purge()
    expect(await jobs()).toHaveLength(1)
    app.clock.advance(1)
    await purge()
    expect(await jobs()).toEqual([])
  })
})

describe('G4 erasing a person', () => {
  const ALICE = { app: WECOM, viewerKey: 'alice' }
  const people = () => app.nest.get(PersonService, { strict: false })

  it('deletes their messages and replies, in groups too, and no other person’s', async () => {
    await make('周报')
    const payload = bot.message({ msgtype: 'text', text: { content: '我的卡片' } })
    await bot.send(payload)
    const group = { chattype: 'group', chatid: 'g1' }
    for (const where of [
      {},
      group,
      { from: { userid: 'bob' } },
      { from: { userid: 'bob' }, ...group },
    ]) {
      putOff()
      await bot.say('谁看过 周报', where)
      await app.nest.get(OutboxWorker).settled()
    }
    await bot.say('帮助', { from: { userid: 'bob' } })
    expect([(await callbacks()).length, (await jobs()).length]).toEqual([6, 4])

    const told = await readCopy(await people().export(ALICE, 'machine', { actor: 'admin' }))
    expect(told?.tables['bot_callbacks']?.rows).toHaveLength(3)
    expect(told?.tables['bot_jobs']?.rows).toMatchObject(
      Array(2).fill({ sealedMessage: '(held sealed)', sealedAnswer: '(held sealed)' }),
    )
    const erased = await people().erase(ALICE, { actor: 'admin' })
    expect(erased).toMatchObject({ bot_callbacks: 3, bot_jobs: 2 })
    const kept = await callbacks()
    expect(kept).toHaveLength(6)
    expect(kept.filter(({ sealedReply }) => sealedReply)).toHaveLength(3)
    const [bob, ...more] = new Set(
      [...kept, ...(await jobs())].flatMap(({ person }) => person ?? []),
    )
    expect([typeof bob, more]).toEqual(['string', []])
    expect(await jobs()).toHaveLength(2)
    expect((await bot.send(payload)).answer).toMatchObject({ status: 200, text: '' })
  })

  it('ends their jobs', async () => {
    await make('周报')
    const payload = await confirmRevoke('周报')
    const commands = app.nest.get(CommandHandler)
    const prepare = commands.prepare.bind(commands)
    putOff().mockImplementationOnce(async (...args) => {
      const command = await prepare(...args)
      await people().erase(ALICE, { actor: 'admin' })
      return command
    })
    await bot.send(payload)
    await app.nest.get(OutboxWorker).settled()
    expect(await jobs()).toEqual([])
    const [entry, ...more] = await app.storage.manager.findBy(AuditEntryEntity, {
      kind: 'card.revoke',
    })
    expect([entry?.reason, more]).toEqual(['owner_erased', []])
  })

  it('leaves no memory of a person who was erased during an answer', async () => {
    const commands = app.nest.get(CommandHandler)
    const prepare = commands.prepare.bind(commands)
    jest.spyOn(commands, 'prepare').mockImplementationOnce(async (...args) => {
      const command = await prepare(...args)
      await people().erase(ALICE, { actor: 'admin' })
      return command
    })
    await bot.say('help')
    const remembered = () => app.storage.manager.count(BotPersonEntity)
    expect(await remembered()).toBe(0)
    await bot.say('help')
    expect(await remembered()).toBe(1)
  })
})
