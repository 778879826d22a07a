import { buildWeapp, type Client, type JsdomPhone, openJsdomPhone } from '@sealcard/simulator'
import { eventually } from '@sealcard/testing'
import { jsdomStack } from '../support/jsdom-stack.js'
import { weappDir } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

const CHEN = '陈默 Chen Mo'

describe.each<Client>(['wechat', 'wecom'])('the settings, on %s', (client) => {
  const running = jsdomStack({ config: manyLogins })
  const open: JsdomPhone[] = []
  afterEach(() => open.splice(0).forEach((phone) => phone.close()))

  const phoneOf = async (person: string, storage?: Map<string, string>) => {
    const phone = await openJsdomPhone({
      bundle: await buildWeapp(weappDir),
      simulatorUrl: running.stack.simulator.url,
      phone: `${person}-${client}`,
      timeout: 60_000,
      ...(storage && { storage }),
    })
    open.push(phone)
    return phone
  }
  /** Ends the mini-program; what it stored stays. */
  const end = (phone: JsdomPhone) => open.splice(open.indexOf(phone), 1)[0]?.close()

  const requestsOf = (person: string) =>
    running.stack.control.phone(`${person}-${client}`).requests()
  /** Waits until each of these was answered since then: only then is it in the log. */
  const answered = (person: string, from: number, ends: readonly string[]) =>
    eventually(async () => {
      const paths = (await requestsOf(person)).slice(from).map(({ path }) => path)
      const count = (end: string) => paths.filter((path) => path.endsWith(end)).length
      return ends.every((end) => count(end) >= ends.filter((other) => other === end).length)
    })
  /** What the settings ask for when they open. */
  const OF_SETTINGS = ['/v1/me', '/v1/me/notices']

  const settingsOf = async (person: string, storage?: Map<string, string>) => {
    const phone = await phoneOf(person, storage)
    await phone.openRecent()
    await phone.tap('设置')
    await phone.waitForText('记录了我的什么')
    return phone
  }

  const send = async (phone: JsdomPhone, title: string) => {
    await phone.openRecent()
    await phone.tap('写一张卡片')
    await phone.fill('标题', title)
    await phone.fill('正文', `正文 ${title}`)
    await phone.tap('完成，去分享')
    await phone.waitForText('已设为私密')
    return (await phone.share(CHEN)).id
  }

  it('speak the language that was chosen: at once, on pages before it, and at the next start', async () => {
    const storage = new Map<string, string>()
    const remembered = () => [...storage.keys()].some((key) => key.includes('language'))
    const lin = await settingsOf('lin', storage)
    await lin.tap('English')
    await lin.waitForText('What is recorded about me')
    await lin.waitFor(() => lin.title() === 'Settings', 'English title')
    lin.back()
    await lin.waitForText('Write a card')
    await lin.waitFor(() => lin.title() === 'My cards', 'English title')
    end(lin)
    expect(remembered()).toBe(true)
    const again = await phoneOf('lin', storage)
    await again.openRecent()
    await again.waitForText('Write a card')
    await again.tap('Settings')
    await again.tap('System')
    await again.waitForText('记录了我的什么')
    again.back()
    await again.waitForText('写一张卡片')
    end(again)
    expect(remembered()).toBe(false)
  })

  it('can be reached from the list, a card, writing, and a card of somebody else', async () => {
    const lin = await phoneOf('lin')
    const card = await send(lin, '处处可达')
    await lin.tap('设置与隐私')
    await lin.waitForText('哪些受保护，哪些不受')
    lin.back()
    lin.back()
    await lin.tap('写一张卡片')
    await lin.tap('设置与隐私')
    await lin.waitForText('哪些受保护，哪些不受')
    const chen = await phoneOf('chen')
    await chen.openCard(card)
    await chen.waitForText('正文 处处可达')
    await chen.tap('设置与隐私')
    await chen.tap('哪些受保护，哪些不受')
    await chen.waitForText('掌握这台服务器和密钥的人')
    await chen.waitForText('苹果手机不能阻止截屏')
    await chen.waitForText('没锁的手机')
    await chen.waitForText('运营方')
    await chen.tap('记录了我的什么')
    await chen.waitForText('不记录：手机号')
  })

  it('show the person their data, with the words of their own cards, and copy it', async () => {
    const lin = await phoneOf('lin')
    await send(lin, '数据里的卡片')
    await lin.tap('设置与隐私')
    await lin.tap('查看我的数据')
    await lin.waitForText('条记录，取自')
    const cards = /我写的卡片\n(\d+ 条)/
    const [, rows] = await lin.waitFor(() => cards.exec(lin.text()), 'cards')
    // Each table has words, and none shows its name.
    expect(lin.text()).not.toMatch(/^[a-z0-9_]+$/m)
    await lin.tap(`我写的卡片, ${String(rows)}`)
    await lin.waitForText('正文 数据里的卡片')
    await lin.tap('复制全部')
    await lin.waitForText('已复制')
  })

  it('sign the person out, with their draft, until they sign in or open a card', async () => {
    const storage = new Map<string, string>()
    const card = await send(await phoneOf('lin'), '退出后打开')
    const from = (await requestsOf('chen')).length
    const chen = await phoneOf('chen', storage)
    await chen.openRecent()
    await chen.tap('写一张卡片')
    await chen.fill('正文', '没写完的草稿')
    await chen.tap('设置与隐私')
    await answered('chen', from, ['/v1/cards', '/v1/policy', ...OF_SETTINGS])
    await chen.tap('退出登录')
    await chen.waitForText('没写完的草稿会删除')
    await chen.tap('取消')
    await chen.tap('退出登录')
    await chen.waitForText('草稿会删除')
    await chen.tap('确认退出')
    await chen.waitForText('已退出登录')
    expect(chen.text()).not.toContain('没写完的草稿')
    const last = (await requestsOf('chen')).at(-1)
    expect(last).toMatchObject({ method: 'DELETE', path: '/v1/sessions/current', status: 204 })
    end(chen)
    expect([...storage.values()].join('\n')).not.toContain('没写完的草稿')

    const later = await phoneOf('chen', storage)
    await later.openRecent()
    await later.waitForText('已退出登录')
    // No silent login, and nothing of the person.
    expect((await requestsOf('chen')).at(-1)).toEqual(last)
    await later.tap('登录')
    await later.waitForText('写一张卡片')
    await later.tap('写一张卡片')
    await later.waitForText('正文')
    expect(later.text()).not.toContain('没写完的草稿')
    later.back()
    await later.tap('设置')
    await later.tap('退出登录')
    await later.tap('确认退出')
    await later.waitForText('已退出登录')
    await later.openCard(card)
    await later.waitForText('正文 退出后打开')
  })

  it('forget what was searched for when the person leaves', async () => {
    const zhou = await phoneOf('zhou')
    await zhou.openRecent()
    await zhou.fill('搜索标题', '季度奖金')
    await zhou.waitForText('没有符合条件的卡片')
    await zhou.tap('设置')
    await zhou.tap('退出登录')
    await zhou.tap('确认退出')
    await zhou.waitForText('已退出登录')
    await zhou.tap('登录')
    await zhou.waitForText('还没有写过卡片')
  })

  it('erase the person after a question that says what goes and what stays', async () => {
    const storage = new Map<string, string>()
    const from = (await requestsOf('lin')).length
    const lin = await phoneOf('lin', storage)
    const card = await send(lin, '删除以后')
    await lin.tap('设置与隐私')
    // In WeChat the card's page asks for notices, too.
    const ofCard = ['/openings', '/requests', ...(client === 'wechat' ? ['/v1/me/notices'] : [])]
    await answered('lin', from, [...ofCard, ...OF_SETTINGS])
    await lin.tap('删除我的数据')
    await lin.waitForText('谁也不能再打开')
    await lin.waitForText('不指向你的编号')
    await lin.tap('取消')
    await lin.tap('删除我的数据')
    await lin.tap('确认删除')
    await lin.waitForText('你的数据已删除')
    const last = (await requestsOf('lin')).at(-1)
    expect(last).toMatchObject({ method: 'DELETE', path: '/v1/me', status: 204 })
    const chen = await phoneOf('chen')
    await chen.openCard(card)
    await chen.waitForText('卡片已被撤回')
    await lin.tap('登录')
    await lin.waitForText('还没有写过卡片')
  })

  it('say that nothing was erased when the service does not answer', async () => {
    const lin = await settingsOf('lin')
    await running.stack.bff.stop()
    await lin.tap('删除我的数据')
    await lin.tap('确认删除')
    await lin.waitForText('没有删除成功')
    await lin.tap('退出登录')
    await lin.tap('确认退出')
    await lin.waitForText('没有退出成功')
    await running.stack.bff.start()
  })
})
