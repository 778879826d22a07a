import { AuditEntryEntity } from '../../src/audit/audit-entry.entity.js'
import { CardRepository } from '../../src/cards/card.repository.js'
import { BotSender, deskBot } from '../support/bot-sender.js'
import { WECOM } from '../support/config.js'
import { TestApp } from '../support/test-app.js'
import { Desk } from '../../src/bots/desk/desk.js'
import { OutboxWorker } from '../../src/bots/outbox/worker.js'

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
  it('a callback that cannot be kept is not acknowledged, and has no effect', async () => {
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

  it('an effect and its reply are kept together or not at all', async () => {
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

  it('nothing of a message or a reply lies open in the database', async () => {
    await make('CANARY-TITLE')
    const desk = app.nest.get(Desk)
    jest.spyOn(desk, 'prepare').mockRejectedValueOnce(new Error('put off'))
    await bot.say('谁看过 CANARY-TITLE', { response_url: 'http://127.0.0.1:9/CANARY-CODE' })
    await app.nest.get(OutboxWorker).settled()
    await bot.say('我的卡片', { from: { userid: 'alice' } })
    for (const table of ['bot_callbacks', 'bot_jobs', 'bot_people']) {
      const rows = await app.storage.query(`SELECT * FROM ${table}`)
      expect(rows.length).toBeGreaterThan(0)
      expect(JSON.stringify(rows)).not.toMatch(/CANARY|alice|谁看过/)
    }
  })
})
