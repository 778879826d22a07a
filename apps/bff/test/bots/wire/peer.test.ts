/**
 * WeCom's own published code, `@wecom/aibot-node-sdk`, is the platform: our endpoint opens what it encrypts, and it opens
 * our replies. Also the official samples, at their own time with their own keys.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  EventType,
  MessageType,
  TemplateCardType,
  WecomCrypto,
  type StreamReplyBody,
  type StreamWithTemplateCardReplyBody,
  type TemplateCard as SdkCard,
  type TemplateCardReplyBody,
  type UpdateTemplateCardBody,
  type WelcomeTextReplyBody,
} from '@wecom/aibot-node-sdk'
import { CommandHandler } from '../../../src/bots/commands/command-handler.js'
import { OutboxWorker } from '../../../src/bots/outbox/worker.js'
import { TemplateCard } from '../../../src/bots/wire/template-card.js'
import { BotSender, deskBot, KEYS } from '../../kit/bot-sender.js'
import { WECOM } from '../../kit/config.js'
import { TestApp } from '../../kit/test-app.js'

type Json = Record<string, unknown>
type SdkReply =
  | StreamReplyBody
  | StreamWithTemplateCardReplyBody
  | TemplateCardReplyBody
  | UpdateTemplateCardBody
  | WelcomeTextReplyBody

let app: TestApp
let words: BotSender
const sdk = new WecomCrypto(KEYS.token, KEYS.encodingAesKey, '')
let count = 0

beforeAll(async () => {
  app = await TestApp.start({ bots: [deskBot()] })
  words = new BotSender(app)
  const alice = await app.login('alice', WECOM)
  for (const title of ['周报', '周计划'])
    await app.call('POST', '/v1/cards', { token: alice, body: { title, body: 'B' } })
})
afterEach(() => jest.restoreAllMocks())
afterAll(() => app.stop())

const wire = (plaintext: string) => {
  const timestamp = String(Math.floor(app.clock.now() / 1000))
  const nonce = `nonce${(count += 1)}`
  const { encrypt, signature } = sdk.encrypt(plaintext, timestamp, nonce)
  return { encrypt, query: { msg_signature: signature, timestamp, nonce } }
}
/** The SDK alone seals and signs the message, and verifies and opens the reply. */
const send = async (payload: Json): Promise<SdkReply | null> => {
  const { encrypt, query } = wire(JSON.stringify(words.message(payload)))
  const url = `${words.url}?${new URLSearchParams(query)}`
  const answer = await app.call('POST', url, { body: { encrypt } })
  expect(answer.status).toBe(200)
  if (answer.text === '') return null
  const { encrypt: sealed, msgsignature, timestamp, nonce } = answer.body
  expect(nonce).toBe(query.nonce)
  expect(sdk.verifySignature(msgsignature, String(timestamp), nonce, sealed)).toBe(true)
  return JSON.parse(sdk.decrypt(sealed)) as SdkReply
}
const say = (content: string) => send({ msgtype: MessageType.Text, text: { content } })
const event = (eventtype: EventType, body?: Json) =>
  send({ msgtype: 'event', event: { eventtype, ...(body && { [eventtype]: body }) } })
const cardOf = (reply: SdkReply | null): SdkCard => {
  if (!reply || !('template_card' in reply) || !reply.template_card) throw new Error('no card')
  return reply.template_card
}

describe('the SDK of the platform', () => {
  it.each<[MessageType, Json]>([
    [MessageType.Text, { content: '帮助' }],
    [MessageType.Image, { url: 'https://example.com/a' }],
    [MessageType.Mixed, { msg_item: [{ msgtype: 'text', text: { content: '统计' } }] }],
    [MessageType.Voice, { content: 'help' }],
    [MessageType.File, { url: 'https://example.com/a' }],
    [MessageType.Video, { url: 'https://example.com/a' }],
  ])('sends a %s, and opens the card of the reply', async (msgtype, content) => {
    const card = cardOf(await send({ msgtype, [msgtype]: content }))
    expect(card.task_id).toEqual(expect.any(String))
    expect(Object.values(TemplateCardType)).toContain(card.card_type)
  })

  it('knows no kind of message or event that is not played here', () => {
    const played = ['text', 'image', 'mixed', 'voice', 'file', 'video']
    expect(Object.values(MessageType).sort()).toEqual(played.sort())
    // `disconnected_event` belongs to the long connection.
    const events = ['enter_chat', 'template_card_event', 'feedback_event', 'disconnected_event']
    expect(Object.values(EventType).sort()).toEqual(events.sort())
    const cards = TemplateCard.options.map(({ shape }) => shape.card_type.value)
    expect(Object.values(TemplateCardType)).toEqual(expect.arrayContaining(cards))
  })

  it('sends events, and gets a greeting, a card under the same task, and nothing', async () => {
    await say('help')
    expect(cardOf(await event(EventType.EnterChat)).sub_title_text).toContain('Hello')
    const asked = cardOf(await say('撤回 周报'))
    const no = asked.button_list?.[1]
    const pressed = { card_type: asked.card_type, event_key: no?.key, task_id: asked.task_id }
    const update = await event(EventType.TemplateCardEvent, pressed)
    expect(update).toMatchObject({ response_type: 'update_template_card' })
    expect(cardOf(update)).toMatchObject({
      task_id: asked.task_id,
      main_title: { title: '没有撤回' },
    })
    expect(await event(EventType.FeedbackEvent, { id: 'x', type: 1 })).toBeNull()
    expect(await event(EventType.Disconnected)).toBeNull()
  })

  it('polls a stream from the first progress to the end', async () => {
    const commands = app.nest.get(CommandHandler)
    jest.spyOn(commands, 'prepare').mockRejectedValueOnce(new Error('put off'))
    const first = (await say('我的卡片')) as StreamReplyBody
    expect(first).toMatchObject({ msgtype: 'stream', stream: { finish: false } })
    await app.nest.get(OutboxWorker).settled()
    const { id } = first.stream
    const last = (await send({ msgtype: 'stream', stream: { id } })) as StreamReplyBody
    expect(last.stream).toMatchObject({ id, finish: true, feedback: { id } })
    expect(last.stream.content).toContain('周报')
  })

  it('polls a stream that ends with a card of buttons', async () => {
    jest.spyOn(app.nest.get(CommandHandler), 'prepare').mockRejectedValueOnce(new Error('put off'))
    const { stream } = (await say('撤回 周计划')) as StreamReplyBody
    await app.nest.get(OutboxWorker).settled()
    const polled = await send({ msgtype: 'stream', stream: { id: stream.id } })
    const last = polled as StreamWithTemplateCardReplyBody
    expect(last.msgtype).toBe('stream_with_template_card')
    expect(last.stream).toMatchObject({ id: stream.id, finish: true })
    expect(cardOf(last).card_type).toBe(TemplateCardType.ButtonInteraction)
    expect(cardOf(last).button_list).toHaveLength(2)
  })

  it('verifies the URL by a text of any length and script', async () => {
    for (const plaintext of [
      '1616140317555161061',
      '你好 👋',
      '\ud83d\ude00'.repeat(500),
      'x'.repeat(31),
    ]) {
      const { encrypt, query } = wire(plaintext)
      const echo = new URLSearchParams({ ...query, echostr: encrypt })
      const { status, text } = await app.call('GET', `${words.url}?${echo}`)
      expect([status, text]).toEqual([200, plaintext])
    }
  })

  it('is refused under another token, key or receiveId', async () => {
    for (const stranger of [
      new WecomCrypto(`${KEYS.token}x`, KEYS.encodingAesKey, ''),
      new WecomCrypto(KEYS.token, `A${KEYS.encodingAesKey.slice(1)}`, ''),
      new WecomCrypto(KEYS.token, KEYS.encodingAesKey, 'ww0000000000000001'),
    ]) {
      const timestamp = String(Math.floor(app.clock.now() / 1000))
      const { encrypt, signature } = stranger.encrypt('{}', timestamp, 'n')
      const query = new URLSearchParams({ msg_signature: signature, timestamp, nonce: 'n' })
      const answer = await app.call('POST', `${words.url}?${query}`, { body: { encrypt } })
      expect([answer.status, answer.text]).toEqual([403, ''])
    }
  })
})

interface Sample {
  readonly id: string
  readonly token: string
  readonly encodingAESKey: string
  readonly receiveId: string
  readonly msgSignature: string
  readonly timestamp: string
  readonly nonce: string
  readonly encrypt: string
  readonly body?: string
}
const file = path.resolve(
  __dirname,
  '../../../../../packages/crypto/test/vectors/wxbizmsgcrypt.json',
)
const samples = JSON.parse(readFileSync(file, 'utf8')) as { vectors: Sample[] }

describe('the official samples', () => {
  const at = async (id: string) => {
    const sample = samples.vectors.find((one) => one.id === id)
    if (!sample) throw new Error(id)
    const { token, encodingAESKey: encodingAesKey, receiveId } = sample
    const service = await TestApp.start({
      bots: [deskBot({}, { token, encodingAesKey, receiveId })],
    })
    service.clock.set(Number(sample.timestamp) * 1000)
    const { msgSignature: msg_signature, timestamp, nonce } = sample
    const query = { msg_signature, timestamp, nonce }
    return { sample, service, query }
  }

  it.each(['official-php-verify-url', 'official-python-verify-url'])('%s', async (id) => {
    const { sample, service, query } = await at(id)
    const echo = new URLSearchParams({ ...query, echostr: sample.encrypt })
    const { status, text } = await service.call('GET', `${words.url}?${echo}`)
    // The samples echo a random number.
    expect([status, /^\d{18,20}$/.test(text)]).toEqual([200, true])
    const changed = new URLSearchParams({
      ...query,
      nonce: `${sample.nonce}0`,
      echostr: sample.encrypt,
    })
    expect((await service.call('GET', `${words.url}?${changed}`)).status).toBe(403)
    await service.stop()
  })

  it('official-python-decrypt-json, as the sample posts it', async () => {
    const { sample, service, query } = await at('official-python-decrypt-json')
    const url = `${words.url}?${new URLSearchParams(query)}`
    const answer = await service.call('POST', url, { body: sample.body })
    // Authentic, but no message of a bot: an empty 200.
    expect([answer.status, answer.text]).toEqual([200, ''])
    const forged = sample.body?.replace(sample.encrypt, `A${sample.encrypt.slice(1)}`)
    expect((await service.call('POST', url, { body: forged })).status).toBe(403)
    await service.stop()
  })
})
