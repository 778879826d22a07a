import { buildWeapp, openJsdomPhone, type JsdomPhone, type PhoneLink } from '@sealcard/simulator'
import { weappDir } from '../support/stack.js'

const CARDS = 500
/** What the service gives at once, and how many lines a list draws at most. */
const PAGE = 20
const DRAWN = 100
/** What logic may send to view at once, characters: half of the 256 KB that WeChat advises for setData. */
const LARGEST_UPDATE = 128 * 1024

const cards = Array.from({ length: CARDS }, (_, i) => ({
  id: `card-${i}`,
  title: `第 ${i + 1} 张 季度奖金与年终安排`,
  status: 'active',
  createdAt: '2026-01-01T00:00:00Z',
  openings: { viewers: 2, total: 3, refused: 0, firstAt: null, lastAt: null },
  shared: true,
}))

const session = {
  token: 'T',
  expiresAt: '2100-01-01T00:00:00Z',
  viewer: { id: 'V', code: '7K3Q9F' },
}

/** The body of an answer of the service. */
const answerTo = (address: URL): object => {
  if (address.pathname !== '/v1/cards') return session
  const from = Number(address.searchParams.get('cursor') ?? 0)
  const items = cards.slice(from, from + PAGE)
  return { items, nextCursor: from + PAGE < CARDS ? String(from + PAGE) : null }
}

const link: PhoneLink = {
  wx: async (api) => ({ ok: true, res: { errMsg: `${api}:ok`, code: 'CODE' } }),
  request: async ({ url }) => ({
    ok: true,
    res: {
      errMsg: 'request:ok',
      statusCode: url.endsWith('/v1/sessions') ? 201 : 200,
      header: { 'content-type': 'application/json' },
      body: JSON.stringify(answerTo(new URL(url))),
    },
  }),
  share: () => Promise.reject(new Error('nothing is shared here')),
  forward: () => Promise.reject(new Error('nothing is forwarded here')),
  open: async () => ({
    path: 'pages/index/index',
    query: {},
    scene: 1001,
    referrerInfo: {},
    apiCategory: 'default',
  }),
  chatCalled: async (title) => title,
  describe: async () => ({
    id: 'lin',
    person: 'lin',
    client: 'wechat',
    platform: 'ios',
    version: '8.0.50',
    sdkVersion: '3.8.0',
    language: 'zh_CN',
  }),
}

/** A phone stays smooth while what is drawn and what crosses to the view stay small, however many cards there are. */
describe('a list of 500 cards', () => {
  let phone: JsdomPhone
  afterEach(() => phone.close())

  it('draws 100 lines at most, sends each page once, and needs no event of the bottom', async () => {
    phone = await openJsdomPhone({
      bundle: await buildWeapp(weappDir),
      link,
      phone: 'lin',
      timeout: 60_000,
    })
    await phone.openRecent()
    const lines = () => phone.text().match(/第 \d+ 张 季度/g)?.length ?? 0
    const first = () => phone.waitForText('第 1 张')
    await first()
    let largest = 0
    for (let shown = PAGE; shown < CARDS; shown += PAGE) {
      const update = phone.watchUpdates()
      const fills = shown % DRAWN === 0
      await phone.tap(fills ? '下一页' : '加载更多')
      await phone.waitForText(`第 ${shown + 1} 张`)
      await phone.waitFor(() => lines() === (shown % DRAWN) + PAGE, 'the next lines')
      largest = Math.max(largest, update().largest)
      expect(lines()).toBeLessThanOrEqual(DRAWN)
    }
    expect(phone.text()).toContain(`第 ${CARDS} 张`)
    expect(phone.text()).not.toContain('第 400 张')
    expect(largest).toBeGreaterThan(0)
    expect(largest).toBeLessThan(LARGEST_UPDATE)
  })

  // Another runtime sends neither `onReachBottom` nor `onPullDownRefresh`.
  it('is fresh again when the page is shown, without a pull', async () => {
    phone = await openJsdomPhone({
      bundle: await buildWeapp(weappDir),
      link,
      phone: 'lin',
      timeout: 60_000,
    })
    await phone.openRecent()
    await phone.waitForText('第 1 张')
    phone.hide()
    cards.unshift({ ...cards[0]!, id: 'card-new', title: '刚写的一张' })
    await phone.openRecent()
    await phone.waitForText('刚写的一张')
    expect(phone.text()).toContain('第 1 张')
    cards.shift()
  })
})
