import { buildWeapp, type Client, type JsdomPhone, openJsdomPhone } from '@sealcard/simulator'
import { eventually } from '@sealcard/testing'
import { jsdomStack } from '../support/jsdom-stack.js'
import { Member } from '../support/member.js'
import { weappDir } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

const CODE = '[0-9A-HJKMNP-TV-Z]{6}'
const NOW = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d`

/** The first group of what the pattern finds on the screen. */
const found = (phone: JsdomPhone, pattern: string) =>
  phone.waitFor(() => new RegExp(pattern).exec(phone.text())?.[1], `text like ${pattern}`)

describe.each<Client>(['wechat', 'wecom'])('names of people, on %s', (client) => {
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

  const send = async (title: string) => {
    const lin = await phoneOf('lin')
    await lin.openRecent()
    await lin.tap('写一张卡片')
    await lin.fill('标题', title)
    await lin.fill('正文', `正文 ${title}`)
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
    return { lin, card: (await lin.share('陈默 Chen Mo')).id, body: `正文 ${title}` }
  }

  const rosterOf = async (lin: JsdomPhone, title: string) => {
    lin.back()
    await lin.tap(title)
    await lin.waitForText('看了 1 次')
  }

  if (client === 'wecom') {
    /** The directory's name is stored. A login waits for it for a second at most, so it may come after the login. */
    const named = async (person: string) => {
      const { control, bff } = running.stack
      const member = new Member(person, client, control, bff.url)
      expect((await member.logIn()).status).toBe(201)
      await eventually(async () => 'name' in (await member.call('GET', '/v1/me')).body)
    }

    it('are the directory’s, in roster and watermark, and nobody is asked', async () => {
      const { lin, card, body } = await send('名单')
      expect(lin.text()).not.toContain('填个名字')
      await named('chen')
      const chen = await phoneOf('chen')
      await chen.openCard(card)
      await chen.waitForText(body)
      await found(chen, `(发送人：林晓 Lin Xiao · ${CODE})`)
      expect(chen.text()).not.toContain('填个名字')
      await rosterOf(lin, '名单')
      const code = await found(lin, `陈默 Chen Mo · (${CODE})`)
      expect(chen.drawnText()).toMatch(new RegExp(`陈默 Chen Mo ${code} ${NOW}`))
    })
    return
  }

  it('are what people say: with one tap, marked as theirs, beside a code that stays', async () => {
    const { lin, card, body } = await send('奖金')
    const chen = await phoneOf('chen')
    await chen.openCard(card)
    await chen.waitForText(body)
    const shown = () => chen.drawnText()
    const code = new RegExp(`(${CODE}) ${NOW}`).exec(shown())?.[1] ?? ''
    expect(code).not.toBe('')
    await chen.waitForText('填个名字')
    await chen.focus('你的名字')
    await chen.tap('微信昵称 陈默 Chen Mo')
    await chen.tap('保存名字')
    await chen.waitForText('名字已保存')
    await rosterOf(lin, '奖金')
    expect(await found(lin, `陈默 Chen Mo（自填）· (${CODE})`)).toBe(code)
    // The next watermark has the name, too.
    await chen.openCard(card)
    await chen.waitFor(() => shown().includes(`陈默 Chen Mo ${code} `), 'a watermark with the name')
  })

  it('may be left out: who skips is not asked again, and is a code', async () => {
    const storage = new Map<string, string>()
    const first = await send('跳过的人')
    const zhou = await phoneOf('chen', storage)
    await zhou.openCard(first.card)
    await zhou.waitForText(first.body)
    await zhou.tap('不填')
    await zhou.waitFor(() => !zhou.text().includes('填个名字'), 'no question')
    zhou.close()
    open.splice(open.indexOf(zhou), 1)
    const again = await phoneOf('chen', storage)
    await again.openCard(first.card)
    await again.waitForText(first.body)
    expect(again.text()).not.toContain('填个名字')
  })

  it('that are none are refused on the phone, with the reason', async () => {
    const { card, body } = await send('空名字')
    const chen = await phoneOf('chen')
    await chen.openCard(card)
    await chen.waitForText(body)
    await chen.tap('保存名字')
    await chen.waitForText('1 到 32 个字符')
    await chen.fill('你的名字', '名'.repeat(33))
    await chen.tap('保存名字')
    await chen.waitForText('1 到 32 个字符')
  })

  it('that WeChat refuses do not stay', async () => {
    const { stack } = running
    const { lin, card, body } = await send('客服')
    await stack.control.setSettings({ wechat: { nicknameReview: 'refuse' } })
    const chen = await phoneOf('chen')
    await chen.openCard(card)
    await chen.waitForText(body)
    await chen.focus('你的名字')
    await chen.fill('你的名字', '腾讯客服')
    await chen.tap('保存名字')
    await chen.waitForText('名字已保存')
    await chen.blur()
    await chen.waitForText('微信没有通过这个名字')
    await stack.control.setSettings({ wechat: { nicknameReview: 'pass' } })
    await rosterOf(lin, '客服')
    await lin.waitFor(() => !lin.text().includes('腾讯客服'), 'no refused name')
  })
})
