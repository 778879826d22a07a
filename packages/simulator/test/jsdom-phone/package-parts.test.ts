import type { JsdomPhone } from '../../src/jsdom-phone/index.js'
import { runPackage, type Files } from '../kit/small-package.js'

let phone: JsdomPhone
afterEach(() => phone.close())

const button = (name: string) => `<button bindtap="${name}">${name}</button>`
const goTo = (url: string) => `go(){wx.navigateTo({url:'${url}',fail:(e)=>this.setData({e})})}`

const shop: Files = {
  'app.json': {
    pages: ['pages/home/index'],
    subpackages: [{ root: 'orders/', pages: ['list/index'] }],
    subPackages: [{ root: 'help', pages: ['faq/index'], independent: true }],
    usingComponents: { 'price-tag': 'components/price/index' },
  },
  'app.js': "App({ shop: '花店', onLaunch() { this.launched = true } })",
  'app.wxss': '.big { font-size: 40rpx }',
  'words.js': "module.exports = '主包'",
  'components/price/index.json': { component: true },
  'components/price/index.js': 'Component({ properties: { yuan: Number } })',
  'components/price/index.wxml': '<text>¥{{yuan}}</text>',
  'pages/home/index.wxml': `<price-tag yuan="12" />${button('go')}<text>{{e.errMsg}}</text>`,
  'pages/home/index.js': `Page({ ${goTo('/orders/list/index')} })`,
  'orders/words.js': "module.exports = '订单'",
  'orders/list/index.wxml': '<price-tag yuan="34" /><text>{{words}}</text>',
  'orders/list/index.js':
    "Page({ onLoad() { this.setData({ words: require('../words') + require('../../words.js') }) } })",
  'help/words.js': "module.exports = '帮助'",
  'help/faq/index.wxml': `<text class="big">{{words}} {{app}}</text>${button('go')}`,
  'help/faq/index.js': `Page({
    onLoad() {
      getApp({ allowDefault: true }).shop = '帮助台'
      this.setData({ words: require('../words'), app: String(getApp()) })
    },
    ${goTo('/pages/home/index')}
  })`,
}

describe('subpackages', () => {
  test('a page of one opens, with its own modules and those of the main package', async () => {
    phone = await runPackage(shop, 'pages/home/index')
    await phone.tap('go')
    await phone.waitForText('订单主包')
    expect(phone.route()).toBe('orders/list/index')
    expect(phone.errors).toEqual([])
  })

  test('an independent one starts without app.js, which runs with the first page of another', async () => {
    const home = `Page({ onLoad() { const { shop, launched } = getApp(); this.setData({ e: { errMsg: shop + launched } }) } })`
    phone = await runPackage({ ...shop, 'pages/home/index.js': home }, 'help/faq/index')
    await phone.waitForText('帮助 undefined')
    await phone.tap('go')
    await phone.waitForText('帮助台true')
    expect(phone.errors).toEqual([])
  })

  test('app.wxss styles the pages of the main package, and not those of an independent one', async () => {
    phone = await runPackage(shop, 'help/faq/index')
    const app = () => phone.styleSheet('app')
    expect(app()).toBe('not all')
    await phone.tap('go')
    await phone.waitForText('¥12')
    expect(app()).toBe('all')
  })

  test.each([
    ['orders/list/index', "require('../../help/words')", 'it is in the subpackage "help"'],
    ['help/faq/index', "require('../../words')", 'it is in the main package'],
  ])('%s cannot do %s', async (page, code, reason) => {
    phone = await runPackage({ ...shop, [`${page}.js`]: `Page({});${code}` }, page)
    await phone.waitFor(() => phone.errors.length > 0, 'the error')
    expect(phone.errors[0]).toContain('is not defined')
    expect(phone.errors[0]).toContain(reason)
  })

  test.each(['require.async(at).then(done)', 'require(at, done)'])(
    '%s brings a module of another subpackage',
    async (call) => {
      const code = `Page({ onLoad() {
        const at = '../../help/words', done = (words) => this.setData({ words })
        ${call}
      } })`
      phone = await runPackage({ ...shop, 'orders/list/index.js': code }, 'orders/list/index')
      await phone.waitForText('帮助')
      expect(phone.errors).toEqual([])
    },
  )

  test('a start without a path opens entryPagePath', async () => {
    const app = { ...(shop['app.json'] as object), entryPagePath: 'orders/list/index' }
    phone = await runPackage({ ...shop, 'app.json': app }, 'pages/gone')
    await phone.waitForText('订单主包')
  })
})

describe('components', () => {
  test('one that app.json declares shows on each page of the main package and its subpackages', async () => {
    phone = await runPackage(shop, 'pages/home/index')
    await phone.waitForText('¥12')
    await phone.tap('go')
    await phone.waitForText('¥34')
  })

  test("a page's own component goes before the one that app.json declares", async () => {
    const own: Files = {
      'pages/home/index.json': { usingComponents: { 'price-tag': './own' } },
      'pages/home/own.json': { component: true },
      'pages/home/own.js': 'Component({})',
      'pages/home/own.wxml': '<text>自己的</text>',
    }
    phone = await runPackage({ ...shop, ...own }, 'pages/home/index')
    await phone.waitForText('自己的')
  })

  test('an independent subpackage does not get what app.json declares', async () => {
    phone = await runPackage(
      { ...shop, 'help/faq/index.wxml': '<price-tag yuan="12" />' },
      'help/faq/index',
    )
    expect(phone.route()).toBe('help/faq/index')
    expect(phone.text()).not.toContain('¥')
  })

  test.each([
    ['lib', 'miniprogram_npm/lib/index'],
    ['lib/stars', 'miniprogram_npm/lib/stars'],
    ['lib', 'orders/miniprogram_npm/lib/index'],
  ])('"%s" is found at %s', async (name, at) => {
    const npm: Files = {
      'orders/list/index.json': { usingComponents: { stars: name } },
      'orders/list/index.wxml': '<stars />',
      [`${at}.json`]: { component: true },
      [`${at}.js`]: "const word = require('words-of-lib'); Component({ data: { word } })",
      [`${at}.wxml`]: '<text>{{word}}</text>',
      'miniprogram_npm/words-of-lib/index.js': "module.exports = '五星'",
    }
    phone = await runPackage({ ...shop, ...npm }, 'orders/list/index')
    await phone.waitForText('五星')
    expect(phone.errors).toEqual([])
  })

  test('the default of a generic component is shown', async () => {
    const generic: Files = {
      'pages/home/index.json': { usingComponents: { frame: './frame' } },
      'pages/home/index.wxml': '<frame />',
      'pages/home/frame.json': {
        component: true,
        componentGenerics: { inner: { default: '/components/price/index' } },
      },
      'pages/home/frame.js': 'Component({})',
      'pages/home/frame.wxml': '<inner yuan="7" />',
    }
    phone = await runPackage({ ...shop, ...generic }, 'pages/home/index')
    await phone.waitForText('¥7')
    expect(phone.errors).toEqual([])
  })
})
