import { once } from 'node:events'
import path from 'node:path'
import sqlite3 from 'sqlite3'
import { OutboxWorker } from '../../../src/bots/outbox/worker.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { holdCommands } from '../../kit/held-commands.js'
import { TestApp } from '../../kit/test-app.js'

let app: TestApp
let bot: BotSender
beforeAll(async () => {
  app = await TestApp.start({ bots: [deskBot()] })
  bot = new BotSender(app)
})
afterEach(() => jest.restoreAllMocks())
afterAll(() => app.stop())

const verify = async (plaintext: string) => {
  const { query, body } = bot.seal(plaintext)
  const echo = { ...query, echostr: JSON.parse(body).encrypt as string }
  const { status, text } = await app.call('GET', `${bot.url}?${new URLSearchParams(echo)}`)
  return [status, text]
}
const help = () =>
  bot.seal(JSON.stringify(bot.message({ msgtype: 'text', text: { content: '帮助' } })))

/** Another program holds the write lock of the database. */
const lockDatabase = async () => {
  const other = new sqlite3.Database(path.join(app.dir, 'test.sqlite'))
  await once(other, 'open')
  const run = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      other.run(sql, (error) => (error ? reject(error) : resolve()))
    })
  await run('BEGIN EXCLUSIVE')
  return async () => {
    await run('ROLLBACK')
    other.close()
    await once(other, 'close')
  }
}

describe('A6 the verification of the URL waits for nothing', () => {
  it('not for a locked database that a message waits for', async () => {
    await bot.send({}, help())
    const unlock = await lockDatabase()
    let answered = false
    const wire = help()
    const message = bot.post(wire).finally(() => (answered = true))
    expect(await verify('1616140317555161061')).toEqual([200, '1616140317555161061'])
    expect(answered).toBe(false)
    await unlock()
    expect((await message).status).toBe(200)
  })

  it('not for a database that is gone', async () => {
    jest.spyOn(app.storage, 'createQueryRunner').mockImplementation(() => {
      throw Object.assign(new Error('gone'), { code: 'SQLITE_IOERR' })
    })
    expect(await verify('without')).toEqual([200, 'without'])
    expect((await bot.post(help())).status).toBeGreaterThanOrEqual(500)
  })

  it('not for the outbox, and not for messages in progress', async () => {
    const { open } = holdCommands(app)
    const wire = help()
    const message = bot.post(wire)
    expect(await verify('beside')).toEqual([200, 'beside'])
    // The message took too long, so the outbox works on it now.
    const { stream } = bot.open(await message, wire)
    expect(stream.finish).toBe(false)
    await app.nest.get(OutboxWorker).poll()
    expect(await verify('behind')).toEqual([200, 'behind'])
    open()
    await app.nest.get(OutboxWorker).settled()
    expect((await bot.poll(stream.id)).stream.finish).toBe(true)
  })
})
