import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { botPlatform, describeComplaint, type OwnBot } from '@sealcard/simulator'
import { eventually, freePort } from '@sealcard/testing'
import { BffProcess } from '../support/bff-process.js'

const KEYS = {
  token: 'TokenOfTheDesk0000000001',
  encodingAesKey: 'Zq3t6w9zCbFjNcRfUjXn2r5u7xADGKaPdSgVkYp3s6v',
}
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)
const lin = { from: 'LinXiao' }
const preload = pathToFileURL(path.join(__dirname, '../support/slow-commands.mjs')).href

let dir: string
let bff: BffProcess
let bot: OwnBot
beforeAll(async () => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'sealcard-bots-'))
  bff = new BffProcess({
    dir,
    port: await freePort(),
    simulatorUrl: 'http://127.0.0.1:1',
    secrets: { wechat: 'wechat-secret', wecom: 'wecom-secret' },
    env: { NODE_OPTIONS: `--import=${preload}` },
    modules: true,
    config: {
      bots: [{ id: 'desk', app: 'demo-wecom', ...KEYS, miniProgramAppid: 'wx0000000000000001' }],
    },
  })
  await bff.start()
  bot = botPlatform({ url: `${bff.url}/v1/bots/desk/callback`, ...KEYS })
})
afterAll(async () => {
  await bot.close()
  await bff.stop()
  rmSync(dir, { recursive: true, force: true })
})

/** The simulated platform throws at the first reply that the real one would refuse. */
const cardOf = (exchange: { cards: Record<string, unknown>[] }) =>
  exchange.cards.at(-1) as { task_id: string; button_list?: { key: string }[] }

describe('the built service, with a simulated WeCom that has its own crypto,', () => {
  it('A6 verifies the URL', async () => {
    // The platform waits a second. The first answer of a new process may take longer.
    const verified = () =>
      bot.verifyUrl().then(
        () => true,
        () => false,
      )
    await eventually(verified)
    expect(await bot.verifyUrl()).toMatchObject({ status: 200, complaints: [] })
  })

  it('answers every kind of message and event as the platform demands', async () => {
    const group = { ...lin, chat: 'wrFAKEgroup0001' }
    for (const text of ['帮助', 'help', '我的卡片', '谁看过 周报', '撤回 1', '统计', '你好']) {
      expect((await bot.sendText({ ...lin, text })).cards).toHaveLength(1)
      await bot.sendText({ ...group, text })
    }
    await bot.sendText({
      ...lin,
      text: '谁看过',
      quote: { msgtype: 'text', text: { content: 'x' } },
    })
    await bot.sendMixed({ ...lin, items: [{ text: '统计' }, { image: PIXEL }] })
    await bot.sendMixed({ ...group, items: [{ text: '统计' }, { image: PIXEL }] })
    await bot.sendImage({ ...lin, image: PIXEL })
    await bot.sendVoice({ ...lin, transcript: '帮助' })
    await bot.sendFile({ ...lin, file: Buffer.from('file') })
    await bot.sendVideo({ ...lin, video: Buffer.from('video') })
    await bot.enterChat({ ...lin, force: true })
    const { task_id, button_list = [] } = cardOf(await bot.sendText({ ...lin, text: '帮助' }))
    for (const { key } of button_list) await bot.clickButton({ ...lin, task_id, event_key: key })
    const replies = await bot.feedback({ ...lin, id: 'x', type: 2, inaccurate_reason_list: [1] })
    expect(replies.replies).toEqual([null])
    expect(bot.exchanges.flatMap(({ complaints }) => complaints.map(describeComplaint))).toEqual([])
    expect(bot.exchanges.length).toBeGreaterThan(20)
  })

  it('A4 answers repetitions alike, in the same and in another ciphertext, and after a crash', async () => {
    for (const sign of ['once', 'each'] as const) {
      const { replies, repeats } = await bot.sendText({ ...lin, text: '帮助', repeat: 20, sign })
      for (const repeat of repeats) expect(repeat).toEqual(replies[0])
      expect(repeats).toHaveLength(19)
    }
    const first = await bot.sendText({ ...lin, text: '统计' })
    await bff.restart('SIGKILL')
    const { msgid } = first
    const again = await bot.sendText({ ...lin, text: '统计', msgid })
    expect(again.replies.at(-1)).toEqual(first.replies[0])
  })

  it('refuses every kind of message and event of a person of another corp', async () => {
    const theirs = { ...lin, corpid: 'wwFFFFFFFFFFFFFFFF' }
    const { task_id, button_list = [] } = cardOf(await bot.sendText({ ...lin, text: '帮助' }))
    const press = { task_id, event_key: button_list[0]?.key ?? '' }
    const heard = bot.exchanges.length
    const sends = [
      () => bot.sendText({ ...theirs, text: '我的卡片' }),
      () => bot.sendText({ ...theirs, chat: 'wrFAKEgroup0001', text: '我的卡片' }),
      () => bot.sendMixed({ ...theirs, items: [{ text: '我的卡片' }] }),
      () => bot.sendVoice({ ...theirs, transcript: '我的卡片' }),
      () => bot.sendImage({ ...theirs, image: PIXEL }),
      () => bot.sendFile({ ...theirs, file: Buffer.from('file') }),
      () => bot.sendVideo({ ...theirs, video: Buffer.from('video') }),
      () => bot.enterChat({ ...theirs, force: true }),
      () => bot.clickButton({ ...theirs, ...press }),
      () => bot.feedback({ ...theirs, id: 'x', type: 1 }),
    ]
    for (const send of sends) await expect(send()).rejects.toThrow(/403/)
    for (const { replies, cards, text } of bot.exchanges.slice(heard))
      expect({ replies, cards, text }).toEqual({ replies: [], cards: [], text: null })
    expect((await bot.clickButton({ ...lin, ...press })).cards).toHaveLength(1)
  })

  it('refuses a platform with other keys', async () => {
    const stranger = botPlatform({
      url: `${bff.url}/v1/bots/desk/callback`,
      ...KEYS,
      token: 'AnotherToken',
    })
    await expect(stranger.verifyUrl()).rejects.toThrow(/403/)
    await stranger.close()
  })
})
