import path from 'node:path'
import type { DOMWindow } from 'jsdom'
import { openJsdomPhone, startSimulator, type JsdomPhone, type Simulator } from '../../src/index.js'
import { SimulatorClient } from '../../src/client/simulator-client.js'
import { buildWeapp } from '../../src/weapp/index.js'

const fixture = path.resolve(import.meta.dirname, '../fixture-weapp')
let simulator: Simulator
let control: SimulatorClient
let phone: JsdomPhone

beforeEach(async () => {
  simulator = await startSimulator({ seed: 'demo', weapp: fixture })
  control = new SimulatorClient(simulator.url)
})
afterEach(async () => {
  phone.close()
  await simulator.close()
})

const open = async () => {
  phone = await openJsdomPhone({
    bundle: await buildWeapp(fixture),
    simulatorUrl: simulator.url,
    phone: 'lin-wechat',
    timeout: 60_000,
  })
  await phone.openRecent()
  await phone.waitFor(() => phone.field('标题'), 'the field')
  return phone
}

/** What the page sets the field to, beside what is typed. */
const echoesIn = (field: HTMLInputElement): string[] => {
  const echoes: string[] = []
  const { get, set } = Object.getOwnPropertyDescriptor(
    (field.ownerDocument.defaultView as unknown as DOMWindow).HTMLInputElement.prototype,
    'value',
  )!
  Object.defineProperty(field, 'value', {
    get: () => get!.call(field) as string,
    set: (value: string) => {
      echoes.push(value)
      set!.call(field, value)
    },
  })
  return echoes
}

const typeBoth = async () => {
  await open()
  const echoes = echoesIn(phone.field('标题')!)
  // Before anything of the first letter comes back.
  await Promise.all([phone.fill('标题', '晚'), phone.fill('标题', '晚餐')])
  await phone.tap('写好了')
  await phone.waitForText('1. 晚餐')
  return echoes
}

describe('a phone with its view and its logic in two threads', () => {
  it('brings the value that a page sends back after what was typed since', async () => {
    await control.setSettings({ phones: { viewDelayMs: 20 } })
    const echoes = await typeBoth()
    expect(echoes.slice(0, 2)).toEqual(['晚', '晚餐'])
  })

  it('has both in one thread unless the setting says otherwise', async () => {
    expect((await control.settings()).phones).toMatchObject({ viewDelayMs: 0 })
    const echoes = await typeBoth()
    // Only the page's own clearing of the field.
    expect(echoes).toEqual([''])
  })

  it('lets the logic read at once what it has set, before the view shows it', async () => {
    await control.setSettings({ phones: { viewDelayMs: 20 } })
    await open()
    await phone.fill('标题', '晚餐')
    await phone.waitFor(() => phone.screenTree().includes('button "写好了"\n'), 'the button')
    await Promise.all([phone.tap('写好了'), phone.tap('写好了')])
    await phone.waitForText('2 条')
    expect(phone.text()).toContain('1. 晚餐')
    expect(phone.errors).toEqual([])
  })
})

describe('a navigation that the client refuses', () => {
  it('fails as scripted and leaves the page where it is; the next one goes through', async () => {
    await control.fault('wx.navigateTo', { kind: 'fail', errMsg: 'navigateTo:fail busy' })
    await open()
    await phone.tap('看一张')
    await phone.waitFor(() => phone.errors.length > 0, 'the refusal')
    expect(phone.errors.splice(0)[0]).toContain('navigateTo:fail busy')
    expect(phone.route()).toBe('pages/index/index')
    await phone.tap('看一张')
    await phone.waitFor(() => phone.route() === 'pages/open/index', 'the page')
  })

  it.each(['navigateTo', 'redirectTo', 'reLaunch', 'switchTab', 'navigateBack'])(
    'can be scripted for wx.%s',
    async (api) => {
      await open()
      await control.fault(`wx.${api}`, { kind: 'fail', errMsg: `${api}:fail busy` })
      expect(await control.faults()).toMatchObject([{ operation: `wx.${api}` }])
    },
  )
})
