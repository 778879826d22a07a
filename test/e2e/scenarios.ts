import type { Client } from '@sealcard/simulator'
import type { PhoneDriver, PhoneDrivers } from '../support/phone-driver.js'
import type { Stack } from '../support/stack.js'

const GROUP = { wechat: '周末爬山 Weekend hike', wecom: '项目组 Project team' }
const LIN = '林晓 Lin Xiao'
const CHEN = '陈默 Chen Mo'
const ZHOU = '周远 Zhou Yuan'
const REFUSED = '在这里打不开这张卡片'

/** Every journey starts on phones that never logged in, so one person logs in more often than people do. */
export const manyLogins = {
  limits: { loginsPerPersonPerMinute: 600, cardsPerPersonPerMinute: 600 },
}

let made = 0
/** A card of its own for every scenario, so that none finds another's. */
const newCard = () => ({ title: `季度奖金 ${++made}`, body: `只给你看的数字 ${made}：${made}8000` })

const write = async (lin: PhoneDriver, card: { title: string; body: string }) => {
  await lin.openApp()
  await lin.tap('写一张卡片')
  await lin.fill('标题', card.title)
  await lin.fill('正文', card.body)
  await lin.tap('完成，去分享')
  await lin.waitForText('已设为私密')
}

/** The journeys of the product, on one client, with any driver of phones: all, or those that show most. */
export const describeJourneys = (
  client: Client,
  world: () => { stack: Stack; phones: PhoneDrivers },
  which: 'all' | 'main' = 'all',
): void => {
  const further = (name: string, journey: () => Promise<void>) =>
    which === 'all' && it(name, journey)
  const phone = (person: string) => world().phones.take(`${person}-${client}`)

  const sendTo = async (chat: string, via: 'button' | 'menu' = 'button') => {
    const card = newCard()
    const lin = await phone('lin')
    await write(lin, card)
    await lin.shareTo(chat, via)
    return { card, lin }
  }
  const bffRequests = async (person: string) =>
    (await world().stack.control.phone(`${person}-${client}`).requests()).filter((r) =>
      r.path.startsWith('/v1/'),
    ).length

  it('opens a card for the one person it was sent to, and shows that to the sender', async () => {
    const { card, lin } = await sendTo(CHEN)
    const chen = await phone('chen')
    await chen.openCard(LIN, card.title)
    await chen.waitForText(card.body)
    await lin.quit()
    await lin.openApp()
    await lin.tap(card.title)
    await lin.waitForText('已看人数')
    await lin.waitForText('看了 1 次')
  })

  for (const [kind, chat] of [
    ['1-to-1', CHEN],
    ['in a group', GROUP[client]],
  ] as const) {
    further(
      `leads the sender's tap on their own card ${kind} to their page of it, uncounted`,
      async () => {
        const { card, lin } = await sendTo(chat)
        await lin.quit()
        await lin.openCard(chat, card.title)
        await lin.waitForText('还没有人打开过')
        await lin.waitForText('撤回卡片')
        expect((await lin.text()).replace(/\s/g, '')).toMatch(/被拒次数0|0被拒次数/)
        const chen = await phone('chen')
        await chen.openCard(chat === CHEN ? LIN : chat, card.title)
        await chen.waitForText(card.body)
      },
    )
  }

  further('shares through the menu of the client as well', async () => {
    const { card } = await sendTo(CHEN, 'menu')
    const chen = await phone('chen')
    await chen.openCard(LIN, card.title)
    await chen.waitForText(card.body)
  })

  it('opens a card for every member of the group', async () => {
    const { card } = await sendTo(GROUP[client])
    const chen = await phone('chen')
    await chen.openCard(GROUP[client], card.title)
    await chen.waitForText(card.body)
  })

  further('refuses a member who was removed before opening', async () => {
    const { card } = await sendTo(GROUP[client])
    const chen = await phone('chen')
    const { control } = world().stack
    await control.leave(`${client}-group`, 'chen')
    try {
      await chen.openCard(GROUP[client], card.title)
      await chen.waitForText(REFUSED)
      expect(await chen.text()).not.toContain(card.body)
    } finally {
      await control.join(`${client}-group`, 'chen')
    }
  })

  further('opens a card for somebody who joined the group after it was sent', async () => {
    const { card } = await sendTo(GROUP[client])
    const { control } = world().stack
    await control.join(`${client}-group`, 'zhou')
    try {
      const zhou = await phone('zhou')
      await zhou.openCard(GROUP[client], card.title)
      await zhou.waitForText(card.body)
    } finally {
      await control.leave(`${client}-group`, 'zhou')
    }
  })

  it('says "revoked" to its recipient once the sender revoked it', async () => {
    const { card, lin } = await sendTo(CHEN)
    await lin.tap('撤回卡片')
    await lin.tap('确认撤回')
    await lin.waitForText('已撤回')
    const chen = await phone('chen')
    await chen.openCard(LIN, card.title)
    await chen.waitForText('卡片已被撤回')
    expect(await chen.text()).not.toContain(card.body)
  })

  it('refuses a stranger to whom an old client forwarded it', async () => {
    const { card } = await sendTo(CHEN)
    const old = await world().phones.take(`chen-${client}-old`)
    await old.forwardCard(LIN, card.title, ZHOU)
    const zhou = await phone('zhou')
    await zhou.openCard(CHEN, card.title)
    await zhou.waitForText(REFUSED)
    expect(await zhou.text()).not.toContain(card.body)
  })

  further(
    'logs in again once, silently, when the session key was rotated before the proof',
    async () => {
      const { card } = await sendTo(CHEN)
      const chen = await phone('chen')
      await chen.openApp()
      await chen.waitForText('我收到的')
      await world().stack.control.rotateSessionKey({ client, person: 'chen' })
      await chen.openCard(LIN, card.title)
      await chen.waitForText(card.body)
    },
  )

  further('loses nothing when the service is restarted in between', async () => {
    const { card } = await sendTo(CHEN)
    await world().stack.bff.restart('SIGKILL')
    const chen = await phone('chen')
    await chen.openCard(LIN, card.title)
    await chen.waitForText(card.body)
  })

  further('costs one request to the service when logged in, two when not', async () => {
    const { card } = await sendTo(ZHOU)
    const zhou = await phone('zhou')
    const before = await bffRequests('zhou')
    await zhou.openCard(LIN, card.title)
    await zhou.waitForText(card.body)
    expect((await bffRequests('zhou')) - before).toBe(2)
    const second = await sendTo(ZHOU)
    const between = await bffRequests('zhou')
    await zhou.openCard(LIN, second.card.title)
    await zhou.waitForText(second.card.body)
    expect((await bffRequests('zhou')) - between).toBe(1)
  })
}
