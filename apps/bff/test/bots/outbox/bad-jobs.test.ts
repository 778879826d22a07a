import { FakePlatform } from '@sealcard/testing'
import { CommandHandler } from '../../../src/bots/commands/command-handler.js'
import { OutboxWorker } from '../../../src/bots/outbox/worker.js'
import { BotLog } from '../../../src/bots/registry/bot-log.js'
import { BotJobEntity } from '../../../src/bots/storage/bot-job.entity.js'
import { DAY, MINUTE } from '../../../src/core/time.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { testConfig, WECOM } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

const RESPONSE = '/cgi-bin/aibot/response'

let platform: FakePlatform
let app: TestApp
let bot: BotSender

beforeAll(async () => {
  platform = await FakePlatform.start()
  platform.on(RESPONSE, { errcode: 0, errmsg: 'ok' })
})
afterAll(() => platform.stop())
beforeEach(async () => {
  const apps = testConfig('').apps.map((each) =>
    each.id === WECOM ? { ...each, apiBase: platform.base } : each,
  )
  app = await TestApp.start({ apps, bots: [deskBot()] })
  bot = new BotSender(app)
})
afterEach(async () => {
  await app.stop()
  jest.restoreAllMocks()
})

const settled = () => app.nest.get(OutboxWorker).settled()
const jobs = () =>
  app.storage.manager.find(BotJobEntity, { order: { createdAt: 'ASC', seq: 'ASC' } })
const states = async () => (await jobs()).map(({ state }) => state)
const change = (id: string | undefined, to: Partial<BotJobEntity>) =>
  app.storage.manager.update(BotJobEntity, { id: id ?? '' }, to)

/** Sends messages, whose jobs wait in the outbox. @returns the ids of the jobs, each a millisecond after the last */
const putOff = async (...said: readonly object[]): Promise<string[]> => {
  const polls = jest.spyOn(app.nest.get(OutboxWorker), 'poll').mockResolvedValue()
  const commands = jest
    .spyOn(app.nest.get(CommandHandler), 'prepare')
    .mockRejectedValue(new Error('put off'))
  const ids: string[] = []
  for (const more of said) {
    ids.push((await bot.say('stats', more)).stream.id)
    app.clock.advance(1)
  }
  polls.mockRestore()
  commands.mockRestore()
  return ids
}

describe('a job that no key opens', () => {
  it('is given up, and the next job of its chat is done', async () => {
    const [first = '', second = ''] = await putOff({}, {})
    await change(first, { sealedMessage: 'v1.k0.AAAA' })
    for (let i = 0; i < 6; i++) {
      await settled()
      app.clock.advance(MINUTE / 2)
    }
    expect(await states()).toEqual(['failed', 'done'])
    expect((await bot.poll(first)).stream).toMatchObject({
      finish: true,
      content: expect.stringContaining('没有办成'),
    })
    expect((await bot.poll(second)).stream.finish).toBe(true)
  })

  it('sends no later answer, leaves one line in the log, and stops no other answer', async () => {
    const said = ['alice', 'bob', 'carol'].map((userid) => ({
      from: { userid },
      response_url: `${platform.base}${RESPONSE}?response_code=${userid}`,
    }))
    await putOff(...said)
    await settled()
    // One job is damaged. The other is sealed under a key that is gone.
    const [first, second] = await jobs()
    await change(first?.id, { sealedMessage: first?.sealedMessage.slice(0, -4) ?? '' })
    const gone = second?.sealedAnswer?.replace('v1.k1.', 'v1.k0.') ?? ''
    await change(second?.id, { sealedAnswer: gone })
    const told = jest.spyOn(app.nest.get(BotLog, { strict: false }), 'laterFailed')
    app.clock.advance(6 * MINUTE)
    await settled()
    await settled()
    const sent = platform.requests.filter(({ path }) => path === RESPONSE)
    expect(sent.map(({ query }) => query.get('response_code'))).toEqual(['carol'])
    expect(told.mock.calls.map(([of]) => of)).toEqual(['desk', 'desk'])
    expect((await jobs()).map(({ delivery }) => delivery)).toEqual(['over', 'over', 'over'])
  })
})

describe('a job that a process with a wrong clock put off', () => {
  it.each(['nextAt', 'leaseUntil'] as const)('is done in time, %s', async (column) => {
    const [id] = await putOff({})
    await change(id, { [column]: app.clock.now() + MINUTE })
    await settled()
    expect(await states()).toEqual(['waiting'])
    await change(id, { [column]: app.clock.now() + 1000 * DAY })
    await settled()
    expect(await states()).toEqual(['done'])
  })
})
