import type { Phone } from '../../src/contract.js'
import type { JsdomPhone } from '../../src/jsdom-phone/index.js'
import { runPackage } from '../kit/small-package.js'

let phone: JsdomPhone
afterEach(() => phone.close())

/** A page that shows what a script puts into `told`. */
const run = (script: string, on: Partial<Phone> = {}) =>
  runPackage(
    {
      'app.json': { pages: ['p'] },
      'p.wxml': '<text>{{told}}</text>',
      'p.js': `Page({ async onLoad() { const tell = (told) => this.setData({ told }); ${script} } })`,
    },
    'p',
    on,
  )

test('a call that the phone does not do fails with the closest one that it does', async () => {
  phone = await run('wx.getSetting({ fail: (e) => tell(e.errMsg) })')
  const sentence = '501 The simulator does not do wx.getSetting; closest: wx.'
  await phone.waitForText(`getSetting:fail ${sentence}`)
  expect(phone.unsimulated).toEqual([expect.stringContaining(sentence)])
  expect(phone.errors).toEqual([])
})

test('without callbacks its promise is rejected', async () => {
  phone = await run("await wx.chooseMedia().catch((e) => tell('refused ' + e.errMsg))")
  await phone.waitForText('refused chooseMedia:fail 501')
})

test('one that answers at once throws, since it has nothing true to return', async () => {
  phone = await run('try { wx.getFileSystemManager() } catch (e) { tell(e.message) }')
  await phone.waitForText('501 The simulator does not do wx.getFileSystemManager')
})

test('one that waits for an event says that the event never comes', async () => {
  phone = await run("wx.onLocationChange(() => {}); tell('waits')")
  await phone.waitForText('waits')
  expect(phone.unsimulated).toEqual([expect.stringContaining('never calls its listener')])
})

test('wx.cloud has the same answer', async () => {
  phone = await run("wx.cloud.callFunction({ name: 'x', fail: (e) => tell(e.errMsg) })")
  await phone.waitForText('callFunction:fail 501 The simulator does not do wx.cloud.callFunction')
})

test('wx.canIUse says no to what the phone does not do', async () => {
  phone = await run("tell(['login', 'chooseMedia', 'createAnimation'].map(wx.canIUse).join(' '))")
  await phone.waitForText('true false false')
})

test('in WeCom wx.qy has it too, and what WeCom lacks stays undefined', async () => {
  const script = `wx.qy.selectEnterpriseContact({
    fail: (e) => tell([e.errMsg, typeof wx.getWindowInfo, wx.qy.canIUse('getEmail')].join(' | ')),
  })`
  phone = await run(script, { client: 'wecom', version: '4.1.30' })
  await phone.waitForText('qy.selectEnterpriseContact:fail 501')
  expect(phone.text()).toContain('| undefined | false')
})
