/** The log and the doctor name the cause of a refusal. No answer and no metric does. */
import { Writable } from 'node:stream'
import { RefusalJournal } from '../../../src/bots/callback/callback-journals.js'
import { BotRefusalEntity } from '../../../src/bots/storage/bot-refusal.repository.js'
import { DAY, MINUTE } from '../../../src/core/time.js'
import {
  BotSender,
  deskBot,
  KEYS,
  OTHER_KEYS,
  previousKeys,
  type Wire,
} from '../../kit/bot-sender.js'
import { TestApp } from '../../kit/test-app.js'

const mockLines: string[] = []
jest.mock('../../../src/core/logging/logger.js', () => {
  const actual = jest.requireActual('../../../src/core/logging/logger.js')
  return {
    ...actual,
    loggerParams: () => ({
      ...actual.loggerParams('info'),
      pinoHttp: {
        ...actual.loggerParams('info').pinoHttp,
        stream: new Writable({
          write(chunk, _, done) {
            mockLines.push(String(chunk))
            done()
          },
        }),
      },
    }),
  }
})

const PERSON = 'zhangsan-of-the-desk'

let app: TestApp
let bot: BotSender
beforeEach(async () => {
  app = await TestApp.start({ bots: [deskBot({ aibotid: 'MINE' })] })
  bot = new BotSender(app, KEYS, 'desk', PERSON)
  mockLines.length = 0
})
afterEach(() => app.stop())

const help = (more: object = {}) =>
  JSON.stringify(
    bot.message({ msgtype: 'text', text: { content: '帮助' }, aibotid: 'MINE', ...more }),
  )
const refusals = () =>
  mockLines
    .map((line) => JSON.parse(line))
    .filter(({ msg }) => msg === 'a callback was refused')
    .map(({ bot, cause, seconds, others }) => ({ bot, cause, seconds, others }))
const rows = async () => {
  await app.nest.get(RefusalJournal).written()
  return app.storage.manager.find(BotRefusalEntity, { order: { cause: 'ASC' } })
}
const echoOf = ({ query, body }: Wire) => ({
  ...query,
  echostr: JSON.parse(body).encrypt as string,
})
const get = (query: Record<string, string>, id = 'desk') =>
  app.call('GET', `/v1/bots/${id}/callback?${new URLSearchParams(query)}`)

/** One false callback of each cause: as a message, and where possible as a verification of the URL. */
const wrong = (): [cause: string, wire: Wire, verifies: boolean][] => {
  const sealed = (keys: object, text = help()) =>
    new BotSender(app, { ...KEYS, ...keys }).seal(text)
  const good = bot.seal(help())
  const old = bot.seal(help(), undefined, app.clock.now() - 601_000)
  return [
    ['query', { ...good, query: { ...good.query, nonce: '' } }, true],
    ['time', old, true],
    ['body', { ...good, body: '<xml><Encrypt>x</Encrypt></xml>' }, false],
    ['body', { ...good, body: 'x'.repeat(300_000) }, false],
    ['signature', sealed({ token: OTHER_KEYS.token }), true],
    ['key', sealed({ encodingAesKey: OTHER_KEYS.encodingAesKey }), true],
    ['receiveid', sealed({ receiveId: 'ww0000000000000001' }), true],
    ['aibotid', bot.seal(help({ aibotid: 'THEIRS' })), false],
    ['corpid', bot.seal(help({ from: { userid: PERSON, corpid: 'wwFFFF' } })), false],
  ]
}

describe('a refused callback', () => {
  it('leaves a line that names its cause, and gets the one 403', async () => {
    for (const [cause, wire, verifies] of wrong()) {
      mockLines.length = 0
      const expected = {
        bot: 'desk',
        cause,
        seconds: cause === 'time' ? 601 : undefined,
        others: 0,
      }
      const answers = [await bot.post(wire)]
      // The line of this minute is already there when the second body arrives.
      if (wire.body.length < 300_000) expect(refusals()).toEqual([expected])
      if (verifies) answers.push(await get(echoOf(wire)))
      for (const { status, text, headers } of answers)
        expect([cause, status, text, headers['content-length']]).toEqual([cause, 403, '', '0'])
    }
    const told = Object.fromEntries((await rows()).map((row) => [row.cause, row]))
    expect(Object.keys(told).sort()).toEqual(
      ['aibotid', 'body', 'corpid', 'key', 'query', 'receiveid', 'signature', 'time'].sort(),
    )
    expect(told['time']).toMatchObject({ botId: 'desk', times: 1, seconds: 601 })
  })

  it('shows a clock that is behind, and one that is ahead', async () => {
    await bot.post(bot.seal(help(), undefined, app.clock.now() + 3_600_000))
    expect(refusals()).toEqual([{ bot: 'desk', cause: 'time', seconds: -3600, others: 0 }])
    app.clock.advance(MINUTE)
    await get({ ...bot.seal('1').query, timestamp: '9999999999', echostr: 'AAAA' })
    const { seconds } = refusals()[1] ?? {}
    expect(seconds).toBe(Math.floor(app.clock.now() / 1000) - 9_999_999_999)
    expect(await rows()).toMatchObject([{ cause: 'time', times: 2, seconds }])
  })

  it('names the furthest cause of all keys during a change of keys', async () => {
    const old = { ...KEYS, encodingAesKey: OTHER_KEYS.encodingAesKey }
    const previous = previousKeys(old)
    const changing = await TestApp.start({ bots: [deskBot({ previous }, OTHER_KEYS)] })
    await new BotSender(changing, { ...old, receiveId: 'ww01' }).post(
      new BotSender(changing, { ...old, receiveId: 'ww01' }).seal(help()),
    )
    await new BotSender(changing, KEYS).post(new BotSender(changing, KEYS).seal(help()))
    expect(refusals().map(({ cause }) => cause)).toEqual(['receiveid', 'key'])
    await changing.stop()
  })

  it('to a bot that is not configured leaves no name, and nothing in the database', async () => {
    for (const name of ['nobody', 'CANARY-NAME', '%0a'])
      await app.call('POST', `/v1/bots/${name}/callback`, { body: '{}' })
    app.clock.advance(MINUTE)
    app.nest.get(RefusalJournal).flush()
    expect(refusals()).toEqual([
      { cause: 'bot', others: 0 },
      { cause: 'bot', others: 1 },
    ])
    expect(mockLines.join('')).not.toContain('CANARY-NAME')
    expect(await rows()).toEqual([])
  })

  it('leaves one line a minute for each cause, with the number of the others', async () => {
    const falseOne = () => get(echoOf(new BotSender(app, OTHER_KEYS).seal('1')))
    const late = () => get({ ...echoOf(bot.seal('1')), timestamp: '1600000000' })
    for (let i = 0; i < 50; i++) await falseOne()
    expect(refusals()).toHaveLength(1)
    for (let i = 0; i < 3; i++) await late()
    expect(refusals().map(({ cause, others }) => [cause, others])).toEqual([
      ['signature', 0],
      ['time', 0],
    ])
    app.clock.advance(MINUTE - 1)
    await falseOne()
    expect(refusals()).toHaveLength(2)
    app.clock.advance(1)
    await falseOne()
    // 49 in the first minute, and one at its end.
    expect(refusals()[2]).toMatchObject({ cause: 'signature', others: 50 })
    expect(await rows()).toMatchObject([
      { cause: 'signature', times: 52 },
      { cause: 'time', times: 1 },
    ])
    // Without another refusal the job writes the line.
    app.nest.get(RefusalJournal).flush()
    expect(refusals()[3]).toMatchObject({ cause: 'time', others: 1 })
    app.nest.get(RefusalJournal).flush()
    expect(refusals()).toHaveLength(4)
  })

  it('is counted without a line when the process stops first', async () => {
    for (let i = 0; i < 5; i++) await get(echoOf(new BotSender(app, OTHER_KEYS).seal('1')))
    const again = await app.restart()
    expect(refusals()).toHaveLength(1)
    app = again
    expect(await rows()).toMatchObject([{ botId: 'desk', cause: 'signature', times: 5 }])
  })

  it('is counted across processes and for a day', async () => {
    const falseOne = (one: TestApp) => {
      const query = echoOf(new BotSender(one, OTHER_KEYS).seal('1'))
      return one.call('GET', `/v1/bots/desk/callback?${new URLSearchParams(query)}`)
    }
    const other = await app.beside()
    await falseOne(app)
    await rows()
    await falseOne(other)
    await other.nest.get(RefusalJournal).written()
    const since = app.clock.now()
    expect(await rows()).toMatchObject([{ times: 2, since }])
    await other.nest.close()
    app.clock.advance(DAY - 1)
    await falseOne(app)
    expect(await rows()).toMatchObject([{ times: 3, since, lastAt: since + DAY - 1 }])
    app.clock.advance(MINUTE)
    await falseOne(app)
    expect(await rows()).toMatchObject([{ times: 1, since: app.clock.now() }])
    // The count of a clock that was far ahead starts again.
    app.clock.set(since)
    const right = await app.beside()
    await falseOne(right)
    await right.nest.get(RefusalJournal).written()
    expect(await rows()).toMatchObject([{ times: 1, since }])
    await right.nest.close()
  })

  it('is answered although the database takes no writes', async () => {
    jest.spyOn(app.storage, 'createQueryRunner').mockImplementation(() => {
      throw Object.assign(new Error('CANARY-VALUE'), { code: 'SQLITE_IOERR' })
    })
    expect(await get(echoOf(new BotSender(app, OTHER_KEYS).seal('1')))).toMatchObject({
      status: 403,
    })
    await app.nest.get(RefusalJournal).written()
    expect(mockLines.join('')).toContain('refused callbacks could not be counted')
    expect(mockLines.join('')).not.toContain('CANARY-VALUE')
    jest.restoreAllMocks()
  })

  it('leaves no Token, key, ciphertext, text or person in the log', async () => {
    for (const [, wire] of wrong()) {
      await bot.post(wire)
      await get(wire.query)
    }
    const all = mockLines.join('')
    const { token, encodingAesKey } = KEYS
    const secrets = [token, encodingAesKey, OTHER_KEYS.token, OTHER_KEYS.encodingAesKey, PERSON]
    const sent = wrong().flatMap(([, { query, body }]) => [query['msg_signature'], body])
    for (const secret of [...secrets, ...sent, '帮助', 'wwFFFF', 'THEIRS', 'ww0000000000000001'])
      expect(all).not.toContain(secret)
  })

  it('shows no cause in the metrics: with the Token it would be an oracle', async () => {
    for (const [, wire] of wrong()) await bot.post(wire)
    const { text } = await app.call('GET', '/metrics')
    const ofBots = text.split('\n').filter((line) => line.startsWith('sealcard_bot'))
    expect(ofBots.join('\n')).toContain('outcome="refused"} 9')
    for (const cause of ['signature', 'receiveid', 'aibotid', 'corpid', 'cause'])
      expect(ofBots.join('\n')).not.toContain(cause)
  })
})
