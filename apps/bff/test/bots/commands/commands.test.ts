import { AuditEntryEntity } from '../../../src/audit/audit.entities.js'
import { DAY } from '../../../src/core/time.js'
import { RetentionService } from '../../../src/lifecycle/retention.service.js'
import { BotSender, deskBot, KEYS, MINI_PROGRAM } from '../../kit/bot-sender.js'
import { testConfig, WECOM } from '../../kit/config.js'
import { key, wecomProof } from '../../kit/proofs.js'
import { TestApp } from '../../kit/test-app.js'
import { withoutCodes } from '../../kit/without-codes.js'

const START = Date.UTC(2026, 0, 1)

/** One service for most tests. Each test has a person of its own. */
let shared: TestApp
let app: TestApp
let bot: BotSender
let person: string
let alice: string
let count = 0

const use = async (service: TestApp) => {
  app = service
  bot = new BotSender(app, KEYS, 'desk', person)
  alice = await app.login(person, WECOM)
}
const leave = async () => {
  if (app !== shared) await app.stop()
}
beforeAll(async () => {
  shared = await TestApp.start({ bots: [deskBot()] })
})
beforeEach(async () => {
  person = `alice-${(count += 1)}`
  shared.clock.set(START)
  await use(shared)
})
afterEach(leave)
afterAll(() => shared.stop())

const make = async (title: string, more: object = {}, token = alice) => {
  app.clock.advance(1)
  const answer = await app.call('POST', '/v1/cards', {
    token,
    body: { title, body: 'CANARY-BODY', ...more },
  })
  return answer.body.id as string
}
const statusOf = async (id: string) =>
  (await app.call('GET', `/v1/cards/${id}`, { token: alice })).body.status
const audited = (kind: string, subject: string) =>
  app.storage.manager.findBy(AuditEntryEntity, { kind, subject })
const textOf = (reply: object) => JSON.stringify(reply)

describe('a command in words', () => {
  it('help lists all commands, with buttons', async () => {
    for (const words of ['帮助', 'help', ' HELP！', '？']) {
      const { template_card: card } = await bot.say(words)
      expect(card.card_type).toBe('button_interaction')
      expect(card.card_action).toEqual({
        type: 2,
        appid: MINI_PROGRAM,
        pagepath: 'pages/index/index',
      })
    }
    expect((await bot.say('帮助')).template_card.sub_title_text).toContain('撤回 <卡片>')
    expect((await bot.say('help')).template_card.sub_title_text).toContain('revoke <card>')
  })

  it('my cards lists the newest cards with numbers, and opens each', async () => {
    const ids: string[] = []
    for (let i = 1; i <= 8; i++) ids.unshift(await make(`周报 ${i}`))
    const { template_card: card } = await bot.say('我的卡片')
    expect(card.card_type).toBe('text_notice')
    expect(card.horizontal_content_list).toHaveLength(6)
    expect(card.horizontal_content_list[0]).toEqual({
      type: 0,
      keyname: '1',
      value: '周报 8 · 有效 · 0 人看过',
    })
    expect(card.jump_list).toHaveLength(3)
    expect(card.jump_list[0].pagepath).toBe(`pages/card/index?id=${ids[0]}`)
    expect(card.sub_title_text).toContain('共 8 张')
    expect(textOf(card)).not.toContain('CANARY')
  })

  it('a person who never logged in has no cards', async () => {
    const reply = await bot.say('我的卡片', { from: { userid: 'newcomer' } })
    expect(textOf(reply)).toContain('还没有发出过卡片')
    expect(textOf(await bot.say('谁看过 周报', { from: { userid: 'newcomer' } }))).toContain(
      '没有找到',
    )
  })

  it('the command "who opened" shows the readers to the owner', async () => {
    const { cardId, shareId, declared } = await app.shared(alice, { title: 'Plan' })
    const none = await bot.say('who opened plan')
    expect(none.template_card.sub_title_text).toContain('Nobody has opened it yet')
    app.wecom.names.set('bob', '鲍勃')
    const bob = await app.login('bob', WECOM)
    await app.open(bob, shareId, wecomProof(key('bob'), declared, 'bob'))
    const { code } = (await app.call('GET', '/v1/me', { token: bob })).body
    const { template_card: card } = await bot.say('谁看过 plan')
    expect(card.horizontal_content_list).toEqual([
      {
        type: 3,
        userid: 'bob',
        keyname: '1',
        value: expect.stringContaining(`鲍勃  ${code}  1 次`),
      },
    ])
    expect(card.card_action.pagepath).toBe(`pages/card/index?id=${cardId}`)
    expect(textOf(card)).not.toContain('The secret')
  })

  it('"who opened" shows codes alone where names are switched off', async () => {
    await leave()
    const apps = testConfig('').apps.map((one) => ({ ...one, names: 'off' as const }))
    await use(await TestApp.start({ apps, bots: [deskBot()] }))
    app.wecom.names.set('bob', '鲍勃')
    const { shareId, declared } = await app.shared(alice, { title: 'Plan' })
    const bob = await app.login('bob', WECOM)
    await app.open(bob, shareId, wecomProof(key('bob'), declared, 'bob'))
    const { code } = (await app.call('GET', '/v1/me', { token: bob })).body
    const { template_card: card } = await bot.say('谁看过 plan')
    expect(card.horizontal_content_list).toEqual([
      { type: 0, keyname: '1', value: expect.stringMatching(`^${code}  1 次`) },
    ])
  })

  it('revoke asks by button; the button revokes once, with an audit entry', async () => {
    const id = await make('周报')
    const { template_card: asked } = await bot.say('撤回 周报')
    expect(await statusOf(id)).toBe('active')
    const [yes, no] = asked.button_list
    const kept = await bot.press(asked, no.key)
    expect(kept.response_type).toBe('update_template_card')
    expect(kept.template_card.task_id).toBe(asked.task_id)
    expect(await statusOf(id)).toBe('active')
    const done = await bot.press(asked, yes.key)
    expect(done.template_card.main_title.title).toBe('已撤回“周报”')
    expect(await statusOf(id)).toBe('revoked')
    expect((await bot.press(asked, yes.key)).template_card.main_title.title).toContain('早已撤回')
    const entries = await audited('card.revoke', id)
    expect(entries).toEqual([
      expect.objectContaining({ subject: id, decision: 'done', reason: 'bot:desk' }),
    ])
  })

  it('extend moves the expiry up to the end of the verify window, with an audit entry', async () => {
    const expiresAt = new Date(app.clock.now() + 2 * DAY).toISOString()
    const id = await make('周报', { policy: { expiresAt } })
    await make('无期')
    expect(textOf(await bot.say('延期 无期 3天'))).toContain('没有到期时间')
    expect(textOf(await bot.say('延期 周报 3 天'))).toContain('延期到 2026-01-06 08:00')
    const { policy } = (await app.call('GET', `/v1/cards/${id}`, { token: alice })).body
    expect(Date.parse(policy.expiresAt)).toBe(Date.parse(expiresAt) + 3 * DAY)
    expect(textOf(await bot.say('extend 周报 116 days'))).toContain('最多只能延到')
    expect(textOf(await bot.say('extend "周报" by 1 day'))).toContain('2026-01-07')
    expect(await audited('card.extend', id)).toHaveLength(2)
    for (const words of ['延期 周报', '延期 周报 0 天', '延期 周报 400 天']) {
      expect(textOf(await bot.say(words))).toContain('请这样写')
    }
    expect(await audited('card.extend', id)).toHaveLength(2)
  })

  it('extend revives an expired card while its words are kept, from now on', async () => {
    const { shareId, declared, cardId } = await app.shared(alice, {
      title: '周报',
      policy: { expiresAt: new Date(app.clock.now() + DAY).toISOString() },
    })
    app.clock.advance(DAY + DAY / 2)
    expect(await statusOf(cardId)).toBe('expired')
    expect(textOf(await bot.say('延期 周报 3天'))).toContain('延期到 2026-01-05 20:00')
    expect(await statusOf(cardId)).toBe('active')
    const bob = await app.login('bob', WECOM)
    const proof = wecomProof(key('bob'), declared, 'bob')
    expect((await app.open(bob, shareId, proof)).status).toBe(201)
    expect(await audited('card.extend', cardId)).toHaveLength(1)
  })

  it('extend refuses an expired card whose words retention erased, and a revoked one', async () => {
    const expiresAt = new Date(app.clock.now() + DAY).toISOString()
    const [expired, revoked] = [
      await make('到期的', { policy: { expiresAt } }),
      await make('撤回的', { policy: { expiresAt } }),
    ]
    const { template_card: list } = await bot.say('我的卡片')
    expect(textOf(list)).toContain('到期的')
    await app.call('POST', `/v1/cards/${revoked}/revoke`, { token: alice })
    expect(textOf(await bot.say('延期 撤回的 3天'))).toContain('已撤回')
    app.clock.advance(2 * DAY)
    await app.nest.get(RetentionService, { strict: false }).run()
    // The title is erased, too: the number in the last list still means the card.
    expect(textOf(await bot.say('延期 2 3天'))).toContain('已到期')
    for (const id of [expired, revoked]) expect(await audited('card.extend', id)).toEqual([])
    expect(await statusOf(expired)).toBe('expired')
  })

  it('stats shows numbers only', async () => {
    await make('a')
    await make('b')
    const { template_card: card } = await bot.say('stats')
    expect(card.horizontal_content_list.map((row: { value: string }) => row.value)).toEqual([
      '2',
      '2',
      '0',
      '0',
      '0',
    ])
  })

  it('a number means the card of the last list, also after a restart', async () => {
    const first = await make('same')
    const second = await make('same')
    await bot.say('我的卡片')
    await make('newer')
    shared = await shared.restart()
    await use(shared)
    const { template_card: asked } = await bot.say('撤回 2')
    await bot.press(asked, asked.button_list[0].key)
    expect([await statusOf(first), await statusOf(second)]).toEqual(['revoked', 'active'])
  })

  it('a title of several cards leads to a choice by button', async () => {
    const ids = [await make('Plan A'), await make('Plan B')]
    const { template_card: choice } = await bot.say('revoke plan')
    expect(choice.button_list.map((button: { text: string }) => button.text)).toEqual([
      'Plan B',
      'Plan A',
    ])
    const { template_card: asked } = await bot.press(choice, choice.button_list[1].key)
    expect(asked.main_title.title).toBe('Revoke “Plan A”?')
    await bot.press(asked, asked.button_list[0].key)
    expect([await statusOf(ids[0]!), await statusOf(ids[1]!)]).toEqual(['revoked', 'active'])
    expect(textOf(await bot.say('who opened plan a'))).toContain('Who opened “Plan A”')
  })

  it('a quoted title completes a command; mixed messages and transcripts count as words', async () => {
    await make('周报')
    const quote = { msgtype: 'text', text: { content: '周报' } }
    expect(textOf(await bot.say('谁看过', { quote }))).toContain('谁看过“周报”')
    expect(textOf(await bot.say('谁看过'))).toContain('请写上')
    const mixed = {
      msg_item: [
        { msgtype: 'image', image: { url: 'https://example.com/a' } },
        { msgtype: 'text', text: { content: '统计' } },
      ],
    }
    const inMixed = await bot.send(bot.message({ msgtype: 'mixed', mixed }))
    expect(textOf(inMixed.reply)).toContain('统计')
    const voice = { content: '帮助。' }
    const spoken = await bot.send(bot.message({ msgtype: 'voice', voice }))
    expect(spoken.reply.template_card.main_title.title).toContain('封笺')
  })

  it.each(['image', 'file', 'video'])('%s: the bot fetches nothing, and says so', async (kind) => {
    const payload = { msgtype: kind, [kind]: { url: 'https://127.0.0.1:1/secret' } }
    expect(textOf((await bot.send(bot.message(payload))).reply)).toContain('没有下载')
  })

  it('a title cannot forge markup, lines or directions', async () => {
    await use(await TestApp.start({ bots: [deskBot({ miniProgramAppid: undefined })] }))
    await make('[x](https://evil)\n# **h** \u202egnp')
    const { stream } = await bot.say('我的卡片')
    expect(stream.finish).toBe(true)
    expect(stream.content).toContain('［x］(https://evil) ＃ ＊＊h＊＊ gnp')
  })
})

describe('no person sees or changes the card of another', () => {
  it('by title, by number, by button, under the same id in another app', async () => {
    const id = await make('周报')
    await bot.say('我的卡片')
    const mallory = { from: { userid: 'mallory' } }
    const unknown = textOf(await bot.say('谁看过 不存在', mallory)).replace(/"task_id":"[^"]*"/, '')
    for (const words of ['谁看过 周报', '撤回 周报', '撤回 1', '延期 周报 3 天']) {
      const reply = textOf(await bot.say(words, mallory)).replace(/"task_id":"[^"]*"/, '')
      expect(reply).toBe(unknown)
    }
    const { template_card: asked } = await bot.say('撤回 周报')
    for (const name of ['confirm', 'who', 'revoke']) {
      const reply = await bot.press(asked, `zh:${name}:${id}`, mallory)
      expect(textOf(reply)).toContain('没有找到')
      expect(textOf(reply)).not.toContain('周报')
    }
    expect(await statusOf(id)).toBe('active')
    expect(await audited('card.revoke', id)).toEqual([])
  })

  it('under the same userid in another app', async () => {
    const other = await app.login(person)
    await make('微信的卡片', {}, other)
    expect(textOf(await bot.say('我的卡片'))).toContain('还没有发出过卡片')
  })
})

describe('in a group', () => {
  const group = { chattype: 'group', chatid: 'g1' }

  it('the bot names no title, person or number, and asks for a single chat', async () => {
    const id = await make('周报')
    const { template_card: asked } = await bot.say('撤回 周报')
    const replies = [
      await bot.say('@封笺 我的卡片', group),
      await bot.say('@封笺 谁看过 周报', group),
      await bot.say('@Sealcard Desk revoke 周报', group),
      await bot.say('@封笺 延期 周报 3 天', group),
      await bot.say('统计 @封笺', group),
    ]
    for (const reply of replies) {
      expect(textOf(reply)).toMatch(/请在单聊里问我|single chat/)
      expect(textOf(reply)).not.toContain('周报')
      expect(textOf(reply)).not.toContain(id)
    }
    const pressed = await bot.press(asked, asked.button_list[0].key, group)
    expect(pressed.userids).toEqual([person])
    expect(textOf(pressed)).toContain('请在单聊里问我')
    expect(await statusOf(id)).toBe('active')
  })

  it('the bot gives help after any name', async () => {
    for (const words of ['@封笺 帮助', '@Sealcard Desk help', '@封笺\u2005帮助', '@x 随便说说']) {
      const { template_card: card } = await bot.say(words, group)
      expect(card.button_list).toHaveLength(2)
    }
  })
})

describe('events', () => {
  it('enter_chat gets a greeting in the last language', async () => {
    expect((await bot.event('enter_chat')).template_card.sub_title_text).toContain('你好')
    await bot.say('stats')
    expect((await bot.event('enter_chat')).template_card.sub_title_text).toContain('Hello')
  })

  it('feedback and unknown kinds get an empty 200', async () => {
    const empty = async () => {
      const { text } = await app.call('GET', '/metrics')
      return Number(/callbacks_total\{bot="desk",outcome="empty"\} (\d+)/.exec(text)?.[1] ?? 0)
    }
    const before = await empty()
    expect(await bot.event('feedback_event', {}, { id: 'x', type: 1 })).toBeNull()
    expect(await bot.event('a_new_event')).toBeNull()
    for (const payload of [
      { msgtype: 'hologram' },
      { msgtype: 'text' },
      { msgtype: 'text', text: { content: 7 } },
      { msgtype: 'event', event: null },
      { from: null },
      { msgid: 7 },
    ]) {
      expect((await bot.send(bot.message(payload))).reply).toBeNull()
    }
    for (const plaintext of ['', 'x', '[]', 'null', '{"__proto__":1}', '{}']) {
      expect((await bot.send({}, bot.seal(plaintext))).reply).toBeNull()
    }
    const { text } = await app.call('GET', '/metrics')
    expect(text).toContain('sealcard_bot_feedback_total{bot="desk",type="accurate"} 1')
    expect(await empty()).toBe(before + 14)
  })
})

describe('a notice, with its switch on, in the next answer', () => {
  const start = async (notices: object) => {
    await leave()
    const none = { firstOpening: false, refusedAttempts: false, expiringTomorrow: false }
    await use(await TestApp.start({ bots: [deskBot({ notices: { ...none, ...notices } })] }))
    await bot.event('enter_chat')
    const expiresAt = new Date(app.clock.now() + 36 * 3_600_000).toISOString()
    const { shareId, declared } = await app.shared(alice, { title: '周报', policy: { expiresAt } })
    const bob = await app.login('bob', WECOM)
    app.clock.advance(1000)
    await app.open(bob, shareId, { encryptedData: 'AAAA', iv: 'AAAA' })
    await app.open(bob, shareId, wecomProof(key('bob'), declared, 'bob'))
    app.clock.advance(13 * 3_600_000)
  }

  it.each([
    [{ firstOpening: true }, '“周报”在 2026-01-01 08:00 第一次被打开：<code>。'],
    [{ refusedAttempts: true }, '“周报”有 1 次打开被拒绝。'],
    [{ expiringTomorrow: true }, '“周报”将在 2026-01-02 20:00 到期。'],
  ])('%j', async (notices, line) => {
    await start(notices)
    const shown = (await bot.event('enter_chat')).template_card.sub_title_text.split('\n')[0]
    expect(withoutCodes(shown)).toBe(line)
    // Shown once.
    app.clock.advance(1000)
    expect(textOf(await bot.event('enter_chat'))).not.toContain(shown)
    expect(textOf(await bot.say('帮助'))).not.toContain(shown)
  })

  it('appears only with its switch on, and never in a group', async () => {
    await start({})
    expect(textOf(await bot.event('enter_chat'))).not.toContain('周报')
    await start({ firstOpening: true })
    const group = { chattype: 'group', chatid: 'g' }
    expect(textOf(await bot.say('@x 帮助', group))).not.toContain('周报')
    expect(textOf(await bot.say('帮助'))).toContain('第一次被打开')
  })
})
