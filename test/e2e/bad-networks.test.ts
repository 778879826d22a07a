import type { Client } from '@sealcard/simulator'
import { eventually } from '@sealcard/testing'
import { jsdomStack } from '../support/jsdom-stack.js'
import { manyLogins } from './scenarios.js'

const LIN = '林晓 Lin Xiao'
const CHEN = '陈默 Chen Mo'
const UNREACHABLE = '暂时无法确认'
const PROOF = { wechat: 'wx.authPrivateMessage', wecom: 'wx.qy.getShareInfo' }

/** A card that each person may open four times, sent by lin to chen, whose phone has a bad network. */
describe.each<Client>(['wechat', 'wecom'])('a recipient with a bad network on %s', (client) => {
  const running = jsdomStack({ config: manyLogins })
  let made = 0

  // With at most three the page asks first, see ask-first.test.ts.
  const sent = async (opens = '4') => {
    const card = { title: `坏网络 ${client} ${++made}`, body: `只给你看的字 ${made}` }
    const lin = await running.phones.take(`lin-${client}`)
    await lin.openApp()
    await lin.tap('写一张卡片')
    await lin.fill('标题', card.title)
    await lin.fill('正文', card.body)
    await lin.fill('每人最多看几次', opens)
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
    await lin.shareTo(CHEN)
    const chen = await running.phones.take(`chen-${client}`)
    // Logged in, and nothing under way: the next request is the opening.
    await chen.openApp()
    await chen.waitForText('还没有写过卡片')
    const open = () => chen.openCard(LIN, card.title)
    /** What the owner's page counts: people, openings, refusals. */
    const counts = async () => {
      await lin.quit()
      await lin.openApp()
      await lin.tap(card.title)
      await lin.waitForText('已看人数')
      const text = await lin.text()
      return /(\d+)\s*已看人数\s*(\d+)\s*打开次数\s*(\d+)\s*被拒次数/
        .exec(text)
        ?.slice(1)
        .map(Number)
    }
    return { card, lin, chen, open, counts }
  }

  const fault = (effect: object, count: number, operation = 'phone.request') =>
    running.stack.control.fault(operation, effect as never, { count, phone: `chen-${client}` })

  it.each([
    ['is interrupted', { kind: 'reset', executed: true }],
    ['breaks off', { kind: 'reset-mid-body' }],
    ['is the page of a gateway', { kind: 'status', status: 504, executed: true }],
  ])('reads a card although the answer %s, and that is one opening', async (_how, effect) => {
    const { card, chen, open, counts } = await sent()
    await fault(effect, 1)
    await open()
    await chen.waitForText(card.body)
    expect(await counts()).toEqual([1, 1, 0])
  })

  it('reads a card after trying again, and that is one opening', async () => {
    const { card, chen, open, counts } = await sent()
    // Asked for twice by itself, then by the person.
    await fault({ kind: 'reset', executed: true }, 2)
    await open()
    await chen.waitForText(UNREACHABLE)
    await chen.tap('重试')
    await chen.waitForText(card.body)
    expect(await counts()).toEqual([1, 1, 0])
  })

  it('is offered another try when a foreign host answers in place of the service', async () => {
    const { card, chen, open, counts } = await sent()
    await fault({ kind: 'html', status: 200 }, 2)
    await open()
    await chen.waitForText(UNREACHABLE)
    await chen.tap('重试')
    await chen.waitForText(card.body)
    expect(await counts()).toEqual([1, 1, 0])
  })

  it('is no stranger because the client says in Chinese that it has no network', async () => {
    const { card, chen, open, counts } = await sent()
    const api = client === 'wechat' ? 'authPrivateMessage' : 'qy__getShareInfo'
    await fault(
      { kind: 'fail', errMsg: `${api}:fail 似乎已断开与互联网的连接。` },
      1,
      PROOF[client],
    )
    await open()
    await chen.waitForText(UNREACHABLE)
    await chen.tap('重试')
    await chen.waitForText(card.body)
    expect(await counts()).toEqual([1, 1, 0])
  })

  it('loses what they read when they come back to a card that was revoked, and counts once', async () => {
    const { card, lin, chen, open, counts } = await sent()
    await open()
    await chen.waitForText(card.body)
    await chen.openApp()
    await chen.waitForText(card.body)
    await lin.tap('撤回卡片')
    await lin.tap('确认撤回')
    await lin.waitForText('已撤回')
    await chen.openApp()
    await chen.waitForText('卡片已被撤回')
    expect(await chen.text()).not.toContain(card.body)
    expect(await counts()).toEqual([1, 1, 0])
  })

  it('reads on when the service cannot be asked on coming back', async () => {
    const { card, lin, chen, open } = await sent()
    await open()
    await chen.waitForText(card.body)
    await lin.tap('撤回卡片')
    await lin.tap('确认撤回')
    await lin.waitForText('已撤回')
    await fault({ kind: 'reset' }, 1)
    await chen.openApp()
    await eventually(async () => (await running.stack.control.faults()).length === 0)
    expect(await chen.text()).toContain(card.body)
    await chen.openApp()
    await chen.waitForText('卡片已被撤回')
  })
})
