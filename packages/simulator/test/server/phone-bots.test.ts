import { BOT_KEYS, FakeBot, goodCards, stream } from '../kit/fake-bot.js'
import { freshSimulator, MINUTE, type Bench } from '../kit/fresh-simulator.js'

let server: FakeBot
let bench: Bench
const desk = () => bench.client.bot('desk')
const say = (text: string) => desk().send({ kind: 'text', from: 'lin', text })
const lines = async (phone = 'lin-wecom') => (await bench.client.botsOf(phone))[0]?.lines ?? []
const card = (title: string, more: object = {}) => ({
  reply: { msgtype: 'template_card', template_card: { ...goodCards()[title], ...more } },
})

beforeEach(async () => {
  server = await new FakeBot().start()
  bench = await freshSimulator()
  await bench.client.setSettings({ wecom: { botPollMs: 1 } })
  await bench.client.putBot('desk', { url: server.url, name: '封笺助手', ...BOT_KEYS })
})
afterEach(async () => {
  await bench.close()
  await server.close()
})

describe("a bot on a member's phone", () => {
  it('should be there in WeCom only, with the chat of its owner only', async () => {
    server.answer = () => stream('好', true)
    await say('你好')
    expect(await bench.client.botsOf('lin-wecom')).toMatchObject([{ id: 'desk', name: '封笺助手' }])
    expect(await lines()).toMatchObject([
      { kind: 'said', text: '你好' },
      { kind: 'text', text: '好', busy: false, feedback: null },
    ])
    expect(await bench.client.botsOf('lin-wechat')).toEqual([])
    expect(await lines('chen-wecom')).toEqual([])
  })

  it('should not show in the 1-to-1 chat what was said in a group', async () => {
    server.answer = () => stream('好', true)
    await desk().send({ kind: 'text', from: 'lin', chat: 'wecom-group', text: '统计' })
    expect(await lines()).toEqual([])
  })

  it('should show a stream as it grows, and the choices for its rating when it ends', async () => {
    const feedback = { id: 'rate-1' }
    server.answer = (_payload, n) =>
      n === 1
        ? stream('我', false)
        : {
            reply: {
              msgtype: 'stream',
              stream: { id: 'stream-1', finish: n > 2, content: '我的', feedback },
            },
          }
    const once = await bench.client
      .bot('desk')
      .send({ kind: 'text', from: 'lin', text: '我的卡片', wait: 'reply' })
    expect(once?.stream).toEqual({ id: 'stream-1', finished: false })
    await desk()
      .refreshStream('stream-1')
      .catch(() => null)
    await desk()
      .refreshStream('stream-1')
      .catch(() => null)
    expect(await lines()).toMatchObject([
      { kind: 'said' },
      { kind: 'text', text: '我的', busy: false, feedback: 'rate-1' },
    ])
  })

  it('should show a card as the last press left it, in its place', async () => {
    server.answer = ({ msgtype }) =>
      msgtype === 'event'
        ? {
            reply: {
              response_type: 'update_template_card',
              template_card: {
                ...goodCards()['text_notice'],
                main_title: { title: '已撤回' },
                task_id: 'task-1',
              },
            },
          }
        : card('button_interaction')
    await say('撤回')
    expect((await lines()).at(-1)).toMatchObject({
      kind: 'card',
      card: { main_title: { title: '撤回？' } },
    })
    await desk().send({ kind: 'click', from: 'lin', task_id: 'task-1', event_key: 'revoke:1' })
    const after = await lines()
    expect(after).toHaveLength(2)
    expect(after.at(-1)).toMatchObject({ kind: 'card', card: { main_title: { title: '已撤回' } } })
  })

  it('should show later answers when they came', async () => {
    server.answer = (_payload, n) => stream('稍等', true, `stream-${n}`)
    const sent = await say('统计')
    bench.clock.advance(MINUTE)
    await say('帮助')
    bench.clock.advance(MINUTE)
    const url = String(sent?.sent['response_url'])
    const body = JSON.stringify({ msgtype: 'markdown', markdown: { content: '4 张' } })
    await fetch(url, { method: 'POST', body })
    expect((await lines()).map((line) => 'text' in line && line.text)).toEqual([
      '统计',
      '稍等',
      '帮助',
      '稍等',
      '4 张',
    ])
  })

  it('should show what is wrong with an answer, and nothing for an empty one', async () => {
    server.answer = (_payload, n) => (n === 1 ? { raw: '' } : { raw: 'hello' })
    await say('一')
    await say('二')
    expect(await lines()).toMatchObject([
      { kind: 'said', text: '一' },
      { kind: 'said', text: '二' },
      { kind: 'failed', faults: [expect.any(String)] },
    ])
  })

  it('should name what was sent that is no text', async () => {
    server.answer = () => stream('好', true)
    const data = Buffer.from('x').toString('base64')
    await desk().send({ kind: 'image', from: 'lin', data })
    await desk().send({ kind: 'mixed', from: 'lin', items: [{ text: '看' }, { image: data }] })
    await desk().send({ kind: 'voice', from: 'lin', transcript: '帮助' })
    const said = (await lines()).filter(({ kind }) => kind === 'said')
    expect(said).toMatchObject([{ text: '[image]' }, { text: '看 [image]' }, { text: '帮助' }])
  })

  it('should keep its chats when it gets other settings', async () => {
    server.answer = () => stream('好', true)
    await say('你好')
    const [before] = await bench.client.bots()
    await bench.client.putBot('desk', { url: `${server.url}&moved=1`, ...BOT_KEYS })
    const [after] = await bench.client.bots()
    expect(after).toEqual({ ...before, url: `${server.url}&moved=1` })
    expect(await lines()).toHaveLength(2)
    const bad = bench.client.putBot('desk', { url: 'nowhere', ...BOT_KEYS })
    await expect(bad).rejects.toMatchObject({ status: 400 })
  })

  it('should open the mini-program at the page that a card names, without a ticket', async () => {
    const phone = bench.client.phone('lin-wecom')
    const enter = await phone.open({ via: 'bot', path: 'pages/card/index?id=1' })
    expect(enter).toMatchObject({ path: 'pages/card/index', query: { id: '1' }, scene: 1014 })
    expect(enter).not.toHaveProperty('shareTicket')
  })
})
