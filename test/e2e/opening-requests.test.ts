import { buildWeapp, type JsdomPhone, openJsdomPhone } from '@sealcard/simulator'
import { jsdomStack } from '../support/jsdom-stack.js'
import { weappDir } from '../support/stack.js'
import { manyLogins } from './scenarios.js'

describe('opening a card', () => {
  const running = jsdomStack({ config: manyLogins })
  const open: JsdomPhone[] = []
  afterEach(() => open.splice(0).forEach((phone) => phone.close()))

  const phoneOf = async (id: string) => {
    const phone = await openJsdomPhone({
      bundle: await buildWeapp(weappDir),
      simulatorUrl: running.stack.simulator.url,
      phone: id,
      timeout: 60_000,
    })
    open.push(phone)
    return phone
  }
  const send = async (title: string, opensEach?: string) => {
    const lin = await phoneOf('lin-wechat')
    await lin.openRecent()
    await lin.tap('写一张卡片')
    await lin.fill('标题', title)
    await lin.fill('正文', `正文 ${title}`)
    if (opensEach !== undefined) await lin.fill('每人最多看几次', opensEach)
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
    return (await lin.share('陈默 Chen Mo')).id
  }
  /** What the phone asks of the service from here on. */
  const asked = async (from = 0) =>
    (await running.stack.control.phone('chen-wechat').requests())
      .slice(from)
      .map(({ method, path: line }) => `${method} ${line.replace(/[\w-]{22}/, ':id')}`)

  it('is one request when logged in, and two with a question', async () => {
    const [first, asks] = [await send('一次请求'), await send('先问一次', '2')]
    const chen = await phoneOf('chen-wechat')
    await chen.openRecent()
    await chen.waitForText('写一张卡片')
    await chen.waitForText('还没有写过卡片')
    const from = (await asked()).length
    await chen.openCard(first)
    await chen.waitForText('正文 一次请求')
    expect(await asked(from)).toEqual(['POST /v1/shares/:id/openings'])
    await chen.openCard(asks)
    await chen.tap('现在看')
    await chen.waitForText('正文 先问一次')
    expect(await asked(from + 1)).toEqual([
      'POST /v1/shares/:id/openings',
      'POST /v1/shares/:id/openings',
    ])
  })
})
