import { FakePlatform, faults } from '@sealcard/testing'
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { CommandHandler } from '../../../src/bots/commands/command-handler.js'
import { OutboxWorker } from '../../../src/bots/outbox/worker.js'
import { BotJobEntity } from '../../../src/bots/storage/bot-job.entity.js'
import { BotJobRepository, LEASE_MS } from '../../../src/bots/storage/bot-job.repository.js'
import { MINUTE } from '../../../src/core/time.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { testConfig, WECOM } from '../../kit/config.js'
import { holdCommands } from '../../kit/held-commands.js'
import { withoutTimeout } from '../../kit/lenient-timers.js'
import { TestApp } from '../../kit/test-app.js'

const RESPONSE = '/cgi-bin/aibot/response'

let platform: FakePlatform
let app: TestApp
let bot: BotSender
let alice: string

beforeAll(async () => {
  platform = await FakePlatform.start()
})
afterAll(() => platform.stop())
beforeEach(async () => {
  platform.requests.length = 0
  platform.on(RESPONSE, { errcode: 0, errmsg: 'ok' })
  const apps = testConfig('').apps.map((each) =>
    each.id === WECOM ? { ...each, apiBase: platform.base } : each,
  )
  app = await TestApp.start({ apps, bots: [deskBot()] })
  bot = new BotSender(app)
  alice = await app.login('alice', WECOM)
})
afterEach(async () => {
  // The process stops while its timeouts are still short.
  await app.stop()
  jest.restoreAllMocks()
})

const make = async (title: string) =>
  (await app.call('POST', '/v1/cards', { token: alice, body: { title, body: 'B' } })).body
    .id as string
const audited = (kind: string) => app.storage.manager.countBy(AuditEntryEntity, { kind })
const jobs = () => app.storage.manager.find(BotJobEntity, { order: { seq: 'ASC' } })
const settled = (of = app) => of.nest.get(OutboxWorker).settled()
const responseUrl = (code: string) => `${platform.base}${RESPONSE}?response_code=${code}`
const sent = () => platform.requests.filter(({ path }) => path === RESPONSE)

const confirmRevoke = async (title: string) => {
  const { template_card: card } = await bot.say(`撤回 ${title}`)
  const event = {
    eventtype: 'template_card_event',
    template_card_event: { event_key: card.button_list[0].key, task_id: card.task_id },
  }
  return bot.message({ msgtype: 'event', event })
}

describe('A4 a callback that comes again', () => {
  it('has one effect and the same bytes: 100 times at once, after a restart, at another process', async () => {
    await make('周报')
    const beside = await app.beside()
    const other = new BotSender(beside)
    const wire = bot.seal(JSON.stringify(await confirmRevoke('周报')))
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, i) => (i % 2 ? bot : other).post(wire)),
    )
    await beside.nest.close()
    app = await app.restart()
    bot = new BotSender(app)
    answers.push(await bot.post(wire))
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(bot.open(answers[0]!, wire).template_card.main_title.title).toBe('已撤回“周报”')
    expect(await audited('card.revoke')).toBe(1)
  })

  it('in another ciphertext has one effect and the same reply', async () => {
    await make('周报')
    const payload = await confirmRevoke('周报')
    const beside = await app.beside()
    const other = new BotSender(beside)
    const replies = await Promise.all(
      Array.from({ length: 20 }, async (_, i) => (await (i % 2 ? bot : other).send(payload)).reply),
    )
    await beside.nest.close()
    for (const reply of replies) expect(reply).toEqual(replies[0])
    expect(await audited('card.revoke')).toBe(1)
  })

  it('gets an empty reply again, if the first one was empty', async () => {
    const wire = bot.seal(JSON.stringify(bot.message({ msgtype: 'hologram' })))
    for (let i = 0; i < 3; i++) expect((await bot.post(wire)).text).toBe('')
  })
})

describe('A7 a slow answer', () => {
  it('is acknowledged at once, done by the outbox and polled to its end; retries change nothing', async () => {
    await make('周报')
    const { open, asked } = holdCommands(app)
    const payload = bot.message({ msgtype: 'text', text: { content: '我的卡片' } })
    const { reply } = await bot.send(payload)
    expect(reply).toEqual({
      msgtype: 'stream',
      stream: { id: expect.any(String), finish: false, content: '正在处理，已用 0 秒……' },
    })
    for (let i = 0; i < 3; i++) expect((await bot.send(payload)).reply).toEqual(reply)
    expect(await jobs()).toHaveLength(1)
    app.clock.advance(30_000)
    const { id } = reply.stream
    expect((await bot.poll(id)).stream.content).toBe('正在处理，已用 30 秒……')
    open()
    await settled()
    const { stream } = await bot.poll(id)
    expect(stream).toMatchObject({ id, finish: true, feedback: { id } })
    expect(stream.content).toContain('周报 · 有效')
    expect(new Set(asked).size).toBe(1)
    expect(sent()).toEqual([])
  })

  it('is not overtaken by the next message of its chat, and stops no other chat', async () => {
    const ids = [await make('周报')]
    const revoke = await confirmRevoke('周报')
    const commands = app.nest.get(CommandHandler)
    const prepare = commands.prepare.bind(commands)
    const done: string[] = []
    let open = () => {}
    const gate = new Promise<void>((resolve) => (open = resolve))
    jest.spyOn(commands, 'prepare').mockImplementation(async (...args) => {
      if (args[1].userid === 'alice') await gate
      const command = await prepare(...args)
      return {
        changesRows: command.changesRows,
        execute: async (tx) => {
          if (args[1].userid === 'alice') done.push(args[1].kind)
          return command.execute(tx)
        },
      }
    })
    const timeouts = withoutTimeout(app)
    const first = await bot.send(revoke)
    timeouts.mockRestore()
    expect(first.reply.template_card.main_title.title).toContain('正在处理')
    const second = await bot.say('我的卡片')
    expect(second.stream.finish).toBe(false)
    expect((await bot.poll(second.stream.id)).stream.content).toBe('排队中，前面还有 1 条消息……')
    expect((await bot.say('帮助', { from: { userid: 'bob' } })).msgtype).toBe('template_card')
    open()
    await settled()
    expect(done).toEqual(['pressed', 'said'])
    expect((await bot.poll(second.stream.id)).stream.content).toContain('已撤回')
    expect((await jobs()).map(({ seq, state }) => `${seq} ${state}`)).toEqual(['1 done', '2 done'])
    expect(ids).toHaveLength(1)
  })

  it('ends its stream with a card, if it has buttons', async () => {
    await make('周报')
    const { open } = holdCommands(app)
    const { stream } = await bot.say('撤回 周报')
    open()
    await settled()
    const end = await bot.poll(stream.id)
    expect(end.msgtype).toBe('stream_with_template_card')
    expect(end.template_card.button_list).toHaveLength(2)
  })

  it('shows its stream to its own chat only', async () => {
    await make('周报')
    const { open } = holdCommands(app)
    const { stream } = await bot.say('我的卡片')
    open()
    await settled()
    for (const whose of [{ from: { userid: 'mallory' } }, { chattype: 'group', chatid: 'alice' }]) {
      const polled = await bot.poll(stream.id, whose)
      expect(polled.stream.finish).toBe(true)
      expect(polled.stream.content).not.toContain('周报')
    }
    for (const id of ['unknown', '\u0000', 'x'.repeat(128)])
      expect((await bot.poll(id)).stream.finish).toBe(true)
  })

  it('is tried again when it fails, and then says so; a person who enters is greeted', async () => {
    const commands = jest
      .spyOn(app.nest.get(CommandHandler), 'prepare')
      .mockRejectedValue(new Error('CANARY'))
    expect((await bot.event('enter_chat')).text.content).toContain('你好')
    const { stream } = await bot.say('stats')
    await settled()
    for (let i = 0; i < 5; i++) {
      app.clock.advance(MINUTE)
      await settled()
    }
    expect(await jobs()).toEqual([expect.objectContaining({ state: 'failed', attempts: 5 })])
    const end = await bot.poll(stream.id)
    expect(end.stream).toMatchObject({ finish: true, content: expect.stringContaining('not work') })
    commands.mockRestore()
    expect((await bot.say('stats')).msgtype).toBe('template_card')
  })
})

describe('a process that dies', () => {
  it('leaves its job to another process, which does it once, after the lease', async () => {
    await make('周报')
    const payload = await confirmRevoke('周报')
    holdCommands(app)
    await bot.send(payload)
    await app.nest.get(OutboxWorker).poll()
    const beside = await app.beside()
    await settled(beside)
    expect(await audited('card.revoke')).toBe(0)
    app.clock.advance(LEASE_MS)
    await settled(beside)
    expect(await audited('card.revoke')).toBe(1)
    expect(await jobs()).toEqual([expect.objectContaining({ state: 'done' })])
    await beside.nest.close()
  })

  it('and comes back after its lease changes nothing', async () => {
    await make('周报')
    const payload = await confirmRevoke('周报')
    const { open } = holdCommands(app)
    await bot.send(payload)
    await app.nest.get(OutboxWorker).poll()
    const beside = await app.beside()
    app.clock.advance(LEASE_MS)
    await settled(beside)
    expect(await audited('card.revoke')).toBe(1)
    open()
    await settled()
    expect(await audited('card.revoke')).toBe(1)
    await beside.nest.close()
  })

  it('releases its jobs at once when it stops', async () => {
    holdCommands(app)
    await bot.say('stats')
    // The process takes the job before it stops.
    await app.nest.get(OutboxWorker).poll()
    await app.nest.get(OutboxWorker).beforeApplicationShutdown()
    expect(await jobs()).toEqual([expect.objectContaining({ leaseUntil: 0, state: 'waiting' })])
  })

  it('releases a job that it was just taking when it stopped', async () => {
    const { asked } = holdCommands(app)
    const repository = app.nest.get(BotJobRepository)
    const claim = repository.claim.bind(repository)
    let take = () => {}
    const gate = new Promise<void>((resolve) => (take = resolve))
    const claiming = jest.spyOn(repository, 'claim').mockImplementation(async (job) => {
      await gate
      return claim(job)
    })
    await bot.say('stats')
    const looking = app.nest.get(OutboxWorker).poll()
    const before = asked.length
    await app.nest.get(OutboxWorker).beforeApplicationShutdown()
    take()
    await looking
    expect(claiming).toHaveBeenCalledTimes(1)
    expect(await jobs()).toEqual([expect.objectContaining({ leaseUntil: 0, state: 'waiting' })])
    expect(asked).toHaveLength(before)
  })
})

describe('the later answer', () => {
  const deferred = async (content: string, more: object = {}) => {
    const { open } = holdCommands(app)
    const reply = await bot.say(content, more)
    return { open, id: reply.stream.id as string }
  }

  it('to a pressed button goes to the response_url once, not sealed', async () => {
    await make('周报')
    const payload = { ...(await confirmRevoke('周报')), response_url: responseUrl('c1') }
    const { open } = holdCommands(app)
    await bot.send(payload)
    open()
    await settled()
    await settled()
    const [request, ...more] = sent()
    expect(more).toEqual([])
    expect(request).toMatchObject({ method: 'POST', body: expect.any(String) })
    expect(request?.query.get('response_code')).toBe('c1')
    expect(JSON.parse(request?.body ?? '')).toEqual({
      msgtype: 'markdown',
      markdown: { content: '已撤回“周报”' },
    })
  })

  it('of a stream that the platform polls no longer goes out after six minutes', async () => {
    await make('周报')
    const { open, id } = await deferred('撤回 周报', { response_url: responseUrl('c2') })
    app.clock.advance(5.6 * MINUTE)
    const last = await bot.poll(id)
    expect(last.stream).toMatchObject({
      finish: true,
      content: expect.stringContaining('会在这里回复'),
    })
    open()
    await settled()
    const body = JSON.parse(sent()[0]?.body ?? '')
    expect(body.msgtype).toBe('template_card')
    expect(body.template_card.button_list).toHaveLength(2)
    expect(sent()).toHaveLength(1)
  })

  it('of a stream that was never polled goes out when its six minutes are over', async () => {
    const { open } = await deferred('stats', { response_url: responseUrl('c3') })
    open()
    await settled()
    app.clock.advance(6 * MINUTE - 1)
    await settled()
    expect(sent()).toEqual([])
    app.clock.advance(1)
    await settled()
    expect(sent()).toHaveLength(1)
  })

  it('is not sent after an hour, and not again when the platform refuses it or breaks off', async () => {
    const { open } = await deferred('stats', { response_url: responseUrl('c4') })
    app.clock.advance(60 * MINUTE)
    open()
    await settled()
    await settled()
    expect(sent()).toEqual([])
    for (const answer of [{ errcode: 60140, errmsg: 'invalid response_code' }, faults.reset]) {
      jest.restoreAllMocks()
      platform.requests.length = 0
      platform.next(RESPONSE, answer)
      const again = await deferred('stats', { response_url: responseUrl('c5') })
      again.open()
      await settled()
      app.clock.advance(6 * MINUTE)
      await settled()
      app.clock.advance(10 * MINUTE)
      await settled()
      expect(sent()).toHaveLength(1)
    }
    const { text } = await app.call('GET', '/metrics')
    expect(text).toContain('sealcard_bot_later_answers_total{bot="desk",outcome="lost"} 2')
    expect(text).toContain('sealcard_bot_later_answers_total{bot="desk",outcome="too_late"} 1')
  })

  it('goes only to the platform of the app', async () => {
    const elsewhere = await FakePlatform.start()
    elsewhere.on(RESPONSE, {})
    const { port } = new URL(platform.base)
    for (const url of [
      `${elsewhere.base}${RESPONSE}?response_code=x`,
      `${platform.base}/cgi-bin/gettoken?response_code=x`,
      `${platform.base}/../cgi-bin/aibot/response?response_code=x`,
      `http://user@127.0.0.1:${port}/prefix${RESPONSE}?response_code=x`,
      `https://127.0.0.1:${port}/prefix${RESPONSE}?response_code=x`,
      `http://localhost:${port}/prefix${RESPONSE}?response_code=x`,
      `${platform.base}${RESPONSE}`,
      `${platform.base}${RESPONSE}?response_code=x&response_code=y`,
      'file:///etc/passwd',
      'nonsense',
    ]) {
      const { open } = await deferred('stats', { response_url: url })
      open()
      await settled()
      app.clock.advance(6 * MINUTE)
      await settled()
      jest.restoreAllMocks()
    }
    expect([...platform.requests, ...elsewhere.requests]).toEqual([])
    await elsewhere.stop()
  })
})
