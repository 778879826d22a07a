import { buildWeapp, openJsdomPhone, type JsdomPhone } from '@sealcard/simulator'
import { jsdomStack } from '../support/jsdom-stack.js'
import { weappDir } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

const PHONE = 'lin-wechat'
const LOGIN_FAILED = '登录没有成功'

describe('a phone that is slow, full, set to large text, or refuses to leave a page', () => {
  const running = jsdomStack({ config: manyLogins })
  let phone: JsdomPhone
  let isOpen = false
  let made = 0

  const control = () => running.stack.control
  const open = async (storage?: Map<string, string>) => {
    phone = await openJsdomPhone({
      bundle: await buildWeapp(weappDir),
      simulatorUrl: running.stack.simulator.url,
      phone: PHONE,
      timeout: 60_000,
      ...(storage && { storage }),
    })
    isOpen = true
    await phone.openRecent()
    await phone.waitForText('写一张卡片')
    return phone
  }
  /** Ends the mini-program; what it stored is then in the `storage` that it was opened with. */
  const close = () => {
    if (isOpen) phone.close()
    isOpen = false
  }
  const atWriting = async () => {
    await open()
    await phone.tap('写一张卡片')
    const title = `慢手机 ${++made}`
    await phone.fill('标题', title)
    await phone.fill('正文', `正文 ${made}`)
    return title
  }
  const refuse = (api: string, count: number | null = 1) =>
    control().fault(`wx.${api}`, { kind: 'fail', errMsg: `${api}:fail busy` }, { count })
  const sent = async (method: string, path: RegExp) =>
    (await control().phone(PHONE).requests()).filter(
      (one) => one.method === method && path.test(one.path),
    ).length

  afterEach(async () => {
    await control().clearFaults()
    await control().setSettings({ phones: { viewDelayMs: 0, fontSizeSetting: 16 } })
    close()
  })

  it.each([0, 40])(
    'shows the card although the client refuses the first way to its page, and makes one, with view and logic %i ms apart',
    async (viewDelayMs) => {
      await control().setSettings({ phones: { viewDelayMs } })
      const before = await sent('POST', /^\/v1\/cards$/)
      const title = await atWriting()
      await refuse('redirectTo')
      await phone.tap('完成，去分享')
      await phone.waitForText('已设为私密')
      expect(phone.text()).not.toContain(LOGIN_FAILED)
      expect(phone.route()).toBe('pages/card/index')
      expect(phone.text()).toContain(title)
      expect((await sent('POST', /^\/v1\/cards$/)) - before).toBe(1)
    },
  )

  it('says that the card is made when the client refuses every way, and makes no second one', async () => {
    const before = await sent('POST', /^\/v1\/cards$/)
    await atWriting()
    await refuse('redirectTo', null)
    await refuse('reLaunch', null)
    await phone.tap('完成，去分享')
    await phone.waitForText('卡片已写好')
    expect(phone.text()).not.toContain(LOGIN_FAILED)
    await control().clearFaults()
    await phone.tap('看这张卡片')
    await phone.waitForText('已设为私密')
    expect((await sent('POST', /^\/v1\/cards$/)) - before).toBe(1)
  })

  it('opens the page for writing although the client refuses to put it above the list', async () => {
    await open()
    await refuse('navigateTo')
    await phone.tap('写一张卡片')
    await phone.waitForText('有效期与次数')
  })

  it('sends one card and shares it once however often one tick taps', async () => {
    const cards = await sent('POST', /^\/v1\/cards$/)
    const shares = await sent('POST', /\/shares$/)
    await atWriting()
    await phone.waitFor(() => /button "完成，去分享"$/m.test(phone.screenTree()), 'the button')
    await Promise.all([1, 2, 3].map(() => phone.tap('完成，去分享')))
    await phone.waitForText('已设为私密')
    expect((await sent('POST', /^\/v1\/cards$/)) - cards).toBe(1)
    expect((await sent('POST', /\/shares$/)) - shares).toBe(1)
  })

  it('sends what was typed and chosen in the tick of the tap that sends', async () => {
    await open()
    await phone.tap('写一张卡片')
    await phone.waitFor(() => /button "完成，去分享"$/m.test(phone.screenTree()), 'the button')
    const title = `慢手机 ${++made}`
    await Promise.all([
      phone.fill('标题', title),
      phone.tap('需要确认“我已知悉”'),
      phone.tap('完成，去分享'),
    ])
    await phone.waitForText('已设为私密')
    expect(phone.text()).toContain(title)
    expect(phone.text()).toContain('需要确认知悉')
  })

  it('has the text size that the person chose in the client', async () => {
    await control().setSettings({ phones: { fontSizeSetting: 23 } })
    await open()
    await phone.tap('写一张卡片')
    const { ownerDocument } = await phone.waitFor(() => phone.field('标题'), '标题')
    expect(ownerDocument.documentElement.style.fontSize).toBe('23px')
  })

  it('has the draft again at the next start, says so, and clears it when it is told to', async () => {
    const storage = new Map<string, string>()
    await open(storage)
    await phone.tap('写一张卡片')
    await phone.fill('标题', '没写完的标题')
    expect(phone.text()).not.toContain('这里有一份草稿')
    // Leaving the page saves it.
    phone.back()
    close()
    await open(storage)
    await phone.tap('写一张卡片')
    await phone.waitForText('这里有一份草稿')
    expect((await phone.waitFor(() => phone.field('标题'), '标题')).value).toBe('没写完的标题')
    await phone.tap('清空草稿')
    await phone.waitFor(() => phone.field('标题')?.value === '', 'an empty title')
    await phone.waitFor(() => phone.field('标题')?.matches(':focus'), 'the focus on the title')
    expect(phone.text()).not.toContain('这里有一份草稿')
    phone.back()
    close()
    expect([...storage.values()].join('')).not.toContain('没写完的标题')
  })

  it('makes, shares and keeps one card on a phone whose storage is full', async () => {
    const cards = await sent('POST', /^\/v1\/cards$/)
    // jsdom's storage takes 5,000,000 characters.
    const full = 'x'.repeat(5_000_000 - 1)
    const storage = new Map([['f', full]])
    await open(storage)
    await phone.tap('写一张卡片')
    const title = `慢手机 ${++made}`
    await phone.fill('标题', title)
    await phone.tap('完成，去分享')
    await phone.waitForText('已设为私密')
    expect((await sent('POST', /^\/v1\/cards$/)) - cards).toBe(1)
    phone.back()
    await phone.waitForText(title)
    close()
    expect([...storage.keys()]).toEqual(['f'])
  })

  it.each([
    ['标题', 'a title typed without a pause'],
    ['正文', 'the words of a card, a key every 50 ms'],
    ['最多几人看', '123456'],
  ])('keeps every letter typed into %s with view and logic in two threads', async (label, text) => {
    await control().setSettings({ phones: { viewDelayMs: 40 } })
    await open()
    await phone.tap('写一张卡片')
    const field = await phone.waitFor(() => phone.field(label), label)
    for (const letter of text) {
      await phone.fill(label, field.value + letter)
      // A person's pace. The letters have to be there at any pace.
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    expect(field.value).toBe(text)
    if (label === '标题') await phone.waitForText(`${text.length}/64`)
    expect(field.value).toBe(text)
  })
})
