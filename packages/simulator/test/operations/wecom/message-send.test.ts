import {
  APPID,
  CORPID,
  freshSimulator,
  HOUR,
  MINUTE,
  type Bench,
} from '../../kit/fresh-simulator.js'

const SEND = '/qyapi.weixin.qq.com/cgi-bin/message/send'
const AGENT = 1000002
const good = { touser: 'LinXiao', msgtype: 'text', agentid: AGENT, text: { content: '你好' } }
const once = { enable_duplicate_check: 1 }

let bench: Bench
beforeEach(async () => {
  bench = await freshSimulator()
})
afterEach(() => bench.close())

const send = async (body: object | string = good, token?: string) =>
  bench.post(`${SEND}?access_token=${token ?? (await bench.wecomToken())}`, body)
const lines = async (phone = 'lin-wecom') =>
  (await bench.client.messagesOf(phone)).flatMap((chat) =>
    chat.lines.map((line) => 'text' in line && line.text),
  )

describe('POST /cgi-bin/message/send', () => {
  it('should show a text in the chat of the app, on the phone of the member alone', async () => {
    expect(await send()).toEqual({ errcode: 0, errmsg: 'ok', msgid: expect.any(String) })
    expect(await bench.client.messagesOf('lin-wecom')).toEqual([
      {
        id: `${CORPID}/${AGENT}`,
        name: expect.any(String),
        lines: [expect.objectContaining({ kind: 'text', text: '你好', at: bench.world.now() })],
      },
    ])
    expect(await lines('chen-wecom')).toEqual([])
    expect(await lines('lin-wechat')).toEqual([])
  })

  it('should name those outside its range, in small letters, and reach the others', async () => {
    await bench.client.setVisible('chen', false)
    const touser = 'linxiao|ChenYu|Nobody|LinXiao'
    const chen = bench.world.people.get('chen').wecomUserid ?? ''
    const answer = await send({ ...good, touser: touser.replace('ChenYu', chen) })
    expect(answer).toMatchObject({ errcode: 0, invaliduser: `${chen.toLowerCase()}|nobody` })
    expect(await lines()).toEqual(['你好'])
    expect(await lines('chen-wecom')).toEqual([])
  })

  it.each<[string, object | string, number]>([
    ['none of them can receive it', { ...good, touser: 'Nobody' }, 81013],
    ['there is no recipient', { ...good, touser: '' }, 81013],
    ['the agentid is of another app', { ...good, agentid: 1 }, 301002],
    ['the agentid is a text', { ...good, agentid: String(AGENT) }, 40035],
    ['the content is empty', { ...good, text: { content: '' } }, 44004],
    ['it is not JSON', '{', 47001],
  ])('should error when %s', async (_, body, errcode) => {
    expect(await send(body)).toMatchObject({ errcode })
    expect(await lines()).toEqual([])
  })

  it('should error when the token is missing, wrong or expired', async () => {
    expect(await send(good, '')).toMatchObject({ errcode: 41001 })
    expect(await send(good, 'x')).toMatchObject({ errcode: 40014 })
    const token = await bench.wecomToken()
    bench.clock.advance(2 * HOUR)
    expect(await send(good, token)).toMatchObject({ errcode: 42001 })
  })

  it.each([
    ['another kind', { ...good, msgtype: 'news' }],
    ['everybody', { ...good, touser: '@all' }],
    ['departments', { ...good, toparty: '1' }],
  ])('should say that it does not do %s', async (_, body) => {
    expect(await send(body)).toMatchObject({ error: 'not_simulated' })
    expect(await lines()).toEqual([])
  })

  it('should drop the same request within its interval, and only that', async () => {
    const twice = { ...good, ...once, duplicate_check_interval: 60 }
    await send(twice)
    const again = await send({ ...twice })
    expect(again).toMatchObject({ errcode: 0 })
    await send({ ...twice, text: { content: '另一句' } })
    expect(await lines()).toEqual(['你好', '另一句'])
    bench.clock.advance(MINUTE)
    await send(twice)
    expect(await lines()).toHaveLength(3)
  })

  it('should drop it for half an hour by default, four hours at most, and only on request', async () => {
    await send(good)
    await send(good)
    expect(await lines()).toHaveLength(2)
    const long = { ...good, ...once, duplicate_check_interval: 1_000_000 }
    for (const body of [{ ...good, ...once }, long]) await send(body)
    bench.clock.advance(30 * MINUTE)
    for (const body of [{ ...good, ...once }, long]) await send(body)
    expect(await lines()).toHaveLength(5)
    bench.clock.advance(3.5 * HOUR)
    await send(long)
    expect(await lines()).toHaveLength(6)
  })

  it('should drop what is more than 30 in a minute to one member', async () => {
    for (let i = 0; i < 32; i++) expect(await send()).toMatchObject({ errcode: 0 })
    expect(await lines()).toHaveLength(30)
    bench.clock.advance(MINUTE)
    await send()
    expect(await lines()).toHaveLength(31)
  })

  it('should cut a text off after 2048 bytes, at a whole character', async () => {
    await send({ ...good, text: { content: `a${'字'.repeat(700)}` } })
    expect(await lines()).toEqual([`a${'字'.repeat(682)}`])
  })

  it('should fail as a fault says, whether or not it reached the member', async () => {
    const fault = { kind: 'errcode', errcode: 60020 } as const
    await bench.client.fault('wecom.message.send', fault)
    expect(await send()).toMatchObject({ errcode: 60020 })
    const lost = { kind: 'reset', executed: true } as const
    await bench.client.fault('wecom.message.send', lost)
    await expect(send()).rejects.toThrow()
    expect(await lines()).toEqual(['你好'])
  })

  it('should keep messages in the world, and take worlds from before them', async () => {
    await send()
    const state = bench.world.export()
    bench.world.reset()
    expect(bench.world.appMessages.list()).toEqual([])
    bench.world.import(state)
    expect(await lines()).toEqual(['你好'])
    const { appMessages: _, ...old } = state
    bench.world.import(old)
    expect(await lines()).toEqual([])
  })

  it('should belong to the secret of its own app', async () => {
    bench.world.wecomApps().push({
      corpid: CORPID,
      agentid: 7,
      secret: 'another',
      miniProgram: null,
      outOfRange: [],
    })
    const query = { corpid: CORPID, corpsecret: 'another' }
    const { access_token } = await bench.get('/qyapi.weixin.qq.com/cgi-bin/gettoken', query)
    expect(await send(good, access_token)).toMatchObject({ errcode: 301002 })
    await send({ ...good, agentid: 7 }, access_token)
    expect(await bench.client.messagesOf('lin-wecom')).toMatchObject([{ name: '7' }])
  })
})

describe('cards of an app', () => {
  const textcard = {
    title: '卡片被打开',
    description: '陈默',
    url: 'https://x.example/h5/#/card/1',
  }
  const notice = {
    appid: APPID,
    page: 'pages/card/index?id=1',
    title: '卡片第一次被打开',
    content_item: [{ key: '打开', value: '季度奖金 陈默' }],
  }
  const asCard = (change: object = {}) => ({
    touser: 'LinXiao',
    msgtype: 'textcard',
    agentid: AGENT,
    textcard: { ...textcard, ...change },
  })
  const asNotice = (change: object = {}) => ({
    touser: 'LinXiao',
    msgtype: 'miniprogram_notice',
    miniprogram_notice: { ...notice, ...change },
  })
  const cards = async () =>
    (await bench.client.messagesOf('lin-wecom')).flatMap((chat) =>
      chat.lines.map((line) => 'card' in line && line.card),
    )

  it('should open a web page as a text card', async () => {
    expect(await send(asCard())).toMatchObject({ errcode: 0 })
    expect(await cards()).toEqual([
      {
        card_type: 'text_notice',
        main_title: { title: '卡片被打开' },
        sub_title_text: '陈默',
        card_action: { type: 1, url: textcard.url },
      },
    ])
  })

  it('should open a page of the linked mini-program as its notice, without an agentid', async () => {
    expect(await send(asNotice())).toMatchObject({ errcode: 0 })
    expect(await cards()).toEqual([
      {
        card_type: 'text_notice',
        main_title: { title: notice.title },
        horizontal_content_list: [{ keyname: '打开', value: '季度奖金 陈默' }],
        card_action: { type: 2, appid: APPID, pagepath: notice.page },
      },
    ])
  })

  it.each<[string, object, number]>([
    ['a text card without an agentid', { ...asCard(), agentid: undefined }, 40035],
    ['an empty description', asCard({ description: '' }), 44004],
    ['an address that is none', asCard({ url: 'x' }), 40035],
    ['a title of three characters', asNotice({ title: '打开了' }), 40035],
    ['a title of 13 characters', asNotice({ title: '一二三四五六七八九十一二三' }), 40035],
    ['31 characters', asNotice({ content_item: [{ key: 'k', value: 'x'.repeat(31) }] }), 40035],
    ['another mini-program', asNotice({ appid: 'wx1' }), 90206],
    ['nothing', { ...asNotice(), miniprogram_notice: undefined }, 44004],
  ])('should error for %s', async (_, body, errcode) => {
    expect(await send(body)).toMatchObject({ errcode })
    expect(await cards()).toEqual([])
  })
})
