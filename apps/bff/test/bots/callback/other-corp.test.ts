/**
 * A person of another corp speaks to the bot under a userid that exists in our corp too. All signatures are valid: the
 * platform has the keys. It names the person's corp in `from.corpid` (WeCom 101027: absent for a corp's own bot).
 */
import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { BotCallbackEntity } from '../../../src/bots/storage/bot-callback.entity.js'
import { BotJobEntity } from '../../../src/bots/storage/bot-job.entity.js'
import { ViewerEntity } from '../../../src/members/sessions/viewer.entity.js'
import { BotSender, deskBot } from '../../kit/bot-sender.js'
import { WECOM } from '../../kit/config.js'
import { key, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'

/** The corp of the bot's app. */
const OURS = 'ww01'
const PERSON = 'zhangsan'

let app: TestApp
let bot: BotSender
let session: string
let cardId: string
beforeAll(async () => {
  app = await TestApp.start({ bots: [deskBot()] })
  bot = new BotSender(app, undefined, 'desk', PERSON)
  session = await app.login(PERSON, WECOM)
  const shared = await app.shared(session, { title: '裁员名单' })
  cardId = shared.cardId
  const reader = await app.login('lisi', WECOM)
  await app.open(reader, shared.shareId, wecomProof(key('lisi'), shared.declared, 'lisi'))
})
afterAll(() => app.stop())

const of = (corpid: unknown) => ({ from: { userid: PERSON, corpid } })
const said = (content: string) => ({ msgtype: 'text', text: { content } })
const event = (eventtype: string, body?: object) => ({
  msgtype: 'event',
  create_time: Math.floor(app.clock.now() / 1000),
  event: { eventtype, ...(body && { [eventtype]: body }) },
})
const media = { url: 'https://example.com/x' }
const pressed = (event_key: string, task_id: string) =>
  event('template_card_event', { card_type: 'button_interaction', event_key, task_id })

const kinds = async (): Promise<[string, object][]> => {
  const { template_card: asked } = await bot.say('撤回 1')
  const confirm = `zh:confirm:${cardId}`
  return [
    ['我的卡片', said('我的卡片')],
    ['谁看过', said('谁看过 裁员名单')],
    ['撤回', said('撤回 1')],
    ['延期', said('延期 1 3 天')],
    ['统计', said('统计')],
    ['a quote', { ...said('谁看过'), quote: said('裁员名单') }],
    ['mixed', { msgtype: 'mixed', mixed: { msg_item: [said('我的卡片')] } }],
    ['voice', { msgtype: 'voice', voice: { content: '我的卡片' } }],
    ['image', { msgtype: 'image', image: media }],
    ['file', { msgtype: 'file', file: media }],
    ['video', { msgtype: 'video', video: media }],
    ['a refresh of a stream', { msgtype: 'stream', stream: { id: 'x' } }],
    ['enter_chat', event('enter_chat')],
    ['a press', pressed(confirm, asked?.task_id ?? 't1')],
    [
      'a press, in the form of the SDK',
      {
        msgtype: 'event',
        event: { eventtype: 'template_card_event', event_key: confirm, task_id: 't1' },
      },
    ],
    ['feedback', event('feedback_event', { id: 'x', type: 1 })],
    ['an unknown kind', { msgtype: 'hologram' }],
    ['no msgid', { ...said('我的卡片'), msgid: null }],
    ['in a group', { ...said('我的卡片'), chattype: 'group', chatid: 'g' }],
  ]
}
const rows = async () => ({
  callbacks: await app.storage.manager.count(BotCallbackEntity),
  jobs: await app.storage.manager.count(BotJobEntity),
  viewers: await app.storage.manager.count(ViewerEntity),
  audit: await app.storage.manager.count(AuditEntryEntity),
})

describe('a callback of a person of another corp', () => {
  it('reads nothing and revokes nothing: each kind gets the one 403, and leaves no row', async () => {
    await bot.say('我的卡片')
    const all = await kinds()
    const before = await rows()
    for (const [kind, payload] of all) {
      const wire = bot.seal(
        JSON.stringify(bot.message({ ...payload, ...of('wwFFFFFFFFFFFFFFFF') })),
      )
      for (const time of ['first', 'again']) {
        const { status, text, headers } = await bot.post(wire)
        const length = headers['content-length']
        expect([kind, time, status, text, length]).toEqual([kind, time, 403, '', '0'])
      }
    }
    expect(await rows()).toEqual(before)
    const { body } = await app.call('GET', `/v1/cards/${cardId}`, { token: session })
    expect(body.status).toBe('active')
  })

  it.each([
    ['of another case: encrypted corpids differ by it', OURS.toUpperCase()],
    ['with a blank', `${OURS} `],
    ['that is a number', 7],
    ['that is false', false],
    ['that is a list', [OURS]],
    ['that is an object', { toString: OURS }],
  ])('a corpid %s is another corp’s', async (_, corpid) => {
    const wire = bot.seal(JSON.stringify(bot.message({ ...said('我的卡片'), ...of(corpid) })))
    expect(await bot.post(wire)).toMatchObject({ status: 403, text: '' })
  })

  it.each([
    ['absent', { userid: PERSON }],
    ['null', { userid: PERSON, corpid: null }],
    ['empty', { userid: PERSON, corpid: '' }],
    ['the app’s', { userid: PERSON, corpid: OURS }],
  ])('a corpid that is %s is our own', async (_, from) => {
    expect(JSON.stringify(await bot.say('我的卡片', { from }))).toContain('裁员名单')
  })
})
