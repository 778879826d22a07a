import { jsdomStack } from '../support/jsdom-stack.js'
import { manyLogins } from './scenarios.js'

describe('the company’s rules for new cards', () => {
  const running = jsdomStack({ config: manyLogins })

  /** As an administrator's program does. */
  const rule = async (rules: object) => {
    const url = `${running.stack.bff.url}/v1/admin/policy`
    const headers = {
      Authorization: `Bearer ${running.stack.bff.adminToken}`,
      'Content-Type': 'application/json',
    }
    const { version } = (await (await fetch(url, { headers })).json()) as { version: number }
    const body = JSON.stringify({ default: rules, version })
    expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(200)
  }

  it('are shown to the sender, hold what goes beyond them, and are kept by the service', async () => {
    await rule({ maxLifeDays: 1, maxViewers: 3, watermark: true })
    const lin = await running.phones.take('lin-wechat')
    await lin.openApp()
    await lin.tap('写一张卡片')
    await lin.waitForText('公司规定：卡片最长 1 天；最多 3 人看；一律显示查看人水印')
    await lin.fill('标题', '按规定')
    await lin.fill('正文', '内容')
    await lin.tap('完成，去分享')
    await lin.waitForText('“有效期”超过了公司规定')
    await lin.tap('1 天')
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
  })

  it('judge the card that is sent, also what was chosen in the tick of the tap that sends', async () => {
    await rule({ maxLifeDays: 1 })
    const lin = await running.phones.take('lin-wechat')
    await lin.openApp()
    await lin.tap('写一张卡片')
    await lin.waitForText('公司规定：卡片最长 1 天')
    await lin.fill('标题', '改成一天')
    await Promise.all([lin.tap('1 天'), lin.tap('完成，去分享')])
    await lin.waitForText('已设为私密')
  })

  it('are said to be missing when they cannot be had, and nothing written is lost', async () => {
    const lin = await running.phones.take('lin-wechat')
    await lin.openApp()
    await lin.waitForText('写一张卡片')
    await running.stack.bff.stop('SIGKILL')
    await lin.tap('写一张卡片')
    await lin.waitForText('暂时取不到公司规定')
    await lin.fill('标题', '照写')
    await lin.fill('正文', '内容')
    await running.stack.bff.start()
    await lin.tap('1 天')
    await lin.tap('完成，去分享')
    await lin.waitForText('已设为私密')
  })

  it('can forbid making cards', async () => {
    await rule({ mayMake: 'nobody' })
    const lin = await running.phones.take('lin-wecom')
    await lin.openApp()
    await lin.tap('写一张卡片')
    await lin.waitForText('按公司规定，你不能创建卡片')
  })
})
